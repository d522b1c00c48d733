"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph_api.settings import Settings

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", envvar="HANKEVERKKO_STORE", help="The folder of the store.", show_default="the user's data folder"
    ),
]


def store_path(named: Path | None) -> Path:
    """Return the store that was named, else the one of the settings."""
    return named if named is not None else Settings().store
