"""The steward's view of identity: a store's names as resolved so far, and deciding on them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from graph_api.corpus import read_corpus
from graph_api.curation.folder import read_curation
from graph_api.curation.identity import decide, timestamp, withdraw
from graph_api.identity.decisions import JUDGEMENTS, Decision, is_business_id, is_iri
from graph_api.identity.explanation import Judgement, judge
from graph_api.identity.resolver import Mention, Resolver
from graph_api.interpretation import Interpretation
from graph_api.store import Generation, current
from loaders.errors import CannotRunError, UsageError


class Bureau:
    """Names of a store (or of nothing but what is asked) and the decisions about them.

    Parameters
    ----------
    store : Path
        The store; where there is none, names are judged by the vocabularies alone.
    folder : Path
        The curation folder.
    """

    def __init__(self, store: Path, folder: Path) -> None:
        self._folder = folder
        try:
            self._generation: Generation | None = current(store)
        except CannotRunError:
            self._generation = None

    @property
    def has_store(self) -> bool:
        """Return whether there is a store to judge names by."""
        return self._generation is not None

    @cached_property
    def resolver(self) -> Resolver:
        """Return who is who now."""
        return self.resolver_with(())

    def resolver_with(self, more: Iterable[Mention]) -> Resolver:
        """Return who is who where more names stand beside those of the store."""
        return Resolver(self.mentions.union(more), read_curation(self._folder).decisions)

    @cached_property
    def mentions(self) -> frozenset[Mention]:
        """Return the names of the store as reviewed; they do not depend on decisions about identity."""
        if self._generation is None:
            return frozenset()
        corpus, decided = read_corpus(self._generation.facts), read_curation(self._folder)
        return frozenset(Interpretation(corpus, decided, self._generation.text).corpus.mentions())

    def judge(self, first: str, second: str) -> Judgement:
        """Return what is made of two names, IRIs or business ids, and why.

        Raises
        ------
        UsageError
            An IRI or a business id is not in the store.
        """
        return judge(self.resolver, self._name(first), self._name(second))

    def _name(self, reference: str) -> str:
        if not is_iri(reference) and not is_business_id(reference):
            return reference
        found = self.resolver.refer(reference)
        if found is None:
            raise UsageError(f"The store has no organisation {reference}. Name it as it is printed.")
        names = [
            m.name for m in self.resolver.material.mentions() if self.resolver.resolve(*_asked(m)).iri == found.iri
        ]
        return found.name if found.name in names or not names else min(names)

    def decide(self, first: str, second: str, judgement: str, who: str, why: str) -> Decision:
        """Write a decision down, with the score that the machine gives the pair now.

        Raises
        ------
        UsageError
            There is no such judgement, it contradicts others, or it cannot be put into force.
        """
        if judgement not in JUDGEMENTS:
            raise UsageError(f"{judgement!r} is not a judgement. Choose {', '.join(JUDGEMENTS)}.")
        score = self.judge(first, second).score
        made = Decision(timestamp(), who, judgement, first.strip(), second.strip(), f"{score:g}", why)
        decide(self._folder, [made], can_hold=lambda decisions: Resolver(self.mentions, decisions))
        return made

    def unheard_of(self, decision: Decision) -> list[str]:
        """Return the names of a decision whose organisation is in no document and no vocabulary."""
        names = (decision.first, decision.second)
        meant = {name: self.resolver.meaning(name) for name in names}
        return [name for name, iri in meant.items() if iri is None or self.resolver.entity_of(iri) is None]

    def withdraw(self, first: str, second: str, who: str, why: str) -> Decision:
        """Take a decision back; see `graph_api.curation.identity.withdraw`."""
        return withdraw(self._folder, first, second, who, why)


def _asked(mention: Mention) -> tuple[str, str | None]:
    return mention.name, mention.business_id
