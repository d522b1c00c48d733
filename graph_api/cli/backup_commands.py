"""Commands that take a store away safely, and bring it back: backup, restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.options import CurationOption, StoreOption, curation_path, store_path
from graph_api.cli.output import OPTIONS, print_json, say, warn
from graph_api.settings import Settings

if TYPE_CHECKING:
    from graph_api.backup import Places, Summary


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def backup_command(
    file: Annotated[Path, typer.Argument(help="The file to write, such as hankeverkko-2026-11-26.tar.gz.")],
    with_tokens: Annotated[bool, typer.Option("--with-tokens", help="Take the digests of tokens as well.")] = False,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Write a store, with what people decided and the audit log, into one file; the server may go on meanwhile."""
    from graph_api.backup import back_up

    summary = back_up(_places(store, curation), file, with_tokens=with_tokens)
    _print(summary, f"Backed up to {file}")
    warn("It holds contact details of people: keep it where only you can read it, and no longer than they may be kept.")


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `backup` has written.")],
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Bring a backup back, where there is no store; checksums are verified, and all of it comes back or nothing."""
    from graph_api.backup import restore

    places = _places(store, curation)
    _print(restore(file, places), f"Restored to {places.store}")


def _places(store: Path | None, curation: Path | None) -> Places:
    from graph_api.backup import Places

    settings = Settings()
    return Places(store_path(store), curation_path(curation), settings.tokens, settings.audit)


def _print(summary: Summary, what: str) -> None:
    if OPTIONS.as_json:
        print_json(asdict(summary))
        return
    say(
        f"{what}: {summary.statements:,} statements of {summary.documents} documents, {summary.files} files, "
        f"{summary.size:,} bytes, made {summary.made}."
    )
    say(f"SHA-256 of the file: {summary.digest}")
