"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graph_api.proposing import ProposerName
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


CurationOption = Annotated[
    Path | None,
    typer.Option(
        "--curation",
        envvar="HANKEVERKKO_CURATION",
        help="The folder of what people decided.",
        show_default="curation in the store",
    ),
]


class Forms(StrEnum):
    """Organisations as they were when they acted, or as they are today."""

    THEN = "then"
    TODAY = "today"


AsForms = Annotated[
    Forms,
    typer.Option("--as", help="Organisations as they were then, or as those that carry on their work today."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out what is less certain (0-1)."),
]

ProposerOption = Annotated[
    list[ProposerName] | None,
    typer.Option(
        "--proposer",
        help="Let a model propose what rules did not find, as drafts of low confidence. llm sends the texts to the "
        "address in HANKEVERKKO_LLM_BASE_URL. May be given twice.",
        show_default="none",
    ),
]


JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, max=64, help="How many processes read.", show_default="one a processor"),
]


def curation_path(named: Path | None) -> Path | None:
    """Return the curation folder that was named, else the one of the settings; ``None`` is the store's own."""
    return named if named is not None else Settings().curation
