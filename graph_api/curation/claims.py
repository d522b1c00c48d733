"""The facts of a document as claims that a person can judge, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.authority import name_key
from loaders.iris import digest
from loaders.model import Evidence, Facts, Standing
from loaders.triples import document_key

VALUES = ("title", "code", "status", "start", "end", "date")


@dataclass(frozen=True, slots=True)
class Collection:
    """Where the facts of a kind stand in `Facts`, and which of their attributes say what they are."""

    attribute: str
    value: str
    role: str | None


COLLECTIONS = {
    "organisation": Collection("organisations", "name", "role"),
    "person": Collection("persons", "name", "organisation"),
    "programme": Collection("programmes", "name", None),
    "method": Collection("methods", "name", None),
    "pilot": Collection("pilots", "title", None),
    "place": Collection("places", "name", None),
    "amount": Collection("money", "amount", "kind"),
    "related": Collection("related", "title", "kind"),
}
KINDS = (*VALUES, *COLLECTIONS)


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact to be judged.

    `id` names it, the same after every build; `role` is an organisation's role, a person's organisation, the kind of an
    amount or of a related initiative.
    """

    id: str
    document: str
    key: str
    kind: str
    value: str
    role: str
    evidence: Evidence

    @property
    def is_draft(self) -> bool:
        """Return whether nobody has confirmed it and no label said it."""
        return self.evidence.standing is Standing.INFERRED


def claim_id(document: str, kind: str, value: str, role: str) -> str:
    """Return the id of a claim: what it says about which document, whatever found it."""
    return digest(document, kind, name_key(value), role, length=10)


def claims(facts: Facts) -> Iterator[Claim]:
    """Yield the claims of a document, in the order of the model."""
    for kind, value, role, evidence in _facts(facts):
        name = facts.source.name
        yield Claim(
            claim_id(name, kind, value, role),
            name,
            document_key(facts.source.sha256),
            kind,
            value,
            role,
            evidence,
        )


def _facts(facts: Facts) -> Iterator[tuple[str, str, str, Evidence]]:
    found = facts.initiative
    for name in VALUES:
        value = getattr(found, name)
        if value is not None:
            yield name, value.text, "", value.evidence
    for name, value in found.alternatives:
        yield name, value.text, "", value.evidence
    for kind, place in COLLECTIONS.items():
        for item in getattr(facts, place.attribute):
            evidence = best_evidence(item)
            if evidence is not None:
                yield kind, str(getattr(item, place.value)), role_of(item, place), evidence


def role_of(item: Any, place: Collection) -> str:
    """Return what, beside its value, tells a fact from others of its kind."""
    return str(getattr(item, place.role) or "") if place.role else ""


def best_evidence(item: Any) -> Evidence | None:
    """Return the most certain evidence of a fact."""
    found = item.evidence if isinstance(item.evidence, list) else [item.evidence]
    return max(found, key=lambda e: e.confidence, default=None)
