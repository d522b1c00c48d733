"""From a query to its candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph_api.identity.decisions import is_business_id
from graph_api.identity.resolver import Resolver
from graph_api.identity.spelling import squash
from graph_api.reconciliation.candidates import HIGHEST, Candidate
from graph_api.reconciliation.evidence import weigh
from graph_api.reconciliation.names import Names, folders_of
from graph_api.reconciliation.organisations import FOLDER, Organisations
from graph_api.reconciliation.titles import find_titled

_AGREEING, _CONTRADICTED = 60.0, 60.0
LONGEST_TEXT = 300
"""A longer text is no name, and means nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a text, types (one of which, or all with `all_types`, the entity has to have), and evidence."""

    text: str = ""
    types: tuple[str, ...] = ()
    all_types: bool = False
    most: int = 5
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Matcher:
    """Finds what is meant, each query by itself.

    Parameters
    ----------
    names : Names
        All names of the graph.
    resolver : Resolver
        Identity.
    """

    def __init__(self, names: Names, resolver: Resolver) -> None:
        self.names = names
        self._organisations = Organisations(names, resolver)

    def match(self, query: Query) -> list[tuple[Candidate, bool]]:
        """Return the candidates, best first, each with whether it is the match: the only one that is sure."""
        if len(query.text) > LONGEST_TEXT:
            return []
        fitting = [
            weigh(candidate, query.given, self.names) for candidate in self._find(query) if _fits(candidate, query)
        ]
        best: dict[str, Candidate] = {}
        for candidate in sorted(fitting, key=lambda c: (-c.score, c.entry.id)):
            best.setdefault(candidate.entry.id, candidate)
        sure = [candidate for candidate in best.values() if candidate.is_sure]
        ranked = sorted(best.values(), key=lambda c: (-c.score, not c.is_sure, c.entry.id))
        return [(c, len(sure) == 1 and c is sure[0]) for c in ranked[: query.most]]

    def _find(self, query: Query) -> Iterator[Candidate]:
        text = query.text.strip()
        business_id = next(iter(_values(query.given, "businessId")), None)
        yield from self._identified(text)
        yield from self._coded(text, _values(query.given, "code"))
        if not text and business_id is None:
            return
        for folder in folders_of(query.types):
            if folder == FOLDER:
                yield from self._organisations.find(text, business_id)
            elif text and not is_business_id(text):
                yield from find_titled(self.names, folder, text)

    def _identified(self, text: str) -> Iterator[Candidate]:
        entry = self.names.get(text)
        if entry is not None:
            yield Candidate(entry, HIGHEST, True, "it is the identifier", {"identifier": True})
        coded = self.names.coded(text)
        for entry in coded:
            yield Candidate(entry, HIGHEST, len(coded) == 1, f"{text} is its code", {"code": True})

    def _coded(self, text: str, codes: Iterable[str]) -> Iterator[Candidate]:
        """Yield what a code beside a name belongs to; sure where the name is not quite another."""
        for code in codes:
            for entry in self.names.coded(code):
                likeness = max(fuzz.ratio(squash(text), squash(name)) for name in entry.names)
                is_sure = not text or likeness >= _AGREEING
                yield Candidate(entry, HIGHEST if is_sure else _CONTRADICTED, is_sure, f"{code} is its code")


def _values(given: Sequence[tuple[str, Sequence[str]]], name: str) -> list[str]:
    return [value.strip() for found, values in given if found == name for value in values if value.strip()]


def _fits(candidate: Candidate, query: Query) -> bool:
    if not query.types:
        return True
    has = set(candidate.entry.types)
    return set(query.types) <= has if query.all_types else bool(has & set(query.types))
