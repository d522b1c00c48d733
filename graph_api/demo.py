"""The demo: build the graph of the demo documents, show who collaborates with whom, write a map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from graph_api.build import Progress, Report, build
from graph_api.collaboration.index import read_index
from graph_api.collaboration.network import to_networkx
from graph_api.collaboration.projection import project
from graph_api.collaboration.quotes import read_quotes
from graph_api.maps.page import write_map
from graph_api.queries import run_query
from graph_api.query_results import plain_rows
from graph_api.store import open_graph
from loaders.errors import UsageError


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo shows: counts by class, the closest pairs, and where the map is."""

    counts: list[list[str]]
    collaborations: list[list[str]]
    map_path: Path


def run_demo(data: Path, output: Path, progress: Progress) -> tuple[Report, Summary]:
    """Build the demo's store and map under `output`.

    Raises
    ------
    UsageError
        The folder of the demo documents is not there (it is part of the source, not of the installed package).
    """
    if not data.is_dir():
        raise UsageError(
            f"{data}: the demo documents are not there. Run the demo in a checkout of the source, or name their folder with --data."
        )
    output.mkdir(parents=True, exist_ok=True)
    report = build([data / "documents", data / "lists"], output / "store", progress=progress)
    store = open_graph(output / "store")
    projection = project(read_index(store))
    graph = to_networkx(projection)
    path = output / "map.html"
    write_map(graph, path, title="Hankeverkko: demo", quotes=read_quotes(store, projection))
    return report, Summary(plain_rows(run_query(store, "counts", {})), closest(graph, 10), path)


def closest(graph: nx.Graph, number: int) -> list[list[str]]:
    """Return the heaviest edges as rows: two labels, weight, and the title of one shared initiative."""
    edges = sorted(graph.edges(data=True), key=lambda e: (-float(e[2]["weight"]), *sorted((str(e[0]), str(e[1])))))
    table = graph.graph.get("initiatives", {})
    rows: list[list[str]] = []
    for first, second, data in edges[:number]:
        names = sorted((str(graph.nodes[first]["label"]), str(graph.nodes[second]["label"])))
        shared = [str(table.get(iri, {}).get("title", iri)) for iri in data.get("initiatives", [])]
        rows.append([*names, f"{float(data['weight']):g}", min(shared, default="")])
    return rows
