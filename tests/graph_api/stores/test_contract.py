"""One contract, run over the embedded store and over a real server of Oxigraph."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph_api.queries import find_query, run_query
from graph_api.store import load, new_generation, open_graph
from graph_api.stores.contract import Writer
from graph_api.stores.dialects import DIALECTS, Dialect, find_dialect
from graph_api.stores.embedded import EmbeddedStore
from graph_api.stores.publish import STATE_GRAPH, publish
from graph_api.stores.remote import Access, RemoteStore
from loaders.errors import CannotRunError, QueryError, RefusedError, UsageError

INITIATIVE = "https://w3id.org/hankeverkko/id/initiative/S90001"
A, B, C = (f"https://example.org/graph/{name}" for name in "abc")


def server_binary() -> str | None:
    """Return the Oxigraph server: named in OXIGRAPH_SERVER, on the PATH, or beside this Python."""
    beside = Path(sys.executable).with_name("oxigraph")
    named = os.environ.get("OXIGRAPH_SERVER") or shutil.which("oxigraph")
    return named or (str(beside) if beside.exists() else None)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running Oxigraph server, or skip."""
    binary = server_binary()
    if binary is None:
        pytest.skip("no Oxigraph server: pip install 'hankeverkko[test-servers]', or name it in OXIGRAPH_SERVER")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("oxigraph")
    process = subprocess.Popen(
        [binary, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{address}/query", params={"query": "ASK {}"}, trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


KINDS = [
    "embedded",
    pytest.param("graph store", marks=pytest.mark.server),
    pytest.param("update", marks=pytest.mark.server),
]


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Writer]:
    """Return an empty store of each kind; the server's graphs are written in both ways there are."""
    if request.param == "embedded":
        with new_generation(tmp_path / "store") as generation:
            load(generation, [])
            generation.write_manifest({"documents": [], "quads": 0})
        yield EmbeddedStore(tmp_path / "store")
        return
    whole = DIALECTS["oxigraph"]
    dialect = whole if request.param == "graph store" else Dialect(whole.query, whole.update, None, whole.union)
    with RemoteStore(request.getfixturevalue("oxigraph"), dialect) as remote:
        remote.update("DROP ALL")
        yield remote


def quads(folder: Path, *lines: str) -> list[Path]:
    path = folder / f"{len(list(folder.iterdir()))}.nq"
    path.write_text("".join(f"{line} .\n" for line in lines), "utf-8")
    return [path]


def held(store: Writer, graph: str) -> set[str]:
    found = store.view().query(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return {row["o"].value for row in found}


def test_graphs_are_replaced_whole_and_others_left_alone(store: Writer, tmp_path: Path) -> None:
    store.replace_graphs(
        [], quads(tmp_path, f'<x:a> <x:p> "old" <{A}>', f'<x:a> <x:q> "other" <{A}>', f'<x:b> <x:p> "b" <{B}>')
    )
    assert held(store, A) == {"old", "other"}
    store.replace_graphs([], quads(tmp_path, f'<x:a> <x:p> "new" <{A}>'))
    assert held(store, A) == {"new"}
    assert held(store, B) == {"b"}
    store.replace_graphs([A, C], quads(tmp_path, f'<x:c> <x:p> "c" <{C}>'))
    assert {graph.value for graph in store.view().named_graphs()} == {B, C}


def test_texts_come_back_as_they_were(store: Writer, tmp_path: Path) -> None:
    text = 'Hämeenlinnan "perusturva"\n\\ {} ; \U0001f600 \u2028'
    literal = ox.Literal(text, language="fi")
    store.replace_graphs([], quads(tmp_path, f"<x:a> <x:p> {literal} <{A}>"))
    assert held(store, A) == {text}
    found = list(store.view().quads_for_pattern(None, ox.NamedNode("x:p"), literal))
    assert [quad.graph_name.value for quad in found] == [A]
    assert list(store.view().quads_for_pattern(None, None, ox.Literal(text))) == []


def test_the_union_of_all_graphs_is_asked_where_it_is_wanted(store: Writer, tmp_path: Path) -> None:
    store.replace_graphs([], quads(tmp_path, f"<x:a> <x:p> <x:b> <{A}>", f"<x:b> <x:p> <x:c> <{B}>"))
    query = "ASK { <x:a> <x:p>/<x:p> <x:c> }"
    assert bool(store.view().query(query, use_default_graph_as_union=True))
    assert not bool(store.view().query(query))


def test_triples_are_answers_too(store: Writer, tmp_path: Path) -> None:
    store.replace_graphs([], quads(tmp_path, f'<x:a> <x:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <{A}>'))
    found = store.view().query(
        "CONSTRUCT { ?o <x:of> ?s . ?s <x:is> ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True
    )
    assert isinstance(found, ox.QueryTriples)
    assert {triple.predicate.value for triple in found} == {"x:is"}


def test_named_queries_run_over_every_store(store: Writer, tmp_path: Path, repository: Path) -> None:
    trig = repository / "tests" / "fixtures" / "small.trig"
    local = ox.Store()
    local.load(path=str(trig), format=ox.RdfFormat.TRIG)
    path = tmp_path / "small.nq"
    path.write_bytes(local.dump(format=ox.RdfFormat.N_QUADS) or b"")
    store.replace_graphs([], [path])
    for name in ("counts", "documents", "initiative-triples"):
        required = [parameter.name for parameter in find_query(name).parameters if parameter.required]
        arguments = dict.fromkeys(required, INITIATIVE)
        expected = run_query(local, name, arguments).rows
        assert run_query(store.view(), name, arguments).rows == expected
        assert expected
    with pytest.raises(UsageError, match="is not known"):
        run_query(store.view(), "initiatives-of-organisation", {"organisation": "Olematon yhdistys"})


@pytest.mark.server
def test_publishing_sends_what_has_changed(oxigraph: str, tmp_path: Path) -> None:
    source = ox.Store()
    source.update(f"INSERT DATA {{ GRAPH <{A}> {{ <x:a> <x:p> 1 }} GRAPH <{B}> {{ <x:b> <x:p> 2 }} }}")
    with RemoteStore(oxigraph, DIALECTS["oxigraph"]) as server:
        server.update(f"DROP ALL ; INSERT DATA {{ GRAPH <{C}> {{ <x:not> <x:of> 'ours' }} }}")
        assert publish(source, server).sent == [A, B]
        assert publish(source, server).kept == [A, B]
        source.update(f"DROP GRAPH <{B}> ; INSERT DATA {{ GRAPH <{A}> {{ <x:a> <x:p> 3 }} }}")
        done = publish(source, server)
        assert (done.sent, done.kept, done.dropped) == ([A], [], [B])
        assert held(server, A) == {"1", "3"}
        assert {graph.value for graph in server.view().named_graphs()} == {A, C, STATE_GRAPH}


@pytest.mark.server
def test_the_commands_reach_a_server(oxigraph: str, tmp_path: Path) -> None:
    path = tmp_path / "lines.nq"
    path.write_text(f'<x:a> <x:p> "published" <{A}> .\n', "utf-8")
    with new_generation(tmp_path / "store") as generation:
        load(generation, [path])
        generation.write_manifest({"documents": [], "quads": 1})

    def run(*arguments: str) -> str:
        command = [
            sys.executable,
            "-m",
            "graph_api.cli.main",
            "--json",
            *arguments,
            "--endpoint",
            oxigraph,
            "--dialect",
            "oxigraph",
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert A in json.loads(run("publish", "--store", str(tmp_path / "store")))["sent"]
    assert "bindings" in json.loads(run("query", "counts"))["results"]
    assert len(open_graph(tmp_path / "store")) == 1


@pytest.mark.server
def test_what_a_server_refuses_is_told(oxigraph: str) -> None:
    with RemoteStore(oxigraph, DIALECTS["oxigraph"]) as server, pytest.raises(QueryError, match="400"):
        server.view().query("SELECT {")
    with RemoteStore(f"{oxigraph}/nothing", DIALECTS["sparql"]) as server, pytest.raises(CannotRunError, match="404"):
        server.view().query("ASK {}")


def test_a_server_that_is_not_there_is_told() -> None:
    server = RemoteStore("http://127.0.0.1:9", DIALECTS["sparql"], Access(seconds=2))
    with server, pytest.raises(CannotRunError, match="cannot be reached"):
        server.view().query("ASK {}")
    with pytest.raises(UsageError, match="fuseki"):
        find_dialect("jena")


def test_credentials_are_not_told(chat_server: object) -> None:
    """The server of this test knows nothing of SPARQL, and answers 404."""
    server = RemoteStore(str(getattr(chat_server, "address", "")), DIALECTS["sparql"], Access("aino", "very-secret"))
    with server, pytest.raises((CannotRunError, RefusedError)) as caught:
        server.update("{}")
    assert "very-secret" not in str(caught.value)
