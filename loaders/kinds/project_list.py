"""The project lists of the 2007–2013 and 2014–2020 structural funds: one row a project, with its applicant and money.

The lists come as UTF-8 or ISO-8859-1 and with damage: commas of a name lost ("elinkeino-  liikenne- ja"), turned into
"|", or left unquoted so that a row has too many cells; empty dates; names glued together. A row that still cannot be
read is reported, and the others are loaded.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import ReadError
from loaders.language.dates import parse_date
from loaders.language.money import parse_amount
from loaders.model import Unread
from loaders.readers import read_bytes
from loaders.readers.text import decode_declared
from loaders.recognise.money import plain

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


@dataclass(slots=True)
class ProjectList:
    """A project list: what it is, its projects, and the rows that could not be read."""

    name: str
    sha256: str
    text: str
    kind: str
    projects: list[ListedProject]
    unread: list[Unread]


def is_project_list(head: str) -> bool:
    """Return whether a text begins like a project list."""
    columns = head.partition("\n")[0].strip().split(",")
    return tuple(columns[:4]) in _HEADERS.values()


def read_project_list(path: Path) -> ProjectList | None:
    """Return a project list, or ``None`` when the file is something else.

    Raises
    ------
    ReadError
        The file cannot be read, or has the header of a list and no rows.
    """
    data = read_bytes(path)
    decoded = decode_declared(data)
    text = decoded.text
    if not is_project_list(text[:2000]):
        return None
    lines = text.split("\n")
    width = len(_cells(lines[0]))
    if width not in _HEADERS:
        raise ReadError(
            f"{path}: has the header of a project list with {width} columns where there are "
            f"{' or '.join(map(str, _HEADERS))}. Check the file."
        )
    unread: list[Unread] = list(decoded.notes)
    projects = list(_rows(lines, width, unread))
    if not projects:
        raise ReadError(f"{path}: has the header of a project list and no project that can be read. Check the file.")
    kind = "eura2014-list" if width == 13 else "eura2007-list"
    name = path.name.removesuffix(".gz").removesuffix(".csv")
    return ProjectList(name, hashlib.sha256(data).hexdigest(), text, f"{kind}/1", projects, unread)


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
