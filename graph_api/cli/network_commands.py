"""Commands on the collaboration network: network, map (their engines are imported when they run)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, say, warn
from graph_api.cli.periods import parse_period
from graph_api.today import divided
from loaders.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from graph_api.collaboration.tables import CollaborationIndex, Projection

Weighting = Annotated[str, typer.Option("--weighting", help="count (shared initiatives) or newman (Newman 2001).")]
Period = Annotated[str | None, typer.Option("--period", help="Years, either end open: 2015-2020, 2015-, -2020.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Kinds of initiative: project, programme, practice.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Roles that count: applicant, host, partner, pilot.")]
Fold = Annotated[bool, typer.Option("--fold-units", help="Count a unit's work as its owner's.")]
Minimum = Annotated[float, typer.Option("--minimum", help="Leave out edges that weigh less.")]


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
        period=parse_period(period),
        kinds=kinds or None,
        roles=roles or COLLABORATION_ROLES,
        fold_units=fold_units,
        minimum=minimum,
    )


def network_command(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A .graphml, .gexf, .json, .csv or .zip file.")
    ] = None,
    weighting: Weighting = "count",
    period: Period = None,
    kind: Kinds = None,
    role: Roles = None,
    fold_units: Fold = False,
    minimum: Minimum = 0.0,
    top: Annotated[int, typer.Option("--top", help="How many of the closest pairs to print.")] = 15,
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Project the collaboration network of organisations; print its closest pairs, write it to a file."""
    from graph_api.collaboration.exports import write_network
    from graph_api.collaboration.network import to_networkx
    from graph_api.collaboration.stored import open_index
    from graph_api.demo import closest

    opened, index = open_index(store_path(store), min_confidence, today=forms is Forms.TODAY)
    graph = to_networkx(_projection(index, weighting, period, kind, role, fold_units, minimum))
    notes = [item for item in divided(opened) if item.iri in graph] if forms is Forms.TODAY else []
    if output is not None:
        write_network(graph, output)
    if OPTIONS.as_json:
        stayed = {"divided": [{"iri": n.iri, "name": n.name, "note": n.note} for n in notes]} if notes else {}
        print_json(_summary(graph) | {"closest": closest(graph, top)} | stayed)
        return
    for item in notes:
        warn(f"{item.name} stays as it was. {item.note}.")
    figures = _summary(graph)
    print_table("", ["network", "number"], [[name, str(value)] for name, value in figures.items()])
    print_table(
        "Closest collaborations", ["organisation", "organisation", weighting, "among them"], closest(graph, top)
    )
    if output is not None:
        say(f"Written: {output}")


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
    period: Period = None,
    kind: Kinds = None,
    role: Roles = None,
    fold_units: Fold = False,
    minimum: Minimum = 0.0,
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
    graph = to_networkx(projection)
    write_map(graph, output, title=title, language=language, quotes=read_quotes(opened, projection))
    if OPTIONS.as_json:
        print_json({"map": str(output), **_summary(graph)})
    else:
        say(f"Map: {output.resolve()}")
