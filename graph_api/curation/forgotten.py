"""Who is to be forgotten: digests in a file of the curation folder, in force on every build."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from graph_api.curation.journal import append_journal, read_journal
from loaders.errors import ReadError, UsageError
from loaders.redaction import Redactor, digests_of

FILE = "forgotten.tsv"
COLUMNS = ("when", "key", "digest")


def read_forgotten(folder: Path) -> Redactor:
    """Return what leaves out the people who are to be forgotten.

    Raises
    ------
    ReadError
        The file is damaged. Nothing is built then: a person must not come back because of a slip of an editor.
    """
    rows = read_journal(folder / FILE, COLUMNS)
    keys = {row["key"] for row in rows}
    if not rows:
        return Redactor()
    if len(keys) != 1:
        raise ReadError(f"{folder / FILE}: its lines have different keys. Restore the file from version control.")
    try:
        return Redactor(bytes.fromhex(keys.pop()), frozenset(row["digest"] for row in rows))
    except ValueError as error:
        raise ReadError(f"{folder / FILE}: the key is no hexadecimal number. Restore the file.") from error


def forget(folder: Path, name: str, contacts: Iterable[str] = (), *, now: datetime | None = None) -> None:
    """Add a person to those who are to be forgotten.

    Raises
    ------
    UsageError
        The name is not at least a given name and a surname.
    """
    present = read_forgotten(folder)
    key = present.key or secrets.token_bytes(16)
    try:
        digests = digests_of(key, name, contacts) - present.digests
    except ValueError as error:
        raise UsageError(f"{name!r} is not a whole name. Give the given name and the surname.") from error
    when = (now or datetime.now(UTC)).strftime("%Y-%m-%d")
    append_journal(
        folder / FILE, COLUMNS, [{"when": when, "key": key.hex(), "digest": digest} for digest in sorted(digests)]
    )
    (folder / FILE).chmod(0o600)
