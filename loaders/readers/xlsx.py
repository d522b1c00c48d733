"""Workbooks (XLSX) to rows: a pure function of the bytes, with limits that hold before anything is unpacked whole.

A workbook is a zip of XML. What the zip says of its sizes is checked, then every part that is read is unpacked piece
by piece with the same limit (a zip may lie), and the references of its cells are looked at: a sheet is held in memory
from its first cell to its last, so that one cell in the far corner would cost gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from loaders.errors import ReadError

MOST_BYTES = 400_000_000  # of XML, unpacked
MOST_PARTS = 1_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_000_000, 1_000, 10_000_000
MOST_CHARACTERS = 300_000_000
_PIECE = 1_048_576
_SLACK = 1_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an OLE container: encrypted, or an old .xls
_REFERENCE = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Za-z]{0,9})(\d{1,19})["']""")

Sheet = tuple[str, list[list[str]]]


def is_workbook(data: bytes) -> bool:
    """Return whether bytes are a workbook (whole or damaged), an old one, or an Office file that is encrypted."""
    if data.startswith(_OLE):
        return any(stream.encode("utf-16-le") in data for stream in ("Workbook", "EncryptedPackage"))
    if not data.startswith(b"PK\x03\x04") or b"word/document" in data:  # a document may hold a workbook
        return False
    return b"xl/workbook." in data or b"xl/worksheets/" in data


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the name and the rows (cells as text) of each sheet with cells.

    Raises
    ------
    ReadError
        The workbook is encrypted, damaged, or larger than the limits.
    """
    if data.startswith(_OLE):
        raise ReadError(
            "an encrypted Office file, or a workbook in the old .xls format. Save it without a password as .xlsx."
        )
    _check(data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        budget = _Budget()
        sheets = [(name, list(_rows(book.get_sheet_by_name(name), budget))) for name in names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ReadError(f"not a workbook that can be read ({_reason(error)}). Save it again as .xlsx.") from error
    return [(name, rows) for name, rows in sheets if rows]


class _Budget:
    """What all sheets together may hold."""

    def __init__(self) -> None:
        self.cells, self.characters = MOST_CELLS, MOST_CHARACTERS

    def spend(self, cells: list[str]) -> None:
        self.cells -= len(cells)
        self.characters -= sum(map(len, cells))
        if self.cells < 0 or self.characters < 0:
            raise _too_large()


def _rows(sheet: calamine.CalamineSheet, budget: _Budget) -> Iterator[list[str]]:
    """Yield the rows from the first of the sheet, so that their numbers are those that a person sees."""
    left = sheet.start[1] if sheet.start else 0  # the rows come from the sheet's first, the cells from the first in use
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise _too_large()
    for values in sheet.iter_rows():
        cells = [""] * left + [as_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        budget.spend(cells)
        yield cells


def as_text(value: Any) -> str:
    """Return a cell's value as text: dates as ISO 8601, whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def _check(data: bytes) -> None:
    """Unpack every part of the zip once, piece by piece, within the limits, and look at the references of the cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise _too_large()
            if any(part.flag_bits & 1 for part in parts):
                raise ReadError("an encrypted zip. Save the workbook without a password.")
            left = MOST_BYTES
            for part in parts:
                left = _check_part(packed, part, left)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise ReadError(f"a damaged workbook ({_reason(error)}). Get or save it again.") from error


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    extent = _Extent() if "worksheets" in part.filename.lower() else None
    with packed.open(part) as file:
        while piece := file.read(_PIECE):
            left -= len(piece)
            if extent is not None:
                extent.add(piece)
            if left < 0 or (extent is not None and extent.is_too_large):
                raise _too_large()
    return left


class _Extent:
    """How far the cells of a sheet may reach, told from the references in its XML and from their number."""

    def __init__(self) -> None:
        self._rows = self._columns = 0  # the furthest that are referred to
        self._loose_rows = self._loose_cells = 0  # those without a reference stand behind the one before
        self._widest = self._current = 0
        self._tail = b""

    def add(self, piece: bytes) -> None:
        """Take a piece of the XML into account."""
        window = self._tail + piece
        before = _REFERENCE.findall(self._tail)
        found = _REFERENCE.findall(window)
        for letters, row in set(found):
            self._rows = max(self._rows, int(row))
            self._columns = max(self._columns, _column_number(letters.upper()))
        referred = len(found) - len(before)
        cells = sum(1 for letters, _ in found if letters) - sum(1 for letters, _ in before if letters)
        first, *rows = piece.split(b"<row")
        self._current += first.count(b"<c")
        for row in rows:
            self._widest = max(self._widest, self._current)
            self._current = row.count(b"<c")
        self._widest = max(self._widest, self._current)
        self._loose_rows += len(rows) - (referred - cells)
        self._loose_cells += piece.count(b"<c ") + piece.count(b"<c>") - cells
        self._tail = window[-64:]

    @property
    def is_too_large(self) -> bool:
        """Return whether the sheet would take more memory than it may."""
        # A reference cut at the edge of a piece, and other elements that begin so, may be counted as loose: a few are.
        rows = self._rows + (self._loose_rows if self._loose_rows > _SLACK else 0)
        columns = self._columns + (self._widest if self._loose_cells > _SLACK else 0)
        return rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large() -> ReadError:
    return ReadError(
        f"a workbook larger than {MOST_BYTES:,} bytes unpacked, {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or "
        f"{MOST_CELLS:,} cells. Split it, or save the sheets as CSV."
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
