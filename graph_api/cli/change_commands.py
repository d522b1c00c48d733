"""Commands that change a store document by document: add, remove, replace, refresh; and documents, which lists them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.loader_commands import warn_of_left_out
from graph_api.cli.options import CurationOption, ProposerOption, StoreOption, curation_path, store_path
from graph_api.cli.output import OPTIONS, fail, print_json, print_table, progress, say, warn
from graph_api.store import current

if TYPE_CHECKING:
    from graph_api.report import Report

_MOST_REMARKS = 20
Paths = Annotated[list[Path], typer.Argument(help="Documents, project lists, or folders of them.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("add")(add_command)
    app.command("replace")(replace_command)
    app.command("remove")(remove_command)
    app.command("refresh")(refresh_command)
    app.command("documents")(documents_command)


def add_command(
    paths: Paths, store: StoreOption = None, curation: CurationOption = None, proposer: ProposerOption = None
) -> None:
    """Add documents to a store: all of them, or none when one cannot be read."""
    from graph_api.change import add_documents
    from graph_api.proposing import make_proposers

    folder, proposers = store_path(store), make_proposers(proposer or ())
    with progress() as tell:
        report = add_documents(paths, folder, curation=curation_path(curation), progress=tell, proposers=proposers)
    print_change(report)


def replace_command(
    paths: Paths, store: StoreOption = None, curation: CurationOption = None, proposer: ProposerOption = None
) -> None:
    """Put new versions of documents in the place of those of the same name."""
    from graph_api.change import replace_documents
    from graph_api.proposing import make_proposers

    folder, proposers = store_path(store), make_proposers(proposer or ())
    with progress() as tell:
        report = replace_documents(paths, folder, curation=curation_path(curation), progress=tell, proposers=proposers)
    print_change(report)


def remove_command(
    names: Annotated[list[str], typer.Argument(help="Names of documents, as `documents` lists them.")],
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Remove documents, with all that stands on them alone."""
    from graph_api.change import remove_documents

    folder = store_path(store)
    with progress() as tell:
        report = remove_documents(names, folder, curation=curation_path(curation), progress=tell)
    print_change(report)


def refresh_command(store: StoreOption = None, curation: CurationOption = None) -> None:
    """Bring a store into line with what people decided (reviews, identity, the forgotten)."""
    from graph_api.change import refresh

    folder = store_path(store)
    with progress() as tell:
        report = refresh(folder, curation=curation_path(curation), progress=tell)
    print_change(report)


def print_change(report: Report) -> None:
    """Print what a change did; exits with 1 where a person has to look at something."""
    warn_of_left_out()
    if OPTIONS.as_json:
        print_json(
            {
                "added": report.added,
                "removed": report.removed,
                "remarks": report.remarks,
                "rewritten": report.rewritten,
                "statements": report.quads,
                "violations": [[v.focus, v.message] for v in report.violations],
                "reviews without a place": [[r.document, r.kind, r.value] for r in report.lost_reviews],
                "proposals": report.proposals.data(),
            }
        )
    else:
        replaced = [name for name in report.added if name in report.removed]
        for what, names in (
            ("Added", [name for name in report.added if name not in replaced]),
            ("Replaced", replaced),
            ("Removed", [name for name in report.removed if name not in replaced]),
            ("Written anew", report.rewritten),
        ):
            if names:
                say(f"{what}: {', '.join(names[:20])}{f' and {len(names) - 20} more' if len(names) > 20 else ''}.")
        if not (report.added or report.removed or report.rewritten):
            say("Nothing to change.")
        say(f"{report.quads:,} statements.")
    print_remarks(report)
    print_proposals(report)
    print_lost(report)
    for violation in report.violations[:10]:
        fail(f"Invalid: {violation.focus}: {violation.message}")
    if report.has_problems:
        raise typer.Exit(1)


def print_proposals(report: Report) -> None:
    """Print what proposers did, and which documents have no proposals."""
    for sentence in report.proposals.sentences():
        say(sentence)
    for sentence in report.proposals.warnings():
        warn(sentence)


def print_remarks(report: Report) -> None:
    """Print what is to be said of single files: no facts in them, a table of no known kind, the same content twice."""
    for sentence in report.remarks[:_MOST_REMARKS]:
        warn(sentence)
    if len(report.remarks) > _MOST_REMARKS:
        warn(f"… and {len(report.remarks) - _MOST_REMARKS} remarks more; --json lists all.")


def print_lost(report: Report) -> None:
    """Print the reviews whose sentence no longer stands in the text."""
    for review in report.lost_reviews:
        warn(
            f"A review of {review.document} has lost its place: the {review.kind} {review.value!r} is no longer found, "
            f"and its sentence no longer stands in the text. It is kept; withdraw it with: hankeverkko review withdraw"
        )


def documents_command(store: StoreOption = None) -> None:
    """List the documents of a store."""
    documents = current(store_path(store)).manifest()["documents"]
    if OPTIONS.as_json:
        print_json([{name: item[name] for name in ("name", "kind", "key", "graph")} for item in documents])
        return
    rows = sorted([item["name"], item["kind"], item["key"]] for item in documents)
    print_table("", ["name", "kind", "key"], rows)
