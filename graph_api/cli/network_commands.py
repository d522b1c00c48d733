"""Commands on the collaboration network: network, map (their engines are imported when they run)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli import network_options as ask
from graph_api.cli.network_command import network_command
from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, say
from loaders.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    import networkx as nx

    from graph_api.collaboration.tables import CollaborationIndex, Projection

Weighting = Annotated[str, typer.Option("--weighting", help="count (shared initiatives) or newman (Newman 2001).")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("network")(network_command)
    app.command("map")(map_command)


def _projection(
    index: CollaborationIndex,
    weighting: str,
    period: str | None,
    kinds: list[str] | None,
    roles: list[str] | None,
    fold_units: bool,
    minimum: float,
) -> Projection:
    from graph_api.collaboration.projection import project
    from graph_api.collaboration.tables import COLLABORATION_ROLES

    if weighting not in {"count", "newman"}:
        raise UsageError(f"{weighting!r} is not a weighting. Choose count or newman.")
    return project(
        index,
        weighting="newman" if weighting == "newman" else "count",
        period=ask.period(period),
        kinds=kinds or None,
        roles=roles or COLLABORATION_ROLES,
        fold_units=fold_units,
        minimum=minimum,
    )


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
    weighting: Weighting = "count",
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
    from graph_api.collaboration.network import to_networkx
    from graph_api.collaboration.quotes import read_quotes
    from graph_api.collaboration.stored import open_index
    from graph_api.maps.page import write_map

    opened, index = open_index(store_path(store), min_confidence, today=forms is Forms.TODAY)
    projection = _projection(index, weighting, period, kind, role, fold_units, minimum)
    if not len(projection.sources):
        raise NotFoundError(
            "No two organisations work together in what was asked for, so that the map would be blank. Widen the period,"
            " the kinds and roles, or lower --minimum and --min-confidence."
        )
    graph = to_networkx(projection)
    write_map(graph, output, title=title, language=language, quotes=read_quotes(opened, projection))
    if OPTIONS.as_json:
        print_json({"map": str(output), **_summary(graph)})
    else:
        say(f"Map: {output.resolve()}")
