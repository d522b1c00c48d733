"""Servers elsewhere, on the command line: their options, and the command that copies the graph to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.options import StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, progress, say
from graph_api.settings import Settings
from graph_api.store import open_graph
from graph_api.stores.dialects import DIALECTS, find_dialect
from loaders.errors import CannotRunError

if TYPE_CHECKING:
    from graph_api.stores.remote import RemoteStore

EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", help="The address of a SPARQL server, in place of a store.")
]
DialectOption = Annotated[str, typer.Option("--dialect", help=f"What the server is: {', '.join(DIALECTS)}.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("publish")(publish_command)


def remote_store(address: str, dialect: str) -> RemoteStore:
    """Return a server, with the access of the settings.

    Raises
    ------
    UsageError
        The dialect is not known.
    CannotRunError
        The package for HTTP is not installed.
    """
    chosen = find_dialect(dialect)
    try:
        from graph_api.stores.remote import Access, RemoteStore
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"Asking a server needs the package {error.name}. Install it with: pip install 'hankeverkko[remote]'"
        ) from error
    settings = Settings()
    access = Access(
        settings.endpoint_user,
        settings.endpoint_password.get_secret_value() if settings.endpoint_password else None,
        settings.endpoint_token.get_secret_value() if settings.endpoint_token else None,
        settings.endpoint_seconds,
    )
    return RemoteStore(address, chosen, access)


def publish_command(
    endpoint: Annotated[str, typer.Option("--endpoint", help="The address of the SPARQL server.")],
    dialect: DialectOption = "sparql",
    store: StoreOption = None,
) -> None:
    """Copy the graph to a SPARQL server, graph by graph; what has not changed since the last time is not sent again."""
    source = open_graph(store_path(store))
    with remote_store(endpoint, dialect) as server, progress() as tell:
        from graph_api.stores.publish import publish

        done = publish(source, server, tell)
    if OPTIONS.as_json:
        print_json({"sent": done.sent, "kept": done.kept, "dropped": done.dropped})
    else:
        say(f"{len(done.sent)} graphs sent, {len(done.kept)} there already, {len(done.dropped)} dropped.")
