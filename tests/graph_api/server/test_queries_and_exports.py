"""Named queries and exports over HTTP, against a running server over all demo documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph_api.contacts import read_contacts
from graph_api.queries import catalogue, run_query
from graph_api.search.kinds import COLLECTIONS
from graph_api.store import current, open_graph
from loaders.iris import BASE, FOAF, HV

ARGUMENTS = {
    "organisation": "Limingan kunta",
    "initiative": "S20486",
    "method": "Lean",
    "funder": "Euroopan sosiaalirahasto",
    "place": "Liminka",
}
FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def client(whole_client: httpx.Client) -> httpx.Client:
    """Return a client of a server over all demo documents."""
    return whole_client


def _arguments(name: str) -> dict[str, str]:
    required = [parameter for parameter in catalogue()[name].parameters if parameter.required]
    given = {p.name: ARGUMENTS[p.type] for p in required if p.type in ARGUMENTS}
    if name == "evidence-of-statement":
        given |= {"subject": f"{BASE}organisation/kunta-425", "predicate": "hv:participatesIn"}
    return given


def _csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_catalogue_is_listed(client: httpx.Client) -> None:
    listed = {query["name"]: query for query in client.get("/api/queries").json()}
    assert set(listed) == set(catalogue())
    partners = listed["partners-of-organisation"]
    assert partners["parameters"][0]["required"]
    assert client.get(partners["url"], params={"organisation": "Limingan kunta"}).status_code == 200


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_answers_as_the_library_does(client: httpx.Client, whole_store: Path, name: str) -> None:
    expected = run_query(open_graph(whole_store), name, _arguments(name))
    answer = client.get(f"/api/queries/{name}", params=_arguments(name), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    document = answer.json()
    assert document["head"]["vars"] == list(expected.columns)
    assert len(document["results"]["bindings"]) == len(expected.rows)
    table = client.get(f"/api/queries/{name}", params=_arguments(name), headers={"Accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = _csv(table.text)
    assert (rows[0], len(rows) - 1) == (list(expected.columns), len(expected.rows))


def test_parameters_are_typed(client: httpx.Client) -> None:
    for query in ("partners-of-organisation", "missing?limit=many", "missing?limit=-1", "missing?nothing=1"):
        answer = client.get(f"/api/queries/{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    answer = client.get("/api/queries/users-of-method", params={"method": "Leen"})
    assert answer.status_code == 400
    assert "did you mean" in answer.json()["detail"]


def test_a_query_that_is_not_there_is_told(client: httpx.Client) -> None:
    assert client.get("/api/queries/no-such-query").status_code == 404


def test_named_queries_have_validators(client: httpx.Client) -> None:
    first = client.get("/api/queries/counts")
    again = client.get("/api/queries/counts", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def _exports(client: httpx.Client) -> Iterator[str]:
    yield from (export["url"] for export in client.get("/api/exports").json())


def test_the_graph_is_exported_in_every_form(client: httpx.Client, whole_store: Path) -> None:
    graph = open_graph(whole_store)
    names = list(graph.quads_for_pattern(None, ox.NamedNode(FOAF + "name"), None))
    evidence = {
        q.subject for q in graph if q.predicate.value.endswith("#predicate") and q.object == ox.NamedNode(FOAF + "name")
    }
    expected = {
        q for q in graph if q not in names and not (q.subject in evidence and q.predicate.value.endswith("#object"))
    }
    for ending, form in FORMS.items():
        answer = client.get(f"/api/exports/graph.{ending}")
        assert answer.status_code == 200
        quads = {quad for quad in ox.parse(answer.content, format=form) if quad.predicate.value != HV + "quote"}
        wanted = {quad for quad in expected if quad.predicate.value != HV + "quote"}
        with_graphs = ending in {"nq", "jsonld"}
        assert {str(q if with_graphs else q.triple) for q in quads} == {
            str(q if with_graphs else q.triple) for q in wanted
        }


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_lists_are_exported_whole(client: httpx.Client, name: str) -> None:
    rows = _csv(client.get(f"/api/exports/lists/{name}.csv").text)
    assert rows[0][:3] == ["iri", "kind", "name"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) - 1 == client.get(f"/api/{name}?limit=1").json()["total"]


def test_exports_and_queries_name_nobody(client: httpx.Client, whole_store: Path) -> None:
    names = {q.object.value for q in open_graph(whole_store) if q.predicate.value == FOAF + "name"}
    hidden = names | {c.value for c in read_contacts(current(whole_store).contacts, date(2000, 1, 1))}
    assert len(hidden) > 20
    texts = {url: client.get(url).text for url in _exports(client)}
    texts |= {name: client.get(f"/api/queries/{name}", params=_arguments(name)).text for name in catalogue()}
    assert [(url, word) for url, text in texts.items() for word in hidden if word in text] == []


def test_an_export_that_is_not_there_is_told(client: httpx.Client) -> None:
    for path in ("/api/exports/graph.xls", "/api/exports/lists/nothing.csv"):
        assert client.get(path).status_code in {404, 422}
