"""Networks as networkx graphs, for everything that a user wants to do with one.

Nodes are IRIs, in sort order. A node has `label`, `kind`, `type` (notation or job title, "" where unknown), `shared`
(how many shared things it has a part in), `degree`, `strength`, and where known `region`, `municipality`, `unit_of`,
`first` and `last` (years); then every result that the network holds (`betweenness`, `community`, …). An edge has
`weight`, `count`, `shared` (IRIs of what it stands on), `evidence` (IRIs of the evidence of its ends' parts in it),
`confidence` (that of its weakest part; the best of the shared things counts), and where known `first`, `last`
(years), `p_value` and others. The graph has `kind`, `through`, `weighting`, `period`, `undated` and `names` (titles of what is shared);
`coverage`, a sentence that whoever computed it may add, goes into GraphML and GEXF.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR, IntArray
from graph_api.networks.material import NO_EVIDENCE, NO_PLACE, Material
from graph_api.networks.selection import Filters, years
from graph_api.networks.views import Network, project

Evidence = dict[tuple[int, int], tuple[float, int]]


def to_networkx(network: Network, *, isolates: bool = True) -> nx.Graph:
    """Return the network as an undirected graph with the attributes that this module names.

    Without `isolates`, nodes that have no tie are left out.
    """
    graph = nx.Graph(
        kind=network.kind,
        through=network.through,
        weighting=network.weighting,
        period=list(network.filters.period),
        undated=network.selection.undated,
        type_labels=dict(sorted(network.material.type_labels.items())),
        names={},
    )
    _add_nodes(graph, network, isolates)
    _add_edges(graph, network)
    return graph


def bipartite(material: Material, kind: str, through: str = "initiative", filters: Filters | None = None) -> nx.Graph:
    """Return the two-mode graph of a kind and what it has a part in.

    Nodes carry `bipartite` (0 for the kind, 1 for what is shared) and `kind`. Edges through
    initiatives carry `roles`, `confidence` and, where known, `evidence`, `first` and `last`.

    Raises UsageError as `views.project` does.
    """
    network = project(material, kind, through, filters=filters)
    graph = nx.Graph(kind=kind, through=through, weighting="", period=list(network.filters.period))
    events = material.things_of(through)
    iris, names = network.iris, [events.iris[place] for place in network.events.tolist()]
    for side, ids, labels, name in (
        (0, iris, network.labels, kind),
        (1, names, [events.labels[place] for place in network.events.tolist()], through),
    ):
        graph.add_nodes_from(
            (iri, {"label": label, "kind": name, "bipartite": side}) for iri, label in zip(ids, labels, strict=True)
        )
    table = network.incidence.tocoo()
    for node, event in zip(table.row.tolist(), table.col.tolist(), strict=True):
        graph.add_edge(iris[node], names[event])
    if through == "initiative":
        _describe_parts(graph, network)
    return graph


def _describe_parts(graph: nx.Graph, network: Network) -> None:
    """Add roles, confidence and years to the edges of a two-mode graph."""
    rows, material = network.selection.ties, network.material
    starts, ends = years(material, rows)
    initiatives = material.things["initiative"].iris
    for row in range(len(rows)):
        edge = graph.edges[network.things.iris[rows.things[row]], initiatives[rows.initiatives[row]]]
        role = material.roles[rows.roles[row]] if network.kind == "organisation" else network.kind
        edge["roles"] = sorted({*edge.get("roles", []), role})
        edge["confidence"] = max(edge.get("confidence", 0.0), float(rows.confidences[row]))
        if starts[row] != UNKNOWN_YEAR:
            edge["first"] = min(edge.get("first", int(starts[row])), int(starts[row]))
            edge["last"] = max(edge.get("last", int(ends[row])), int(ends[row]))
        if rows.evidence[row] != NO_EVIDENCE:
            edge["evidence"] = sorted({*edge.get("evidence", []), material.evidence[rows.evidence[row]]})


def _add_nodes(graph: nx.Graph, network: Network, isolates: bool) -> None:
    degrees = np.diff(network.pattern.indptr)
    strengths = network.adjacency.sum(axis=1)
    shared = np.diff(network.incidence.indptr)
    spans = _node_years(network)
    for node, place in enumerate(network.nodes.tolist()):
        if not isolates and degrees[node] == 0:
            continue
        own = {
            "label": network.things.labels[place],
            "kind": network.kind,
            "type": network.things.types[place],
            "shared": int(shared[node]),
            "degree": int(degrees[node]),
            "strength": float(strengths[node]),
            **home_of(network, place),
            **spans.get(node, {}),
        }
        graph.add_node(network.things.iris[place], **own, **_results(network.values, node, own))


def _results(values: Mapping[str, NDArray[Any]], place: int, own: Collection[str] = ()) -> dict[str, Any]:
    """Return what was computed for a node or edge, by name; what is not a number is left out."""
    found = {name: column[place].item() for name, column in sorted(values.items()) if name not in own}
    return {name: value for name, value in found.items() if value == value}  # noqa: PLR0124 (false for NaN alone)


def home_of(network: Network, place: int) -> dict[str, str]:
    """Return the region, the municipality and the owner of an organisation, where known."""
    if network.kind not in ("organisation", "funder"):
        return {}
    material = network.material
    home: dict[str, str] = {}
    if material.homes[place] != NO_PLACE:
        home["region"] = material.regions.labels[material.homes[place]]
    if material.municipalities[place] != NO_PLACE:
        home["municipality"] = material.things["place"].labels[material.municipalities[place]]
    if material.owners[place] != NO_OWNER:
        home["unit_of"] = network.things.iris[material.owners[place]]
    return home


def _node_years(network: Network) -> dict[int, dict[str, int]]:
    rows = network.selection.ties
    starts, ends = years(network.material, rows)
    known = np.flatnonzero((starts != UNKNOWN_YEAR) & np.isin(rows.things, network.nodes))
    node = np.searchsorted(network.nodes, rows.things[known])
    first = np.full(network.size, np.iinfo(np.int32).max)
    last = np.zeros(network.size, np.int32)
    np.minimum.at(first, node, starts[known])
    np.maximum.at(last, node, ends[known])
    return {int(n): {"first": int(first[n]), "last": int(last[n])} for n in np.unique(node)}


def _add_edges(graph: nx.Graph, network: Network) -> None:
    events = network.material.things_of(network.through)
    parts = parts_of(network)
    iris = network.iris
    for edge, (source, target) in enumerate(zip(network.sources.tolist(), network.targets.tolist(), strict=True)):
        shared = network.events[network.shared(edge)].tolist()
        graph.add_edge(
            iris[source],
            iris[target],
            weight=float(network.weights[edge]),
            count=int(network.counts[edge]),
            shared=[events.iris[place] for place in shared],
            **_standing(network, parts, (source, target), shared),
            **_results(network.edge_values, edge),
        )
        graph.graph["names"].update((events.iris[place], events.labels[place]) for place in shared)


def parts_of(network: Network) -> Evidence:
    """Return the confidence and evidence of the part of each node (position) in each initiative: the best of its rows."""
    rows = network.selection.ties
    parts: Evidence = {}
    for thing, initiative, confidence, evidence in zip(
        rows.things.tolist(), rows.initiatives.tolist(), rows.confidences.tolist(), rows.evidence.tolist(), strict=True
    ):
        key = (thing, initiative)
        parts[key] = max(parts.get(key, (0.0, NO_EVIDENCE)), (confidence, evidence))
    return parts


def _standing(network: Network, parts: Evidence, ends: tuple[int, int], shared: list[int]) -> dict[str, Any]:
    """Return what an edge through initiatives stands on: confidence, evidence and years."""
    if network.through not in ("initiative", "pilot"):
        return {}
    material = network.material
    places = [int(network.nodes[end]) for end in ends]
    found = [[parts.get((place, initiative), (1.0, NO_EVIDENCE)) for place in places] for initiative in shared]
    confidence = max((min(first[0], second[0]) for first, second in found), default=1.0)
    evidence = sorted({number for pair in found for _, number in pair if number != NO_EVIDENCE})
    return {
        "confidence": round(confidence, 4),
        **({"evidence": [material.evidence[number] for number in evidence]} if evidence else {}),
        **span_of(material, np.array(shared, np.int32)),
    }


def span_of(material: Material, shared: IntArray) -> dict[str, int]:
    """Return the first and the last year of some initiatives, where any is known."""
    known = np.concatenate([material.starts[shared], material.ends[shared]])
    known = known[known != UNKNOWN_YEAR]
    return {"first": int(known.min()), "last": int(known.max())} if len(known) else {}
