"""Communities: those that were planted are found, the same ones whoever asks and however often."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from known_networks import known, material_of, matrices
from scipy.special import comb

from graph_api.networks.agreement import adjusted_rand, mutual_information
from graph_api.networks.communities import NO_COMMUNITY, consensus, leiden, modularity, ordered, with_communities
from graph_api.networks.views import project
from loaders.errors import UsageError

SCRIPT = """
import hashlib, sys
from known_networks import material_of
from graph_api.networks.communities import consensus
from graph_api.networks.views import project
names = [f"o{n}" for n in range(60)]
members = {f"p{n}": {names[(7 * n) % 60], names[(11 * n + 3) % 60], names[(7 * n + 20) % 60]} for n in range(90)}
order = sorted(members, reverse=sys.argv[1] == "reverse")
network = project(material_of({name: members[name] for name in order}), weighting="newman")
found = consensus(network.adjacency, runs=10)
print(hashlib.sha256(repr((network.iris, found.labels.tolist(), found.stability.tolist(),
      found.membership.tolist(), found.modularity)).encode()).hexdigest(), found.labels.max())
"""


def planted(mixing: float, seed: int = 1) -> tuple[nx.Graph, np.ndarray]:
    """Return a planted partition: eight groups of 25, with this share of ties between groups."""
    inner, outer = 12 * (1 - mixing) / 24, 12 * mixing / 175
    graph = nx.planted_partition_graph(8, 25, inner, outer, seed=seed)
    return graph, np.repeat(np.arange(8), 25)


@pytest.mark.parametrize(("mixing", "least"), [(0.1, 1.0), (0.3, 0.98), (0.4, 0.9)])
def test_planted_communities_are_found(mixing: float, least: float) -> None:
    graph, truth = planted(mixing)
    weights, _, _ = matrices(graph)
    found = consensus(weights)
    assert mutual_information(found.labels, truth) >= least
    assert adjusted_rand(found.labels, truth) >= least - 0.05


def test_stability_falls_as_communities_blur() -> None:
    stable, blurred = (consensus(matrices(planted(mixing)[0])[0]) for mixing in (0.1, 0.75))
    assert stable.stability.min() == 1.0
    assert stable.membership.min() == 1.0
    assert stable.agreement == pytest.approx(1.0)
    assert blurred.stability.mean() < 0.8
    assert blurred.agreement < 0.9
    assert np.nanmin(blurred.membership) < 0.6


def test_a_node_between_two_communities_is_the_least_stable() -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(6))
    graph.add_edges_from([(12, 0), (12, 1), (12, 6), (12, 7)])
    found = consensus(matrices(graph)[0], runs=40)
    assert len(set(found.labels.tolist())) == 2
    assert int(np.argmin(found.membership)) == 12
    assert found.membership[12] < found.membership[3]


def test_a_weak_pair_stays_in_the_community_that_all_runs_put_it_in() -> None:
    graph = nx.complete_graph(20)
    nx.set_edge_attributes(graph, 0.1, "weight")
    graph.add_edge(20, 21, weight=0.05)
    graph.add_edges_from([(20, 0), (21, 0), (20, 1), (21, 1)], weight=0.1)
    blur = nx.relabel_nodes(planted(0.6)[0], {n: n + 100 for n in range(200)})
    graph = nx.compose(graph, blur)
    found = consensus(matrices(graph)[0])
    assert found.labels[20] == found.labels[21] == found.labels[0]
    assert found.stability[found.labels[20]] > 0.8


def test_the_consensus_agrees_with_the_runs_better_than_any_of_them() -> None:
    weights, _, _ = matrices(planted(0.6)[0])
    found = consensus(weights)
    runs = [leiden(weights, seed=seed) for seed in range(1, 21)]
    alone = [np.mean([mutual_information(one, other) for other in runs]) for one in runs]
    assert found.agreement >= max(alone) - 1e-9


def test_the_consensus_is_as_good_as_its_best_run() -> None:
    for graph in known().values():
        weights, _, _ = matrices(graph)
        found = consensus(weights)
        best = max(modularity(weights, leiden(weights, seed=seed)) for seed in range(1, 21))
        assert found.modularity >= best - 0.02


def test_modularity_is_that_of_networkx() -> None:
    for name in ("zachary", "miserables", "women"):
        graph = known()[name]
        weights, _, nodes = matrices(graph)
        labels = leiden(weights)
        groups = [{nodes[n] for n in np.flatnonzero(labels == label)} for label in set(labels.tolist())]
        assert modularity(weights, labels) == pytest.approx(nx.community.modularity(graph, groups))
        assert modularity(weights, labels, 0.5) == pytest.approx(nx.community.modularity(graph, groups, resolution=0.5))


def test_the_same_in_another_process_with_another_hash_seed_and_another_order(repository: object) -> None:
    results = set()
    for seed, order in (("1", "forward"), ("77", "reverse"), ("0", "forward")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(repository), f"{repository}/tests/support"]),
        }
        command = [sys.executable, "-c", SCRIPT, order]
        results.add(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
    assert len(results) == 1
    assert int(results.pop().split()[1]) > 2


def test_communities_are_numbered_by_size() -> None:
    assert ordered(np.array([5, 9, 9, -1, 7, 7, 7, 5], np.int32)).tolist() == [1, 2, 2, -1, 0, 0, 0, 1]


def test_nodes_without_ties_have_no_community() -> None:
    network = project(material_of({"p": {"a", "b"}, "q": {"c"}}))
    network = with_communities(network, consensus(network.adjacency))
    assert network.values["community"].tolist() == [0, 0, NO_COMMUNITY]
    assert np.isnan(network.values["community_stability"][2])
    assert np.isnan(network.values["membership"][2])


def test_a_network_without_ties_has_no_communities() -> None:
    found = consensus(project(material_of({"p": {"a"}, "q": {"c"}})).adjacency)
    assert found.labels.tolist() == [NO_COMMUNITY, NO_COMMUNITY]
    assert len(found.stability) == 0


def test_agreement_of_partitions_by_hand() -> None:
    first, second = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert mutual_information(first, first) == 1
    assert mutual_information(first, second) == pytest.approx(0)
    assert adjusted_rand(first, first) == 1
    # Hubert and Arabie: (0 - 2*2/6) / (2 - 4/6) = -0.5
    assert adjusted_rand(first, second) == pytest.approx(-0.5)
    assert adjusted_rand(np.zeros(4, int), np.zeros(4, int)) == 1


def test_the_adjusted_rand_index_counted_pair_by_pair() -> None:
    rng = np.random.default_rng(5)
    first, second = rng.integers(0, 4, 50), rng.integers(0, 3, 50)
    same = [(first[:, None] == first)[np.triu_indices(50, 1)], (second[:, None] == second)[np.triu_indices(50, 1)]]
    both, one, other, pairs = (same[0] & same[1]).sum(), same[0].sum(), same[1].sum(), comb(50, 2)
    expected = (both - one * other / pairs) / ((one + other) / 2 - one * other / pairs)
    assert adjusted_rand(first, second) == pytest.approx(expected)


def test_impossible_choices_are_named() -> None:
    weights, _, _ = matrices(nx.path_graph(3))
    with pytest.raises(UsageError, match="resolution"):
        leiden(weights, resolution=0)
    with pytest.raises(UsageError, match="two runs"):
        consensus(weights, runs=1)
