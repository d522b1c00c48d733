"""Facts as the JSON record that `hankeverkko extract` prints, one object a document."""

from __future__ import annotations

import re
from typing import Any

from loaders.language.contacts import without_contacts
from loaders.model import Facts, Organisation, Person, Proposed, Value
from loaders.vocabulary import scheme


def record(facts: Facts, *, contacts: bool = False, evidence: bool = False) -> dict[str, Any]:
    """Return the facts of a document as plain data.

    Parameters
    ----------
    facts : Facts
        What a loader found.
    contacts : bool
        Print e-mail addresses and telephone numbers.
    evidence : bool
        Add to each fact its quote, offsets, rule and confidence.
    """
    initiative = facts.initiative
    out: dict[str, Any] = {
        "doc": facts.source.name,
        "kind": facts.source.kind,
        "language": facts.source.language,
        "initiative": {
            "title": _text(initiative.title),
            "kind": initiative.kind,
            **{name: _text(getattr(initiative, name)) for name in ("code", "status", "start", "end", "date")},
        },
        "related_initiatives": [
            {"title": r.title, "kind": r.kind, "code": r.code, "start": r.start, "end": r.end} for r in facts.related
        ],
        "organisations": [_organisation(o) for o in facts.organisations],
        "persons": [_person(p, contacts=contacts) for p in facts.persons],
        "funders": [o.name for o in facts.organisations if o.role == "funder"],
        "programmes": [p.name for p in facts.programmes],
        "methods": [m.name for m in facts.methods],
        "pilots": [p.title for p in facts.pilots],
        "places": [p.name for p in facts.places],
        "money": [
            {"label": _money_label(m.kind, m.label), "amount": _number(m.amount), "currency": "EUR"}
            for m in facts.money
        ],
        "unread": [{"line": u.line, "text": u.text, "reason": u.reason} for u in facts.unread],
    }
    if facts.proposed:
        out["proposed"] = [_outcome(found) for found in facts.proposed]
    if evidence:
        out["evidence"] = [_evidence(e) for o in facts.organisations for e in o.evidence]
    return out if contacts else _bare(out)


def _outcome(found: Proposed) -> dict[str, Any]:
    return {
        "by": found.by,
        "added": [{"kind": p.kind, "value": p.value, "quote": p.quote} for p in found.accepted],
        "known": found.known,
        "rejected": found.rejected,
        "note": found.note,
    }


def _bare(value: Any) -> Any:
    """Return plain data without e-mail addresses and telephone numbers: a title or a mention may hold one."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return without_contacts(value) if isinstance(value, str) else value


def _text(value: Value | None) -> str | None:
    return value.text if value else None


def _organisation(found: Organisation) -> dict[str, Any]:
    return {
        "name": found.name,
        "mentions": list(dict.fromkeys(e.surface for e in found.evidence)),
        "role": found.role,
        "type": found.type,
        "business_id": found.business_id,
        "part_of": found.part_of,
    }


def _person(found: Person, *, contacts: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": found.name, "role": found.role, "organisation": found.organisation}
    if contacts:
        shown |= {"email": found.email, "phone": found.phone}
    return shown


def _money_label(kind: str, label: str) -> str:
    concept = scheme("amount-kinds").get(kind)
    named = concept.first("outputLabel") if concept else None
    return named if named and kind != "other" else re.sub(r"\s+", " ", label)


def _number(amount: str) -> int | float:
    return float(amount) if "." in amount else int(amount)


def _evidence(found: Any) -> dict[str, Any]:
    return {
        "quote": found.quote,
        "start": found.span.start,
        "end": found.span.end,
        "rule": found.rule,
        "confidence": found.confidence,
        "standing": str(found.standing),
    }
