"""Reading whole graphs over HTTP."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest

ONTOLOGY = "https://w3id.org/hankeverkko/graph/ontology"


def test_a_graph_is_read_by_its_name(client: httpx.Client) -> None:
    response = client.get(
        "/rdf-graphs/service", params={"graph": ONTOLOGY}, headers={"Accept": "application/n-triples"}
    )
    assert response.headers["content-type"] == "application/n-triples"
    count = client.get("/sparql", params={"query": f"SELECT * {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}"})
    triples = list(ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES))
    assert len(triples) == len(count.json()["results"]["bindings"]) > 100
    turtle = client.get("/rdf-graphs/service", params={"graph": ONTOLOGY})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert {str(quad) for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)} == {str(q) for q in triples}


def test_the_default_graph_is_the_union(client: httpx.Client) -> None:
    response = client.get("/rdf-graphs/service?default", headers={"Accept": "application/n-triples"})
    # Oxigraph finds a statement of several graphs in their union once for each.
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    counted = client.get("/sparql", params={"query": distinct}).json()
    assert str(len(response.text.splitlines())) == counted["results"]["bindings"][0]["n"]["value"]


def test_a_graph_that_is_not_there_is_not_found(client: httpx.Client) -> None:
    for method in ("GET", "HEAD"):
        assert client.request(method, "/rdf-graphs/service?graph=https%3A%2F%2Fexample.org%2Fno").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?default&graph=https://example.org/a", "?graph=x:a&graph=x:b", "?graph=no%20iri"]
)
def test_one_graph_must_be_named(client: httpx.Client, query: str) -> None:
    assert client.get(f"/rdf-graphs/service{query}").status_code == 400


def test_only_rdf_is_offered(client: httpx.Client) -> None:
    assert client.get("/rdf-graphs/service?default", headers={"Accept": "text/csv"}).status_code == 406


def test_a_graph_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    tag = client.get("/rdf-graphs/service", params={"graph": ONTOLOGY}).headers["etag"]
    again = client.get("/rdf-graphs/service", params={"graph": ONTOLOGY}, headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_not_written_here(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/rdf-graphs/service?default")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "derived from documents" in response.json()["detail"]
