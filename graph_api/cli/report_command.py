"""The command report: one page and one Markdown file on a network, an organisation, a funder, a method or a region."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli import network_options as ask
from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, say
from loaders.errors import UsageError


class Kind(StrEnum):
    """What a report is about."""

    NETWORK = "network"
    ORGANISATION = "organisation"
    FUNDER = "funder"
    METHOD = "method"
    REGION = "region"


class Language(StrEnum):
    """The language of a report."""

    FI = "fi"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("report")(report_command)


def report_command(
    kind: Annotated[Kind, typer.Argument(help="network, organisation, funder, method or region.")],
    name: Annotated[str | None, typer.Argument(help="Which one: its name or IRI; nothing for a network.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the two files.")] = Path("reports"),
    language: Annotated[Language, typer.Option("--language", help="fi or en.")] = Language.FI,
    period: ask.Period = None,
    kinds: ask.Kinds = None,
    fold_units: ask.Fold = False,
    suppress: ask.Suppress = 0,
    known_initiatives: ask.KnownInitiatives = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many rows a table may have.")] = 20,
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Write a report for people who coordinate: figures, tables and what they mean, with the evidence and how to cite."""
    from graph_api.networks.selection import Filters
    from graph_api.reporting.compose import compose
    from graph_api.reporting.render import write_report
    from graph_api.reporting.room import open_room
    from graph_api.reporting.scope import scope

    if (name is None) != (kind is Kind.NETWORK):
        which = "A report on a network takes no name" if name else f"Which {kind.value}? Name it after the word"
        raise UsageError(f"{which}: hankeverkko report {kind.value}{'' if name else ' NAME'} --output FOLDER.")
    filters = Filters(period=ask.period(period), kinds=kinds or None, fold_units=fold_units)
    room = open_room(store_path(store), language.value, min_confidence, today=forms is Forms.TODAY)
    iri = ask.named(room.material, kind.value, name, room.graph) if name else ""
    subject = scope(room, kind.value, iri, filters=filters, smallest=suppress)
    report = compose(room, subject, top=top, known_initiatives=known_initiatives)
    page, text = write_report(report, output)
    if OPTIONS.as_json:
        print_json({"title": report.title, "html": str(page), "markdown": str(text), "figures": report.figures})
        return
    say(f"{report.title}: {page.resolve()}, {text.resolve()}")
