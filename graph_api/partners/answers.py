"""The forms of an answer: suggestions, reasons, and the evidence behind each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from graph_api.collaboration.tables import UNKNOWN_YEAR, CollaborationIndex
from graph_api.wording import Said, Words
from loaders.iris import HV

_QUOTE = ox.NamedNode(HV + "quote")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a reason stands on: an initiative, and the best piece of evidence, where there is one.

    `what` says what is proved; `evidence` is the number of the piece in the index.
    """

    what: Said
    initiative: int | None
    evidence: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is suggested: a kind, what to say of it, what it adds to the score (0–1), and what it stands on."""

    kind: str
    text: Said
    points: float
    proofs: list[Proof] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An organisation as a partner. `cautions` say what is uncertain about it.

    `same_body` are its units and owner, `same_reasons` others whom the same reasons speak for: each with its score.
    """

    organisation: int
    score: float
    is_newcomer: bool
    reasons: list[Reason]
    cautions: list[Said]
    same_body: list[tuple[int, float]] = field(default_factory=list)
    same_reasons: list[tuple[int, float]] = field(default_factory=list)


def describe_proof(index: CollaborationIndex, store: ox.Store, proof: Proof, words: Words) -> dict[str, Any]:
    """Return a proof in full and in words: initiative, quotation and document as they are in the store."""
    told: dict[str, Any] = {"what": words.write(proof.what)}
    if proof.initiative is not None:
        told["initiative"] = describe_initiative(index, proof.initiative)
    if proof.evidence is not None:
        iri = index.evidence.iris[proof.evidence]
        document = int(index.evidence.documents[proof.evidence])
        told["evidence"] = {
            "iri": iri,
            "quote": quote_of(store, iri),
            "document": index.documents.titles[document] if document >= 0 else "",
            "document_iri": index.documents.iris[document] if document >= 0 else "",
            "confidence": round(float(index.evidence.confidences[proof.evidence]), 3),
            "standing": index.evidence.standings[proof.evidence],
        }
    return told


def describe_initiative(index: CollaborationIndex, initiative: int) -> dict[str, Any]:
    """Return an initiative's IRI, title, and years where they are known (`published`: when it was told of)."""
    table = index.initiatives
    columns = {"start": table.starts, "end": table.ends, "published": table.published}
    years = {name: int(column[initiative]) for name, column in columns.items()}
    known = {name: year for name, year in years.items() if year != UNKNOWN_YEAR}
    return {"iri": table.iris[initiative], "title": table.titles[initiative], "kind": table.kinds[initiative], **known}


def quote_of(store: ox.Store, evidence: str) -> str:
    """Return the quotation of a piece of evidence, "" where it has none."""
    found = store.quads_for_pattern(ox.NamedNode(evidence), _QUOTE, None)
    return min((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), default="")
