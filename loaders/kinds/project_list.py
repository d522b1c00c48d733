"""The project lists of the 2007–2013 and 2014–2020 structural funds: one row a project, with its applicant and money.

The lists come as UTF-8 or ISO-8859-1 and with damage: commas of a name lost ("elinkeino-  liikenne- ja"), turned into
"|", or left unquoted so that a row has too many cells; empty dates; names glued together. A row that still cannot be
read is reported, and the others are loaded.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.authority import find_body
from loaders.errors import ReadError
from loaders.language.contacts import holds_contact
from loaders.language.dates import parse_date
from loaders.language.money import parse_amount
from loaders.model import Unread
from loaders.recognise.money import plain
from loaders.tables.model import Body, Name, Participant, Record, Sum

_DATE = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{4}$|^$")
_CODE = re.compile(r"^[A-Z]\d{4,12}$")
_LOST_COMMA = re.compile(r"(?<=\S)  (?=\S)")
AMOUNT_COLUMNS = ("granted-eu-state", "realised-eu-state", "planned-public", "realised-public")
_HEADERS = {
    13: ("Koodi", "Rahasto", "Hankkeen nimi", "Tl"),
    14: ("Koodi", "Rahasto", "Projektin nimi", "Ohjelma / osio"),
}


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One row of a project list; dates are ISO 8601, amounts plain decimals, `row` is the line in the file.

    `applicant` and `authority` stand as printed: identity knows what damaged names mean.
    """

    row: int
    raw: str
    code: str
    fund: str
    title: str
    axis: str
    authority: str
    status: str
    start: str | None
    end: str | None
    applicant: str
    amounts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ProjectList:
    """A kind of project list: "eura2014-list/1" or, with a column for the programme, "eura2007-list/1"."""

    name: str
    width: int
    language: str = "fi"

    def recognises(self, text: str) -> bool:
        """Return whether a text begins like a project list of this kind."""
        columns = text.partition("\n")[0].strip().split(",")
        return tuple(columns[:4]) == _HEADERS[self.width]

    def store(self, text: str, unread: list[Unread]) -> str:  # noqa: ARG002 - every column is known
        """Return the text as it is stored: as it is.

        Raises
        ------
        ReadError
            The header has another number of columns than a list of any kind.
        """
        width = len(_cells(text.partition("\n")[0]))
        if width not in _HEADERS:
            known = " or ".join(map(str, _HEADERS))
            raise ReadError(
                f"has the header of a project list with {width} columns where there are {known}. Check the file."
            )
        return text

    def records(self, text: str, unread: list[Unread] | None = None) -> Iterator[Record]:
        """Yield the records of a list; note rows and cells that are not understood."""
        for project in listed_projects(text, [] if unread is None else unread):
            yield _record(project)


EURA2014_LIST, EURA2007_LIST = ProjectList("eura2014-list/1", 13), ProjectList("eura2007-list/1", 14)


def listed_projects(text: str, unread: list[Unread]) -> Iterator[ListedProject]:
    """Yield the projects of a list; rows and cells that are not understood are added to `unread`."""
    lines = text.split("\n")
    yield from _rows(lines, len(_cells(lines[0])), unread)


def _record(found: ListedProject) -> Record:
    fund = Body(_fund(found.fund)) if found.fund else None
    parties = ((found.applicant, "applicant"), (found.authority, "authority"))
    participants = [Participant(Body(name), role, found.start, found.end) for name, role in parties if name]
    participants += [Participant(fund, "funder", found.start, found.end)] if fund else []
    return Record(
        row=found.row,
        quote=next((q for q in (found.raw, f"{found.code},{found.fund}", found.code) if not holds_contact(q)), ""),
        key=found.code,
        code=found.code,
        titles=(Name(found.title or found.code, "fi"),),
        status=found.status,
        start=found.start,
        end=found.end,
        participants=tuple(participants),
        sums=tuple(
            Sum(kind, amount, funder=fund if column < 2 else None)
            for column, (kind, amount) in enumerate(zip(AMOUNT_COLUMNS, found.amounts, strict=True))
            if amount is not None
        ),
    )


@cache
def _fund(printed: str) -> str:
    body = find_body(printed)
    return body.name if body else printed


def _rows(lines: list[str], width: int, unread: list[Unread]) -> Iterator[ListedProject]:
    for number, line in enumerate(lines[1:], 2):
        raw = line.strip()
        if not raw:
            continue
        cells = _cells(raw)
        repaired = cells if len(cells) == width else repair_row(cells, width)
        if repaired is None or not _CODE.match(repaired[0].strip()):
            unread.append(
                Unread(
                    number,
                    raw[:120],
                    f"a row of {len(cells)} cells where {width} are expected"
                    if repaired is None
                    else "a row without a project code",
                )
            )
            continue
        project = _project(number, raw, repaired, width)
        unread += _not_understood(project, repaired[width - 7 : width - 5], repaired[width - 4 :])
        yield project


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return []


def _not_understood(found: ListedProject, dates: list[str], amounts: list[str]) -> Iterator[Unread]:
    """Yield the cells of a row that hold something and gave nothing; the rest of the row is loaded."""
    for cells, values, what in ((dates, (found.start, found.end), "date"), (amounts, found.amounts, "amount")):
        for cell, value in zip(cells, values, strict=True):
            if cell.strip() and value is None:
                yield Unread(found.row, cell.strip()[:120], f"no {what} understood")


def repair_row(cells: list[str], width: int) -> list[str] | None:
    """Return a row whose unquoted commas have made too many cells put together again, or ``None``.

    Anchors are what cannot be mistaken: the code and fund at the left, four amounts at the right, the two dates.
    """
    dates = [
        i
        for i in range(4, len(cells) - 5)
        if _DATE.match(cells[i]) and _DATE.match(cells[i + 1]) and (cells[i] or cells[i + 1])
    ]
    axes = [i for i in range(3, dates[0]) if re.fullmatch(r"\d{1,2}", cells[i].strip())] if dates else []
    if len(cells) < width or not axes:
        return None
    start, axis = dates[0], axes[-1]
    has_programme = width == 14
    title_end = axis - 1 if has_programme else axis
    fixed = [cells[0], cells[1], ",".join(cells[2:title_end])]
    fixed += [cells[title_end]] if has_programme else []
    fixed += [cells[axis], ",".join(cells[axis + 1 : start - 1]), cells[start - 1], cells[start], cells[start + 1]]
    fixed += [",".join(cells[start + 2 : -4]), *cells[-4:]]
    return fixed if len(fixed) == width else None


def _project(number: int, raw: str, cells: list[str], width: int) -> ListedProject:
    extra = width - 13
    return ListedProject(
        row=number,
        raw=raw,
        code=cells[0].strip(),
        fund=cells[1].strip(),
        title=restore_commas(cells[2]),
        axis=cells[3 + extra].strip(),
        authority=cells[4 + extra].strip(),
        status=cells[5 + extra].strip(),
        start=parse_date(cells[6 + extra]),
        end=parse_date(cells[7 + extra]),
        applicant=cells[8 + extra].strip(),
        amounts=tuple(_amount(cell) for cell in cells[9 + extra : 13 + extra]),
    )


def restore_commas(text: str) -> str:
    """Return a cell with its lost commas: "elinkeino-  liikenne- ja" → "elinkeino-, liikenne- ja", "a |b" → "a, b"."""
    restored = re.sub(r"\s*\|\s*", ", ", text.strip())
    return " ".join(_LOST_COMMA.sub(", ", restored).split())


def _amount(cell: str) -> str | None:
    value = parse_amount(cell) if cell.strip() else None
    return None if value is None else plain(value)
