"""A network in GEXF 1.3 (https://gexf.net), which Gephi opens, with when its nodes and edges were there.

A node or edge with `first` and `last` (years) lives from the first day of the one to the last day of the other, so that
Gephi's timeline works; a network without years is static.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from graph_api.collaboration.cells import flatten

_NAMESPACE = "http://gexf.net/1.3"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_OWN = frozenset({"label", "weight", "first", "last"})
"""Attributes that have a place of their own in the format."""


def gexf(graph: nx.Graph) -> bytes:
    """Return the network as GEXF 1.3, without the date of writing: the same network gives the same bytes."""
    return "".join(f"{line}\n" for line in _lines(flatten(graph))).encode()


def _lines(graph: nx.Graph) -> Iterator[str]:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    dynamic = any(_span(data) for *_, data in [*nodes, *edges])
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<gexf xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}/gexf.xsd" version="1.3">'
    )
    said = escape(graph.graph.get("coverage", ""))
    yield f"<meta><creator>Hankeverkko</creator>{f'<description>{said}</description>' if said else ''}</meta>"
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if dynamic else ' mode="static"'
    yield f'<graph defaultedgetype="undirected" idtype="string"{time}>'
    node_types, edge_types = (_columns(data for *_, data in rows) for rows in (nodes, edges))
    yield from _declare("node", node_types)
    yield from _declare("edge", edge_types)
    yield f'<nodes count="{len(nodes)}">'
    for node, data in nodes:
        label = quoteattr(" ".join(str(data.get("label", node)).split()))
        yield from _element("node", f"id={quoteattr(node)} label={label}", data, node_types)
    yield "</nodes>"
    yield f'<edges count="{len(edges)}">'
    for number, (source, target, data) in enumerate(edges):
        weight = f' weight="{float(data["weight"])!r}"' if "weight" in data else ""
        ends = f'id="{number}" source={quoteattr(source)} target={quoteattr(target)}{weight}'
        yield from _element("edge", ends, data, edge_types)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the type of each attribute; one that is whole in some rows and not in others is a double."""
    found: dict[str, set[str]] = {}
    for data in rows:
        for name in data.keys() - _OWN:
            found.setdefault(name, set()).add(_TYPES[type(data[name])])
    numbers = {"long", "double"}
    return {
        name: types.copy().pop() if len(types) == 1 else ("double" if types <= numbers else "string")
        for name, types in sorted(found.items())
    }


def _declare(owner: str, types: Mapping[str, str]) -> Iterator[str]:
    if types:
        yield f'<attributes class="{owner}" mode="static">'
        for name, kind in types.items():
            yield f'<attribute id={quoteattr(name)} title={quoteattr(name)} type="{kind}"/>'
        yield "</attributes>"


def _element(name: str, head: str, data: Mapping[str, Any], types: Mapping[str, str]) -> Iterator[str]:
    values = [(key, data[key]) for key in types if key in data]
    yield f"<{name} {head}{_span(data)}{'>' if values else '/>'}"
    if values:
        yield "<attvalues>"
        for key, value in values:
            yield f"<attvalue for={quoteattr(key)} value={quoteattr(_literal(value))}/>"
        yield "</attvalues>"
        yield f"</{name}>"


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _span(data: Mapping[str, Any]) -> str:
    first, last = data.get("first"), data.get("last")
    start = f' start="{first:04d}-01-01"' if isinstance(first, int) else ""
    return start + (f' end="{last:04d}-12-31"' if isinstance(last, int) else "")
