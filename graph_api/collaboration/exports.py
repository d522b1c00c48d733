"""A network as a file for other programs: GraphML, GEXF, CSV, JSON.

The same graph gives the same bytes, in whatever order it was built. Text is cleaned of the characters that XML 1.0
forbids (https://www.w3.org/TR/xml/#charsets); values that are not finite numbers, which the formats cannot say, are
left out. GraphML, GEXF and CSV hold one value a cell: lists are joined by a blank, nested tables are left out.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from loaders.errors import CannotRunError, UsageError

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold


def graphml(graph: nx.Graph) -> bytes:
    """Return the network as GraphML."""
    return _join(nx.generate_graphml(_flatten(graph)))


def gexf(graph: nx.Graph) -> bytes:
    """Return the network as GEXF 1.2, without the date of writing."""
    text = _join(nx.generate_gexf(_flatten(graph), version="1.2draft")).decode()
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode()


def csv_tables(graph: nx.Graph) -> dict[str, bytes]:
    """Return `nodes.csv` (id, label, …) and `edges.csv` (source, target, weight, …), in UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    flat = _flatten(graph)
    nodes = [{"id": node, **data} for node, data in flat.nodes(data=True)]
    edges = [{"source": first, "target": second, **data} for first, second, data in flat.edges(data=True)]
    return {
        "nodes.csv": _csv(nodes, ["id", "label", "type"]),
        "edges.csv": _csv(edges, ["source", "target", "weight", "count"]),
    }


def csv_zip(graph: nx.Graph) -> bytes:
    """Return the two CSV files in one zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in csv_tables(graph).items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def node_link_json(graph: nx.Graph) -> bytes:
    """Return the network as node-link JSON, with lists and the table of initiatives whole."""
    data = _clean(nx.node_link_data(_sort(graph), edges="edges"))
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n").encode()


FORMATS: Mapping[str, Callable[[nx.Graph], bytes]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".json": node_link_json,
    ".zip": csv_zip,
}


def write_network(graph: nx.Graph, path: Path) -> None:
    """Write the network in the format that the ending of `path` names.

    CSV needs two files: "net.csv" gives "net-nodes.csv" and "net-edges.csv"; a path without an ending is a folder that
    gets "nodes.csv" and "edges.csv"; "net.zip" holds both.

    Raises UsageError for an ending that is no format, CannotRunError where the file cannot be written.
    """
    files = _files(graph, path)
    try:
        for file, content in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        message = f"The network cannot be written to {path} ({error.strerror}). Choose another place."
        raise CannotRunError(message) from error


def _files(graph: nx.Graph, path: Path) -> dict[Path, bytes]:
    ending = path.suffix.lower()
    if ending in FORMATS:
        return {path: FORMATS[ending](graph)}
    if ending == ".csv":
        return {path.with_name(f"{path.stem}-{name}"): content for name, content in csv_tables(graph).items()}
    if not ending:
        return {path / name: content for name, content in csv_tables(graph).items()}
    known = ", ".join([*FORMATS, ".csv"])
    raise UsageError(f'No network can be written as "{path.name}". Use one of {known}, or a folder for CSV files.')


def _sort(graph: nx.Graph) -> nx.Graph:
    """Return a copy with nodes, edges and attributes in sort order; the smaller end of an edge comes first."""
    ordered = nx.Graph(**dict(sorted(graph.graph.items())))
    for node in sorted(graph.nodes, key=str):
        ordered.add_node(node, **dict(sorted(graph.nodes[node].items())))
    for first, second in sorted((sorted(edge, key=str) for edge in graph.edges), key=lambda edge: [*map(str, edge)]):
        ordered.add_edge(first, second, **dict(sorted(graph.edges[first, second].items())))
    return ordered


def _flatten(graph: nx.Graph) -> nx.Graph:
    """Return a sorted copy in which every attribute is one cell."""
    flat, ordered = nx.Graph(), _sort(graph)
    for node, data in ordered.nodes(data=True):
        flat.add_node(_text(node), **_cells(data))
    for first, second, data in ordered.edges(data=True):
        flat.add_edge(_text(first), _text(second), **_cells(data))
    return flat


def _cells(data: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    cells = ((name, _cell(value)) for name, value in data.items())
    return {name: value for name, value in cells if value is not None}


def _cell(value: object) -> str | int | float | bool | None:
    """Return a value as one cell; None where that cannot be."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return " ".join(_text(item) for item in value)
    return None


def _clean(value: Any) -> Any:
    """Return a value that JSON can hold; what it cannot hold is null in a list and absent from a mapping."""
    if isinstance(value, Mapping):
        cleaned = ((_text(key), _clean(item)) for key, item in value.items())
        return {key: item for key, item in cleaned if item is not None}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return _cell(value)


def _text(value: Hashable) -> str:
    return _FORBIDDEN.sub("", str(value))


def _join(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _csv(rows: list[dict[str, Any]], first: list[str]) -> bytes:
    names = sorted({name for row in rows for name in row}.difference(first))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [*first, *names], restval="", lineterminator="\r\n")  # as RFC 4180 has it
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue().encode()


def _inert(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
