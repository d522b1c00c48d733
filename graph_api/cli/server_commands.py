"""The command that serves a store over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from graph_api.cli.options import StoreOption, store_path
from graph_api.cli.output import say
from graph_api.store import current
from loaders.errors import CannotRunError, UsageError


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("serve")(serve_command)


def serve_command(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    store: StoreOption = None,
) -> None:
    """Serve a store over HTTP: SPARQL at /sparql, graphs at /rdf-graphs/service."""
    from pydantic import ValidationError

    from graph_api.settings import Settings

    try:
        from graph_api.server.run import serve
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"The server needs the package {error.name}. Install it with: pip install 'hankeverkko[server]'"
        ) from error
    folder = store_path(store)
    current(folder)
    try:
        settings = Settings(store=folder)
    except ValidationError as error:
        wrong = "; ".join(f"HANKEVERKKO_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise UsageError(f"A setting in the environment is not possible. {wrong}.") from error
    serve(settings, host, port, lambda address: say(f"Serving {folder} at {address}; SPARQL at {address}/sparql"))
