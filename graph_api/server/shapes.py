"""The shapes of what the API answers, for its description. Answers are written from the read model as they are; tests
hold them against these shapes. A field without a value is left out.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_IRI = "https://w3id.org/hankeverkko/id/organisation/kunta-425"
_EVIDENCE_IRI = "https://w3id.org/hankeverkko/id/evidence/95a9753cdc9b1065"
Standing = Literal["asserted", "inferred", "reviewed"]


class Shape(BaseModel):
    """A shape without further fields."""

    model_config = ConfigDict(extra="forbid")


class Reference(Shape):
    """Another entity, named."""

    iri: str = Field(description="Its IRI in the graph.", examples=[_IRI])
    kind: str = Field(description="organisation, initiative, pilot, method, place, person, document or concept.")
    name: str = Field(description="Its name; of people the role and the organisation.", examples=["Limingan kunta"])
    url: str = Field(description="Where the API tells of it.", examples=["/api/organisations/kunta-425"])


class Name(Shape):
    """A name of an entity."""

    text: str = Field(examples=["Limingan kunta"])
    language: str | None = Field(default=None, description="BCP 47.", examples=["fi"])


class Summary(Shape):
    """What a list tells of an entity."""

    iri: str = Field(examples=[_IRI])
    kind: str = Field(examples=["organisation"])
    name: str = Field(examples=["Limingan kunta"])
    type: Reference | None = Field(default=None, description="The kind of organisation, initiative or place.")
    funder: bool = Field(description="Whether it is an organisation that funds an initiative.")
    named: bool = Field(description="Whether a document names it; the vocabularies know more.")
    start: str | None = Field(default=None, description="As precise as the source.", examples=["2015-10-01"])
    end: str | None = Field(default=None, examples=["2017-10"])
    confidence: float | None = Field(default=None, description="Of the most certain fact about it, 0–1.")
    connections: int = Field(description="To how many entities facts tie it.", examples=[12])
    url: str = Field(examples=["/api/organisations/kunta-425"])


class Told(Shape):
    """What a fact says."""

    property: str = Field(description="The name of the property.", examples=["participatesIn"])
    property_iri: str = Field(examples=["https://w3id.org/hankeverkko/ontology#participatesIn"])
    entity: Reference | None = Field(default=None, description="The other entity, where the fact is between two.")
    value: str | None = Field(default=None, description="The value, where the fact is a date, amount, code or text.")
    datatype: str | None = None
    language: str | None = None
    standing: Standing | None = Field(
        default=None, description="asserted by a labelled field, inferred from prose, or reviewed by a person."
    )
    confidence: float | None = Field(default=None, description="Of its most certain evidence, 0–1.", examples=[0.95])


class Fact(Told):
    """A fact with what it rests on; a fact of the vocabularies rests on no evidence."""

    evidence: list[str] = Field(description="IRIs, to be found in the record's `evidence`.", examples=[[_EVIDENCE_IRI]])


class Part(Shape):
    """A participation or a funding: who, in what, in which role, how much, when."""

    iri: str
    facts: list[Fact]


class Evidence(Shape):
    """A place in a document."""

    iri: str = Field(examples=[_EVIDENCE_IRI])
    quote: str | None = Field(
        default=None,
        description="The words; names of people are covered, at the same length.",
        examples=["Hankekoodi: S20486"],
    )
    start: int | None = Field(default=None, description="Where the quote starts in the stored text, in code points.")
    end: int | None = None
    row: int | None = Field(default=None, description="The row of a table, instead.")
    column: str | None = None
    sheet: str | None = None
    document: Reference | None = None
    standing: Standing | None = None
    confidence: float | None = None
    rule: str | None = Field(default=None, description="What found it, with its version.", examples=["project-code/1"])
    url: str


class Record(Summary):
    """All that is told of an entity."""

    page: str | None = Field(default=None, description="The path of its page.")
    names: list[Name] = Field(description="The preferred one first.")
    facts: list[Fact] = Field(description="What the entity is the subject of; the first hundred.")
    links: list[Fact] = Field(description="Facts whose object it is: `entity` is their subject; the first hundred.")
    links_total: int = Field(description="How many there are; the lists, narrowed to this entity, give them all.")
    participations: list[Part]
    fundings: list[Part]
    evidence: dict[str, Evidence] = Field(description="By IRI; of each fact the three most certain pieces.")


class SubjectFact(Told):
    """A fact with its subject."""

    subject: Reference


class EvidenceRecord(Evidence):
    """A piece of evidence with the facts that rest on it."""

    facts: list[SubjectFact]


class FacetValue(Shape):
    """A value of a facet, and how many of the list have it."""

    iri: str | None = None
    kind: str
    name: str | None = None
    url: str | None = None
    count: int


class EntityList(Shape):
    """A page of a list."""

    items: list[Summary]
    total: int = Field(description="The length of the whole list.")
    next: str | None = Field(description="The cursor of the next page; the header Link has its whole address.")
    facets: dict[str, list[FacetValue]] | None = Field(
        default=None, description="By filter: the 25 most frequent values, counted over the whole list."
    )


class EvidenceList(Shape):
    """A page of the evidence."""

    items: list[EvidenceRecord]
    total: int
    next: str | None
