"""Building a store from documents: read, extract, resolve identity, write triples, load, validate, swap in.

The result is a function of the set of documents: their order, and loading one twice, change nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph_api.identity.resolver import Mention, Resolver
from graph_api.store import Generation, load, new_generation
from graph_api.validation import Violation, validate_store
from loaders.errors import HankeverkkoError, ReadError, UsageError
from loaders.extract import extract
from loaders.iris import ONTOLOGY_GRAPH, SKOS, VOCABULARY_GRAPH, document_graph, entity
from loaders.kinds.project_list import ProjectList, read_project_list
from loaders.list_triples import ListWriter
from loaders.model import Facts, Unread
from loaders.nquads import GraphLines, iri, literal
from loaders.resources import list_files, read_text
from loaders.triples import DocumentWriter, document_key, hv
from loaders.vocabulary import organisations, scheme

SUFFIXES = (".txt", ".html", ".htm", ".csv", ".csv.gz", ".txt.gz")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Report:
    """What a build did: documents by kind, what was not understood, files that could not be read, violations."""

    documents: dict[str, int] = field(default_factory=dict)
    listed_projects: int = 0
    quads: int = 0
    unread: dict[str, list[Unread]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)

    @property
    def has_problems(self) -> bool:
        """Return whether a person has to look at something: a file not loaded, or a graph that breaks its shapes."""
        return bool(self.failed or self.violations)


@dataclass(slots=True)
class _Loaded:
    facts: dict[str, Facts] = field(default_factory=dict)
    lists: dict[str, ProjectList] = field(default_factory=dict)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the documents among some files and folders, sorted.

    Raises
    ------
    UsageError
        A path does not exist, or nothing was found.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found |= {file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(SUFFIXES)}
        elif path.exists():
            found.add(path)
        else:
            raise UsageError(f"{path}: no such file or folder. Check the path.")
    if not found:
        raise UsageError(f"No documents found ({', '.join(SUFFIXES)}). Name files, or folders that hold some.")
    return sorted(found)


def build(paths: Iterable[Path], store: Path, *, validate: bool = True, progress: Progress | None = None) -> Report:
    """Build a store from documents and put it in force.

    Parameters
    ----------
    paths : iterable of Path
        Documents, or folders of them.
    store : Path
        The folder of the store; what it held is replaced as a whole.
    validate : bool
        Check the graph against the shapes before it comes into force; violations are reported, not fatal.
    progress : callable, optional
        Called with (what, done, total).

    Raises
    ------
    HankeverkkoError
        Nothing could be loaded, or the store cannot be written.
    """
    tell = progress or _silent
    report = Report()
    loaded = _read_all(find_files(paths), report, tell)
    if not loaded.facts and not loaded.lists:
        reasons = " ".join(report.failed.values())
        raise ReadError(f"None of the files could be loaded. {reasons}")
    resolver = Resolver(_mentions(loaded))
    with new_generation(store) as generation, tempfile.TemporaryDirectory(dir=generation.folder) as folder:
        files = list(_write(loaded, resolver, generation, Path(folder), tell))
        _load_and_validate(generation, files, report, tell, validate=validate)
        _manifest(generation, loaded, report)
    return report


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


def _silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def _read_all(files: list[Path], report: Report, tell: Progress) -> _Loaded:
    loaded = _Loaded()
    for done, file in enumerate(files):
        tell("reading", done, len(files))
        try:
            _read(file, loaded, report)
        except HankeverkkoError as error:
            report.failed[str(file)] = str(error)
    tell("reading", len(files), len(files))
    return loaded


def _read(file: Path, loaded: _Loaded, report: Report) -> None:
    listed = read_project_list(file) if ".csv" in file.name.lower() else None
    if listed is not None:
        if loaded.lists.setdefault(document_key(listed.sha256), listed) is listed:
            report.documents[listed.kind] = report.documents.get(listed.kind, 0) + 1
            report.listed_projects += len(listed.projects)
            _note(report, listed.name, listed.unread)
        return
    facts = extract(file)
    key = document_key(facts.source.sha256)
    present = loaded.facts.get(key)
    if present is None:
        report.documents[facts.source.kind] = report.documents.get(facts.source.kind, 0) + 1
        _note(report, facts.source.name, facts.unread)
    if present is None or facts.source.name < present.source.name:
        loaded.facts[key] = facts


def _note(report: Report, name: str, unread: list[Unread]) -> None:
    if unread:
        report.unread.setdefault(name, []).extend(unread)


def _mentions(loaded: _Loaded) -> Iterator[Mention]:
    for facts in loaded.facts.values():
        for organisation in facts.organisations:
            yield Mention(organisation.name, organisation.business_id)
            if organisation.part_of:
                yield Mention(organisation.part_of)
        for person in facts.persons:
            if person.organisation:
                yield Mention(person.organisation)
        for pilot in facts.pilots:
            yield from (Mention(host) for host in pilot.hosts)
    for listed in loaded.lists.values():
        for project in listed.projects:
            yield Mention(project.applicant)
            yield Mention(project.authority)


def _write(loaded: _Loaded, resolver: Resolver, generation: Generation, folder: Path, tell: Progress) -> Iterator[Path]:
    total = len(loaded.facts) + len(loaded.lists)
    path = folder / "vocabularies.nq"
    path.write_text("".join(_vocabulary_lines()), "utf-8")
    yield path
    for done, (key, facts) in enumerate(sorted(loaded.facts.items())):
        tell("writing triples", done, total)
        path = folder / f"{key}.nq"
        path.write_text("".join(DocumentWriter(facts, resolver).write()), "utf-8")
        _keep_text(generation, key, facts.source.text)
        yield path
    for done, (key, listed) in enumerate(sorted(loaded.lists.items()), len(loaded.facts)):
        tell("writing triples", done, total)
        path = folder / f"{key}.nq"
        path.write_text("".join(ListWriter(listed, resolver).write()), "utf-8")
        _keep_text(generation, key, listed.text)
        yield path
    tell("writing triples", total, total)


def _keep_text(generation: Generation, key: str, text: str) -> None:
    path = generation.texts / f"{key}.txt"
    # newline="" keeps offsets as they are on every platform; the texts may hold contact details.
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    path.chmod(0o600)


def _vocabulary_lines() -> Iterator[str]:
    for graph, folder, names in (
        (ONTOLOGY_GRAPH, (), ["core.ttl"]),
        (VOCABULARY_GRAPH, ("vocabularies",), list_files("ontology", "vocabularies", suffix=".ttl")),
    ):
        for name in names:
            for triple in ox.parse(read_text("ontology", *folder, name), format=ox.RdfFormat.TURTLE):
                yield f"{triple.subject} {triple.predicate} {triple.object} {iri(graph)} .\n"
    yield from _municipal_bodies()


def _municipal_bodies() -> Iterator[str]:
    out = GraphLines(VOCABULARY_GRAPH)
    for body in organisations().values():
        if body.notation in scheme("places"):
            node = iri(body.iri)
            out.types(node, [SKOS + "Concept"])
            out.add(node, iri(SKOS + "inScheme"), iri(entity("scheme", "organisations")))
            out.add(node, iri(SKOS + "notation"), literal(body.notation))
            out.add(node, hv("organisationType"), iri(entity("organisation-type", "municipality")))
            out.add(node, hv("locatedIn"), iri(entity("place", body.notation)))
            for label in body.labels:
                if label.kind == "preferred":
                    out.add(node, iri(SKOS + "prefLabel"), literal(label.text, language=label.language))
    yield from out.lines()


def _manifest(generation: Generation, loaded: _Loaded, report: Report) -> None:
    documents: list[dict[str, Any]] = [
        {"key": key, "name": facts.source.name, "kind": facts.source.kind, "graph": document_graph(key)}
        for key, facts in sorted(loaded.facts.items())
    ]
    documents += [
        {"key": key, "name": listed.name, "kind": listed.kind, "graph": document_graph(key)}
        for key, listed in sorted(loaded.lists.items())
    ]
    content = {
        "documents": documents,
        "listed_projects": report.listed_projects,
        "quads": report.quads,
        "unread": {name: [asdict(item) for item in items] for name, items in sorted(report.unread.items())},
    }
    (generation.folder / "manifest.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def unread_summary(report: Report) -> Counter[str]:
    """Return how often each reason for not understanding something was given."""
    return Counter(item.reason for items in report.unread.values() for item in items)
