"""The command network: views, measures, communities, statistics and exports of networks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from graph_api.cli import network_options as ask
from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, say, warn
from graph_api.today import divided

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx
    import pyoxigraph as ox

    from graph_api.networks.selection import Filters
    from graph_api.networks.tables import Table
    from graph_api.networks.views import Network


def network_command(
    output: ask.Output = None,
    nodes: ask.Nodes = "organisation",
    through: ask.Through = "initiative",
    two_mode: ask.TwoMode = False,
    around: ask.Around = None,
    radius: ask.Radius = 1,
    weighting: ask.Weighting = "count",
    now: ask.Now = None,
    half_life: ask.HalfLife = 5.0,
    money: ask.Money = "granted-eu-state",
    period: ask.Period = None,
    kind: ask.Kinds = None,
    role: ask.Roles = None,
    region: ask.Regions = None,
    theme: ask.Themes = None,
    fold_units: ask.Fold = False,
    minimum: ask.Minimum = 0.0,
    largest: ask.Largest = None,
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    backbone: ask.Backbone = False,
    disparity: ask.Disparity = False,
    level: ask.Level = 0.05,
    correction: ask.Correction = "fdr",
    bootstrap: ask.Bootstrap = 0,
    suppress: ask.Suppress = 0,
    known_initiatives: ask.KnownInitiatives = None,
    measure: ask.Measures = None,
    by: ask.By = "region",
    sample: ask.Sample = 1000,
    communities: ask.CommunitiesOption = False,
    runs: ask.Runs = 20,
    resolution: ask.Resolution = 1.0,
    seed: ask.Seed = 1,
    slices: ask.Slices = 0,
    step: ask.Step = 1,
    holes: ask.Holes = None,
    same_region: ask.SameRegion = False,
    top: ask.Top = 15,
    store: StoreOption = None,
) -> None:
    """Draw a network from the graph: its closest ties, measures, communities, time and holes; write it to a file.

    A network of organisations that share initiatives, unless --nodes and --through say otherwise. What share of the known
    initiatives, partners and years it rests on is said with every result.
    """
    from graph_api.collaboration.exports import check_target
    from graph_api.collaboration.stored import index_of
    from graph_api.confidence import open_confident
    from graph_api.networks.bootstrap import CAUTION
    from graph_api.networks.selection import Filters
    from graph_api.networks.source import material_of
    from graph_api.networks.views import ego, project

    if measure == ["list"]:
        _explain()
        return
    if output is not None:
        check_target(output)
    filters = Filters(
        period=ask.period(period),
        roles=role or None,
        kinds=kind or None,
        regions=region or (),
        themes=theme or (),
        fold_units=fold_units,
        largest=largest,
    )
    is_today = forms is Forms.TODAY
    material = material_of(index_of(store_path(store), min_confidence, today=is_today), money=money)
    if two_mode:
        _two_mode(material, nodes, through, filters, output)
        return
    network = project(
        material, nodes, through, weighting=weighting, filters=filters, minimum=minimum, year=now, half_life=half_life
    )
    said = _say_divided(open_confident(store_path(store), min_confidence, today=True), network) if is_today else {}
    if around is not None:
        around = ask.named(material, nodes, around, open_confident(store_path(store), min_confidence, today=is_today))
        network = ego(network, around, radius)
    network, notes = _care(network, backbone, disparity, level, correction, suppress)
    tables: list[Table] = []
    if communities or (by == "community" and measure):
        network, table, note = _communities(network, runs, seed, resolution, top)
        tables.append(table)
        notes.append(note)
    if measure:
        network, table = _measures(network, measure, by, sample, bootstrap, seed, top)
        tables.append(table)
        notes += [CAUTION] if bootstrap else []
    if slices:
        tables.append(_slices(network, slices, step))
    if holes:
        tables.append(_holes(network, holes, same_region, top, around))
    _show(network, known_initiatives, by if measure else None, top, notes, tables, said)
    if output is not None:
        from graph_api.networks.graphs import to_networkx

        _write(to_networkx(network), output)


def _explain() -> None:
    from graph_api.networks.measures import DEFINITIONS

    if OPTIONS.as_json:
        print_json([{"measure": item.name, "says": item.says, "definition": item.source} for item in DEFINITIONS])
        return
    print_table("Measures", ["measure", "says", "definition"], [[i.name, i.says, i.source] for i in DEFINITIONS])


def _say_divided(opened: ox.Store, network: Network) -> dict[str, Any]:
    """Say which organisations stay as they were, since they were divided."""
    there = set(network.iris)
    notes = [item for item in divided(opened) if item.iri in there]
    if not OPTIONS.as_json:
        for item in notes:
            warn(f"{item.name} stays as it was. {item.note}.")
    return {"divided": [{"iri": n.iri, "name": n.name, "note": n.note} for n in notes]} if notes else {}


def _two_mode(material: Any, nodes: str, through: str, filters: Filters, output: Any) -> None:
    from graph_api.networks.graphs import bipartite

    graph = bipartite(material, nodes, through, filters)
    sides = [side for _, side in graph.nodes(data="bipartite")]
    found = {f"{nodes}s": sides.count(0), f"{through}s": sides.count(1), "ties": graph.number_of_edges()}
    if OPTIONS.as_json:
        print_json(found)
    else:
        print_table("", ["network", "number"], [[name, str(number)] for name, number in found.items()])
    if output is not None:
        _write(graph, output)


def _write(graph: nx.Graph, output: Path) -> None:
    from graph_api.collaboration.exports import write_network

    say(f"Written: {', '.join(map(str, write_network(graph, output)))}")


def _care(
    network: Network, backbone: bool, disparity: bool, level: float, correction: str, smallest: int
) -> tuple[Network, list[str]]:
    """Apply backbone, disparity filter and suppression, and say what each left."""
    from graph_api.networks import coverage, significance

    notes: list[str] = []
    if backbone:
        before = len(network.sources)
        network = significance.backbone(network, level=level, correction=correction)
        notes.append(
            f"Backbone: {len(network.sources)} of {before} ties are more than chance ({correction}, {level:g})."
        )
    if disparity:
        before = len(network.sources)
        network = significance.disparity(network, level=level)
        notes.append(f"Disparity filter: {len(network.sources)} of {before} ties stay at {level:g}.")
    if smallest:
        network, gone = coverage.suppress(network, smallest)
        notes.append(f"Suppressed: {gone.ties} ties and {gone.nodes} nodes that rest on fewer than {smallest}.")
    return network, notes


def _communities(network: Network, runs: int, seed: int, resolution: float, top: int) -> tuple[Network, Table, str]:
    from graph_api.networks import communities, tables

    found = communities.consensus(network.adjacency, runs=runs, seed=seed, resolution=resolution)
    note = (
        f"Communities: modularity {found.modularity:.3f}; {found.runs} runs agree with the consensus by"
        f" {found.agreement:.2f} (normalised mutual information). Stability above 0.85 is high, below 0.6 low."
    )
    return communities.with_communities(network, found), tables.communities(network, found, top), note


def _measures(
    network: Network, names: list[str], by: str, sample: int, draws: int, seed: int, top: int
) -> tuple[Network, Table]:
    from graph_api.networks import bootstrap, measures, tables

    wanted = list(measures.MEASURES) if names == ["all"] else list(dict.fromkeys(names))
    network = measures.measure(network, wanted, by=by, sample=sample, seed=seed)
    if draws:
        found = bootstrap.bootstrap(network, wanted, draws=draws, by=by, seed=seed)
        network = bootstrap.with_intervals(network, found)
    return network, tables.leaders(network, wanted, top)


def _slices(network: Network, width: int, step: int) -> Table:
    from graph_api.networks import slices, tables

    found = slices.slices(
        network.material,
        network.kind,
        network.through,
        width=width,
        step=step,
        weighting=network.weighting,
        filters=network.filters,
    )
    return tables.timeline(found)


def _holes(network: Network, through: str, same_region: bool, top: int, around: str | None) -> Table:
    from graph_api.networks import holes, tables

    material = network.material
    things = material.things_of("organisation")
    one = things.position(ask.named(material, "organisation", around)) if around is not None else None
    found = holes.structural_holes(
        material, through, filters=network.filters, top=top, same_region=same_region, organisation=one
    )
    return tables.holes(material, found, through)


def _show(
    network: Network,
    known: int | None,
    by: str | None,
    top: int,
    notes: list[str],
    tables: list[Table],
    said: dict[str, Any],
) -> None:
    """Print figures, coverage, the closest ties and what else was asked for."""
    from graph_api.networks.coverage import coverage
    from graph_api.networks.measures import figures
    from graph_api.networks.tables import strongest

    found = figures(network, by=by)
    summary = {f"{network.kind}s": found.pop("nodes"), "collaborations": found.pop("ties"), **found}
    shares = coverage(network, known_initiatives=known)
    every = [strongest(network, top), *tables]
    if OPTIONS.as_json:
        plain = {name: None if isinstance(n, float) and not math.isfinite(n) else n for name, n in summary.items()}
        covered = [{"what": share.what, "have": share.have, "of": share.of} for share in shares]
        print_json(
            {**plain, "undated": network.selection.undated, "coverage": covered, "notes": notes}
            | {table.name: table.records() for table in every}
            | said
        )
        return
    print_table("", ["network", "number"], [[name.replace("_", " "), _cell(n)] for name, n in summary.items()])
    for table in every:
        if table.rows:
            print_table(table.title, *table.cells(_cell))
        else:
            say(f"{table.title}: none.")
    for note in notes:
        say(note)
    if network.selection.undated:
        say(f"Left out for want of a date: {network.selection.undated} initiatives.")
    say("What this rests on:")
    for share in shares:
        say(f"  {share}")


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return (
            "–"
            if not math.isfinite(value)
            else f"{value:.4g}"
            if abs(value) < 1e4
            else f"{value:,.0f}".replace(",", " ")
        )
    return str(value)
