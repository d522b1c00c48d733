"""What the rows of a table say, whatever list they are of.

A `Table` holds its text and not its records: a list of 180,000 rows is read row by row, again when its statements are
written, and never stands in memory as objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from loaders.model import Unread


@dataclass(frozen=True, slots=True)
class Name:
    """A text and its language, ``None`` where nobody says which it is."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """An organisation as a row names it; identity answers which entity that is.

    Parameters
    ----------
    name : str
        As printed, or with the letters that capitals without diacritics have lost.
    business_id : str, optional
        The Finnish one, valid.
    country : str, optional
        Its code in ISO 3166-1.
    participant_code : str, optional
        The nine digits (PIC) of the European Commission's register.
    type : str, optional
        The notation of the organisation type that the source states.
    """

    name: str
    business_id: str | None = None
    country: str | None = None
    participant_code: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in which role (notation), and what else the row says of it; dates are ISO 8601."""

    body: Body
    role: str
    start: str | None = None
    end: str | None = None
    ended_early: bool = False
    names: tuple[Name, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount (a plain decimal) of a kind (notation), from whom and for whom where the row says so."""

    kind: str
    amount: str
    currency: str = "EUR"
    funder: Body | None = None
    recipient: Body | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme of an initiative; `key` is its notation in the vocabulary when it is a known one."""

    name: Name
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one row says of one initiative.

    `key` is what the initiative's IRI is made of; `quote` stands in line `row` of the table's text; `sheet` is the name
    of the sheet of a workbook.
    """

    row: int
    quote: str
    key: str
    titles: tuple[Name, ...]
    code: str | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None
    programme: Programme | None = None
    places: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    sums: tuple[Sum, ...] = ()
    sheet: str | None = None

    def bodies(self) -> Iterator[Body]:
        """Yield every organisation that the row names."""
        for participant in self.participants:
            yield participant.body
        for money in self.sums:
            yield from (body for body in (money.funder, money.recipient) if body is not None)


class TableKind(Protocol):
    """A kind of table: knows its own by their header, and reads their rows."""

    @property
    def name(self) -> str:
        """Return what the kind is called, with the version of its loader: "cordis-organisation/1"."""

    @property
    def language(self) -> str:
        """Return the language of what the table prints."""

    def recognises(self, text: str) -> bool:
        """Return whether a text (or its beginning) is a table of this kind."""

    def store(self, text: str, unread: list[Unread]) -> str:
        """Return the text as it is stored: without columns of contact details; note what is not understood."""

    def records(self, text: str, unread: list[Unread] | None = None) -> Iterator[Record]:
        """Yield the records of a stored text; note rows and cells that are not understood."""


@dataclass(slots=True)
class Table:
    """A table: what it is, its text, how many records it has, whom it names, and what could not be read.

    `text_digest` is that of the stored text, which may have been redacted since the file (`sha256`) was read.
    """

    name: str
    sha256: str
    kind: str
    media_type: str
    language: str
    text: str
    text_digest: str
    count: int = 0
    bodies: tuple[Body, ...] = ()
    unread: list[Unread] = field(default_factory=list)
