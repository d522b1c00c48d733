"""Datasets in queries and updates, and the graphs that an update writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph_api.sparql.datasets import names_dataset, operations, with_dataset
from graph_api.sparql.targets import check_targets, written_graphs
from loaders.errors import QueryError, RefusedError


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <x:g> { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p ?o } FROM NAMED <x:g> WHERE { ?s ?p ?o }", True),
        ("construct from<x:g>where{?s ?p ?o}", True),
        ("SELECT ?from { ?s ?p 'FROM <x:g>' ; <x:from> ?from } # FROM <x:g>", False),
    ],
)
def test_whether_a_query_names_its_dataset(query: str, *, names: bool) -> None:
    ox.Store().query(query)
    assert names_dataset(query) is names


def test_operations_are_told_apart_outside_texts_and_brackets() -> None:
    update = "PREFIX a: <x:;> INSERT DATA { a:b a:c ';' ; a:d 1 } ; # ; \n DROP ALL ; DELETE WHERE { ?s ?p ?o }"
    assert [[token.text for token in operation.top if token.kind == "word"] for operation in operations(update)] == [
        ["PREFIX", "INSERT", "DATA"],
        ["DROP", "ALL"],
        ["DELETE", "WHERE"],
    ]


@pytest.mark.parametrize(
    ("update", "written"),
    [
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE  { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }"),
        (
            "DROP ALL ; INSERT DATA { <x:a> <x:WHERE> 'WHERE' }",
            "DROP ALL ; INSERT DATA { <x:a> <x:WHERE> 'WHERE' }",
        ),
    ],
)
def test_the_protocols_graphs_are_written_into_an_update(update: str, written: str) -> None:
    found = with_dataset(update, ["x:g"], [])
    assert " ".join(found.split()) == " ".join(written.split())
    ox.Store().update(found)


def test_an_update_uses_the_graphs_it_is_given() -> None:
    store = ox.Store()
    store.update("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } GRAPH <x:b> { <x:s> <x:p> 2 } }")
    store.update(with_dataset("DELETE WHERE { ?s ?p ?o }; INSERT { ?s <x:q> ?o } WHERE { ?s ?p ?o }", ["x:b"], []))
    assert {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode("x:q"), None)} == {"2"}


def test_graphs_are_named_in_one_place() -> None:
    for update in ("WITH <x:h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { } USING <x:h> WHERE { }"):
        with pytest.raises(QueryError, match="USING or WITH"):
            with_dataset(update, ["x:g"], [])
    with pytest.raises(QueryError, match="not the IRI"):
        with_dataset("DELETE WHERE { ?s ?p ?o }", ["not an iri"], [])


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { <x:a> <x:b> <x:c> }", []),
        ("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 'GRAPH <x:h>' } }", ["x:g"]),
        ("PREFIX a: <x:> WITH a:w INSERT { GRAPH a:g { ?s ?p ?o } } WHERE { GRAPH a:h { ?s ?p ?o } }", ["x:w", "x:g"]),
        ("BASE <http://e.org/d/> CLEAR GRAPH <../g>", ["http://e.org/g"]),
        ("COPY GRAPH <x:a> TO <x:b>", ["x:b"]),
        ("MOVE SILENT <x:a> TO DEFAULT", ["x:a"]),
        ("ADD DEFAULT TO <x:b> ; DROP DEFAULT", ["x:b"]),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", [None]),
        (
            "DELETE { GRAPH <x:g> { ?s ?p ?o } } INSERT { GRAPH ?h { ?s ?p ?o } } WHERE { GRAPH ?h { ?s ?p ?o } }",
            ["x:g", None],
        ),
        ("CLEAR ALL ; DROP NAMED", [None, None]),
    ],
)
def test_the_graphs_that_an_update_writes(update: str, graphs: list[str | None]) -> None:
    assert list(written_graphs(update)) == graphs


def test_derived_graphs_are_not_written() -> None:
    store = ox.Store()
    check_targets(store, "DROP ALL", None)
    store.update("INSERT DATA { GRAPH <https://w3id.org/hankeverkko/graph/identity> { <x:a> <x:b> <x:c> } }")
    check_targets(store, "CLEAR DEFAULT ; INSERT DATA { GRAPH <x:own> { <x:a> <x:b> <x:c> } }", None)
    with pytest.raises(RefusedError, match="not named"):
        check_targets(store, "DROP ALL", None)
    with pytest.raises(RefusedError, match="graph/identity"):
        check_targets(store, "CLEAR GRAPH <identity>", "https://w3id.org/hankeverkko/graph/")
