"""Networks over HTTP, against a running server over all demo documents, held against the library."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
import networkx as nx
import pyoxigraph as ox
import pytest

from graph_api.networks.communities import consensus
from graph_api.networks.coverage import coverage
from graph_api.networks.material import Material
from graph_api.networks.measures import figures, measure
from graph_api.networks.selection import Filters
from graph_api.networks.source import read_material
from graph_api.networks.views import ego, project
from graph_api.server.network_answers import NetworkQuery
from graph_api.server.networks import Networks
from graph_api.store import open_graph
from loaders.errors import BusyError
from loaders.iris import BASE, FOAF

TORNIO = f"{BASE}organisation/kunta-851"


@pytest.fixture(scope="module")
def client(whole_client: httpx.Client) -> httpx.Client:
    return whole_client


@pytest.fixture(scope="module")
def material(whole_store: Path) -> Material:
    return read_material(open_graph(whole_store))


def ask(client: httpx.Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/networks", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_network_is_that_of_the_library(client: httpx.Client, material: Material) -> None:
    told, network = ask(client), project(material)
    graph = nx.node_link_graph(told["graph"], edges="edges")
    assert set(graph) == set(network.iris)
    ends = zip(network.sources.tolist(), network.targets.tolist(), network.weights.tolist(), strict=True)
    expected = {frozenset((network.iris[a], network.iris[b])): weight for a, b, weight in ends}
    assert {frozenset((a, b)): weight for a, b, weight in graph.edges(data="weight")} == expected
    assert told["figures"] == pytest.approx({n.replace(" ", "_"): v for n, v in figures(network).items()})
    assert told["coverage"] == [{"what": s.what, "have": s.have, "of": s.of} for s in coverage(network)]
    assert (told["left_out"], told["notes"]) == (0, [])


def test_views_filters_and_surroundings(client: httpx.Client, material: Material) -> None:
    asked = {"from": 2015, "to": 2016, "role": ["applicant", "partner"], "fold_units": True, "weighting": "newman"}
    filters = Filters(period=(2015, 2016), roles=["applicant", "partner"], fold_units=True)
    expected = project(material, weighting="newman", filters=filters)
    told = ask(client, **asked)
    assert (told["figures"]["nodes"], told["figures"]["ties"]) == (expected.size, len(expected.sources))
    assert {n["id"] for n in told["graph"]["nodes"]} == set(expected.iris)
    around = ask(client, around="Tornion kaupunki", radius=1)
    assert {n["id"] for n in around["graph"]["nodes"]} == set(ego(project(material), TORNIO).iris)
    methods = ask(client, nodes="method", through="organisation")
    assert methods["figures"]["nodes"] == project(material, "method", "organisation").size
    assert ask(client, names="en", around=TORNIO)["graph"]["nodes"][0]["label"]


def test_measures_and_communities_are_asked_for(client: httpx.Client, material: Material) -> None:
    told = ask(client, measure=["betweenness", "constraint"], communities=True)
    network = measure(project(material), ["betweenness"])
    expected = dict(zip(network.iris, network.values["betweenness"].tolist(), strict=True))
    nodes = told["graph"]["nodes"]
    assert {n["id"]: n["betweenness"] for n in nodes} == pytest.approx(expected)
    found = consensus(network.adjacency)
    assert [c["stability"] for c in told["communities"]] == pytest.approx(found.stability.tolist())
    assert {n["id"]: n["community"] for n in nodes} == dict(zip(network.iris, found.labels.tolist(), strict=True))
    assert "communities" not in ask(client)


def test_the_size_is_bounded_and_what_is_left_out_is_said(client: httpx.Client) -> None:
    whole = ask(client)["graph"]["edges"]
    told = ask(client, limit=3)
    assert len(told["graph"]["edges"]) == 3
    assert told["left_out"] == len(whole) - 3
    assert sorted(e["weight"] for e in told["graph"]["edges"]) == sorted(e["weight"] for e in whole)[-3:]
    assert "heaviest 3" in told["notes"][0]
    small = ask(client, suppress=2)
    assert min(e["count"] for e in small["graph"]["edges"]) == 2
    assert small["notes"][0].startswith("Suppressed:")
    assert ask(client, backbone=True)["notes"][0].startswith("Backbone:")


def test_forms(client: httpx.Client) -> None:
    ties = {frozenset((e["source"], e["target"])) for e in ask(client)["graph"]["edges"]}
    elements = ask(client, json="cytoscape")["graph"]["elements"]
    assert {frozenset((e["data"]["source"], e["data"]["target"])) for e in elements["edges"]} == ties
    for kind, read in (("graphml", nx.read_graphml), ("gexf", None)):
        answer = client.get("/api/networks", headers={"Accept": f"application/{kind}+xml"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, f"application/{kind}+xml")
        if read is not None:
            graph = read(io.BytesIO(answer.content))
            assert {frozenset(edge) for edge in graph.edges} == ties
            assert "initiatives in the network" in graph.graph["coverage"]
        else:
            assert answer.content.count(b"<edge ") == len(ties)
            assert b"<description>initiatives in the network" in answer.content


def test_a_client_that_holds_the_answer_is_told_so(client: httpx.Client) -> None:
    first = client.get("/api/networks", params={"limit": 5})
    again = client.get("/api/networks", params={"limit": 5}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/networks", params={"limit": 6}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert client.get("/api/networks", params={"limit": 5}).content == first.content


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("nodes=star", 422, "query.nodes"),
        ("nothing=1", 422, "query.nothing"),
        ("nodes=initiative", 400, "ties everything to itself"),
        ("around=Nobody%20at%20all", 400, "No organisation is called"),
        ("region=Atlantis", 400, "There is no region"),
        ("from=2020&to=2010", 400, "ends before it starts"),
        ("measure=participation&by=region&nodes=method", 400, "cannot be grouped"),
        ("limit=1000000", 422, "query.limit"),
    ],
)
def test_problems_are_sentences(client: httpx.Client, asked: str, status: int, words: str) -> None:
    answer = client.get(f"/api/networks?{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
    assert client.get("/api/networks", headers={"Accept": "text/html"}).status_code == 406


def test_people_are_told_by_role(client: httpx.Client, whole_store: Path) -> None:
    named = open_graph(whole_store).quads_for_pattern(None, ox.NamedNode(FOAF + "name"), None)
    names = {quad.object.value for quad in named if isinstance(quad.object, ox.Literal)}
    assert names
    text = client.get("/api/networks", params={"nodes": "person"}).text
    assert '"kind":"person"' in text
    assert [name for name in names if name in text] == []


def test_a_crowd_is_turned_away_in_part_and_the_rest_gets_the_same(whole_store: Path) -> None:
    async def crowd() -> list[Any]:
        networks = Networks(whole_store)
        asking = (networks.ask(NetworkQuery(limit=5), "json") for _ in range(40))
        return await asyncio.gather(*asking, return_exceptions=True)

    found = asyncio.run(crowd())
    answers = {each for each in found if isinstance(each, tuple)}
    assert len(answers) == 1
    assert sum(isinstance(each, BusyError) for each in found) == 24
    assert all(isinstance(each, tuple | BusyError) for each in found)
