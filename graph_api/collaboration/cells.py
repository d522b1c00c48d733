"""Networks made ready for a file: in sort order, in clean text, one value a cell."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sort(graph: nx.Graph) -> nx.Graph:
    """Return a copy with nodes, edges and attributes in sort order; the smaller end of an edge comes first."""
    ordered = nx.Graph(**dict(sorted(graph.graph.items())))
    for node in sorted(graph.nodes, key=str):
        ordered.add_node(node, **dict(sorted(graph.nodes[node].items())))
    for first, second in sorted((sorted(edge, key=str) for edge in graph.edges), key=lambda edge: [*map(str, edge)]):
        ordered.add_edge(first, second, **dict(sorted(graph.edges[first, second].items())))
    return ordered


def flatten(graph: nx.Graph) -> nx.Graph:
    """Return a sorted copy in which every attribute is one cell; of the graph's own only the coverage stays."""
    flat, ordered = nx.Graph(), sort(graph)
    if "coverage" in graph.graph:
        flat.graph["coverage"] = text(graph.graph["coverage"])
    for node, data in ordered.nodes(data=True):
        flat.add_node(text(node), **cells(data))
    for first, second, data in ordered.edges(data=True):
        flat.add_edge(text(first), text(second), **cells(data))
    return flat


def cells(data: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    """Return the attributes that fit into one cell each."""
    found = ((name, cell(value)) for name, value in data.items())
    return {name: value for name, value in found if value is not None}


def cell(value: object) -> str | int | float | bool | None:
    """Return a value as one cell; None where that cannot be."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return " ".join(text(item) for item in value)
    return None


def clean(value: Any) -> Any:
    """Return a value that JSON can hold; what it cannot hold is null in a list and absent from a mapping."""
    if isinstance(value, Mapping):
        cleaned = ((text(key), clean(item)) for key, item in value.items())
        return {key: item for key, item in cleaned if item is not None}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return cell(value)


def text(value: Hashable) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", str(value))
