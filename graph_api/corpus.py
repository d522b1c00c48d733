"""What a store was made of: the facts of each document and what each table is, kept so that one can be changed alone.

The facts are kept as the loaders found them, before any review, without contact details and without the text (which
stands in a file of its own); of a table, whom it names: its rows are read from its text. Owner-readable JSON, one file
a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph_api.identity.resolver import Mention, Resolver
from loaders.errors import CannotRunError
from loaders.identity_protocol import InitiativeMention
from loaders.model import Facts
from loaders.tables.model import Body, Table
from loaders.tables.read import kind_of
from loaders.triples import JOINING_ROLES, document_key, own_initiative, related_initiative

_NOT_KEPT: Mapping[str, Any] = {"source": {"text"}, "persons": {"__all__": {"email", "phone"}}}


@cache
def _of_facts() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


@cache
def _of_table() -> TypeAdapter[Table]:
    return TypeAdapter(Table)


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

    def named_by(self, item: Facts | Table) -> str | None:
        """Return the name under which the bytes of a document are here; ``None`` where they are not."""
        key = document_key(item.sha256 if isinstance(item, Table) else item.source.sha256)
        return self.name(key) if key in self.facts or key in self.tables else None

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
    yield from map(mention_of, table.bodies)


def mention_of(body: Body) -> Mention:
    """Return a body of a table as identity knows it."""
    return Mention(body.name, body.business_id, body.country, body.participant_code, body.type)


def initiatives_of(facts: Facts, resolver: Resolver) -> Iterator[InitiativeMention]:
    """Yield the initiatives that a document names."""
    yield own_initiative(facts, resolver)
    yield from (related_initiative(found, facts, resolver) for found in facts.related)


def initiatives_of_table(table: Table, resolver: Resolver) -> Iterator[InitiativeMention]:
    """Yield the projects of a table (with its text), under each of their titles, with those who take part."""
    for found in kind_of(table).records(table.text):
        joining = (one.body for one in found.participants if one.role in JOINING_ROLES)
        bodies = frozenset(resolver.of(mention_of(body)).iri for body in joining)
        for title in found.titles:
            yield InitiativeMention(title.text, "project", found.key, found.start, found.end, bodies)


def dump(item: Facts | Table) -> bytes:
    """Return what is kept of a document, as JSON."""
    if isinstance(item, Table):
        return _of_table().dump_json(item, exclude={"text"})
    return _of_facts().dump_json(item, exclude=_NOT_KEPT)


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
                corpus.add(_of_table().validate_python(plain | {"text": ""}))
            else:
                plain["source"]["text"] = ""
                corpus.add(_of_facts().validate_python(plain))
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
