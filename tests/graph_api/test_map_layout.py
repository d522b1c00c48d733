"""Positions: the same on every run, nothing on top of anything, neighbours near each other."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from graph_api.maps.layout import lay_out


def consortia(count: int, seed: int = 1) -> nx.Graph:
    """Return a network of groups whose members work together, with some work across groups."""
    return nx.relaxed_caveman_graph(count, 12, 0.1, seed=seed)


@settings(max_examples=12, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25), st.randoms())
def test_positions_do_not_depend_on_the_order_of_building(edges: set[tuple[int, int]], random: object) -> None:
    ordered = sorted(edges)
    shuffled = list(ordered)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = nx.Graph(ordered), nx.Graph([(b, a) for a, b in shuffled])
    assert lay_out(first) == lay_out(second)


def test_every_node_has_a_finite_position_of_its_own() -> None:
    graph = nx.disjoint_union_all([consortia(5), nx.path_graph(7), nx.complete_graph(4), nx.empty_graph(9)])
    positions = lay_out(graph)
    assert set(positions) == set(graph)
    assert np.isfinite(list(positions.values())).all()
    assert len(set(positions.values())) == len(graph)


@pytest.mark.parametrize("graph", [nx.star_graph(60), consortia(10), nx.complete_graph(40)])
def test_nodes_do_not_cover_each_other(graph: nx.Graph) -> None:
    positions = lay_out(graph, radii=dict.fromkeys(graph, 12.0))
    assert pdist(list(positions.values())).min() > 24.0


def test_partners_are_nearer_than_strangers() -> None:
    graph = consortia(55)  # large enough for the coarse forces
    positions = {node: np.array(place) for node, place in lay_out(graph).items()}
    joined = [np.linalg.norm(positions[a] - positions[b]) for a, b in graph.edges]
    everyone = pdist(list(positions.values()))
    assert np.median(joined) < np.median(everyone) / 3


def test_components_are_apart() -> None:
    graph = nx.disjoint_union(nx.path_graph(30), nx.cycle_graph(30))
    positions = lay_out(graph)
    first, second = (np.array([positions[node] for node in part]) for part in (range(30), range(30, 60)))
    apart = (first.max(0) < second.min(0)) | (second.max(0) < first.min(0))
    assert apart.any()


def test_nothing_and_one() -> None:
    assert lay_out(nx.Graph()) == {}
    assert len(lay_out(nx.empty_graph(1))) == 1
    assert len(lay_out(nx.Graph([("self", "self")]))) == 1


def test_another_process_gives_the_same_positions() -> None:
    code = (
        "import networkx as nx; from graph_api.maps.layout import lay_out;"
        "g = nx.Graph(); names = {f'o{n}' for n in range(60)}; g.add_nodes_from(names);"
        "g.add_edges_from((a, f'o{int(a[1:]) // 2}') for a in names); print(lay_out(g))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    graph = nx.Graph([(f"o{n}", f"o{n // 2}") for n in range(60)])
    assert run.stdout.strip() == str(lay_out(graph))
