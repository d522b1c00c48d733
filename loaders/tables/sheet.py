"""Tables with a header and one row a record: read with the columns of their kind, in text or in the sheets of a workbook.

The text of a workbook has the rows of all sheets beside each other: line n is row n of every sheet, sheets apart by
the record separator U+001E. So a quote stands in the line that its row number names, whatever the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from loaders.language.contacts import without_contacts
from loaders.model import Unread
from loaders.tables.columns import Columns, Layout, Row
from loaders.tables.delimited import delimiter_of, one_line, split_line, split_rows
from loaders.tables.model import Record

SHEETS = "\x1e"
_HEADER_ROWS = 20
_SHOWN = 120

ReadRow = Callable[[Row], Record | None]


@dataclass(frozen=True, slots=True)
class Form:
    """The rows of one kind: their columns, and what a row says (``None`` where it says nothing, with a complaint)."""

    columns: Columns
    read: ReadRow


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of table, with one form or (in a workbook) several.

    Parameters
    ----------
    name : str
        With the version of its loader: "cordis-project/1".
    language : str
        The language of what it prints.
    forms : tuple of Form
        The first whose columns a header has is taken.
    """

    name: str
    language: str
    forms: tuple[Form, ...]

    def recognises(self, text: str) -> bool:
        """Return whether a text (or its beginning) is a table of this kind."""
        if is_workbook(text):
            return any(find_header(rows, self.forms) for _, rows in split_sheets(_head(text)))
        head = text.partition("\n")[0]
        return self._form(split_line(head, delimiter_of(head))) is not None

    def _form(self, header: Sequence[str]) -> tuple[Form, Layout] | None:
        return form_of(header, self.forms)

    def store(self, text: str, unread: list[Unread]) -> str:
        """Return the text as it is stored, one line a row; note what is not understood."""
        if is_workbook(text):
            return join_sheets([self._store_sheet(name, rows, unread) for name, rows in split_sheets(text)])
        delimiter = delimiter_of(text)
        found = self._form(split_line(text.partition("\n")[0], delimiter))
        assert found is not None  # noqa: S101 - asked of texts that are recognised
        lines: list[str] = []
        for number, cells in split_rows(text, delimiter):
            lines += [""] * (number - 1 - len(lines))
            lines.append(one_line(found[1].stored(cells), delimiter))
        unread += _unknown_columns(found[1])
        return "\n".join(lines) + "\n"

    def _store_sheet(self, name: str, rows: list[list[str]], unread: list[Unread]) -> tuple[str, list[list[str]]]:
        found = find_header(rows, self.forms)
        if found is None:
            return name, []  # a sheet of notes
        at, _, layout = found
        unread += _unknown_columns(layout, at + 1, name)
        return name, [*([] for _ in range(at)), rows[at], *map(layout.stored, rows[at + 1 :])]

    def records(self, text: str, unread: list[Unread] | None = None) -> Iterator[Record]:
        """Yield the records of a stored text; note rows and cells that are not understood."""
        if is_workbook(text):
            for name, rows in split_sheets(text):
                found = find_header(rows, self.forms)
                if found:
                    at, form, layout = found
                    numbered = ((number, cells) for number, cells in enumerate(rows[at + 1 :], at + 2) if any(cells))
                    yield from _read(numbered, form, layout, "\t", name, unread)
            return
        delimiter = delimiter_of(text)
        rows_of_text = split_rows(text, delimiter)
        found_form = self._form(next(rows_of_text)[1])
        if found_form:
            yield from _read(rows_of_text, *found_form, delimiter, None, unread)


def _read(
    rows: Iterator[tuple[int, list[str]]],
    form: Form,
    layout: Layout,
    delimiter: str,
    sheet: str | None,
    unread: list[Unread] | None,
) -> Iterator[Record]:
    width = len(layout.header)
    where = f" (sheet {sheet})" if sheet else ""
    for number, cells in rows:
        if sheet is None and len(cells) != width:
            _note(unread, number, delimiter.join(cells), f"a row of {len(cells)} cells where {width} are expected")
            continue
        row = Row(number, cells, layout, layout.quote(cells, delimiter), sheet)
        record = form.read(row)
        for text, reason in row.problems:
            _note(unread, number, text, reason + where)
        if record is not None:
            yield record


def _note(unread: list[Unread] | None, number: int, text: str, reason: str) -> None:
    if unread is not None:
        unread.append(Unread(number, without_contacts(text[:_SHOWN]), reason))


def _unknown_columns(layout: Layout, line: int = 1, sheet: str | None = None) -> Iterator[Unread]:
    where = f" (sheet {sheet})" if sheet else ""
    for name in layout.unknown:
        yield Unread(line, name[:_SHOWN], f"an unknown column, left out{where}")


def is_workbook(text: str) -> bool:
    """Return whether a text is that of a workbook."""
    return text.endswith(f"\n{SHEETS}\n")


def form_of(header: Sequence[str], forms: Sequence[Form]) -> tuple[Form, Layout] | None:
    """Return the form that a header is of, with the places of its fields, or ``None``."""
    for form in forms:
        layout = form.columns.match(header)
        if layout is not None:
            return form, layout
    return None


def find_header(rows: Sequence[Sequence[str]], forms: Sequence[Form]) -> tuple[int, Form, Layout] | None:
    """Return the row of a sheet that is its header (a title may stand above), the form, and the places of its fields."""
    for number, cells in enumerate(rows[:_HEADER_ROWS]):
        found = form_of(cells, forms)
        if found:
            return number, *found
    return None


def _head(text: str) -> str:
    """Return the text of a workbook with no more rows than a header may stand in."""
    lines = text.split("\n", _HEADER_ROWS)
    if len(lines) <= _HEADER_ROWS or lines[-1].count("\n") < 3:
        return text
    return "\n".join([*lines[:-1], *text.rsplit("\n", 3)[1:]])


def join_sheets(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> str:
    """Return the text of a workbook: a line with the names of the sheets last, and before it a line for each row."""
    columns = [[one_line(cells, "\t") for cells in rows] for _, rows in sheets]
    lines = [SHEETS.join(lines) for lines in zip_longest(*columns, fillvalue="")]
    names = SHEETS.join(one_line([name], "\t") for name, _ in sheets)
    return "\n".join([*lines, names, SHEETS]) + "\n"


def split_sheets(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name and rows of each sheet in the text of a workbook."""
    *lines, names_line, _, _ = text.split("\n")
    names = names_line.split(SHEETS)
    for index, name in enumerate(names):
        parts = (line.split(SHEETS) for line in lines)
        rows = [split_line(part[index], "\t") if index < len(part) else [] for part in parts]
        yield split_line(name, "\t")[0], rows
