"""E-mail addresses and telephone numbers of the demo's documents are given out to stewards alone.

The routes are read from the application, so that a route that is added later is asked as well: with the examples of its
description, with things of the graph, and with values that make no sense. Every answer is searched for every address and
number of the documents, in any way of writing.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from fastapi import FastAPI

from graph_api.build import build
from graph_api.server.app import create_app
from graph_api.settings import Settings
from graph_api.store import current
from graph_api.tokens import Role, create_token, tokens_file
from loaders.language.contacts import EMAIL, PHONE, resolve_email
from loaders.redaction import plain_number
from loaders.resources import list_files, read_text

MOST_OF_A_ROUTE = 25
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FORMS = (
    "*/*",
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "text/csv",
    "application/json",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    store = tmp_path_factory.mktemp("contacts") / "store"
    build([repository / "data"], store, validate=False)
    return store


@pytest.fixture(scope="module")
def searched(store: Path, repository: Path) -> list[str]:
    """Return every address (and the part before its @), and the digits of every number, of the demo's documents."""
    generation, found = current(store), set[str]()
    keys = [item["key"] for item in generation.manifest()["documents"]]
    raw = [
        path.read_text("utf-8") for path in (repository / "data").rglob("*") if path.is_file() and path.suffix != ".md"
    ]
    for text in [generation.text(key) for key in keys] + raw:
        for match in EMAIL.finditer(text):
            found |= {match.group().casefold(), resolve_email(match.group()) or match.group().casefold()}
        found |= {plain_number(match.group()) for match in PHONE.finditer(text)}
    return sorted(value for value in found if value)


def leaks(response: httpx.Response, searched: list[str]) -> list[str]:
    """Return what of the documents' contact details stands in an answer: head or body, escaped or not."""
    whole = str(response.headers) + response.text
    texts = {
        whole,
        unescape(whole),
        unquote(whole),
        re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), whole),
    }
    plain = {re.sub(r"\s", "", text.casefold()) for text in texts}
    digits = {re.sub(r"(?:\+|00)358(?:\(0\))?", "0", re.sub(r"[\s()/–-]", "", text)) for text in texts}
    found = [value for value in searched if "@" in value and any(re.sub(r"\s", "", value) in text for text in plain)]
    return found + [value for value in searched if value.isdigit() and any(value in text for text in digits)]


@pytest.fixture(scope="module")
def http(store: Path, serve: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    with serve(store) as client:
        yield client


@pytest.fixture(scope="module")
def roles(store: Path) -> dict[str, dict[str, str]]:
    """Return the headers of the public and of each role below a steward's."""
    tokens = {role: create_token(tokens_file(store), f"for-{role}", role) for role in (Role.READER, Role.REVIEWER)}
    return {"public": {}} | {str(role): {"Authorization": f"Bearer {token}"} for role, token in tokens.items()}


def routes(app: FastAPI) -> Iterator[tuple[str, set[str]]]:
    """Yield the path and the methods of every route, described or not, also of applications that are mounted."""
    pending: list[tuple[str, Any]] = [("", route) for route in app.router.routes]
    while pending:
        prefix, route = pending.pop()
        inner = getattr(route, "original_router", None) or getattr(route, "router", None) or getattr(route, "app", None)
        path = prefix + (getattr(route, "path", "") or "")
        if getattr(route, "methods", None):
            yield path, set(route.methods)
        elif getattr(inner, "routes", None):
            pending += [(path, one) for one in inner.routes]


@pytest.fixture(scope="module")
def app(store: Path) -> FastAPI:
    return create_app(Settings(store=store))


@pytest.fixture(scope="module")
def things(http: httpx.Client) -> dict[str, list[str]]:
    """Return what stands in the place of parameters: an IRI of each class, its last parts, a name of each class."""
    query = """SELECT ?class (MIN(STR(?s)) AS ?one) (MIN(STR(?l)) AS ?label) { ?s a ?class
      FILTER(CONTAINS(STR(?s), "w3id.org/hankeverkko/id/"))
      OPTIONAL { ?s <http://xmlns.com/foaf/0.1/name>|<http://www.w3.org/2004/02/skos/core#prefLabel> ?l } } GROUP BY ?class"""
    rows = http.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    iris = sorted({row["one"]["value"] for row in rows})
    parts = [iri.partition("/id/")[2] for iri in iris]
    labels = sorted({row["label"]["value"] for row in rows if "label" in row})
    assert len(iris) > 5
    return {"iris": iris, "parts": parts, "last": [part.partition("/")[2] for part in parts], "labels": labels}


def values_of(parameter: dict[str, Any], things: dict[str, list[str]]) -> list[str]:
    """Return values for a parameter: examples, enumerated values, the default, things of the graph, nonsense."""
    schema = parameter.get("schema", {})
    kinds = [schema, *schema.get("anyOf", [])]
    examples = [parameter.get("example"), *schema.get("examples", []), schema.get("default")]
    examples += [item.get("value") for item in (parameter.get("examples") or {}).values() if isinstance(item, dict)]
    examples += [value for kind in kinds for value in kind.get("enum", [])]
    found = [str(value) for value in examples if value is not None]
    if parameter["in"] == "path":
        return found + things["last"] + things["parts"]
    return [*found, things["labels"][0], things["iris"][0], things["labels"][-1], "@", "050", "1"]


def requests_of(
    schema: dict[str, Any], path: str, item: dict[str, Any], things: dict[str, list[str]]
) -> Iterator[httpx.Request]:
    """Yield requests for a described route: each parameter takes its values while the others have their first."""
    for method, operation in item.items():
        if method.upper() not in METHODS:
            continue
        parameters = [resolved(schema, one) for one in [*item.get("parameters", []), *operation.get("parameters", [])]]
        values = {one["name"]: values_of(one, things) for one in parameters if one["in"] in {"path", "query"}}
        needed = {one["name"] for one in parameters if one.get("required") or one["in"] == "path"}
        first = {name: found[0] for name, found in values.items() if name in needed}
        in_turn = itertools.zip_longest(
            *([{**first, name: value} for value in found] for name, found in values.items())
        )
        each = [given for row in in_turn for given in row if given is not None]
        for given in [first, *each][:MOST_OF_A_ROUTE]:
            yield made(method, path, given, parameters, example_body(schema, operation))


def resolved(schema: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in item:
        return item
    for part in item["$ref"].removeprefix("#/").split("/"):
        schema = schema[part]
    return schema


def example_body(schema: dict[str, Any], operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return example_of(schema, content.get("schema", {})) if content else None


def example_of(schema: dict[str, Any], kind: dict[str, Any]) -> Any:
    """Return something that fits a schema, as far as it is simple."""
    kind = resolved(schema, kind)
    if kind.get("examples"):
        return kind["examples"][0]
    if "anyOf" in kind:
        return example_of(schema, kind["anyOf"][0])
    if kind.get("type") == "array":
        return [example_of(schema, kind.get("items", {}))]
    if "properties" in kind:
        return {name: example_of(schema, one) for name, one in kind["properties"].items()}
    return kind.get("default", kind.get("const", (kind.get("enum") or ["a"])[0]))


def made(method: str, path: str, given: dict[str, str], parameters: list[dict[str, Any]], body: Any) -> httpx.Request:
    inside = {one["name"] for one in parameters if one["in"] == "path"}
    for name in inside:
        path = re.sub(rf"\{{{re.escape(name)}(?::\w+)?\}}", quote(given.get(name, "a"), safe="/"), path)
    query = {name: value for name, value in given.items() if name not in inside}
    return httpx.Request(method.upper(), "http://a" + path, params=query, json=body)


def send(http: httpx.Client, request: httpx.Request, headers: dict[str, str]) -> httpx.Response:
    kept = {name: value for name, value in request.headers.items() if name in {"content-type"}}
    return http.request(
        request.method, request.url.raw_path.decode(), content=request.content, headers={**kept, **headers}
    )


def test_the_documents_hold_contact_details_and_a_steward_is_shown_them(
    http: httpx.Client, store: Path, searched: list[str]
) -> None:
    assert sum("@" in value for value in searched) > 10
    assert sum(value.isdigit() for value in searched) > 10
    steward = {"Authorization": "Bearer " + create_token(tokens_file(store), "steward", Role.STEWARD)}
    assert len(leaks(http.get("/api/contacts", headers=steward), searched)) > 20


def test_no_described_route_gives_them_out(
    http: httpx.Client, roles: dict[str, dict[str, str]], things: dict[str, list[str]], searched: list[str]
) -> None:
    schema = http.get("/openapi.json").json()
    assert leaks(http.get("/openapi.json"), searched) == []
    found, asked = [], 0
    for path, item in schema["paths"].items():
        for number, request in enumerate(requests_of(schema, path, item, things)):
            for role, headers in roles.items() if number < 3 else [("public", {})]:
                response = send(http, request, {**headers, "Accept": FORMS[number % len(FORMS)]})
                asked += 1
                found += [(role, str(request.url), leak) for leak in leaks(response, searched)]
                assert response.status_code != 500, request.url
    assert found == []
    assert asked >= 3 * len(schema["paths"])


def test_no_other_route_gives_them_out(
    app: FastAPI,
    http: httpx.Client,
    roles: dict[str, dict[str, str]],
    things: dict[str, list[str]],
    searched: list[str],
) -> None:
    known = sorted({(path, method) for path, methods in routes(app) for method in methods})
    described = {(path, method.upper()) for path, item in app.openapi()["paths"].items() for method in item}
    assert {"/sparql", "/rdf-graphs/service", "/healthz", "/api/contacts"} <= {path for path, _ in known}
    found = []
    for path, method in known:
        if (path, method) in described:
            continue
        values = [*things["last"][:2], *things["parts"][:2]] if "{" in path else [""]
        for value, accept in itertools.product(values, FORMS if method == "GET" else FORMS[:1]):
            address = re.sub(r"\{\w+(?::\w+)?\}", quote(value, safe="/"), path)
            for headers in roles.values():
                response = http.request(method, address, headers={**headers, "Accept": accept})
                found += [(method, address, leak) for leak in leaks(response, searched)]
    assert found == []


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-quads", "application/ld+json", "application/rdf+xml"])
def test_no_graph_gives_them_out(http: httpx.Client, searched: list[str], accept: str) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    graphs = [row["g"]["value"] for row in http.get("/sparql", params={"query": query}).json()["results"]["bindings"]]
    assert len(graphs) > 15
    dumps = [http.get("/rdf-graphs/service?default", headers={"Accept": accept})]
    dumps += [http.get("/rdf-graphs/service", params={"graph": graph}, headers={"Accept": accept}) for graph in graphs]
    assert {response.status_code for response in dumps} == {200}
    assert [leak for response in dumps for leak in leaks(response, searched)] == []


def test_no_query_and_no_error_gives_them_out(http: httpx.Client, searched: list[str]) -> None:
    queries = ["SELECT * { ?s ?p ?o }", "SELECT ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), '@')) }"]
    queries += [
        "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE ?s { ?s a <http://xmlns.com/foaf/0.1/Person> }",
    ]
    queries += ["SELECT ?o { ?s ?p ?o FILTER(REGEX(STR(?o), '0[45]0 ?[0-9]{3}')) }", "SELECT * { nonsense"]
    queries += [read_text("queries", str(name)) for name in list_files("queries", suffix=".rq")]
    for text in queries:
        for accept in ("application/sparql-results+json, text/turtle", "text/csv, application/n-triples"):
            response = http.post("/sparql", data={"query": text}, headers={"Accept": accept})
            assert leaks(response, searched) == [], text
            assert response.status_code in {200, 400}, (text, json.dumps(response.text[:300]))


def test_the_search_finds_a_detail_however_it_is_written(searched: list[str]) -> None:
    address = next(value for value in searched if "@" in value)
    number = next(value for value in searched if value.isdigit())
    spaced = f"+358 {number[1:3]} {number[3:6]} {number[6:]}"
    for text in (
        address,
        address.upper(),
        address.replace("@", "%40"),
        address.replace("@", "&#64;"),
        json.dumps(address).replace("@", "\\u0040"),
    ):
        assert leaks(httpx.Response(200, text=text), searched) == [address]
    for text in (number, spaced, f"{number[:3]}-{number[3:6]} {number[6:]}"):
        assert leaks(httpx.Response(200, text=text), searched) == [number]
