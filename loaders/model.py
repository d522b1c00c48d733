"""The facts that a loader finds in a document, each with its evidence.

Facts are plain records that know nothing of RDF: `loaders.triples` writes them as triples, `loaders.record` prints them
as JSON. Names are in the nominative; what was printed stands in the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum


class Standing(StrEnum):
    """How a statement came to be: read from a labelled field, inferred from prose, or confirmed by a person."""

    ASSERTED = "asserted"
    INFERRED = "inferred"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the stored text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Return whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read: `quote` stands in the stored text at `span`; `surface` is the mention itself."""

    quote: str
    span: Span
    surface: str
    rule: str
    confidence: float
    standing: Standing = Standing.INFERRED

    @property
    def is_proposed(self) -> bool:
        """Return whether a proposer found it: unlike a loader's rule, a proposer is named with its version."""
        return "/" in self.rule


@dataclass(slots=True)
class Value:
    """A literal (a title, date, code, status …) and the evidence for it; a title has its language."""

    text: str
    evidence: Evidence
    language: str | None = None


@dataclass(slots=True)
class Initiative:
    """The initiative that a document describes. `kind` is ``project``, ``programme`` or ``practice``."""

    title: Value | None = None
    kind: str = "project"
    code: Value | None = None
    status: Value | None = None
    start: Value | None = None
    end: Value | None = None
    date: Value | None = None
    alternatives: list[tuple[str, Value]] = field(default_factory=list)
    """Further values that contradict the first: (field, value). Both statements stand."""


@dataclass(slots=True)
class RelatedInitiative:
    """An initiative that the document speaks of besides its own."""

    title: str
    kind: str
    evidence: Evidence
    code: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class Organisation:
    """An organisation in its role in this document. `key` is the authority notation when it is a known body."""

    name: str
    role: str
    type: str = "other"
    key: str | None = None
    business_id: str | None = None
    part_of: str | None = None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """A person with role and organisation; `email` and `phone` never reach the main graph."""

    name: str
    evidence: Evidence
    role: str | None = None
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(slots=True)
class Pilot:
    """A place or unit where something is tried out, or a named trial."""

    title: str
    evidence: Evidence
    hosts: list[str] = field(default_factory=list)
    place: str | None = None
    state: str | None = None
    implementer: str | None = None


@dataclass(slots=True)
class Named:
    """A method, programme or place, by name; `key` is its notation in the vocabulary when it is a known one."""

    name: str
    evidence: Evidence
    key: str | None = None


@dataclass(slots=True)
class Money:
    """An amount in euros; `kind` is a notation of the amount kinds, `label` is as printed."""

    label: str
    amount: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of the source that the loader saw and did not understand."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document itself: what it is called, what it is, and the text that offsets point into.

    `notes` say what its reader had to guess (the encoding) or left out (running headers); they quote nothing.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    kind: str = ""
    language: str = "fi"
    address: str | None = None
    notes: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a proposer takes for a fact, before anything of it has been checked.

    Parameters
    ----------
    kind : str
        One of `loaders.proposers.PROPOSAL_KINDS`.
    value : str
        The name (nominative), title, date, amount …
    quote : str
        The words of the text that say so.
    window : Span
        The stretch of the text that the proposer saw; the quote must stand in it.
    role : str
        An organisation's role, a person's job title, the kind of an amount or of a related initiative.
    organisation : str
        A person's employer, a pilot's host.
    is_alone : bool
        The proposal counts only where nothing that was read overlaps it.
    """

    kind: str
    value: str
    quote: str
    window: Span
    role: str = ""
    organisation: str = ""
    is_alone: bool = False


@dataclass(slots=True)
class Proposed:
    """What became of a proposer's proposals on one document.

    `by` is the proposer with its version; `known` counts what rules had read already; `rejected` counts by reason;
    `note` says why there are no proposals, where the proposer could not do its work.
    """

    by: str
    confidence: float
    accepted: list[Proposal] = field(default_factory=list)
    known: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    note: str = ""


_OF_EVERY = frozenset({"title", "kind", "alternatives"})


@dataclass(slots=True)
class Facts:
    """Everything that one document says."""

    source: Source
    initiative: Initiative = field(default_factory=Initiative)
    related: list[RelatedInitiative] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    programmes: list[Named] = field(default_factory=list)
    methods: list[Named] = field(default_factory=list)
    pilots: list[Pilot] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    proposed: list[Proposed] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was found but what every document has: a title, a text, a language."""
        found = (
            getattr(self, item.name) for item in fields(self) if item.name not in {"source", "initiative", "unread"}
        )
        told = (getattr(self.initiative, item.name) for item in fields(self.initiative) if item.name not in _OF_EVERY)
        return not any(found) and not any(told)
