"""The columns of a table: each is used, ignored by name, kept out for the contact details in it, or reported once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.language.contacts import holds_contact
from loaders.tables.delimited import quoted
from loaders.tables.values import clean

_CONTACT = re.compile(r"contact|e-?mail|phone|fax|mobile|sähköposti|puhelin|yhteyshenkil", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^()]*\)\s*")
_LONGEST_QUOTE = 2_000


def column_key(name: str) -> str:
    """Return what the spellings of a column's name share: "Project ID (2021-2027 only)" and "project id"."""
    plain = name.replace("’", "'").replace("\ufeff", "")
    return " ".join(_NOTE.sub(" ", plain).casefold().split())


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of table.

    Parameters
    ----------
    used : mapping
        The names of the columns that each field is read from, the best first.
    required : frozenset of str
        The fields without which a header is not one of this kind.
    ignored : frozenset of str
        Columns that say nothing the graph holds.
    """

    used: Mapping[str, Sequence[str]]
    required: frozenset[str]
    ignored: frozenset[str] = frozenset()

    def match(self, header: Sequence[str]) -> Layout | None:
        """Return where the fields stand in a header, or ``None`` where it is another kind's."""
        places: dict[str, int] = {}
        for index, name in enumerate(header):
            places.setdefault(column_key(name), index)
        found: dict[str, tuple[int, ...]] = {}
        for name, names in self.used.items():
            present = tuple(places[key] for key in map(column_key, names) if key in places)
            if present:
                found[name] = present
        if not self.required <= found.keys():
            return None
        known = {index for indexes in found.values() for index in indexes}
        ignored = {index for index, name in enumerate(header) if column_key(name) in self._ignored()}
        unknown = [n for i, n in enumerate(header) if i not in known | ignored and n.strip() and not _CONTACT.search(n)]
        return Layout(tuple(header), found, frozenset(known | ignored), tuple(unknown))

    def _ignored(self) -> set[str]:
        return {column_key(name) for name in self.ignored if not _CONTACT.search(name)}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a table stand. `kept` are the columns that are stored; `unknown` those nobody knows."""

    header: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    kept: frozenset[int]
    unknown: tuple[str, ...]

    def stored(self, cells: Sequence[str]) -> list[str]:
        """Return a row as it is stored: the cells of columns that are not kept are empty."""
        return [cell if index in self.kept else "" for index, cell in enumerate(cells)]

    def quote(self, cells: Sequence[str], delimiter: str) -> str:
        """Return the stretch of a stored line from the first to the last cell in use; never one with a contact detail."""
        used = [i for indexes in self.places.values() for i in indexes if i < len(cells) and cells[i].strip()]
        if not used:
            return ""
        written = [quoted(cell, delimiter) for cell in cells[min(used) : max(used) + 1]]
        text = delimiter.join(written)
        if not holds_contact(text):
            return text[:_LONGEST_QUOTE].rstrip()
        return next((cell for cell in written if cell.strip() and not holds_contact(cell)), "")


class Row:
    """One row of a table, read field by field."""

    __slots__ = ("_cells", "_places", "number", "problems", "quote", "sheet")

    def __init__(self, number: int, cells: Sequence[str], layout: Layout, quote: str, sheet: str | None = None) -> None:
        self._cells, self._places = cells, layout.places
        self.number, self.quote, self.sheet = number, quote, sheet
        self.problems: list[tuple[str, str]] = []

    def get(self, field: str) -> str:
        """Return a field's text in one line, the first that is not empty of its columns; "" where there is none."""
        for place in self._places.get(field, ()):
            if place < len(self._cells) and (text := clean(self._cells[place])):
                return text
        return ""

    def each(self, field: str) -> Iterator[str]:
        """Yield all that the columns of a field hold, each text once."""
        texts = (clean(self._cells[place]) for place in self._places.get(field, ()) if place < len(self._cells))
        yield from dict.fromkeys(text for text in texts if text)

    def complain(self, text: str, reason: str) -> None:
        """Note a cell that was not understood; the rest of the row is read."""
        self.problems.append((text, reason))
