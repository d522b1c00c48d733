"""Reads and runs the W3C's query and update tests over the engine as the workers use it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

from graph_api.sparql.engine import Question, answer, evaluate
from graph_api.sparql.inspection import called_services, check_depth
from graph_api.sparql.update import run_update
from loaders.errors import HankeverkkoError, QueryError

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_BLANK = re.compile(r"^_:.*")
ROWS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass
class Case:
    """One test: the text, the data before it, and what must come out."""

    name: str
    kind: str
    text: Path
    data: list[tuple[Path, str | None]] = field(default_factory=list)
    result: Path | None = None
    after: list[tuple[Path, str | None]] = field(default_factory=list)


def cases(manifest: Path) -> Iterator[Case]:
    """Yield the tests of a manifest and of those it includes."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for node in graph.subjects(RDF.type, MF.Manifest):
        for included in _items(graph, node, MF.include):
            yield from cases(_path(included))
        for test in _items(graph, node, MF.entries):
            yield _case(graph, test, manifest)


def _items(graph: Graph, node: object, predicate: object) -> list[object]:
    found = graph.value(node, predicate)
    return [] if found is None else list(Collection(graph, found))


def _path(iri: object) -> Path:
    return Path(unquote(urlparse(str(iri)).path))


def _case(graph: Graph, test: object, manifest: Path) -> Case:
    kind = str(graph.value(test, RDF.type)).rpartition("#")[2]
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    name = f"{manifest.parent.name}/{str(test).rpartition('#')[2]}"
    if kind == "UpdateEvaluationTest":
        text = _path(graph.value(action, UT.request))
        return Case(name, kind, text, _dataset(graph, action, UT), None, _dataset(graph, result, UT))
    text = graph.value(action, QT.query)
    data = _dataset(graph, action, QT) if text is not None else []
    return Case(name, kind, _path(text or action), data, _path(result) if result is not None else None)


def _dataset(graph: Graph, node: object, space: Namespace) -> list[tuple[Path, str | None]]:
    found: list[tuple[Path, str | None]] = [(_path(file), None) for file in graph.objects(node, space.data)]
    for item in graph.objects(node, space.graphData):
        file = graph.value(item, space.graph)
        label = graph.value(item, RDFS.label)
        found.append((_path(file or item), str(label if label is not None else item)))
    return found


def failure(case: Case) -> str | None:
    """Run a test; return what is wrong, or None."""
    text = case.text.read_text("utf-8")
    try:
        return _RUNNERS[case.kind](case, text)
    except HankeverkkoError as error:
        return str(error)
    except (ValueError, SyntaxError, OSError) as error:
        return f"{type(error).__name__}: {error}"


def load(data: list[tuple[Path, str | None]]) -> ox.Store:
    """Return a store that holds files, each in its graph."""
    store = ox.Store()
    for path, name in data:
        form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        store.load(path=str(path), format=form, base_iri=path.as_uri(), to_graph=graph)
    return store


def _reads_query(case: Case, text: str) -> str | None:
    check_depth(text)
    called_services(text)
    try:
        evaluate(ox.Store(), Question(text, base=case.text.as_uri()))
    except QueryError as error:
        return str(error) if "cannot be read" in str(error) else None
    return None


def _reads_update(case: Case, text: str) -> str | None:
    """Read an update; one with LOAD is cut short by an error of our own behind it, so that nothing is loaded."""
    check_depth(text)
    called_services(text)
    loads = "load" in text.lower()
    try:
        run_update(ox.Store(), f"{text}\n;\n\n@" if loads else text, case.text.as_uri())
    except QueryError as error:
        own = loads and f"at line {text.count(chr(10)) + 4}," in str(error)
        return str(error) if "cannot be read" in str(error) and not own else None
    return None


def _refuses_query(case: Case, text: str) -> str | None:
    return None if _reads_query(case, text) else "was read though it is wrong"


def _refuses_update(case: Case, text: str) -> str | None:
    try:
        run_update(ox.Store(), text, case.text.as_uri())
    except QueryError as error:
        return None if "cannot be read" in str(error) else str(error)
    return "was read though it is wrong"


class Collected:
    """Keeps the answer that the engine writes."""

    def __init__(self) -> None:
        self.form, self.data = "", bytearray()

    def begin(self, form: str) -> None:
        """Keep the form."""
        self.form = form

    def write(self, data: bytes, /) -> int:
        """Keep a piece."""
        self.data += data
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def _evaluates(case: Case, text: str) -> str | None:
    if case.result is None:
        return "has no result"
    output = Collected()
    question = Question(text, base=case.text.as_uri(), results=form_of(case), rdf="ntriples")
    answer(_without_union(load(case.data)), question, output)
    return compare(case, text, output.form, bytes(output.data))


def form_of(case: Case) -> str:
    """Return the form in which the answer to a test is asked for."""
    return {".csv": "csv", ".tsv": "tsv"}.get(case.result.suffix if case.result else "", "json")


def compare(case: Case, text: str, form: str, data: bytes) -> str | None:
    """Compare an answer with what must come out; return what is wrong, or None."""
    if case.result is None:
        return "has no result"
    if case.result.suffix == ".csv":
        ours, theirs = _cells(data), _cells(case.result.read_bytes())
        return None if ours == theirs else f"{ours} instead of {theirs}"
    if form == "ntriples":
        return _compare_graphs(ox.parse(data, format=ox.RdfFormat.N_TRIPLES), case.result)
    found = ox.parse_query_results(data, format=ox.QueryResultsFormat.from_media_type(_MEDIA[form]))
    expected = _expected(case.result)
    if isinstance(found, ox.QueryBoolean) or isinstance(expected, ox.QueryBoolean):
        return None if bool(found) == bool(expected) else f"{found!r}"
    is_ordered = "order by" in text.lower()
    ours, theirs = _rows(found), _rows(expected)
    return None if _same_rows(ours, theirs, ordered=is_ordered) else f"{ours} instead of {theirs}"


_MEDIA = {"json": "application/sparql-results+json", "tsv": "text/tab-separated-values"}


class _Plain:
    """A store whose default graph is its own, as the tests mean it; the server answers from the union of all graphs."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def query(self, text: str, **options: object) -> object:
        options["use_default_graph_as_union"] = False
        return self.store.query(text, **options)  # type: ignore[arg-type]


def _without_union(store: ox.Store) -> ox.Store:
    return _Plain(store)  # type: ignore[return-value]


def _cells(data: bytes) -> list[list[tuple[str, str]]]:
    """Return the rows of a CSV file, columns and rows in order of their names and values."""
    rows = csv.DictReader(data.decode("utf-8").splitlines())
    return sorted(sorted((name, _BLANK.sub("_:", value)) for name, value in row.items()) for row in rows)


def _expected(path: Path) -> ox.QuerySolutions | ox.QueryBoolean | list[dict[str, object]]:
    if path.suffix in ROWS:
        return ox.parse_query_results(path.read_bytes(), format=ROWS[path.suffix])
    store = load([(path, None)])
    truth = list(store.quads_for_pattern(None, ox.NamedNode(RS + "boolean"), None))
    if truth:
        return ox.parse_query_results(
            b'{"head":{},"boolean":%s}' % truth[0].object.value.encode(), format=ox.QueryResultsFormat.JSON
        )
    query = f"""SELECT ?s ?v ?x {{ ?s <{RS}binding> ?b . ?b <{RS}variable> ?v ; <{RS}value> ?x }}"""
    rows: dict[object, dict[str, object]] = {}
    for solution in store.quads_for_pattern(None, ox.NamedNode(RS + "solution"), None):
        rows[solution.object] = {}
    for row in store.query(query):
        rows[row["s"]][row["v"].value] = row["x"]
    return list(rows.values())


def _rows(found: object) -> list[dict[str, object]]:
    if isinstance(found, list):
        return found
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in found]


def _same_rows(ours: list[dict[str, object]], theirs: list[dict[str, object]], *, ordered: bool) -> bool:
    """Compare rows: as graphs, so that blank nodes may be called differently."""
    return len(ours) == len(theirs) and _canonical(ours, ordered=ordered) == _canonical(theirs, ordered=ordered)


def _canonical(rows: list[dict[str, object]], *, ordered: bool) -> set[str]:
    quads = []
    for index, row in enumerate(rows):
        node = ox.NamedNode(f"urn:row:{index}") if ordered else ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode("urn:is"), ox.Literal("row")))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:v:{name}"), _by_value(term)) for name, term in row.items()]
    return _canonical_quads(quads)


def _by_value(term: object) -> object:
    """Write numbers and truth values in one way: the engine keeps their values, not how they were written."""
    if not isinstance(term, ox.Literal):
        return term
    name = term.datatype.value.rpartition("#")[2]
    try:
        if name in {"integer", "decimal"}:
            return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
        if name == "boolean":
            return ox.Literal(term.value in {"1", "true"})
        if name in {"double", "float"}:
            return ox.Literal(repr(float(f"{float(term.value):.7g}")), datatype=term.datatype)
    except (InvalidOperation, ValueError):
        return term
    return term


def _canonical_quads(quads: object) -> set[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def _compare_graphs(found: object, path: Path) -> str | None:
    ours, theirs = _canonical_quads(found), _canonical_quads(iter(load([(path, None)])))
    return None if ours == theirs else f"{ours} instead of {theirs}"


def _updates(case: Case, text: str) -> str | None:
    check_depth(text)
    called_services(text)
    store = load(case.data)
    run_update(store, text, case.text.as_uri())
    return same_graphs(store, case.after)


def same_graphs(store: ox.Store, after: list[tuple[Path, str | None]]) -> str | None:
    """Compare a store with what must be in it; return what is wrong, or None."""
    ours, theirs = _canonical_quads(iter(store)), _canonical_quads(iter(load(after)))
    return None if ours == theirs else f"{ours} instead of {theirs}"


_RUNNERS = {
    "QueryEvaluationTest": _evaluates,
    "CSVResultFormatTest": _evaluates,
    "PositiveSyntaxTest11": _reads_query,
    "PositiveSyntaxTest": _reads_query,
    "NegativeSyntaxTest11": _refuses_query,
    "NegativeSyntaxTest": _refuses_query,
    "PositiveUpdateSyntaxTest11": _reads_update,
    "NegativeUpdateSyntaxTest11": _refuses_update,
    "UpdateEvaluationTest": _updates,
}
