"""Small tables of every kind, for `fuzz.py` to damage: the rows and the workbook of `tests/support`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from table_samples import (
    CORDIS_ORGANISATION,
    CORDIS_PROJECT,
    KEEP_EU_PARTNERS,
    KEEP_EU_PROJECTS,
    KOHESIO,
    delimited,
)
from workbooks import Cells, cell_markup, packed_workbook, sheet_markup

_KEEP_EU = {"Projects": KEEP_EU_PROJECTS, "Partners": KEEP_EU_PARTNERS}


def lists(repository: Path) -> dict[str, list[str]]:
    """Return tables as delimited text, by the name of the target."""
    return {
        "project-list": [path.read_text("utf-8") for path in sorted((repository / "data" / "lists").glob("*.csv"))],
        "cordis-project": [_text(CORDIS_PROJECT, ";")],
        "cordis-organisation": [_text(CORDIS_ORGANISATION, ";")],
        "kohesio": [_text(KOHESIO, ",")],
    }


def workbooks(damage: random.Random) -> Iterator[bytes]:
    """Yield workbooks of keep.eu with damaged cells, markup or bytes."""
    while True:
        data = bytearray(packed_workbook({name: _sheet(rows, damage) for name, rows in _KEEP_EU.items()}))
        for _ in range(damage.choice([0, 0, 1, 4])):
            data[damage.randrange(len(data))] = damage.randrange(256)
        yield bytes(data)


def _text(row: Mapping[str, str], delimiter: str) -> str:
    return delimited(row, [row] * 4, delimiter)


def _sheet(rows: Sequence[Cells], damage: random.Random) -> str:
    """Return a sheet whose cells are now and then lost, doubled, odd, or no text."""
    written = []
    for row in list(rows) * damage.choice([1, 1, 3]):
        cells = [cell if damage.random() > 0.03 else _odd(damage) for cell in row]
        cells += cells[: damage.choice([0, 0, 0, 1, 5])]
        written.append("<row>" + "".join(_cell(cell, damage) for cell in cells) + "</row>")
    sheet = sheet_markup(written)
    if damage.random() < 0.1:
        at = damage.randrange(len(sheet))
        sheet = sheet[:at] + damage.choice(["<c>", "</row>", "&x;", "<", ""]) + sheet[at + damage.choice([0, 1, 40]) :]
    return sheet


def _cell(cell: str | float, damage: random.Random) -> str:
    if damage.random() < 0.02:
        return f"<c><v>{damage.choice(['1e400', 'nan', '-1', '44000.5', '', 'x'])}</v></c>"
    return cell_markup(cell)


def _odd(damage: random.Random) -> str:
    return damage.choice(
        [
            "",
            "=1+1",
            "\n",
            "x" * 5000,
            "9" * 400,
            "31.2.2019",
            "0000-00-00",
            "a@b.fi",
            "İ",
            "a\u0308",
            "N.a.",
            "FI",
            "-1",
        ]
    )
