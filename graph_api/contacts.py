"""Contact details of people: a store of their own beside the graph, with source and expiry, that no query can reach."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from loaders.errors import CannotRunError
from loaders.model import Facts

_SCHEMA = """
CREATE TABLE IF NOT EXISTS contact (
  document TEXT NOT NULL, person TEXT NOT NULL, organisation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')), value TEXT NOT NULL,
  first_seen TEXT NOT NULL, expires TEXT NOT NULL,
  PRIMARY KEY (document, person, kind, value)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """One e-mail address or telephone number of a person, where it was read, and until when it may be kept."""

    document: str
    person: str
    organisation: str
    kind: str
    value: str
    first_seen: str
    expires: str


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    is_new = not path.exists()
    try:
        with closing(sqlite3.connect(path)) as database, database:
            if is_new:
                path.chmod(0o600)
            database.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only unlinked
            database.execute(_SCHEMA)
            yield database
    except sqlite3.Error as error:
        raise CannotRunError(f"{path}: the contacts cannot be used ({error}). Build the store again.") from error


def contacts_of(facts: Facts, document: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (document, person, organisation, kind, value) for each contact detail of a document."""
    for person in facts.persons:
        for kind, value in (("email", person.email), ("phone", person.phone)):
            if value:
                yield document, person.name, person.organisation or "", kind, value


def change_contacts(
    path: Path,
    dropped: Iterable[str],
    added: Mapping[str, Facts],
    *,
    days: int,
    today: date,
    first_seen: Mapping[tuple[str, str, str, str], str] | None = None,
) -> None:
    """Replace the contacts of documents, and remove those that have expired.

    Parameters
    ----------
    path : Path
        The database; it is made where there is none.
    dropped : iterable of str
        Keys of the documents whose contacts go.
    added : mapping
        Facts by document key.
    days : int
        How long a contact detail is kept, in days from the day it was first seen.
    today : date
        The day of the change.
    first_seen : mapping, optional
        When a (document, person, kind, value) was first seen: reading a document again prolongs nothing.
    """
    seen = dict(first_seen or {})
    with _open(path) as database:
        seen |= {
            (document, person, kind, value): first
            for document, person, kind, value, first in database.execute(
                "SELECT document, person, kind, value, first_seen FROM contact"
            )
        }
        database.executemany("DELETE FROM contact WHERE document = ?", [(key,) for key in dropped])
        for key, facts in sorted(added.items()):
            for document, person, organisation, kind, value in contacts_of(facts, key):
                first = seen.get((document, person, kind, value), today.isoformat())
                expires = (date.fromisoformat(first) + timedelta(days=days)).isoformat()
                row = (document, person, organisation, kind, value, first, expires)
                database.execute("INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("DELETE FROM contact WHERE expires < ?", (today.isoformat(),))


def read_contacts(path: Path, today: date, person: str | None = None) -> list[Contact]:
    """Return the contacts that have not expired, of one person or of all."""
    if not path.exists():
        return []
    with _open(path) as database:
        rows = database.execute("SELECT * FROM contact WHERE expires >= ?", (today.isoformat(),)).fetchall()
    found = [Contact(*row) for row in rows]
    wanted = person.casefold() if person else None
    return sorted(
        (contact for contact in found if wanted is None or contact.person.casefold() == wanted),
        key=lambda contact: (contact.person, contact.document, contact.kind, contact.value),
    )
