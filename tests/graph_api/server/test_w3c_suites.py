"""The W3C's suites for SPARQL 1.1 Query and Update once more, over HTTP against a server process: the same tests pass."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from graph_api.sparql.datasets import names_dataset
from graph_api.store import load, new_generation, open_graph

pytestmark = pytest.mark.acceptance

ADMISSION = "a-token-for-these-tests"
FORMS = {"json": "application/sparql-results+json", "tsv": "text/tab-separated-values", "csv": "text/csv"}
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


def module(name: str) -> ModuleType:
    path = Path(__file__).parent.parent / "sparql" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"over_http_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def w3c() -> ModuleType:
    return module("w3c")


@pytest.fixture(scope="module")
def known() -> ModuleType:
    return module("test_w3c_suites")


def keep(store: Path, quads: set[ox.Quad]) -> None:
    """Make a new generation of a store that holds these statements."""
    lines = store.parent / "lines.nq"
    lines.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    with new_generation(store) as generation:
        load(generation, [lines])
        generation.write_manifest({"documents": [], "quads": len(quads)})


def default_graph(case: Any) -> ox.NamedNode:
    """Return a graph for a test's default graph: what its FROM names, or one of the test's own."""
    named = names_dataset(case.text.read_text("utf-8")) and case.data
    return ox.NamedNode(case.data[0][0].as_uri() if named else f"urn:default:{case.name}")


def batches(w3c: ModuleType, cases: list[Any]) -> Iterator[tuple[list[Any], set[ox.Quad]]]:
    """Yield tests whose data can stand in one store: no graph's name means two graphs."""
    left = cases
    while left:
        now, later, graphs = [], [], {}
        for case in left:
            mine: dict[object, set[ox.Quad]] = {}
            for quad in w3c.load(case.data):
                graph = default_graph(case) if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
                mine.setdefault(graph, set()).add(ox.Quad(*quad.triple, graph))
            named = {ox.NamedNode(name) for _, name in case.data if name is not None}
            same = all(
                not (graph in graphs and named_before(graphs[graph]) != named_before(mine.get(graph, set())))
                for graph in named
            )
            (now if same else later).append(case)
            if same:
                graphs |= {graph: mine.get(graph, set()) for graph in named} | mine
        yield now, set().union(*graphs.values())
        left = later


def named_before(quads: set[ox.Quad]) -> set[str]:
    """Return statements as text, blank nodes alike."""
    return {" ".join("_:" if isinstance(term, ox.BlankNode) else str(term) for term in quad.triple) for quad in quads}


def ask(http: httpx.Client, w3c: ModuleType, case: Any) -> str | None:
    text = case.text.read_text("utf-8")
    is_syntax = case.result is None
    parameters = {"default-graph-uri": default_graph(case).value, "named-graph-uri": [n for _, n in case.data if n]}
    if names_dataset(text):
        parameters = {}
    response = http.post(
        "/sparql",
        params=parameters,
        content=(text if is_syntax else f"BASE <{case.text.as_uri()}>\n{text}").encode(),
        headers={"Content-Type": QUERY, "Accept": f"{FORMS[w3c.form_of(case)]}, application/n-triples"},
    )
    unread = response.status_code == 400 and "cannot be read" in response.json()["detail"]
    if is_syntax:
        return None if unread == case.kind.startswith("Negative") else response.text
    if response.status_code != 200:
        return response.text
    is_rdf = response.headers["content-type"].startswith("application/n-triples")
    return w3c.compare(case, text, "ntriples" if is_rdf else w3c.form_of(case), response.content)


def test_queries(
    acceptance: Path, w3c: ModuleType, known: ModuleType, tmp_path: Path, serve: Callable[..., Any]
) -> None:
    manifest = "manifest-sparql11-query.ttl"
    cases = list(w3c.cases(acceptance / "w3c" / "sparql11" / manifest))
    failed = set()
    keep(tmp_path / "store", set())
    with serve(tmp_path / "store", log_requests="0") as http:
        for now, quads in batches(w3c, cases):
            keep(tmp_path / "store", quads)
            failed |= {case.name for case in now if ask(http, w3c, case) is not None}
    assert len(cases) == known.NUMBER[manifest]
    assert failed == known.FAILING[manifest]


def change(http: httpx.Client, w3c: ModuleType, case: Any, store: Path) -> str | None:
    text = case.text.read_text("utf-8")
    if case.kind == "UpdateEvaluationTest":
        keep(store, set(w3c.load(case.data)))
        text = f"BASE <{case.text.as_uri()}>\n{text}"
    headers = {"Content-Type": UPDATE, "Authorization": f"Bearer {ADMISSION}"}
    response = http.post("/sparql", content=text.encode(), headers=headers)
    if case.kind != "UpdateEvaluationTest":
        unread = response.status_code == 400 and "cannot be read" in response.json()["detail"]
        return None if unread == case.kind.startswith("Negative") else response.text
    return w3c.same_graphs(open_graph(store), case.after) if response.status_code == 204 else response.text


def test_updates(
    acceptance: Path, w3c: ModuleType, known: ModuleType, tmp_path: Path, serve: Callable[..., Any]
) -> None:
    manifest = "manifest-sparql11-update.ttl"
    cases = list(w3c.cases(acceptance / "w3c" / "sparql11" / manifest))
    keep(tmp_path / "store", set())
    with serve(tmp_path / "store", update_token=ADMISSION, log_requests="0") as http:
        told = {case.name: change(http, w3c, case, tmp_path / "store") for case in cases}
    failed = {name for name, problem in told.items() if problem is not None}
    loading = {case.name for case in cases if "load" in case.text.read_text("utf-8").lower()}
    assert len(cases) == known.NUMBER[manifest]
    assert failed <= loading
    assert all("LOAD is never carried out" in str(told[name]) for name in failed)
    assert len(cases) - len(failed) == 151
