"""Changing a store: documents added, removed, replaced; decisions replayed. Each call is one atomic change.

Identity is judged again over all documents; only the graphs that come out otherwise than before are written anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from graph_api.build import keep, write_lines, write_manifest
from graph_api.contacts import change_contacts
from graph_api.corpus import Corpus, read_corpus, with_text
from graph_api.curation.folder import Curation, curation_folder, read_curation
from graph_api.intake import SUFFIXES, Progress, find_files, silent, take_in
from graph_api.interpretation import Interpretation, vocabulary_lines, vocabulary_signature
from graph_api.report import Report
from graph_api.settings import Settings
from graph_api.store import Generation, next_generation, replace_graphs, rewrite_database
from graph_api.validation import Violation, validate_store
from loaders.errors import DataError, UsageError
from loaders.extract import extract_source
from loaders.iris import IDENTITY_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, VOCABULARY_GRAPH, document_graph
from loaders.model import Facts
from loaders.proposers import Kept, Proposer
from loaders.readers import document_name
from loaders.tables.read import redacted


def add_documents(
    paths: Sequence[Path],
    store: Path,
    *,
    curation: Path | None = None,
    progress: Progress | None = None,
    proposers: Sequence[Proposer] = (),
) -> Report:
    """Add documents to a store; the same bytes again change nothing. Proposers add drafts to what rules read.

    Raises
    ------
    UsageError
        A document of that name, with other content, is there already.
    DataError
        A file cannot be read: nothing is changed.
    """
    return _change(store, curation, progress, _Request(add=find_files(paths), proposers=proposers))


def remove_documents(
    names: Sequence[str], store: Path, *, curation: Path | None = None, progress: Progress | None = None
) -> Report:
    """Remove documents by name (the file's, without its extension) or key.

    Raises
    ------
    UsageError
        There is no such document.
    """
    return _change(store, curation, progress, _Request(remove=names))


def replace_documents(
    paths: Sequence[Path],
    store: Path,
    *,
    curation: Path | None = None,
    progress: Progress | None = None,
    proposers: Sequence[Proposer] = (),
) -> Report:
    """Put new versions of documents in the place of those of the same name.

    Raises
    ------
    UsageError
        There is no document of that name.
    """
    return _change(store, curation, progress, _Request(add=find_files(paths), replacing=True, proposers=proposers))


def refresh(store: Path, *, curation: Path | None = None, progress: Progress | None = None) -> Report:
    """Replay what people decided since the store was last changed."""
    return _change(store, curation, progress, _Request())


@dataclass(slots=True)
class _Request:
    """What is asked for."""

    add: Sequence[Path] = ()
    remove: Sequence[str] = ()
    replacing: bool = False
    proposers: Sequence[Proposer] = ()


def _change(store: Path, curation: Path | None, progress: Progress | None, request: _Request) -> Report:
    decided = read_curation(curation_folder(store, curation))
    with next_generation(store) as (before, generation), tempfile.TemporaryDirectory(dir=generation.folder) as folder:
        change = _Change(before, generation, decided, progress or silent)
        for name in request.remove:
            change.remove(name)
        change.forget()
        if request.add:
            change.add(request)
        change.bring_into_line(Path(folder))
    return change.report


class _Change:
    """A change in the making: the corpus as it shall be, and which of its documents were read anew."""

    def __init__(self, before: Generation, generation: Generation, decided: Curation, tell: Progress) -> None:
        self.before, self.generation, self.decided, self.tell = before, generation, decided, tell
        self.corpus = read_corpus(before.facts)
        self.report = Report()
        self.read_anew: list[str] = []
        self.dropped: list[str] = []

    def remove(self, name: str) -> None:
        """Take out the documents of a name (or of the file's name that was given to add), or the one of a key."""
        of_file = document_name(Path(name)) if name.lower().removesuffix(".gz").endswith(SUFFIXES) else name
        found = [name] if name in set(self.corpus) else self.corpus.named(name) or self.corpus.named(of_file)
        if not found:
            raise UsageError(f"There is no document {name!r} in the store. See: hankeverkko documents")
        for key in found:
            self._drop(key)

    def _drop(self, key: str) -> None:
        self.dropped.append(key)
        self.report.removed.append(self.corpus.name(key))
        self.corpus.drop(key)

    def forget(self) -> None:
        """Read the documents again that still name somebody who is to be forgotten."""
        redact = self.decided.redactor.redact
        for key in list(self.corpus) if self.decided.redactor.digests else []:
            text = self.before.text(key)
            bare = redact(text)
            if bare == text:
                continue
            self.report.blanked.append(self.corpus.name(key))
            self.read_anew.append(key)
            if key in self.corpus.facts:
                self.corpus.facts[key] = self._read_again(with_text(self.corpus.facts[key], bare))
            else:
                self.corpus.tables[key] = redacted(self.corpus.tables[key], bare)

    @staticmethod
    def _read_again(facts: Facts) -> Facts:
        """Return the facts of a text that has changed; what was proposed stays where its quote still stands."""
        again = extract_source(facts.source, [Kept(outcome) for outcome in facts.proposed])
        for before, after in zip(facts.proposed, again.proposed, strict=True):
            after.known, after.rejected, after.note = before.known, before.rejected, before.note
        return again

    def add(self, request: _Request) -> None:
        """Read files; each takes the place of the document of its name, or must be new."""
        incoming = Corpus()
        take_in(list(request.add), incoming, self.decided.redactor, self.report, self.tell, proposers=request.proposers)
        if self.report.failed:
            raise DataError(" ".join(self.report.failed.values()) + " Nothing was changed.")
        for key in incoming:
            self._add(key, incoming, replacing=request.replacing)

    def _add(self, key: str, incoming: Corpus, *, replacing: bool) -> None:
        name = incoming.name(key)
        others = [other for other in self.corpus.named(name) if other != key]
        if replacing and not others and key not in set(self.corpus):
            raise UsageError(f"There is no document {name!r} to replace. Use: hankeverkko add")
        if others and not replacing:
            raise UsageError(f"A document {name!r} with other content is in the store. Use: hankeverkko replace")
        for other in others:
            self._drop(other)
        before = self.corpus.named_by(incoming[key])
        is_new = self.corpus.add(incoming[key])[1]
        if is_new:
            self.report.added.append(name)
        elif before is not None and before != name:
            self.report.note_twice(name, before, self.corpus.name(key))
        if is_new or self.corpus.name(key) != before:
            self.read_anew.append(key)

    def bring_into_line(self, folder: Path) -> None:
        """Write what comes out otherwise than before."""
        if not len(self.corpus):
            raise UsageError("This would leave the store empty. Remove the store's folder instead.")
        keep(self.generation, self.corpus, self.read_anew)
        for key in self.dropped:
            self.generation.drop(key)
        meaning = Interpretation(self.corpus, self.decided, self.generation.text)
        self.report.lost_reviews = [lost.review for lost in meaning.lost]
        self.tell("resolving", 0, 1)
        signatures = {key: meaning.signature(key) for key in self.corpus}
        self.tell("resolving", 1, 1)
        self._write(meaning, signatures, folder)
        self._change_contacts()
        write_manifest(self.generation, meaning, self.report, signatures)

    def _write(self, meaning: Interpretation, signatures: dict[str, str], folder: Path) -> None:
        manifest = self.before.manifest()
        old = {item["key"]: item.get("signature") for item in manifest["documents"]}
        changed = sorted(key for key, signature in signatures.items() if old.get(key) != signature)
        self.report.rewritten = [self.corpus.name(key) for key in changed if key in old]
        lines = (line for key in changed for line in meaning.document_lines(key))
        files = [write_lines(folder / "documents.nq", lines)]
        files.append(write_lines(folder / "shared.nq", meaning.shared_lines()))
        vocabularies = write_lines(folder / "vocabularies.nq", vocabulary_lines())
        self.report.violations = _violations([*files, vocabularies])
        graphs = [IDENTITY_GRAPH, INFERRED_GRAPH, *map(document_graph, self.dropped)]
        graphs += [document_graph(key) for key in changed if key in old]
        if manifest.get("vocabularies") != vocabulary_signature():
            graphs += [ONTOLOGY_GRAPH, VOCABULARY_GRAPH]
            files.append(vocabularies)
        self.report.quads = replace_graphs(self.generation, graphs, files)
        if self.report.blanked:
            rewrite_database(self.generation)

    def _change_contacts(self) -> None:
        change_contacts(
            self.generation.contacts,
            [*self.dropped, *self.read_anew],
            {key: self.corpus.facts[key] for key in self.read_anew if key in self.corpus.facts},
            days=Settings().contact_days,
            today=datetime.now(UTC).date(),
        )


def _violations(files: Iterable[Path]) -> list[Violation]:
    """Check what is written anew, with the vocabularies, against the shapes."""
    memory = ox.Store()
    for file in files:
        memory.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return validate_store(memory)
