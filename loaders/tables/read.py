"""Files that are tables: recognised by their header, never by their name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from loaders.errors import ReadError
from loaders.kinds.consortium_list import CONSORTIUM_LIST
from loaders.kinds.cordis import CORDIS_ORGANISATION, CORDIS_PROJECT
from loaders.kinds.keep_eu import KEEP_EU
from loaders.kinds.kohesio import KOHESIO
from loaders.kinds.project_list import EURA2007_LIST, EURA2014_LIST
from loaders.model import Unread
from loaders.readers import read_bytes
from loaders.readers.formats import Format
from loaders.readers.text import GUESSED, REPLACED, decode_declared
from loaders.readers.xlsx import is_workbook
from loaders.tables.delimited import DELIMITERS
from loaders.tables.model import Body, Table, TableKind
from loaders.tables.sheet import SHEETS
from loaders.tables.workbook import text_of_workbook

TABLE_KINDS: tuple[TableKind, ...] = (
    EURA2014_LIST,
    EURA2007_LIST,
    CONSORTIUM_LIST,
    CORDIS_PROJECT,
    CORDIS_ORGANISATION,
    KOHESIO,
    KEEP_EU,
)
_SUFFIX = re.compile(r"(?:\.(?:csv|tsv|txt|xlsx))?(?:\.gz)?$", re.IGNORECASE)


def read_table(path: Path, redact: Callable[[str], str] = str) -> Table | None:
    """Return the table in a file, or ``None`` where it is something else.

    Parameters
    ----------
    path : Path
        Delimited text (also packed with gzip) or a workbook.
    redact : callable
        Blanks people who are to be forgotten in a text.

    Raises
    ------
    ReadError
        The file cannot be read, is a workbook of no kind that is known, or has the header of a list and no row that
        can be read.
    """
    data = read_bytes(path)
    workbook = is_workbook(data)
    if not workbook and not _may_be_delimited(data):
        return None
    text, notes = _text_of_workbook(path, data) if workbook else _text_of_delimited(data)
    kind = next((kind for kind in TABLE_KINDS if kind.recognises(text)), None)
    if kind is None:
        if workbook:
            raise ReadError(
                f"{path}: a workbook without a sheet that is known. Known are exports of keep.eu, with headers."
            )
        return None
    table = Table(
        name=_SUFFIX.sub("", path.name),
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind.name,
        media_type=Format.XLSX.value if workbook else "text/csv",
        language=kind.language,
        text="",
        text_digest="",
        unread=list(notes),
    )
    del data
    try:
        stored = kind.store(text, table.unread)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    found = with_records(replace(table, text=redact(stored)))
    if not found.count:
        raise ReadError(f"{path}: has the header of a project list and no project that can be read. Check the file.")
    return found


def _may_be_delimited(data: bytes) -> bool:
    """Return whether the first line of a file holds a delimiter several times: other documents are not looked at."""
    first = data[:65_536].partition(b"\n")[0]
    return any(first.count(delimiter.encode()) > 2 for delimiter in DELIMITERS)


def with_records(table: Table) -> Table:
    """Return a table with what its text says: how many records, whom they name, and what is not understood."""
    unread = list(table.unread)
    bodies: set[Body] = set()
    count = 0
    for record in kind_of(table).records(table.text, unread):
        count += 1
        bodies.update(record.bodies())
    ordered = sorted(bodies, key=lambda body: tuple(str(part or "") for part in _parts(body)))
    digest = hashlib.sha256(table.text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(table, count=count, bodies=tuple(ordered), unread=unread, text_digest=digest)


def _parts(body: Body) -> tuple[str | None, ...]:
    return body.name, body.business_id, body.country, body.participant_code, body.type


def redacted(table: Table, text: str) -> Table:
    """Return a table of which the text has been blanked in places."""
    of_file = [item for item in table.unread if item.line == 1 or item.reason in {GUESSED, REPLACED}]
    return with_records(replace(table, text=text, unread=of_file))


def kind_of(table: Table) -> TableKind:
    """Return the kind of a table."""
    return next(kind for kind in TABLE_KINDS if kind.name == table.kind)


def _text_of_delimited(data: bytes) -> tuple[str, tuple[Unread, ...]]:
    decoded = decode_declared(data)
    return decoded.text.replace(SHEETS, " "), decoded.notes


def _text_of_workbook(path: Path, data: bytes) -> tuple[str, tuple[Unread, ...]]:
    try:
        return text_of_workbook(data), ()
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
