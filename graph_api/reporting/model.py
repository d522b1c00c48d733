"""What a report says, before it is written down: HTML and Markdown are two renderings of this."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a piece of evidence in the appendix of the same report."""

    text: str
    anchor: str


Cell = str | tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column names the row, those in `numeric` are set to the right."""

    caption: str
    columns: list[str]
    rows: list[list[Cell]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing (an SVG element) and the same in words, for whoever does not see it."""

    title: str
    description: str
    svg: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: its number and anchor, the words quoted, where they stand, and how they were read."""

    number: int
    anchor: str
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of evidence, one after the other."""

    items: list[Piece]


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be copied as it stands."""

    text: str


Block = Paragraph | Table | Figure | Pieces | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; `slug` is the name of its files, `figures` its main numbers for programs."""

    title: str
    language: str
    slug: str
    sections: list[Section]
    figures: dict[str, int | float] = field(default_factory=dict)
