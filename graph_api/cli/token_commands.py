"""Commands about tokens: create, list, revoke."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph_api.audit import Act, audit_file, audited
from graph_api.cli.options import StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, warn
from graph_api.settings import Settings
from graph_api.tokens import Entry, Role, create_token, read_tokens, revoke_token, tokens_file
from loaders.errors import UsageError

token = typer.Typer(help="Tokens of the server: who may do more than the public.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(token, name="token")


def _files(store: Path | None) -> tuple[Path, Path]:
    folder, settings = store_path(store), Settings()
    return tokens_file(folder, settings.tokens), audit_file(folder, settings.audit)


def _act(what: str) -> Act:
    return Act(getpass.getuser(), "command line", what)


@token.command("create")
def create_command(
    role: Annotated[Role, typer.Option("--role", help="What it is good for.")],
    name: Annotated[str, typer.Option("--name", help="Whose it is; stands in the audit log and in reviews.")],
    expires: Annotated[str | None, typer.Option("--expires", help="The last day, as 2027-12-31.")] = None,
    store: StoreOption = None,
) -> None:
    """Make a token and print it, this once; it is kept as a digest."""
    last = _day(expires) if expires else None
    tokens, audit = _files(store)
    with audited(audit, _act("token.create")) as outcome:
        made = create_token(tokens, name, role, last)
        outcome |= {"token": name, "given": role.value}
    if OPTIONS.as_json:
        print_json({"name": name, "role": role.value, "expires": last.isoformat() if last else None, "token": made})
        return
    warn("Keep it now: it is not shown again. It is sent as the header Authorization: Bearer …")
    sys.stdout.write(made + "\n")


def _day(printed: str) -> date:
    try:
        return date.fromisoformat(printed)
    except ValueError as error:
        raise UsageError(f"{printed!r} is not a day. Write it as 2027-12-31.") from error


@token.command("list")
def list_command(store: StoreOption = None) -> None:
    """List tokens: name, role, state. None can be shown again."""
    entries, today = read_tokens(_files(store)[0]), datetime.now(UTC).date()
    columns = ["name", "role", "id", "created", "expires", "state"]
    rows = [[e.name, e.role.value, e.id, e.created[:10], e.expires, _state(e, today)] for e in entries]
    if OPTIONS.as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table("", columns, rows)


def _state(entry: Entry, today: date) -> str:
    if entry.revoked:
        return f"revoked {entry.revoked[:10]}"
    return "in force" if entry.is_in_force(today) else "expired"


@token.command("revoke")
def revoke_command(
    name: Annotated[str, typer.Argument(help="The name or the id of a token.")], store: StoreOption = None
) -> None:
    """Take the right of a token away; a running server knows at once."""
    tokens, audit = _files(store)
    with audited(audit, _act("token.revoke")) as outcome:
        entry = revoke_token(tokens, name)
        outcome["token"] = entry.name
    warn(f"The token {entry.name} ({entry.role.value}) opens nothing any more.")
