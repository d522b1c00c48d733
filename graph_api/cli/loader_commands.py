"""The command that lists the loaders: `hankeverkko loaders`."""

from __future__ import annotations

import typer

from graph_api.cli.output import OPTIONS, fail, print_json, print_table, warn


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("loaders")(loaders_command)


def loaders_command() -> None:
    """List the kinds of documents that are read, and where each loader comes from."""
    from loaders.plugins import installed

    found = installed()
    rows = [[offer.kind.name, offer.kind.version, offer.origin] for offer in found.offers]
    if OPTIONS.as_json:
        kinds = [{"kind": name, "version": version, "from": origin} for name, version, origin in rows]
        print_json({"loaders": kinds, "left_out": list(found.problems)})
    else:
        print_table("", ["kind", "version", "from"], rows)
    for problem in found.problems:
        fail(f"Left out: {problem}")
    if found.problems:
        raise typer.Exit(1)


def warn_of_left_out() -> None:
    """Say which plug-ins took no part in what was read."""
    from loaders.plugins import installed

    for problem in installed().problems:
        warn(f"Left out: {problem}")
