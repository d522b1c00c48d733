"""The steward's view of identity: a store's names as resolved so far, and deciding on them."""

from __future__ import annotations

from pathlib import Path

from graph_api.corpus import read_corpus
from graph_api.curation.folder import read_curation
from graph_api.curation.identity import decide, timestamp, withdraw
from graph_api.identity.decisions import JUDGEMENTS, Decision, is_business_id, is_iri
from graph_api.identity.explanation import Judgement, judge
from graph_api.identity.resolver import Mention, Resolver
from graph_api.interpretation import Interpretation
from graph_api.store import current
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
        decided = read_curation(folder)
        try:
            generation = current(store)
        except CannotRunError:
            self.has_store = False
            self.resolver = Resolver((), decided.decisions)
        else:
            self.has_store = True
            self.resolver = Interpretation(read_corpus(generation.facts), decided, generation.text).resolver

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
            There is no such judgement, or it contradicts others.
        """
        if judgement not in JUDGEMENTS:
            raise UsageError(f"{judgement!r} is not a judgement. Choose {', '.join(JUDGEMENTS)}.")
        score = self.judge(first, second).score
        made = Decision(timestamp(), who, judgement, first.strip(), second.strip(), f"{score:g}", why)
        decide(self._folder, [made])
        return made

    def withdraw(self, first: str, second: str, who: str, why: str) -> Decision:
        """Take a decision back; see `graph_api.curation.identity.withdraw`."""
        return withdraw(self._folder, first, second, who, why)


def _asked(mention: Mention) -> tuple[str, str | None]:
    return mention.name, mention.business_id
