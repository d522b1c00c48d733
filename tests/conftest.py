"""Fixtures for all tests.

Policy: tests use small real inputs from `tests/fixtures` and `data`; those marked ``acceptance`` use the acceptance
material, found through HANKEVERKKO_ACCEPTANCE or a folder beside the repository, and are skipped where there is none.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def acceptance() -> Path:
    """Return the folder of the acceptance material, or skip."""
    named = os.environ.get("HANKEVERKKO_ACCEPTANCE")
    for folder in [Path(named)] if named else [REPOSITORY.parent / "shared"]:
        if (folder / "gold").is_dir():
            return folder
    pytest.skip("no acceptance material: set HANKEVERKKO_ACCEPTANCE to its folder")


Cells = Sequence[str | float]
MakeWorkbook = Callable[[Mapping[str, Sequence[Cells]]], bytes]
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@pytest.fixture(scope="session")
def make_workbook() -> MakeWorkbook:
    """Return what makes the bytes of a workbook from the rows of its sheets, as a spreadsheet program would write it."""
    return workbook_bytes


def workbook_bytes(sheets: Mapping[str, Sequence[Cells]]) -> bytes:
    """Return the bytes of a workbook; texts stand in the cells, numbers are numbers."""
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
        packed.writestr(
            "xl/_rels/workbook.xml.rels", _relations("worksheet", [f"worksheets/sheet{n}.xml" for n in numbers])
        )
        for number, rows in zip(numbers, sheets.values(), strict=True):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
    return buffer.getvalue()


def _relations(kind: str, targets: Sequence[str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(rows: Sequence[Cells]) -> str:
    written = "".join(
        f'<row r="{n}">{"".join(_cell(cell, _column(c) + str(n)) for c, cell in enumerate(row) if cell != "")}</row>'
        for n, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{written}</sheetData></worksheet>'


def _cell(cell: str | float, reference: str) -> str:
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


def _column(index: int) -> str:
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)
