"""What a map shows, as data for its page: nodes and lines for vis-network, and the facts behind them.

Nodes and edges are built by pyvis. Nothing from a document passes through the HTML that pyvis can write: its headings,
ids and titles let scripts through. The page takes the data as inert JSON instead.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx

from graph_api.maps.graph import Quote
from graph_api.maps.layout import lay_out
from loaders.vocabulary import scheme

# Okabe and Ito's palette, which stays distinct in all common forms of colour blindness (https://jfly.uni-koeln.de/color/).
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#5A5A5A")
SHAPES = ("dot", "square", "triangle", "diamond", "hexagon", "triangleDown", "star")
"""As long as no shape and colour come together twice: seven and eight have no common factor, so 56 types."""

BORDER = "#3D4A58"
_OPTIONS = {
    "physics": False,
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
    },
}

Quotes = Mapping[tuple[str, str], Quote]


def map_data(
    graph: nx.Graph, words: Mapping[str, str], *, quotes: Quotes | None = None, seed: int = 1
) -> dict[str, Any]:
    """Return everything that the page of a map needs, as values for JSON.

    `graph` has the attributes of `to_networkx`; all of them may be missing. `quotes` gives the quotation behind an
    organisation's part in an initiative.
    """
    nodes = sorted(graph.nodes, key=str)
    place = {node: number for number, node in enumerate(nodes)}
    types = _types(graph, words)
    network = _network(graph, nodes, types, seed)
    table = graph.graph.get("initiatives", {})
    known = sorted(iri for iri, entry in table.items() if not place.keys().isdisjoint(entry.get("roles", {})))
    number = {iri: position for position, iri in enumerate(known)}
    return {
        "nodes": network.nodes,
        "edges": [{**edge, **_facts(graph, nodes, edge, number)} for edge in network.edges],
        "options": network.options,
        "organisations": [_organisation(graph, node, types) for node in nodes],
        "initiatives": [_initiative(iri, table[iri], place, quotes or {}) for iri in known],
        "types": types,
        "strings": dict(words),
    }


def radius(initiatives: int, most: int) -> float:
    """Return the size of a node; its area grows with the number of initiatives."""
    return round(6 + 20 * math.sqrt(initiatives / max(most, 1)), 1)


def _types(graph: nx.Graph, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the types of organisation, the commonest first, with how they look."""
    labels = {**graph.graph.get("type_labels", {}), **type_labels(words["code"])}
    counts = Counter(str(kind) for _, kind in graph.nodes(data="type", default=""))
    ranked = sorted(counts, key=lambda name: (name == "", -counts[name], name))
    return [
        {
            "notation": name,
            "label": (labels.get(name) or name) if name else words["unknownType"],
            "colour": COLOURS[rank % len(COLOURS)],
            "shape": SHAPES[rank % len(SHAPES)],
        }
        for rank, name in enumerate(ranked)
    ]


def type_labels(language: str) -> dict[str, str]:
    """Return the labels of the types of organisation in a language, by notation."""
    return {
        concept.notation: label.text
        for concept in scheme("organisation-types").values()
        for label in concept.labels
        if label.kind == "preferred" and label.language == language
    }


def _network(graph: nx.Graph, nodes: list[Hashable], types: list[dict[str, Any]], seed: int) -> Any:
    from pyvis.network import Network  # noqa: PLC0415 (brings IPython with it: half a second for whoever draws nothing)

    # An undirected pyvis network searches all its edges for each new one; a directed one without arrows does not.
    network = Network(directed=True, cdn_resources="in_line")
    network.options = dict(_OPTIONS)
    counts = dict(graph.nodes(data="initiatives", default=0))
    most = max(counts.values(), default=0)
    radii = {node: radius(count, most) for node, count in counts.items()}
    positions = lay_out(graph, radii=radii, seed=seed)
    looks = {entry["notation"]: entry for entry in types}
    for number, node in enumerate(nodes):
        look = looks[str(graph.nodes[node].get("type", ""))]
        x, y = positions[node]
        label = str(graph.nodes[node].get("label") or node)
        plain = {"background": look["colour"], "border": BORDER}
        colour = {**plain, "hover": plain, "highlight": {**plain, "border": "#000000"}}
        network.add_node(number, label, look["shape"], colour, size=radii[node], x=x, y=y)
    _add_edges(network, graph, {node: number for number, node in enumerate(nodes)})
    return network


def _add_edges(network: Any, graph: nx.Graph, place: Mapping[Hashable, int]) -> None:
    pairs = sorted((*sorted((place[a], place[b])), float(w)) for a, b, w in graph.edges(data="weight", default=1))
    weights = [weight for _, _, weight in pairs]
    lightest, heaviest = min(weights, default=0.0), max(weights, default=0.0)
    for number, (first, second, weight) in enumerate(pairs):
        width = round(1.4 + 6.6 * math.sqrt((weight - lightest) / ((heaviest - lightest) or 1)), 2)
        network.add_edge(first, second, id=f"e{number}", arrows="", width=width, weight=round(weight, 6))


def _facts(
    graph: nx.Graph, nodes: list[Hashable], edge: Mapping[str, Any], number: Mapping[str, int]
) -> dict[str, Any]:
    shared = graph.edges[nodes[edge["from"]], nodes[edge["to"]]].get("initiatives", [])
    return {"initiatives": [number[iri] for iri in shared if iri in number]}


def _organisation(graph: nx.Graph, node: Hashable, types: list[dict[str, Any]]) -> dict[str, Any]:
    data = graph.nodes[node]
    notations = [entry["notation"] for entry in types]
    owner = data.get("unit_of")
    return {
        "iri": str(node),
        "type": notations.index(str(data.get("type", ""))),
        "count": int(data.get("initiatives", 0)),
        "owner": str(graph.nodes[owner].get("label", owner)) if owner in graph else "",
    }


def _initiative(iri: str, entry: Mapping[str, Any], place: Mapping[Hashable, int], quotes: Quotes) -> dict[str, Any]:
    """Return an initiative with, for each organisation on the map, its roles and the quotation behind them."""
    parts = [
        {"node": place[organisation], "roles": roles, **_quotation(quotes.get((organisation, iri)))}
        for organisation, roles in sorted(entry.get("roles", {}).items())
        if organisation in place
    ]
    names = ("title", "code", "kind", "start", "end", "published", "share")
    return {**{name: entry[name] for name in names if entry.get(name)}, "parts": parts}


def _quotation(quote: Quote | None) -> dict[str, str]:
    return {} if quote is None else {"quote": quote.text, "document": quote.document}
