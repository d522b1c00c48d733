"""The demo: build the graph of the demo documents, show who collaborates with whom, write a map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox

from graph_api.build import build
from graph_api.collaboration.stored import open_index
from graph_api.intake import Progress
from graph_api.maps.graph import map_graph, read_quotes
from graph_api.maps.page import write_map
from graph_api.networks.source import material_of
from graph_api.networks.views import project
from graph_api.report import Report
from loaders.errors import UsageError
from loaders.iris import HV

_COUNTED = {
    "organisations": f"?x a <{HV}Organisation>",
    "  of them units of others": f"?x a <{HV}Unit>",
    "  of them funders": f"?x <{HV}funds> ?y",
    "people (name and role)": f"?x a <{HV}Person>",
    "initiatives": f"?x a <{HV}Initiative> FILTER NOT EXISTS {{ ?x a <{HV}Pilot> }}",
    "pilots": f"?x a <{HV}Pilot>",
    "methods in use": f"?y <{HV}usesMethod> ?x",
    "places": f"?y <{HV}takesPlaceIn> ?x",
    "pieces of evidence": f"?x a <{HV}Evidence>",
}


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
    store, index = open_index(output / "store")
    network = project(material_of(index))
    graph = map_graph(network)
    path = output / "map.html"
    write_map(graph, path, title="Hankeverkko: demo", quotes=read_quotes(store, index, network))
    return report, Summary(counts(store), closest(graph, 10), path)


def counts(store: ox.Store) -> list[list[str]]:
    """Return how many of each kind of thing the documents name (the vocabularies know more than they name)."""
    rows: list[list[str]] = []
    for name, pattern in _COUNTED.items():
        answer = store.query(
            f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}", use_default_graph_as_union=True
        )
        if isinstance(answer, ox.QuerySolutions):
            rows += [[name, str(row["n"].value)] for row in answer if isinstance(row["n"], ox.Literal)]
    return rows


def closest(graph: nx.Graph, number: int) -> list[list[str]]:
    """Return the heaviest edges as rows: two labels, weight, and the title of one shared initiative.

    Ties go to the pair that met in smaller company (Newman 2001: the sum of 1/(n − 1) over shared initiatives of n).
    """
    table: dict[str, dict[str, Any]] = graph.graph.get("initiatives", {})

    def rank(edge: tuple[str, str, dict[str, Any]]) -> tuple[float, float, str, str]:
        first, second, data = edge
        company = sum(1 / max(1, len(table[iri]["roles"]) - 1) for iri in data.get("initiatives", []) if iri in table)
        return (-float(data["weight"]), -company, *_in_order(first, second))

    rows: list[list[str]] = []
    for first, second, data in sorted(graph.edges(data=True), key=rank)[:number]:
        names = _in_order(str(graph.nodes[first]["label"]), str(graph.nodes[second]["label"]))
        shared = [str(table.get(iri, {}).get("title", iri)) for iri in data.get("initiatives", [])]
        rows.append([*names, f"{float(data['weight']):g}", min(shared, default="")])
    return rows


def _in_order(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first <= second else (second, first)
