"""Every measure, against networkx or a count by hand of what its definition says."""

from __future__ import annotations

import doctest
import math
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from known_networks import known, material_of, matrices, southern_women

from graph_api.networks import brokerage, centrality, paths, significance, weightings, whole
from graph_api.networks.measures import DEFINITIONS, MEASURES, figures, groups_of, measure
from graph_api.networks.views import project
from loaders.errors import UsageError

GRAPHS = known()


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> nx.Graph:
    """Return each of the known networks."""
    return GRAPHS[request.param]


def values(found: Any, nodes: list[Any]) -> dict[Any, float]:
    """Return an array as a dictionary by node."""
    return dict(zip(nodes, np.asarray(found).tolist(), strict=True))


def same(found: Any, nodes: list[Any], expected: dict[Any, float], tolerance: float = 1e-9) -> None:
    """Assert that a measure has the values that another implementation gives."""
    assert values(found, nodes) == pytest.approx(dict(expected), abs=tolerance, nan_ok=True)


def test_degree_and_strength(graph: nx.Graph) -> None:
    weights, pattern, nodes = matrices(graph)
    same(centrality.degree(pattern), nodes, dict(graph.degree()))
    same(centrality.strength(weights), nodes, dict(graph.degree(weight="weight")))


def test_betweenness(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    same(paths.betweenness(pattern), nodes, nx.betweenness_centrality(graph))


def test_all_sources_give_exact_betweenness(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    sampled = paths.sampled_betweenness(pattern, len(nodes))
    same(sampled.values, nodes, nx.betweenness_centrality(graph))
    assert sampled.bound == 0
    assert sampled.errors.max() == 0


def test_the_stated_error_of_sampled_betweenness_holds() -> None:
    graph = GRAPHS["miserables"]
    _, pattern, nodes = matrices(graph)
    exact = paths.betweenness(pattern)
    covered = []
    for seed in range(40):
        sampled = paths.sampled_betweenness(pattern, 30, seed=seed)
        assert np.abs(sampled.values - exact).max() <= sampled.bound
        covered.append(np.abs(sampled.values - exact) <= 1.96 * sampled.errors + 1e-12)
    assert len(nodes) > 30
    assert 0.85 < np.mean(covered) < 1.0


def test_closeness(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    same(paths.closeness(pattern), nodes, nx.closeness_centrality(graph))


def test_pagerank(graph: nx.Graph) -> None:
    weights, _, nodes = matrices(graph)
    same(centrality.pagerank(weights), nodes, nx.pagerank(graph, tol=1e-12, max_iter=1000))


@pytest.mark.parametrize("name", ["zachary", "miserables", "women", "path"])
def test_eigenvector(name: str) -> None:
    weights, _, nodes = matrices(GRAPHS[name])
    expected = nx.eigenvector_centrality(GRAPHS[name], max_iter=5000, tol=1e-12, weight="weight")
    same(centrality.eigenvector(weights), nodes, expected, 1e-6)


def test_core(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    same(centrality.core(pattern), nodes, nx.core_number(graph))


def test_clustering(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    same(centrality.clustering(pattern), nodes, nx.clustering(graph))
    same(centrality.triangles(pattern), nodes, nx.triangles(graph))
    assert whole.transitivity(pattern) == pytest.approx(nx.transitivity(graph))


def test_constraint_and_effective_size(graph: nx.Graph) -> None:
    weights, pattern, nodes = matrices(graph)
    same(brokerage.constraint(weights), nodes, nx.constraint(graph, weight="weight"))
    same(brokerage.constraint(pattern), nodes, nx.constraint(graph))
    # with the nodes named, networkx follows the definition; its fast way for all of them (3.6) divides by the wrong rows
    same(brokerage.effective_size(weights), nodes, nx.effective_size(graph, graph.nodes, weight="weight"))
    same(brokerage.effective_size(pattern), nodes, nx.effective_size(graph, graph.nodes))


def test_components(graph: nx.Graph) -> None:
    _, pattern, nodes = matrices(graph)
    found = paths.components(pattern)
    groups = [{nodes[n] for n in np.flatnonzero(found == number)} for number in range(found.max() + 1)]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, nx.connected_components(graph)))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


def test_density_assortativity_and_rich_club(graph: nx.Graph) -> None:
    _, pattern, _ = matrices(graph)
    assert whole.density(pattern) == pytest.approx(nx.density(graph))
    assert whole.degree_assortativity(pattern) == pytest.approx(nx.degree_assortativity_coefficient(graph), nan_ok=True)
    assert whole.rich_club(pattern) == pytest.approx(nx.rich_club_coefficient(graph, normalized=False))


def test_assortativity_by_group() -> None:
    graph = GRAPHS["zachary"]
    _, pattern, nodes = matrices(graph)
    clubs = np.array([graph.nodes[node]["club"] == "Officer" for node in nodes], np.int32)
    expected = nx.attribute_assortativity_coefficient(graph, "club")
    assert whole.group_assortativity(pattern, clubs) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["zachary", "miserables"])
def test_small_world_figures(name: str) -> None:
    graph = GRAPHS[name]
    _, pattern, _ = matrices(graph)
    found = whole.small_world(pattern)
    size, mean = len(graph), 2 * graph.number_of_edges() / len(graph)
    assert found["distance"] == pytest.approx(nx.average_shortest_path_length(graph))
    assert found["clustering"] == pytest.approx(nx.average_clustering(graph))
    expected = found["clustering"] / (mean / size) / (found["distance"] / (math.log(size) / math.log(mean)))
    assert found["small_world"] == pytest.approx(expected)


def test_participation_by_hand() -> None:
    graph = nx.Graph([("a", "b"), ("a", "c"), ("a", "d"), ("a", "e")])
    _, pattern, nodes = matrices(graph)
    groups = np.array([{"a": 0, "b": 0, "c": 1, "d": 1, "e": brokerage.NO_GROUP}[node] for node in nodes], np.int32)
    # of a's three ties to nodes with a group one lies in group 0 and two in group 1: 1 - (1/9 + 4/9)
    assert values(brokerage.participation(pattern, groups), nodes)["a"] == pytest.approx(4 / 9)
    assert values(brokerage.participation(pattern, groups), nodes)["c"] == 0


def count_roles(graph: nx.Graph, group: dict[Any, int]) -> dict[str, dict[Any, int]]:
    """Count Gould and Fernandez' roles pair by pair, as they define them."""
    found = {role: dict.fromkeys(graph, 0) for role in brokerage.ROLES}
    known_group = [node for node in graph if group[node] != brokerage.NO_GROUP]
    for broker in known_group:
        for a, b in combinations([node for node in graph[broker] if node in known_group], 2):
            if graph.has_edge(a, b):
                continue
            mine, first, second = group[broker], group[a], group[b]
            if first == second:
                role = "coordinator" if mine == first else "consultant"
            else:
                role = "representative" if mine in (first, second) else "liaison"
            found[role][broker] += 1
    return found


@pytest.mark.parametrize("groups", [1, 2, 3, 5])
def test_brokerage_roles(graph: nx.Graph, groups: int) -> None:
    _, pattern, nodes = matrices(graph)
    drawn = np.random.default_rng(groups).integers(-1, groups, len(nodes)).astype(np.int32)
    expected = count_roles(graph, values(drawn, nodes))  # type: ignore[arg-type]
    for role, found in brokerage.brokerage_roles(pattern, drawn).items():
        same(found, nodes, expected[role])


def test_the_transitivity_of_consortia_is_what_chance_gives() -> None:
    rng = np.random.default_rng(3)
    members = {f"p{n:04}": {f"o{m:04}" for m in rng.integers(0, 2000, 5)} for n in range(800)}
    found = figures(project(material_of(members)))
    assert found["transitivity"] == pytest.approx(found["expected_transitivity"], abs=0.03)


def test_the_women_are_projected_and_measured_as_by_networkx() -> None:
    graph = nx.davis_southern_women_graph()
    theirs = nx.bipartite.collaboration_weighted_projected_graph(graph, graph.graph["top"])
    network = project(southern_women(), weighting="newman")
    network = measure(network, ["strength", "betweenness", "constraint", "pagerank"])
    same(network.values["strength"], network.iris, dict(theirs.degree(weight="weight")))
    same(network.values["betweenness"], network.iris, nx.betweenness_centrality(theirs))
    same(network.values["constraint"], network.iris, nx.constraint(theirs, weight="weight"))
    same(network.values["pagerank"], network.iris, nx.pagerank(theirs, tol=1e-12), 1e-8)


@pytest.mark.parametrize("module", [weightings, significance])
def test_examples_in_docstrings(module: Any) -> None:
    result = doctest.testmod(module, extraglobs={"np": np})
    assert result.failed == 0
    assert result.attempted > 0


def test_every_measure_has_a_definition_with_its_source() -> None:
    assert {item.name for item in DEFINITIONS} == set(MEASURES)
    for item in DEFINITIONS:
        assert any(year in item.source for year in map(str, range(1970, 2026))), item.name


def test_everything_can_be_measured_at_once() -> None:
    material = material_of({"p": {"a", "b", "c"}, "q": {"c", "d"}}, homes=["x", "x", "y", "y"])
    network = measure(project(material), MEASURES)
    assert set(MEASURES) < set(network.values)
    # c joins its neighbour d in y with a and b in x, who have not met d
    assert values(network.values["representative"], network.iris) == {"a": 0, "b": 0, "c": 2, "d": 0}


def test_an_empty_network_can_be_measured() -> None:
    network = project(material_of({"p": {"a"}}))
    found = measure(network, [name for name in MEASURES if name not in ("participation", *brokerage.ROLES)])
    assert found.values["degree"].tolist() == [0]
    assert figures(network)["ties"] == 0


def test_unknown_measures_and_groups_are_named() -> None:
    network = project(southern_women())
    with pytest.raises(UsageError, match='no measure "power"'):
        measure(network, ["power"])
    with pytest.raises(UsageError, match="cannot be grouped"):
        groups_of(network, "colour")
