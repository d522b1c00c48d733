"""What the tools answer with. Texts are shortened and lists cut, so that no answer outgrows an assistant's context."""

from __future__ import annotations

from pydantic import BaseModel, Field

LONGEST_TEXT = 600
MOST_ROWS = 200
MOST_VALUES = 25


class QueryParameter(BaseModel):
    """What a named query may be given."""

    name: str
    type: str = Field(description="organisation, initiative, method, funder, place …: an IRI, code or exact name.")
    required: bool
    default: str | None
    description: str


class QueryListing(BaseModel):
    """A named query."""

    name: str
    purpose: str
    notes: list[str]
    parameters: list[QueryParameter]
    columns: dict[str, str]


class QueryList(BaseModel):
    """All named queries."""

    queries: list[QueryListing]


class Rows(BaseModel):
    """Rows of a named query. `total` counts all of them; where fewer are here, `note` says how to get the others."""

    query: str
    columns: list[str]
    rows: list[list[str]]
    total: int
    note: str = ""


class Found(BaseModel):
    """An entity that a search found."""

    id: str
    kind: str
    name: str
    type: str = ""


class SearchResult(BaseModel):
    """What a search found, best first. `total` counts all."""

    found: list[Found]
    total: int
    note: str = ""


class Value(BaseModel):
    """A value of a property: a text, or another entity (with its id). How sure, from 0 to 1, where it is known."""

    text: str
    id: str = ""
    confidence: float | None = None


class Facts(BaseModel):
    """The values of one property; `total` counts all, of which the first are here."""

    property: str
    values: list[Value]
    total: int


class Participation(BaseModel):
    """That an organisation takes part in an initiative, in a role."""

    organisation: str
    organisation_id: str
    initiative: str
    initiative_id: str
    role: str


class Amount(BaseModel):
    """Money for an initiative: planned, granted or realised (`kind`), which are never to be added up."""

    initiative: str
    initiative_id: str
    funder: str
    amount: str
    currency: str
    kind: str


class EntityFacts(BaseModel):
    """An entity: its names, what is said of it, and in what other entities stand to it (`of_it`)."""

    id: str
    iri: str
    kind: str
    type: str
    name: str
    other_names: list[str]
    facts: list[Facts]
    of_it: list[Facts]
    participations: list[Participation]
    amounts: list[Amount]


class Sentence(BaseModel):
    """The words that a fact rests on, and where they stand."""

    value: str
    quote: str
    document: str
    source: str
    standing: str
    confidence: float | None
    rule: str
    where: str


class EvidenceResult(BaseModel):
    """The evidence of facts. `total` counts all of it."""

    subject: str
    property: str
    evidence: list[Sentence]
    total: int


class Quotation(BaseModel):
    """What a reason stands on: words of a document about an initiative."""

    what: str
    initiative_id: str
    quote: str
    document: str


class PartnerReason(BaseModel):
    """Why somebody is suggested, and what that adds to the score."""

    kind: str
    text: str
    points: float
    quotes: list[Quotation]


class PartnerSuggestion(BaseModel):
    """An organisation as a partner. `cautions` say what is uncertain.

    `same_body` names its units and owner, `same_reasons` others whom the same reasons speak for.
    """

    id: str
    name: str
    type: str
    region: str
    score: float
    is_newcomer: bool
    reasons: list[PartnerReason]
    cautions: list[str]
    same_body: list[str]
    same_reasons: list[str]


class PartnerResult(BaseModel):
    """Suggested partners, the best first."""

    partners: list[PartnerSuggestion]


def shortened(text: str) -> str:
    """Return a text that is not too long."""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT].rstrip() + " …"
