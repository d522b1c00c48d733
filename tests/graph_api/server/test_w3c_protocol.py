"""The W3C's tests of the SPARQL 1.1 Protocol and of the service description, against a server process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ADMISSION = "a-token-for-these-tests"

pytestmark = pytest.mark.acceptance


@dataclass
class Exchange:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: list[str]
    boolean: bool | None
    form: str | None


@dataclass
class Case:
    name: str
    exchanges: list[Exchange] = field(default_factory=list)


def read_cases(folder: Path) -> Iterator[Case]:
    graph = Graph().parse(folder / "protocol" / "manifest.ttl")
    manifest = next(graph.subjects(RDF.type, MF.Manifest))
    for test in Collection(graph, graph.value(manifest, MF.entries)):
        connection = graph.value(test, MF.action)
        requests = Collection(graph, graph.value(connection, HT.requests))
        yield Case(str(test).rpartition("#")[2], [read_exchange(graph, request) for request in requests])


def read_exchange(graph: Graph, request: object) -> Exchange:
    headers = {}
    listed = graph.value(request, HT.headers)
    for header in Collection(graph, listed) if listed is not None else []:
        headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
    content, response = graph.value(request, HT.body), graph.value(request, HT.resp)
    body = None
    if content is not None:
        body = str(graph.value(content, CNT.chars)).encode(str(graph.value(content, CNT.characterEncoding)))
    boolean, form = graph.value(response, MF.expectedBoolean), graph.value(response, MF.expectedFormat)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        path=str(graph.value(request, HT.absolutePath)),
        headers=headers,
        body=body,
        statuses=[str(status).rpartition("StatusCode")[2] for status in graph.objects(response, MF.expectedStatus)],
        boolean=None if boolean is None else bool(boolean.toPython()),
        form=None if form is None else str(form),
    )


def data(folder: Path) -> str:
    graph = Graph().parse(folder / "protocol" / "manifest.ttl")
    named = {
        str(graph.value(node, RDFS.label)): str(graph.value(node, UT.graph)).rpartition("/")[2]
        for node in graph.objects(None, UT.graphData)
    }
    lines = []
    for label, name in named.items():
        for line in (folder / "protocol" / name).read_text("utf-8").splitlines():
            lines += [f"{line.rstrip().removesuffix('.')} <{label}> .\n"] if line.strip() else []
    return "".join(lines)


def is_of_form(response: httpx.Response, form: str) -> bool:
    kind = response.headers["content-type"].partition(";")[0]
    if form == "RDF":
        return len(Graph().parse(data=response.content, format=kind)) >= 0
    found = json.loads(response.content)
    return "boolean" in found if form == "boolean" else "bindings" in found["results"]


def truth(response: httpx.Response) -> bool:
    if "json" in response.headers["content-type"]:
        return bool(json.loads(response.content)["boolean"])
    return b"<boolean>true</boolean>" in response.content


def test_every_test_of_the_protocol_passes(
    acceptance: Path, make_store: Callable[[str], Path], serve: Callable[..., httpx.Client]
) -> None:
    folder = acceptance / "w3c" / "sparql11"
    failed, number = [], 0
    with serve(make_store(data(folder)), update_token=ADMISSION) as http:
        for case in read_cases(folder):
            number += 1
            failed += [f"{case.name}: {problem}" for exchange in case.exchanges for problem in problems(http, exchange)]
    assert failed == []
    assert number == 34


def problems(http: httpx.Client, exchange: Exchange) -> Iterator[str]:
    headers = {**exchange.headers, "Authorization": f"Bearer {ADMISSION}"}
    response = http.request(exchange.method, exchange.path, content=exchange.body, headers=headers)
    if not any(str(response.status_code).startswith(status.rstrip("x")) for status in exchange.statuses):
        yield f"{response.status_code} instead of {exchange.statuses}: {response.text[:200]}"
    elif exchange.form is not None and not is_of_form(response, exchange.form):
        yield f"not {exchange.form}"
    elif exchange.boolean is not None and truth(response) != exchange.boolean:
        yield f"not {exchange.boolean}"


def described(client: httpx.Client, accept: str) -> Graph:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    kind = response.headers["content-type"].partition(";")[0]
    assert kind == accept
    return Graph().parse(data=response.content, format="json-ld" if "json" in kind else kind)


@pytest.mark.parametrize("form", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"])
def test_get_on_the_endpoint_returns_rdf(client: httpx.Client, form: str) -> None:
    assert len(described(client, form)) > 10


def test_the_description_names_the_endpoint(client: httpx.Client) -> None:
    graph = described(client, "text/turtle")
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert set(graph.objects(service, SD.endpoint)) == {URIRef(str(client.base_url.join("/sparql")))}


def test_the_description_keeps_to_the_vocabulary(client: httpx.Client) -> None:
    """Each statement of the vocabulary stands between things of the classes that the recommendation gives it."""
    graph = described(client, "text/turtle")
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert set(graph.objects(service, SD.supportedLanguage)) <= {SD.SPARQL11Query, SD.SPARQL11Update}
    assert SD.SPARQL11Query in set(graph.objects(service, SD.supportedLanguage))
    features = set(graph.objects(service, SD.feature))
    assert SD.UnionDefaultGraph in features
    assert features <= {
        SD.UnionDefaultGraph,
        SD.BasicFederatedQuery,
        SD.DereferencesURIs,
        SD.RequiresDataset,
        SD.EmptyGraphs,
    }
    formats = set(graph.objects(service, SD.resultFormat))
    assert formats
    assert all(str(form).startswith("http://www.w3.org/ns/formats/") for form in formats)
    (dataset,) = graph.objects(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in graph
    known = {SD.endpoint, SD.supportedLanguage, SD.feature, SD.resultFormat, SD.defaultDataset, RDF.type}
    assert set(graph.predicates(service)) <= known
