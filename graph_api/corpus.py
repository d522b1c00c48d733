"""What a store was made of: the facts of each document and what each table is, kept so that one can be changed alone.

The facts are kept as the loaders found them, before any review, without contact details and without the text (which
stands in a file of its own); of a table, whom it names: its rows are read from its text. Owner-readable JSON, one file
a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph_api.identity.resolver import Mention
from loaders.errors import CannotRunError
from loaders.model import Facts
from loaders.tables.model import Table
from loaders.triples import document_key

_FACTS = TypeAdapter(Facts)
_TABLE = TypeAdapter(Table)
_NOT_KEPT: Mapping[str, Any] = {"source": {"text"}, "persons": {"__all__": {"email", "phone"}}}


@dataclass(slots=True)
class Corpus:
    """Documents by key (the beginning of the SHA-256 of their bytes)."""

    facts: dict[str, Facts] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.facts) + len(self.tables)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all documents."""
        yield from self.facts
        yield from self.tables

    def __getitem__(self, key: str) -> Facts | Table:
        """Return the document of a key."""
        return self.facts[key] if key in self.facts else self.tables[key]

    def name(self, key: str) -> str:
        """Return the name of a document."""
        return self.facts[key].source.name if key in self.facts else self.tables[key].name

    def kind(self, key: str) -> str:
        """Return the kind of a document, with the version of its loader."""
        return self.facts[key].source.kind if key in self.facts else self.tables[key].kind

    def named(self, name: str) -> list[str]:
        """Return the keys of the documents of a name (the file's, without its extension)."""
        return [key for key in self if self.name(key) == name]

    def add(self, item: Facts | Table) -> tuple[str, bool]:
        """Add a document; returns its key and whether it is new. The same bytes under two names are one document."""
        if isinstance(item, Table):
            key = document_key(item.sha256)
            return key, self.tables.setdefault(key, item) is item
        key = document_key(item.source.sha256)
        present = self.facts.get(key)
        if present is None or item.source.name < present.source.name:
            self.facts[key] = item
        return key, present is None

    def drop(self, key: str) -> None:
        """Take a document out."""
        self.facts.pop(key, None)
        self.tables.pop(key, None)

    def mentions(self) -> Iterator[Mention]:
        """Yield every name of an organisation that a document prints."""
        for facts in self.facts.values():
            yield from mentions_of(facts)
        for table in self.tables.values():
            yield from mentions_of_table(table)


def mentions_of(facts: Facts) -> Iterator[Mention]:
    """Yield the names of organisations that a document's triples ask identity for."""
    for organisation in facts.organisations:
        yield Mention(organisation.name, organisation.business_id)
        if organisation.part_of:
            yield Mention(organisation.part_of)
    for person in facts.persons:
        if person.organisation:
            yield Mention(person.organisation)
    for pilot in facts.pilots:
        yield from (Mention(host) for host in pilot.hosts)


def mentions_of_table(table: Table) -> Iterator[Mention]:
    """Yield the organisations that a table names, each once."""
    for body in table.bodies:
        yield Mention(body.name, body.business_id, body.country, body.participant_code, body.type)


def dump(item: Facts | Table) -> bytes:
    """Return what is kept of a document, as JSON."""
    if isinstance(item, Table):
        return _TABLE.dump_json(item, exclude={"text"})
    return _FACTS.dump_json(item, exclude=_NOT_KEPT)


def save(item: Facts | Table, path: Path) -> None:
    """Keep a document's facts in a file of their own."""
    path.unlink(missing_ok=True)  # the file may be shared with the generation before
    path.write_bytes(dump(item))
    path.chmod(0o600)


def read_corpus(folder: Path) -> Corpus:
    """Return what is kept in a folder; the texts are left empty, `with_text` puts one back.

    Raises
    ------
    CannotRunError
        A file was written by another version, or is damaged.
    """
    corpus = Corpus()
    for path in sorted(folder.glob("*.json")):
        try:
            plain = json.loads(path.read_bytes())
            if "text_digest" in plain:
                corpus.add(_TABLE.validate_python(plain | {"text": ""}))
            else:
                plain["source"]["text"] = ""
                corpus.add(_FACTS.validate_python(plain))
        except (OSError, ValueError, KeyError, ValidationError) as error:
            raise CannotRunError(
                f"{path}: the facts kept in the store cannot be read ({type(error).__name__}). "
                "Build the store again from its documents."
            ) from error
    return corpus


def with_text(facts: Facts, text: str) -> Facts:
    """Return facts whose source holds its text again."""
    return replace(facts, source=replace(facts.source, text=text))


def without_text(table: Table) -> Table:
    """Return a table whose text is left to the store: only one table's text need stand in memory at a time."""
    return replace(table, text="")
