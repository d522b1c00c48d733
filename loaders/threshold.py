"""Leaving out the facts of a document that are less certain than a user asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loaders.model import Evidence, Facts, Initiative, Organisation, Value

_LISTS = ("related", "persons", "programmes", "methods", "pilots", "places", "money")
_VALUES = ("title", "code", "status", "start", "end", "date")


def at_least(facts: Facts, confidence: float) -> Facts:
    """Return the facts whose evidence is at least so certain (0–1)."""
    kept: dict[str, Any] = {
        name: [item for item in getattr(facts, name) if item.evidence.confidence >= confidence] for name in _LISTS
    }
    organisations = [_organisation(item, confidence) for item in facts.organisations]
    return replace(
        facts,
        initiative=_initiative(facts.initiative, confidence),
        organisations=[item for item in organisations if item.evidence],
        **kept,
    )


def _organisation(found: Organisation, confidence: float) -> Organisation:
    return replace(found, evidence=[e for e in found.evidence if _passes(e, confidence)])


def _initiative(found: Initiative, confidence: float) -> Initiative:
    def sure(value: Value | None) -> Value | None:
        return value if value is not None and _passes(value.evidence, confidence) else None

    values: dict[str, Any] = {name: sure(getattr(found, name)) for name in _VALUES}
    others = [(name, value) for name, value in found.alternatives if sure(value)]
    return replace(found, alternatives=others, **values)


def _passes(evidence: Evidence, confidence: float) -> bool:
    return evidence.confidence >= confidence
