"""Small networks that everybody knows, as material and as arrays."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from graph_api.networks.material import Material


def southern_women() -> Material:
    """Return Davis' women (organisations) and events (initiatives)."""
    graph = nx.davis_southern_women_graph()
    return material_of({event: set(graph[event]) for event in graph.graph["bottom"]})


def material_of(members: dict[str, set[str]], **more: Any) -> Material:
    """Return material of who took part in what, by names."""
    initiatives = sorted(members)
    organisations = sorted(set().union(*members.values()))
    pairs = [
        (organisations.index(who), place) for place, name in enumerate(initiatives) for who in sorted(members[name])
    ]
    rows = np.array([a for a, _ in pairs], np.int32), np.array([b for _, b in pairs], np.int32)
    return Material.of_rows(organisations, initiatives, rows, **more)


def matrices(graph: nx.Graph) -> tuple[Any, Any, list[Any]]:
    """Return the weights and the ties of a networkx graph as matrices, and its nodes in their order."""
    nodes = list(graph)
    weights = nx.to_scipy_sparse_array(graph, nodes, weight="weight", format="csr", dtype=float)
    pattern = nx.to_scipy_sparse_array(graph, nodes, weight=None, format="csr", dtype=float)
    return weights, pattern, nodes


def known() -> dict[str, nx.Graph]:
    """Return Zachary's club, the characters of Les Misérables, the women's projection and some awkward graphs."""
    women = nx.davis_southern_women_graph()
    apart = nx.disjoint_union(nx.cycle_graph(5), nx.star_graph(3))
    apart.add_node(99)
    return {
        "zachary": nx.karate_club_graph(),
        "miserables": nx.les_miserables_graph(),
        "women": nx.bipartite.weighted_projected_graph(women, women.graph["top"]),
        "apart": apart,
        "path": nx.path_graph(4),
    }
