"""Commands that read documents: build, extract, demo.

What is heavy to import is imported by the command that needs it, so that help and completion answer at once.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.loader_commands import warn_of_left_out
from graph_api.cli.options import (
    CurationOption,
    JobsOption,
    MinConfidence,
    ProposerOption,
    StoreOption,
    curation_path,
    store_path,
)
from graph_api.cli.output import OPTIONS, fail, print_json, print_table, progress, say, warn
from loaders.errors import ReadError

if TYPE_CHECKING:
    from graph_api.report import Report


class RecordFormat(StrEnum):
    """How extracted facts are printed."""

    JSONL = "jsonl"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build")(build_command)
    app.command("extract")(extract_command)
    app.command("demo")(demo_command)


def build_command(
    paths: Annotated[list[Path], typer.Argument(help="Documents, project lists, or folders of them.")],
    store: StoreOption = None,
    validate: Annotated[
        bool, typer.Option("--validate/--no-validate", help="Check the graph against the shapes.")
    ] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List all that was not understood.")] = False,
    curation: CurationOption = None,
    proposer: ProposerOption = None,
    jobs: JobsOption = None,
) -> None:
    """Build a store from documents; what the store held is replaced as a whole."""
    from graph_api.build import build
    from graph_api.proposing import make_proposers
    from graph_api.workers import usable_cores

    folder, proposers = store_path(store), make_proposers(proposer or ())
    with progress() as tell:
        report = build(
            paths,
            folder,
            curation=curation_path(curation),
            validate=validate,
            progress=tell,
            proposers=proposers,
            jobs=jobs or usable_cores(),
        )
    print_report(report, folder, verbose=verbose)
    if report.has_problems:
        raise typer.Exit(1)


def print_report(report: Report, store: Path, *, verbose: bool = False) -> None:
    """Print what a build did."""
    from graph_api.cli.change_commands import print_lost, print_proposals, print_remarks
    from graph_api.report import unread_summary

    warn_of_left_out()
    if OPTIONS.as_json:
        print_json(_report_data(report, store))
        return
    if not OPTIONS.quiet:
        rows = [[kind, str(number)] for kind, number in sorted(report.documents.items())]
        print_table("Loaded", ["kind of document", "number"], rows)
        projects = f", {report.listed_projects:,} of them listed projects" if report.listed_projects else ""
        say(f"{report.quads:,} statements in {store}{projects}.")
    for reason, number in sorted(unread_summary(report).items()):
        say(f"Read and not understood: {number} × {reason}.")
    if verbose:
        for name, items in sorted(report.unread.items()):
            for item in items:
                say(f"  {name}:{item.line}: {item.reason}: {item.text}")
    print_remarks(report)
    print_proposals(report)
    print_lost(report)
    for message in report.failed.values():
        fail(f"Not loaded: {message}")
    for violation in report.violations[:10]:
        fail(f"Invalid: {violation.focus}: {violation.message}")
    if len(report.violations) > 10:
        fail(f"… and {len(report.violations) - 10} more; see: hankeverkko validate")


def _report_data(report: Report, store: Path) -> dict[str, Any]:
    return {
        "store": str(store),
        "documents": report.documents,
        "listed_projects": report.listed_projects,
        "statements": report.quads,
        "failed": report.failed,
        "remarks": report.remarks,
        "unread": {name: [[i.line, i.reason, i.text] for i in items] for name, items in report.unread.items()},
        "violations": [[v.focus, v.message] for v in report.violations],
        "proposals": report.proposals.data(),
    }


def extract_command(
    paths: Annotated[list[Path], typer.Argument(help="Documents, or folders of them.")],
    form: Annotated[
        RecordFormat, typer.Option("--format", help="One object a line, or one indented array.")
    ] = RecordFormat.JSONL,
    contacts: Annotated[bool, typer.Option("--contacts", help="Print e-mail addresses and telephone numbers.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Print the quote and offsets of each organisation.")
    ] = False,
    min_confidence: MinConfidence = None,
    store: StoreOption = None,
    curation: CurationOption = None,
    proposer: ProposerOption = None,
    jobs: JobsOption = None,
) -> None:
    """Print the facts found in documents, without building anything."""
    from graph_api.curation.folder import curation_folder, read_curation
    from graph_api.intake import find_files
    from graph_api.proposing import make_proposers
    from graph_api.reading import try_extract
    from graph_api.report import ProposalReport
    from graph_api.workers import map_files, usable_cores
    from loaders.record import record
    from loaders.threshold import at_least

    redactor = read_curation(curation_folder(store_path(store), curation_path(curation))).redactor
    proposers, proposals = make_proposers(proposer or ()), ProposalReport()
    records: list[dict[str, Any]] = []
    failures = 0
    work = partial(try_extract, redactor=redactor, proposers=proposers)
    for facts in map_files(work, find_files(paths), 1 if proposers else jobs or usable_cores()):
        if isinstance(facts, ReadError):
            fail(f"Not read: {facts}")
            failures += 1
            continue
        found = record(at_least(facts, min_confidence or 0.0), contacts=contacts, evidence=evidence)
        proposals.count(facts.source.name, facts.proposed)
        if form is RecordFormat.JSONL and not OPTIONS.as_json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            records.append(found)
    if form is RecordFormat.JSON or OPTIONS.as_json:
        print_json(records)
    for sentence in [*proposals.sentences(), *proposals.warnings()]:
        warn(sentence)  # standard output holds the facts
    warn_of_left_out()
    if failures:
        raise typer.Exit(1)


def demo_command(
    data: Annotated[Path, typer.Option("--data", help="The folder of the demo documents.")] = Path("data"),
    output: Annotated[Path, typer.Option("--output", help="Where the demo's store and map go.")] = Path("demo-output"),
) -> None:
    """Build the demo graph, show who collaborates with whom, and write an interactive map."""
    from graph_api.demo import run_demo

    with progress() as tell:
        report, summary = run_demo(data, output, tell)
    print_report(report, output / "store")
    if OPTIONS.as_json:
        return
    print_table("In the documents", ["what", "number"], summary.counts)
    print_table(
        "Closest collaborations",
        ["organisation", "organisation", "shared initiatives", "among them"],
        summary.collaborations,
    )
    say(f"Map: {summary.map_path} (open it in a browser; it needs no network)")
    say(f"Next: hankeverkko query partners-of-organisation organisation='Lapin yliopisto' --store {output / 'store'}")
    if report.has_problems:
        raise typer.Exit(1)
