"""What is given beside a name (properties of a query): it supports a candidate, or speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_api.reconciliation.candidates import HIGHEST, Candidate
from graph_api.reconciliation.names import Names
from loaders.gazetteer import gazetteer

_AGAINST = {"given_business_id": 0.1, "given_code": 0.1, "given_place": 0.3}
_FOR = 1.1
EVIDENCE = {"businessId": "given_business_id", "code": "given_code", "place": "given_place", "region": "given_place"}
"""The properties that count as evidence, and the feature that each becomes."""


def weigh(candidate: Candidate, given: Iterable[tuple[str, Sequence[str]]], names: Names) -> Candidate:
    """Let what is given count: a candidate that it speaks against is not sure; others keep or raise their score.

    Parameters
    ----------
    candidate : Candidate
        It is changed.
    given : iterable of (property, values)
        Values are texts or identifiers; a property with several holds where one of them does. Others than those of
        `EVIDENCE` say nothing, and neither does one that the graph does not know of the entity.
    names : Names
        All names of the graph.
    """
    for name, values in given:
        feature = EVIDENCE.get(name)
        if feature is None or not any(values):
            continue
        fits = _in_place(candidate, values, names) if feature == "given_place" else _has_code(candidate, values)
        if fits is None:
            continue
        candidate.features[feature] = fits
        if fits:
            candidate.score = round(min(HIGHEST, candidate.score * _FOR), 1)
        else:
            candidate.score = round(candidate.score * _AGAINST[feature], 1)
            candidate.is_sure = False
    return candidate


def _has_code(candidate: Candidate, values: Iterable[str]) -> bool | None:
    codes = {code.casefold() for code in candidate.entry.codes if code != candidate.entry.id.partition("/")[2]}
    if candidate.entry.folder == "initiative":
        codes = {code.casefold() for code in candidate.entry.codes}
    return any(value.strip().casefold() in codes for value in values) if codes else None


def _in_place(candidate: Candidate, values: Iterable[str], names: Names) -> bool | None:
    own = candidate.entry.places
    asked = {place for value in values for place in _places_of(value, names)}
    if not own or not asked:
        return None
    around = names.places_around(own)
    return any(place in around or own & names.places_around([place]) for place in asked)


def _places_of(value: str, names: Names) -> list[str]:
    """Return the places (identifiers) that a value is or names, in any form of its name."""
    entry = names.get(value)
    if entry is not None:
        return [entry.id] if entry.folder == "place" else []
    named = [place.id for place in names.spelt("place", value)]
    hits = gazetteer().find(value, frozenset(["place"])) if not named else []
    return named or [f"place/{hit.notation}" for hit in hits]
