"""What a store was made of: the facts of each document and the rows of each list, kept so that one can be changed alone.

The facts are kept as the loaders found them, before any review, without contact details and without the text (which
stands in a file of its own). Owner-readable JSON, one file a document.
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
from loaders.kinds.project_list import ProjectList
from loaders.model import Facts
from loaders.triples import document_key, own_initiative, related_initiative

_NOT_KEPT: Mapping[str, Any] = {"source": {"text"}, "persons": {"__all__": {"email", "phone"}}}


@cache
def _of_facts() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


@cache
def _of_list() -> TypeAdapter[ProjectList]:
    return TypeAdapter(ProjectList)


@dataclass(slots=True)
class Corpus:
    """Documents by key (the beginning of the SHA-256 of their bytes)."""

    facts: dict[str, Facts] = field(default_factory=dict)
    lists: dict[str, ProjectList] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.facts) + len(self.lists)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all documents."""
        yield from self.facts
        yield from self.lists

    def __getitem__(self, key: str) -> Facts | ProjectList:
        """Return the document of a key."""
        return self.facts[key] if key in self.facts else self.lists[key]

    def name(self, key: str) -> str:
        """Return the name of a document."""
        return self.facts[key].source.name if key in self.facts else self.lists[key].name

    def kind(self, key: str) -> str:
        """Return the kind of a document, with the version of its loader."""
        return self.facts[key].source.kind if key in self.facts else self.lists[key].kind

    def named(self, name: str) -> list[str]:
        """Return the keys of the documents of a name (the file's, without its extension)."""
        return [key for key in self if self.name(key) == name]

    def add(self, item: Facts | ProjectList) -> tuple[str, bool]:
        """Add a document; returns its key and whether it is new. The same bytes under two names are one document."""
        if isinstance(item, ProjectList):
            key = document_key(item.sha256)
            return key, self.lists.setdefault(key, item) is item
        key = document_key(item.source.sha256)
        present = self.facts.get(key)
        if present is None or item.source.name < present.source.name:
            self.facts[key] = item
        return key, present is None

    def drop(self, key: str) -> None:
        """Take a document out."""
        self.facts.pop(key, None)
        self.lists.pop(key, None)

    def mentions(self) -> Iterator[Mention]:
        """Yield every name of an organisation that a document prints."""
        for facts in self.facts.values():
            yield from mentions_of(facts)
        for listed in self.lists.values():
            yield from mentions_of_list(listed)


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


def mentions_of_list(listed: ProjectList) -> Iterator[Mention]:
    """Yield the names of organisations that a list prints."""
    for project in listed.projects:
        yield Mention(project.applicant)
        yield Mention(project.authority)


def initiatives_of(facts: Facts, resolver: Resolver) -> Iterator[InitiativeMention]:
    """Yield the initiatives that a document names."""
    yield own_initiative(facts, resolver)
    yield from (related_initiative(found, facts, resolver) for found in facts.related)


def initiatives_of_list(listed: ProjectList, resolver: Resolver) -> Iterator[InitiativeMention]:
    """Yield the projects of a list."""
    for project in listed.projects:
        bodies = frozenset({resolver.resolve(project.applicant).iri})
        yield InitiativeMention(project.title, "project", project.code, project.start, project.end, bodies)


def dump(item: Facts | ProjectList) -> bytes:
    """Return what is kept of a document, as JSON."""
    if isinstance(item, ProjectList):
        return _of_list().dump_json(item, exclude={"text"})
    return _of_facts().dump_json(item, exclude=_NOT_KEPT)


def save(item: Facts | ProjectList, path: Path) -> None:
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
            if "projects" in plain:
                corpus.add(_of_list().validate_python(plain | {"text": ""}))
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
