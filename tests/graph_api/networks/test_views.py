"""Material from a store, filters, views and weightings, by hand and against networkx's projections."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_networks import material_of
from network_store import PREFIXES, network_store

from graph_api.networks.graphs import bipartite, to_networkx
from graph_api.networks.material import KINDS, Material, OnDemand
from graph_api.networks.selection import Filters
from graph_api.networks.source import read_material
from graph_api.networks.views import Network, ego, project
from loaders.errors import UsageError

MEMBERS = st.dictionaries(
    st.sampled_from(["P1", "P2", "P3", "P4", "P5"]), st.sets(st.sampled_from("ABCDEF"), min_size=1), min_size=1
)


@pytest.fixture(scope="module")
def material() -> Material:
    """Return the material of the small store."""
    return read_material(network_store())


def ties(network: Network) -> dict[tuple[str, str], float]:
    """Return the weight of each tie by the last parts of the names it joins."""
    names = [iri.rpartition("/")[2] for iri in network.iris]
    return {
        (names[a], names[b]): float(weight)
        for a, b, weight in zip(network.sources, network.targets, network.weights, strict=True)
    }


def example(**more: object) -> Material:
    """Return the example of the docstrings: A, B and C share a project, A and B another."""
    return material_of({"P1": {"A", "B", "C"}, "P2": {"A", "B"}}, **more)


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [
        ("count", {("A", "B"): 2, ("A", "C"): 1, ("B", "C"): 1}),
        ("newman", {("A", "B"): 1.5, ("A", "C"): 0.5, ("B", "C"): 0.5}),
        ("fractional", {("A", "B"): 4 / 3, ("A", "C"): 1 / 3, ("B", "C"): 1 / 3}),
        ("money", {("A", "B"): 150, ("A", "C"): 100, ("B", "C"): 100}),
        ("recency", {("A", "B"): 1.5, ("A", "C"): 0.5, ("B", "C"): 0.5}),
    ],
)
def test_weightings_by_hand(weighting: str, expected: dict[tuple[str, str], float]) -> None:
    material = example(years=np.array([2015, 2020]), money=np.array([300.0, 50.0]))
    network = project(material, weighting=weighting)
    assert ties(network) == pytest.approx(expected)
    assert network.counts.tolist() == [2, 1, 1]


def test_recency_has_its_own_now_and_half_life() -> None:
    material = example(years=np.array([2015, 2020]))
    found = ties(project(material, weighting="recency", year=2030, half_life=10))
    assert found == pytest.approx({("A", "B"): 0.5 + 0.5**1.5, ("A", "C"): 0.5**1.5, ("B", "C"): 0.5**1.5})


def test_ties_that_weigh_nothing_are_left_out() -> None:
    material = example(money=np.array([np.nan, 50.0]))
    assert ties(project(material, weighting="money")) == {("A", "B"): 50}
    assert len(ties(project(material, weighting="count"))) == 3


@settings(max_examples=40, deadline=None)
@given(MEMBERS)
def test_the_same_as_networkx_projects(members: dict[str, set[str]]) -> None:
    graph = nx.Graph([(who, f"initiative {name}") for name, all_of in members.items() for who in all_of])
    organisations = set().union(*members.values())
    expected = {
        "count": nx.bipartite.weighted_projected_graph(graph, organisations),
        "newman": nx.bipartite.collaboration_weighted_projected_graph(graph, organisations),
    }
    material = material_of(members)
    for weighting, theirs in expected.items():
        pairs = {(min(edge), max(edge)): data["weight"] for *edge, data in theirs.edges(data=True)}
        assert ties(project(material, weighting=weighting)) == pytest.approx(pairs)
    other_side = ties(project(material, "initiative", "organisation"))
    theirs = nx.bipartite.weighted_projected_graph(graph, [f"initiative {name}" for name in members])
    assert other_side == {(min(a, b)[11:], max(a, b)[11:]): data["weight"] for a, b, data in theirs.edges(data=True)}


def test_every_kind_of_node_is_read(material: Material) -> None:
    assert set(material.things) == set(KINDS) - {"pilot"}
    assert material.things["person"].labels == ["projektipäällikkö, Ylikunnan kaupunki", "contact person"]
    assert "Salainen" not in repr([things.labels for things in material.things.values()])
    assert material.regions.labels == ["Pohjola", "Etelä"]
    assert material.money[0] == 300
    assert np.isnan(material.money[1])
    assert material.things["theme"].labels == ["hyvinvoinnin", "kotona"]


def test_a_part_is_made_once_and_when_it_is_asked_for() -> None:
    made: list[str] = []
    parts = OnDemand({name: lambda name=name: made.append(name) or [name] for name in ("theme", "person")})
    assert list(parts) == ["theme", "person"]
    assert made == []
    assert parts["person"] is parts["person"]
    assert made == ["person"]


def test_a_region_is_known_by_its_name_in_every_language(material: Material) -> None:
    north = [project(material, filters=Filters(regions=[name])) for name in ("Pohjola", "The North")]
    assert ties(north[0])
    assert ties(north[0]) == ties(north[1])
    with pytest.raises(UsageError, match="Use some of: Pohjola, Etelä, The North\\."):
        project(material, filters=Filters(regions=["Lappi"]))


def test_a_region_is_no_municipality() -> None:
    store = network_store()
    where = "d:1 { o:d hv:locatedIn pl:north . }"
    store.load(PREFIXES + where, format=ox.RdfFormat.TRIG)
    nodes = to_networkx(project(read_material(store), weighting="count")).nodes
    found = {iri.rpartition("/")[2]: (data.get("region"), data.get("municipality")) for iri, data in nodes(data=True)}
    assert found["d"] == ("Pohjola", None)
    assert found["a"] == found["unit"] == ("Pohjola", "Ylikunta")


def test_confidence_and_evidence_are_those_of_the_best(material: Material) -> None:
    graph = to_networkx(project(material))
    base = "https://w3id.org/hankeverkko/id/"
    edge = graph.edges[f"{base}organisation/a", f"{base}organisation/b"]
    assert edge["confidence"] == 0.6
    assert edge["evidence"] == [f"{base}evidence/1", f"{base}evidence/3"]
    assert (edge["first"], edge["last"]) == (2015, 2016)
    assert graph.nodes[f"{base}organisation/a"]["region"] == "Pohjola"
    assert graph.nodes[f"{base}organisation/a"]["municipality"] == "Ylikunta"
    assert graph.graph["names"][f"{base}initiative/1"] == "Hyvinvointi kotona"


@pytest.mark.parametrize(
    ("kind", "through", "expected"),
    [
        ("organisation", "initiative", {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit")}),
        ("organisation", "pilot", {("a", "c")}),
        (
            "organisation",
            "method",
            {("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("b", "unit"), ("c", "unit"), ("d", "unit")},
        ),
        ("organisation", "document", {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit"), ("c", "unit")}),
        ("organisation", "funder", {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit"), ("c", "unit")}),
        ("organisation", "place", {("a", "b"), ("a", "c"), ("b", "c")}),
        ("method", "initiative", {("dialogue", "lean")}),
        ("method", "organisation", {("dialogue", "lean")}),
        ("initiative", "organisation", {("1", "2"), ("1", "4")}),
        ("initiative", "method", {("1", "2"), ("2", "3")}),
        ("initiative", "person", {("1", "4")}),
        ("person", "initiative", {("x", "y")}),
        ("document", "initiative", set()),
    ],
)
def test_relations(material: Material, kind: str, through: str, expected: set[tuple[str, str]]) -> None:
    assert set(ties(project(material, kind, through))) == expected


def test_units_count_as_their_owner_when_folded(material: Material) -> None:
    found = ties(project(material, filters=Filters(fold_units=True)))
    assert found == {("a", "b"): 2, ("a", "c"): 2, ("b", "c"): 1}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(period=(2018, None)), {("b", "unit")}),
        (Filters(period=(None, 2015)), {("a", "b"), ("a", "c"), ("b", "c")}),
        (Filters(period=(2016, 2016), kinds=["pilot"]), {("a", "c")}),
        (Filters(roles=["applicant", "funder"]), {("fund", "unit")}),
        (Filters(regions=["Pohjola"]), {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit")}),
        (Filters(regions=["Etelä"]), {("a", "c"), ("b", "unit")}),
        (Filters(themes=["hyvinvointia"]), {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit")}),
        (Filters(themes=["Lean"]), {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit")}),
        (Filters(themes=["kokeilu"]), {("a", "c")}),
        (Filters(themes=["hyvinvoinnista", "kokeilut"]), {("a", "b"), ("a", "c"), ("b", "c"), ("b", "unit")}),
        (Filters(min_confidence=0.7), {("a", "c"), ("b", "unit")}),
        (Filters(largest=2), {("a", "c"), ("b", "unit")}),
    ],
)
def test_filters(material: Material, filters: Filters, expected: set[tuple[str, str]]) -> None:
    assert set(ties(project(material, filters=filters))) == expected


def test_an_initiative_without_a_date_is_counted_when_a_period_is_asked_for(material: Material) -> None:
    assert project(material, filters=Filters(period=(2000, 2030))).selection.undated == 1


def test_ego_networks(material: Material) -> None:
    chain = project(material_of({f"p{n}": {f"o{n}", f"o{n + 1}"} for n in range(5)}))
    near = ego(chain, "o1")
    assert near.iris == ["o0", "o1", "o2"]
    assert near.values["distance"].tolist() == [1, 0, 1]
    assert ego(chain, "o1", 2).iris == ["o0", "o1", "o2", "o3"]
    assert ties(near) == {("o0", "o1"): 1, ("o1", "o2"): 1}
    expected = nx.ego_graph(to_networkx(chain), "o4", radius=3)
    assert set(ego(chain, "o4", 3).iris) == set(expected)


def test_the_two_mode_graph(material: Material) -> None:
    graph = bipartite(material, "organisation")
    base = "https://w3id.org/hankeverkko/id/"
    edge = graph.edges[f"{base}organisation/a", f"{base}initiative/1"]
    assert edge["roles"] == ["applicant"]
    assert edge["confidence"] == 0.9
    assert edge["evidence"] == [f"{base}evidence/1"]
    assert (edge["first"], edge["last"]) == (2015, 2016)
    assert nx.bipartite.is_bipartite_node_set(graph, [n for n, side in graph.nodes(data="bipartite") if side == 0])
    tied = {tuple(sorted((a.rpartition("/")[2], b.rpartition("/")[2]))) for a, b in bipartite(material, "method").edges}
    assert tied == {("1", "lean"), ("2", "lean"), ("2", "dialogue"), ("3", "dialogue")}


def test_what_an_edge_stands_on_is_its_shared_initiatives() -> None:
    graph = to_networkx(project(example()))
    assert graph.edges["A", "B"]["shared"] == ["P1", "P2"]
    assert graph.edges["A", "C"]["shared"] == ["P1"]
    assert list(to_networkx(project(material_of({"P": {"A", "B"}, "Q": {"C"}})), isolates=False)) == ["A", "B"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"kind": "planet"}, 'no kind of node "planet"'),
        ({"through": "organisation"}, "ties everything to itself"),
        ({"weighting": "heavy"}, 'no weighting "heavy"'),
        ({"filters": Filters(roles=["king"])}, 'no role "king"'),
        ({"filters": Filters(regions=["Atlantis"])}, 'no region "Atlantis"'),
        ({"filters": Filters(kinds=["dream"])}, 'no kind of initiative "dream"'),
        ({"filters": Filters(period=(2020, 2010))}, "ends before it starts"),
        ({"filters": Filters(min_confidence=2)}, "confidence of 2"),
        ({"weighting": "recency", "half_life": 0}, "half-life of 0"),
    ],
)
def test_what_does_not_exist_is_named(material: Material, choice: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        project(material, **choice)  # type: ignore[arg-type]


def test_nodes_that_are_not_there_are_named(material: Material) -> None:
    network = project(material, filters=Filters(kinds=["pilot"]))
    with pytest.raises(UsageError, match="holds nothing called"):
        ego(network, "nobody")
    with pytest.raises(UsageError, match="not in this network"):
        ego(network, "https://w3id.org/hankeverkko/id/organisation/d")
    with pytest.raises(UsageError, match="radius of 0"):
        ego(network, network.iris[0], 0)
