"""SPARQL over HTTP: forms, negotiation, datasets, errors and headers, against a server process."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/hankeverkko/ontology#Organisation> } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"
ONTOLOGY = "https://w3id.org/hankeverkko/graph/ontology"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(client: httpx.Client, query: str, accept: str | None = None, **parameters: object) -> httpx.Response:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def number(response: httpx.Response) -> int:
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("kind", "parsed"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_the_form_asked_for(client: httpx.Client, kind: str, parsed: ox.QueryResultsFormat) -> None:
    response = ask(client, SELECT, kind)
    assert response.headers["content-type"].startswith(kind)
    found = ox.parse_query_results(response.content, format=parsed)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 3


def test_csv_has_a_header_and_says_that_it_is_utf_8(client: httpx.Client) -> None:
    response = ask(client, SELECT, "text/csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.splitlines()[0] == "s"
    assert len(response.text.splitlines()) == 4


@pytest.mark.parametrize(
    ("kind", "parsed"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_triples_come_in_the_form_asked_for(client: httpx.Client, kind: str, parsed: ox.RdfFormat) -> None:
    whole = ask(client, "CONSTRUCT { <x:a> <x:b> 'ä' . <x:a> <x:c> 1 } WHERE {}", kind)
    assert whole.headers["content-type"].startswith(kind)
    assert {str(quad.object) for quad in ox.parse(whole.content, format=parsed)} == {
        '"ä"',
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/html, application/json;q=0.2", "application/json"),
        ("image/png, text/csv;q=ä, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_qualities_decide_between_forms(client: httpx.Client, accept: str, given: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept.encode()})
    assert response.headers["content-type"] == given


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_a_form_that_does_not_fit_is_not_acceptable(client: httpx.Client, query: str, accept: str) -> None:
    response = ask(client, query, accept)
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert "Accept" in response.json()["detail"]


def test_a_query_may_be_sent_in_three_ways(client: httpx.Client) -> None:
    asked = [
        ask(client, SELECT),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}),
    ]
    assert [response.status_code for response in asked] == [200] * 3
    assert len({response.text for response in asked}) == 1


def test_the_default_graph_is_the_union_unless_a_dataset_is_named(client: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    union, ontology = ask(client, count.format("")), ask(client, count.format(f"FROM <{ONTOLOGY}>"))
    assert number(union) > number(ontology) > 100
    by_protocol = ask(client, count.format("FROM <https://example.org/overridden>"), **{"default-graph-uri": ONTOLOGY})
    assert number(by_protocol) == number(ontology)
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(ask(client, named)) > 10
    assert number(ask(client, named, **{"named-graph-uri": ONTOLOGY})) == 1
    assert number(ask(client, named, **{"default-graph-uri": ONTOLOGY})) == 0
    posted = client.post("/sparql", data={"query": named, "named-graph-uri": [ONTOLOGY, "https://example.org/none"]})
    assert number(posted) == 1


def test_a_dataset_from_a_file_reads_no_file(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "secret.nt").write_text("<x:a> <x:b> <x:c> .\n", "utf-8")
    query = "SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s ?p ?o }}".format((tmp_path / "secret.nt").as_uri())  # noqa: S608
    response = ask(client, query)
    assert response.status_code == 403
    assert "fetches nothing" in response.json()["detail"]
    by_prefix = f"PREFIX f: <{tmp_path.as_uri()}/> SELECT (COUNT(*) AS ?n) FROM f:secret.nt {{ ?s ?p ?o }}"  # noqa: S608
    assert number(ask(client, by_prefix)) == 0


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {\n  ?s ?p", "line 2"),
        ("SELECT ?x { ?x x:y ?z }", "line 1"),
        ("", "line 1"),
        (f"SELECT * {{ {'(' * 200} }}", "Brackets nest more than 100 deep in line 1"),
    ],
)
def test_a_query_that_cannot_be_read_says_where(client: httpx.Client, query: str, told: str) -> None:
    response = ask(client, query)
    assert response.status_code == 400
    assert told in response.json()["detail"]
    assert len(response.json()["detail"]) < 300


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("?query=ASK%7B%7D&query=ASK%7B%7D", "2 times"),
        ("?update=CLEAR%20ALL", "POST"),
        ("?quer=ASK%7B%7D", "no parameter query"),
        ("?query=ASK%7B%FF%7D", "UTF-8"),
        ("?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", "not the IRI"),
        ("?query=ASK%7B%7D&" + "&".join("a=b" for _ in range(2000)), "parameters"),
    ],
)
def test_parameters_that_make_no_sense_are_told(client: httpx.Client, address: str, told: str) -> None:
    response = client.get(f"/sparql{address}")
    assert response.status_code == 400
    assert told in response.json()["detail"]


def test_bodies_of_other_types_are_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/sparql", content="ASK {}").status_code == 415
    utf_16 = {"Content-Type": "application/sparql-query; charset=utf-16"}
    assert client.post("/sparql", content="ASK {}".encode("utf-16"), headers=utf_16).status_code == 415
    latin = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content="ASK { ?s ?p 'ä' }".encode("latin-1"), headers=latin).status_code == 400


def test_bodies_are_limited_whether_they_say_their_length_or_not(client: httpx.Client) -> None:
    large = urlencode({"query": "ASK {} #" + "x" * 1_100_000}).encode()
    assert client.post("/sparql", content=large, headers=FORM).status_code == 413
    pieces = (large[start : start + 4096] for start in range(0, len(large), 4096))
    with contextlib.suppress(httpx.WriteError):  # the server may close the connection before all of it was sent
        assert client.post("/sparql", content=pieces, headers=FORM).status_code == 413


def test_other_methods_and_addresses_are_problems_too(client: httpx.Client) -> None:
    response = client.delete("/sparql")
    assert response.status_code == 405
    assert {"GET", "HEAD", "POST"} & set(response.headers["allow"].split(", "))
    assert "DELETE is not possible here" in response.json()["detail"]
    missing = client.get("/nothing/here")
    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    for path in (f"/sparql?{urlencode({'query': SELECT})}", "/sparql", "/rdf-graphs/service?default"):
        got, head = client.get(path), client.head(path)
        assert head.status_code == 200
        assert head.content == b""
        for name in ("content-type", "etag", "vary", "cache-control"):
            assert head.headers.get(name) == got.headers.get(name)


def test_an_answer_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    first = ask(client, SELECT)
    tag = first.headers["etag"]
    assert tag.startswith('W/"g-')
    again = client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert ask(client, SELECT, "text/csv").headers["etag"] != tag
    assert ask(client, f"{SELECT} OFFSET 1").headers["etag"] != tag
    volatile = ask(client, "SELECT (NOW() AS ?now) {}")
    assert "etag" not in volatile.headers
    assert volatile.headers["cache-control"] == "no-store"


def test_types_are_not_to_be_guessed(client: httpx.Client) -> None:
    for path in ("/sparql", "/nothing", "/sparql?query=x"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_pages_of_other_origins_are_not_let_in_by_default(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in response.headers


def test_a_name_that_is_not_the_servers_is_turned_away(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Host": "rebound.example.org"})
    assert response.status_code == 421
    assert "HANKEVERKKO_ALLOWED_HOSTS" in response.json()["detail"]


def test_origins_may_be_allowed(make_store: Callable[[str], Path], serve: Callable[..., httpx.Client]) -> None:
    with serve(make_store("<x:a> <x:b> <x:c> .\n"), cors_origins="https://a.example, https://b.example") as http:
        origin = {"Origin": "https://b.example"}
        assert http.get("/sparql", headers=origin).headers["access-control-allow-origin"] == "https://b.example"
        preflight = http.options("/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
        assert preflight.status_code == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]
        other = http.get("/sparql", headers={"Origin": "https://c.example"})
        assert "access-control-allow-origin" not in other.headers


def test_updates_are_off_unless_there_is_a_token(client: httpx.Client) -> None:
    response = client.post("/sparql", data={"update": "CLEAR ALL"})
    assert response.status_code == 403
    assert "hankeverkko token create --role steward" in response.json()["detail"]
    wrong = client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": "Bearer something"})
    assert wrong.status_code == 401
    assert "something" not in wrong.text
