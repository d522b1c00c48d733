"""The command that serves a store to AI assistants."""

from __future__ import annotations

from typing import Annotated

import typer

from graph_api.cli.options import StoreOption, store_path
from graph_api.store import current
from loaders.errors import CannotRunError


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("mcp")(mcp_command)


def mcp_command(
    http: Annotated[
        int | None, typer.Option("--http", min=1, max=65535, help="Serve over HTTP at this port of this machine.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Serve a store to AI assistants (Model Context Protocol, reading alone) over standard input and output."""
    folder = store_path(store)
    current(folder)
    try:
        from graph_api.assistants.server import make_server
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"The server for assistants needs the package {error.name}. Install it with: pip install 'hankeverkko[mcp]'"
        ) from error
    server = make_server(folder)
    if http is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=http, stateless_http=True, json_response=True)
