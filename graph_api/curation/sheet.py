"""Reviews as a CSV file for work in a spreadsheet.

A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection"), which reading
takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph_api.curation.claims import Claim
from graph_api.curation.desk import Desk, Judgement
from loaders.errors import CannotRunError, ReadError, UsageError
from loaders.readers.text import decode

COLUMNS = (
    "id",
    "document",
    "kind",
    "value",
    "role",
    "confidence",
    "rule",
    "sentence",
    "verdict",
    "new value",
    "new role",
    "why",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
_VERDICTS = {
    "a": "accepted",
    "accept": "accepted",
    "accepted": "accepted",
    "r": "rejected",
    "reject": "rejected",
    "rejected": "rejected",
    "c": "corrected",
    "correct": "corrected",
    "corrected": "corrected",
}


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Return what `safe` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def write_sheet(path: Path, desk: Desk, chosen: Iterable[Claim]) -> int:
    """Write claims to a CSV file with empty columns for the verdict; returns how many.

    Raises
    ------
    CannotRunError
        The file cannot be written.
    """
    rows = [_row(desk, claim) for claim in chosen]
    try:
        # The byte order mark tells spreadsheets that this is UTF-8.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows([safe(cell) for cell in row] for row in rows)
    except OSError as error:
        raise CannotRunError(f"{path}: cannot be written ({error.strerror}). Name another file.") from error
    return len(rows)


def _row(desk: Desk, claim: Claim) -> list[str]:
    sentence = " ".join(desk.context(claim).sentence.split())
    confidence, rule = f"{claim.evidence.confidence:g}", claim.evidence.rule
    return [claim.id, claim.document, claim.kind, claim.value, claim.role, confidence, rule, sentence, "", "", "", ""]


def read_sheet(path: Path) -> list[Judgement]:
    """Return the judgements of a CSV file: the rows with a verdict.

    Raises
    ------
    UsageError
        There is no such file.
    ReadError
        A column is missing, or a verdict is none.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file. Check the path.")
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    header = text.partition("\n")[0]
    reader: csv.DictReader[str] = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
    missing = {"id", "verdict", "new value", "new role", "why"} - set(reader.fieldnames or ())
    if missing:
        raise ReadError(
            f"{path}:1: lacks the columns {', '.join(sorted(missing))}. Start from: hankeverkko review export"
        )
    return [found for row in reader if (found := _judgement(path, reader.line_num, row)) is not None]


def _judgement(path: Path, line: int, row: Mapping[str | None, str | list[str] | None]) -> Judgement | None:
    # A row that is too short gives None, one that is too long a list: neither is a cell.
    cells = {name: plain(value.strip()) if isinstance(value, str) else "" for name, value in row.items() if name}
    if not cells["verdict"]:
        return None
    verdict = _VERDICTS.get(cells["verdict"].casefold())
    if verdict is None:
        raise ReadError(f"{path}:{line}: {cells['verdict']!r} is no verdict. Write accept, reject or correct.")
    return Judgement(cells["id"], verdict, cells["new value"], cells["new role"], cells["why"])
