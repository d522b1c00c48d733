"""A network as a file for other programs: GraphML, GEXF, Pajek, CSV, JSON (node-link and Cytoscape), Turtle.

The same graph gives the same bytes, in whatever order it was built. Text is cleaned of the characters that XML 1.0
forbids (https://www.w3.org/TR/xml/#charsets); values that are not finite numbers, which the formats cannot say, are
left out. GraphML, GEXF and CSV hold one value a cell: lists are joined by a blank, nested tables are left out.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from graph_api.collaboration.cells import clean, flatten, sort
from graph_api.collaboration.gexf import gexf
from graph_api.collaboration.turtle import turtle
from loaders.errors import CannotRunError, UsageError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold


def graphml(graph: nx.Graph) -> bytes:
    """Return the network as GraphML."""
    return _join(nx.generate_graphml(flatten(graph)))


def csv_tables(graph: nx.Graph) -> dict[str, bytes]:
    """Return `nodes.csv` (id, label, …) and `edges.csv` (source, target, weight, …), in UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    flat = flatten(graph)
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


def pajek(graph: nx.Graph) -> bytes:
    """Return the network in Pajek's format: a number and a name a node, ends and a weight an edge.

    Names that come twice get the node's identifier after them, since programs take the name for the node.
    """
    flat = flatten(graph)
    names = {node: _pajek_name(data.get("label", node)) for node, data in flat.nodes(data=True)}
    often = Counter(names.values())
    lines = [f"*Vertices {len(flat)}"]
    for number, (node, name) in enumerate(names.items(), 1):
        lines.append(f'{number} "{name if often[name] == 1 else f"{name} ({_pajek_name(node)})"}"')
    place = {node: number for number, node in enumerate(flat, 1)}
    lines.append("*Edges")
    lines += [f"{place[a]} {place[b]} {weight:.12g}" for a, b, weight in flat.edges(data="weight", default=1)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _pajek_name(name: str) -> str:
    return " ".join(name.replace('"', "'").replace("\\", "/").split())


def cytoscape_json(graph: nx.Graph) -> bytes:
    """Return the network as Cytoscape's JSON, which Cytoscape and Cytoscape.js open."""
    flat = flatten(graph)
    for node, data in flat.nodes(data=True):
        data["name"] = data.get("label", node)
    data = nx.cytoscape_data(flat)
    data["data"] = []  # what belongs to the graph as a whole has no place there
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n").encode()


def node_link_json(graph: nx.Graph) -> bytes:
    """Return the network as node-link JSON, with lists and the table of initiatives whole."""
    data = clean(nx.node_link_data(sort(graph), edges="edges"))
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n").encode()


FORMATS: Mapping[str, Callable[[nx.Graph], bytes]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".net": pajek,
    ".json": node_link_json,
    ".cyjs": cytoscape_json,
    ".ttl": turtle,
    ".zip": csv_zip,
}
"""Writers by ending: GraphML, GEXF 1.3, Pajek, JSON (node-link), Cytoscape JSON, Turtle, and CSV in a zip archive."""


def check_target(path: Path) -> None:
    """Check, before anything is computed, that a network can be written to a path.

    Raises UsageError for an ending that is no format, CannotRunError where there is no folder to write to.
    """
    if path.suffix and path.suffix.lower() not in {*FORMATS, ".csv"}:
        known = ", ".join([*FORMATS, ".csv"])
        raise UsageError(f'No network can be written as "{path.name}". Use one of {known}, or a folder for CSV files.')
    if not path.parent.is_dir():
        raise CannotRunError(
            f"The network cannot be written to {path}: there is no folder {path.parent}. Make it, or name another."
        )


def write_network(graph: nx.Graph, path: Path) -> list[Path]:
    """Write the network in the format that the ending of `path` names; return the files that were written.

    CSV needs two files: "net.csv" gives "net-nodes.csv" and "net-edges.csv"; a path without an ending is a folder that
    gets "nodes.csv" and "edges.csv"; "net.zip" holds both.

    Raises as `check_target` does, and CannotRunError where a file cannot be written.
    """
    check_target(path)
    files = _files(graph, path)
    try:
        for file, content in files.items():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        message = f"The network cannot be written to {path} ({error.strerror}). Choose another place."
        raise CannotRunError(message) from error
    return list(files)


def _files(graph: nx.Graph, path: Path) -> dict[Path, bytes]:
    ending = path.suffix.lower()
    if ending in FORMATS:
        return {path: FORMATS[ending](graph)}
    tables = csv_tables(graph)
    if ending:
        return {path.with_name(f"{path.stem}-{name}"): content for name, content in tables.items()}
    return {path / name: content for name, content in tables.items()}


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
