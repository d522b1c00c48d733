"""The options of `hankeverkko network`, and what they ask for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loaders.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph_api.networks.material import Material

_PERIOD = re.compile(r"^(\d{4})?\s*[-–:]\s*(\d{4})?$")
_VIEW, _ROWS, _CARE, _RESULT = "What is tied to what", "What counts", "Statistical care", "Results"

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A .graphml, .gexf, .net, .json, .cyjs, .ttl, .csv or .zip file."),
]
Nodes = Annotated[
    str,
    typer.Option(
        "--nodes",
        help="organisation, initiative, pilot, method, place, region, funder, person, document or theme.",
        rich_help_panel=_VIEW,
    ),
]
Through = Annotated[
    str, typer.Option("--through", help="What a tie shares: any other kind of node.", rich_help_panel=_VIEW)
]
TwoMode = Annotated[
    bool, typer.Option("--two-mode", help="Keep both kinds as nodes instead of projecting.", rich_help_panel=_VIEW)
]
Around = Annotated[
    str | None,
    typer.Option("--around", help="Only the surroundings of this node (name or IRI).", rich_help_panel=_VIEW),
]
Radius = Annotated[int, typer.Option("--radius", help="How many steps --around reaches.", rich_help_panel=_VIEW)]
Weighting = Annotated[
    str,
    typer.Option("--weighting", help="count, newman, fractional, money or recency.", rich_help_panel=_VIEW),
]
Now = Annotated[
    int | None,
    typer.Option(
        "--now", help="The year that counts as now for recency.", show_default="the last", rich_help_panel=_VIEW
    ),
]
HalfLife = Annotated[
    float, typer.Option("--half-life", help="Years after which a tie counts half (recency).", rich_help_panel=_VIEW)
]
Money = Annotated[
    str, typer.Option("--money", help="The kind of amount that weighs, by its notation.", rich_help_panel=_VIEW)
]
Period = Annotated[
    str | None,
    typer.Option("--period", help="Years, either end open: 2015-2020, 2015-, -2020.", rich_help_panel=_ROWS),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Kinds of initiative: project, programme, practice, pilot.", rich_help_panel=_ROWS),
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", help="Roles that count: applicant, host, partner, pilot.", rich_help_panel=_ROWS),
]
Regions = Annotated[
    list[str] | None, typer.Option("--region", help="Initiatives in this region.", rich_help_panel=_ROWS)
]
Themes = Annotated[
    list[str] | None,
    typer.Option("--theme", help="Initiatives whose title or method has this word.", rich_help_panel=_ROWS),
]
Fold = Annotated[bool, typer.Option("--fold-units", help="Count a unit's work as its owner's.", rich_help_panel=_ROWS)]
Minimum = Annotated[float, typer.Option("--minimum", help="Leave out edges that weigh less.", rich_help_panel=_ROWS)]
Largest = Annotated[
    int | None,
    typer.Option("--largest", help="Leave out shared things with more members.", rich_help_panel=_ROWS),
]
Backbone = Annotated[
    bool,
    typer.Option("--backbone", help="Only ties that are more than chance, given all sizes.", rich_help_panel=_CARE),
]
Disparity = Annotated[
    bool,
    typer.Option("--disparity", help="Only ties with an unusual share of an end's weight.", rich_help_panel=_CARE),
]
Level = Annotated[
    float, typer.Option("--level", help="The level of --backbone and --disparity.", rich_help_panel=_CARE)
]
Correction = Annotated[
    str, typer.Option("--correction", help="For many tests: fdr, bonferroni or none.", rich_help_panel=_CARE)
]
Bootstrap = Annotated[
    int,
    typer.Option("--bootstrap", help="Intervals of the measures from so many resamples.", rich_help_panel=_CARE),
]
Suppress = Annotated[
    int,
    typer.Option("--suppress", help="Leave out what rests on fewer shared things than this.", rich_help_panel=_CARE),
]
KnownInitiatives = Annotated[
    int | None,
    typer.Option("--known-initiatives", help="How many there really are, for the coverage.", rich_help_panel=_CARE),
]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", help='A measure of the nodes, or "all"; "list" explains them.', rich_help_panel=_RESULT),
]
By = Annotated[
    str,
    typer.Option("--by", help="Groups of nodes: region, type, or community.", rich_help_panel=_RESULT),
]
Sample = Annotated[int, typer.Option("--sample", help="Sources of sampled_betweenness.", rich_help_panel=_RESULT)]
CommunitiesOption = Annotated[
    bool, typer.Option("--communities", help="Find communities by consensus.", rich_help_panel=_RESULT)
]
Runs = Annotated[int, typer.Option("--runs", help="Seeds of the consensus.", rich_help_panel=_RESULT)]
Resolution = Annotated[
    float, typer.Option("--resolution", help="Above 1 gives smaller communities.", rich_help_panel=_RESULT)
]
Seed = Annotated[int, typer.Option("--seed", help="The first seed of what is drawn.", rich_help_panel=_RESULT)]
Slices = Annotated[
    int, typer.Option("--slices", help="Time slices of so many years: 1 is yearly.", rich_help_panel=_RESULT)
]
Step = Annotated[int, typer.Option("--step", help="Years between slices.", rich_help_panel=_RESULT)]
Holes = Annotated[
    str | None,
    typer.Option(
        "--holes", help="Pairs that share a method, theme, place or region, never met.", rich_help_panel=_RESULT
    ),
]
SameRegion = Annotated[
    bool, typer.Option("--same-region", help="Only --holes within one region.", rich_help_panel=_RESULT)
]
Top = Annotated[int, typer.Option("--top", min=1, help="How many rows to print.", rich_help_panel=_RESULT)]


def period(text: str | None) -> tuple[int | None, int | None]:
    """Return the years that a text names, either end open.

    Raises UsageError where it is no period.
    """
    if text is None:
        return None, None
    found = _PERIOD.match(text.strip())
    if found is None and re.fullmatch(r"\d{4}", text.strip()):
        return int(text), int(text)
    if found is None or not any(found.groups()):
        raise UsageError(f"{text!r} is not a period. Write years such as 2015-2020, 2015- or -2020.")
    first, last = found.groups()
    return (int(first) if first else None, int(last) if last else None)


def named(material: Material, kind: str, text: str, graph: ox.Store | None = None) -> str:
    """Return the IRI of the thing that a text names, as `graph_api.networks.naming.named` does."""
    from graph_api.networks import naming

    return naming.named(material, kind, text, graph)
