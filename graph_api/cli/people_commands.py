"""Commands about people: contacts, forget."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.change_commands import print_change
from graph_api.cli.options import CurationOption, StoreOption, curation_path, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, progress, say, warn


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("contacts")(contacts_command)
    app.command("forget")(forget_command)


def contacts_command(
    person: Annotated[str | None, typer.Argument(help="A person's name; without one, all are listed.")] = None,
    store: StoreOption = None,
) -> None:
    """Print e-mail addresses and telephone numbers, with their source and until when they are kept."""
    from graph_api.contacts import read_contacts
    from graph_api.store import current

    generation = current(store_path(store))
    names = {item["key"]: item["name"] for item in generation.manifest()["documents"]}
    found = read_contacts(generation.contacts, datetime.now(UTC).date(), person)
    rows = [[c.person, c.organisation, c.kind, c.value, names.get(c.document, c.document), c.expires] for c in found]
    columns = ["person", "organisation", "kind", "value", "document", "kept until"]
    if OPTIONS.as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table("", columns, rows)


def forget_command(
    person: Annotated[str, typer.Argument(help="The person's whole name, given name first, or the IRI.")],
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Forget all people of this name, when there is more than one.")
    ] = False,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Remove a person from graph, contacts, stored texts and exports, for this and every later build."""
    from graph_api.people import forget_person

    folder = store_path(store)
    with progress() as tell:
        report = forget_person(person, folder, curation=curation_path(curation), everyone=everyone, progress=tell)
    if report.blanked:
        say("The person is forgotten. Maps and exports that were written before still hold the name: write them again.")
    else:
        _say_nobody(person, folder)
    print_change(report)


def _say_nobody(person: str, store: Path) -> None:
    """Say that no text of the store names a person, and who may be meant instead."""
    from graph_api.people import similar_names

    warn(f"No document in the store names {person!r}. The name is left out of all that is read from now on.")
    near = similar_names(person, store)
    if near:
        warn(f"The store has names like it: {', '.join(near)}. If one of them is meant, forget that name as well.")
