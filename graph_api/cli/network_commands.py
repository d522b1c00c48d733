"""Commands on the collaboration network: network, map (their engines are imported when they run)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli import network_options as ask
from graph_api.cli.network_command import network_command
from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, say
from loaders.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("network")(network_command)
    app.command("map")(map_command)


def _summary(graph: nx.Graph) -> dict[str, int]:
    import networkx as nx

    connected = [component for component in nx.connected_components(graph) if len(component) > 1]
    return {
        "organisations": graph.number_of_nodes(),
        "collaborations": graph.number_of_edges(),
        "components of two or more": len(connected),
        "largest component": max((len(component) for component in connected), default=0),
    }


def map_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")] = Path("map.html"),
    title: Annotated[str, typer.Option("--title", help="The page's title.")] = "Hankeverkko",
    language: Annotated[str, typer.Option("--language", help="en, fi or sv.")] = "en",
    weighting: ask.Weighting = "count",
    period: ask.Period = None,
    kind: ask.Kinds = None,
    role: ask.Roles = None,
    fold_units: ask.Fold = False,
    minimum: ask.Minimum = 0.0,
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Write an interactive map of the network: one HTML file that works offline."""
    from graph_api.collaboration.stored import open_index
    from graph_api.maps.graph import map_graph, read_quotes
    from graph_api.maps.page import write_map
    from graph_api.networks.selection import Filters
    from graph_api.networks.source import material_of
    from graph_api.networks.views import project

    opened, index = open_index(store_path(store), min_confidence, today=forms is Forms.TODAY)
    filters = Filters(period=ask.period(period), roles=role or None, kinds=kind or None, fold_units=fold_units)
    network = project(material_of(index), weighting=weighting, filters=filters, minimum=minimum)
    if not len(network.sources):
        raise NotFoundError(
            "No two organisations work together in what was asked for, so that the map would be blank. Widen the period,"
            " the kinds and roles, or lower --minimum and --min-confidence."
        )
    graph = map_graph(network)
    write_map(graph, output, title=title, language=language, quotes=read_quotes(opened, index, network))
    if OPTIONS.as_json:
        print_json({"map": str(output), **_summary(graph)})
    else:
        say(f"Map: {output.resolve()}")
