"""Makes workbooks as a spreadsheet program writes them, for tests and fuzzing: small, valid, and from rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Cells = Sequence[str | float]
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook_bytes(sheets: Mapping[str, Sequence[Cells]]) -> bytes:
    """Return the bytes of a workbook; texts stand in the cells, numbers are numbers, empty cells are left out."""
    return packed_workbook(
        {name: sheet_markup(map(_row, range(1, len(rows) + 1), rows)) for name, rows in sheets.items()}
    )


def _row(number: int, row: Cells) -> str:
    cells = (cell_markup(cell, f"{_column(index)}{number}") for index, cell in enumerate(row) if cell != "")
    return f'<row r="{number}">{"".join(cells)}</row>'


def _column(index: int) -> str:
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def cell_markup(cell: str | float, reference: str = "") -> str:
    """Return the markup of a cell; without a reference it stands after the one before it."""
    place = f' r="{reference}"' if reference else ""
    if isinstance(cell, str):
        return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f"<c{place}><v>{cell}</v></c>"


def sheet_markup(rows: Iterable[str]) -> str:
    """Return the markup of a sheet from that of its rows."""
    return f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def packed_workbook(sheets: Mapping[str, str]) -> bytes:
    """Return the bytes of a workbook from the markup of its sheets, sound or not."""
    buffer = io.BytesIO()
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in numbers
        )
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            '"application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            f'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        )
        packed.writestr("_rels/.rels", _relations("officeDocument", ["xl/workbook.xml"]))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in zip(numbers, sheets, strict=True)
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        files = [f"worksheets/sheet{n}.xml" for n in numbers]
        packed.writestr("xl/_rels/workbook.xml.rels", _relations("worksheet", files))
        for file, sheet in zip(files, sheets.values(), strict=True):
            packed.writestr(f"xl/{file}", sheet)
    return buffer.getvalue()


def _relations(kind: str, targets: Sequence[str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
