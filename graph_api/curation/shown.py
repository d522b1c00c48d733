"""A claim as a record, for those who judge it: what it says, its sentence, and where the quote stands."""

from __future__ import annotations

from graph_api.curation.claims import Claim
from graph_api.curation.desk import Desk
from loaders.language.contacts import mask_contacts


def shown(desk: Desk, claim: Claim, *, masks: bool = False) -> dict[str, object]:
    """Return a claim as a record; `masks` covers e-mail addresses and telephone numbers, letter for letter."""
    cover = mask_contacts if masks else str
    return {
        "id": claim.id,
        "document": claim.document,
        "kind": claim.kind,
        "value": cover(claim.value),
        "role": cover(claim.role),
        "confidence": claim.evidence.confidence,
        "standing": str(claim.evidence.standing),
        "rule": claim.evidence.rule,
        "quote": cover(claim.evidence.quote),
        "start": claim.evidence.span.start,
        "end": claim.evidence.span.end,
        "sentence": desk.context(claim, masks=masks).sentence,
    }
