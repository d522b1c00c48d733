"""Building a store from documents: read, extract, resolve identity, write triples, load, validate, swap in.

The result is a function of the set of documents and of what people decided: their order, and loading one twice, change
nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph_api.contacts import change_contacts, read_contacts
from graph_api.corpus import Corpus, save, without_text
from graph_api.curation.folder import curation_folder, read_curation
from graph_api.intake import Progress, find_files, silent, take_in
from graph_api.interpretation import Interpretation, vocabulary_lines, vocabulary_signature
from graph_api.report import Report
from graph_api.settings import Settings
from graph_api.store import Generation, current, load, new_generation
from graph_api.validation import validate_store
from loaders.errors import CannotRunError, ReadError
from loaders.iris import document_graph
from loaders.proposers import Proposer
from loaders.tables.model import Table


def build(
    paths: Iterable[Path],
    store: Path,
    *,
    curation: Path | None = None,
    validate: bool = True,
    progress: Progress | None = None,
    proposers: Sequence[Proposer] = (),
    jobs: int = 1,
) -> Report:
    """Build a store from documents and put it in force.

    Parameters
    ----------
    paths : iterable of Path
        Documents, or folders of them.
    store : Path
        The folder of the store; what it held is replaced as a whole.
    curation : Path, optional
        The folder of what people decided, which is replayed; ``curation`` in the store where none is named.
    validate : bool
        Check the graph against the shapes before it comes into force; violations are reported, not fatal.
    progress : callable, optional
        Called with (what, done, total).
    proposers : sequence of Proposer
        What adds drafts to the facts that rules read.
    jobs : int
        How many processes read the documents, where there are many. More than one asks of a script that it begins its
        work under ``if __name__ == "__main__"``.

    Raises
    ------
    HankeverkkoError
        Nothing could be loaded, or the store cannot be written.
    """
    tell = progress or silent
    report, corpus = Report(), Corpus()
    decided = read_curation(curation_folder(store, curation))
    take_in(find_files(paths), corpus, decided.redactor, report, tell, proposers, jobs=jobs)
    if not len(corpus):
        raise ReadError(f"None of the files could be loaded. {' '.join(report.failed.values())}")
    first_seen = _first_seen(store)
    with new_generation(store) as generation, tempfile.TemporaryDirectory(dir=generation.folder) as folder:
        keep(generation, corpus)
        meaning = Interpretation(corpus, decided, generation.text)
        report.lost_reviews = [lost.review for lost in meaning.lost]
        files = list(_write(meaning, Path(folder), tell))
        _load_and_validate(generation, files, report, tell, validate=validate)
        today = datetime.now(UTC).date()
        change_contacts(
            generation.contacts, (), corpus.facts, days=Settings().contact_days, today=today, first_seen=first_seen
        )
        write_manifest(generation, meaning, report, {key: meaning.signature(key) for key in corpus})
    return report


def keep(generation: Generation, corpus: Corpus, keys: Iterable[str] | None = None) -> None:
    """Store the texts and facts of documents (all, or some)."""
    for key in corpus if keys is None else keys:
        item = corpus[key]
        generation.keep_text(key, item.text if isinstance(item, Table) else item.source.text)
        save(item, generation.facts / f"{key}.json")
        if isinstance(item, Table):
            corpus.tables[key] = without_text(item)


def _first_seen(store: Path) -> dict[tuple[str, str, str, str], str]:
    """Return when each contact detail of the store in force was first seen: a rebuild prolongs nothing."""
    try:
        before = current(store)
    except CannotRunError:
        return {}
    known = read_contacts(before.contacts, datetime.now(UTC).date())
    return {(c.document, c.person, c.kind, c.value): c.first_seen for c in known}


def _write(meaning: Interpretation, folder: Path, tell: Progress) -> Iterator[Path]:
    """Write the statements to a few files: each file that is loaded costs a tenth of a second, however small."""
    yield write_lines(folder / "vocabularies.nq", vocabulary_lines())
    yield write_lines(folder / "documents.nq", _lines_of_all(meaning, tell))
    yield write_lines(folder / "shared.nq", meaning.shared_lines())


def _lines_of_all(meaning: Interpretation, tell: Progress) -> Iterator[str]:
    keys = sorted(meaning.corpus)
    for done, key in enumerate(keys):
        tell("writing triples", done, len(keys))
        yield from meaning.document_lines(key)
    tell("writing triples", len(keys), len(keys))


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """Write N-Quads lines to a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    return path


def _load_and_validate(
    generation: Generation, files: list[Path], report: Report, tell: Progress, *, validate: bool
) -> None:
    """Load the files onto the disk and, at the same time, into memory, where the shapes are checked.

    Oxigraph releases Python's lock while it loads, so that the two share two cores.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        tell("loading", 0, 1)
        loading = pool.submit(load, generation, files)
        if validate:
            tell("validating", 0, 1)
            memory = ox.Store()
            for file in files:
                memory.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
            report.violations = validate_store(memory)
            tell("validating", 1, 1)
        report.quads = loading.result()
        tell("loading", 1, 1)


def _proposers(corpus: Corpus, key: str) -> dict[str, Any]:
    """Return which proposers read a document beside the rules, where any did."""
    ran = [
        {"proposer": found.by, "added": len(found.accepted), "rejected": found.rejected, "note": found.note}
        for found in (corpus.facts[key].proposed if key in corpus.facts else ())
    ]
    return {"proposers": ran} if ran else {}


def write_manifest(generation: Generation, meaning: Interpretation, report: Report, signatures: dict[str, str]) -> None:
    """Write what a generation was made of."""
    corpus = meaning.corpus
    documents: list[dict[str, Any]] = [
        {
            "key": key,
            "name": corpus.name(key),
            "kind": corpus.kind(key),
            "graph": document_graph(key),
            "signature": signatures[key],
            **_proposers(corpus, key),
        }
        for key in sorted(corpus)
    ]
    unread = {facts.source.name: facts.unread for facts in corpus.facts.values() if facts.unread}
    unread |= {table.name: table.unread for table in corpus.tables.values() if table.unread}
    content = {
        "documents": documents,
        "vocabularies": vocabulary_signature(),
        "listed_projects": sum(table.count for table in corpus.tables.values()),
        "quads": report.quads,
        "unread": {name: [asdict(item) for item in items] for name, items in sorted(unread.items())},
    }
    generation.write_manifest(content)
