"""The curation folder: where it is, and all that a build replays from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph_api.curation.forgotten import read_forgotten
from graph_api.curation.identity import read_decisions
from graph_api.curation.reviews import Review, read_reviews
from graph_api.identity.decisions import Decision
from loaders.redaction import Redactor


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided."""

    folder: Path
    reviews: tuple[Review, ...] = ()
    redactor: Redactor = field(default_factory=Redactor)
    decisions: tuple[Decision, ...] = ()


def curation_folder(store: Path, named: Path | None = None) -> Path:
    """Return the curation folder: the one named, else ``curation`` in the store."""
    return named if named is not None else store / "curation"


def read_curation(folder: Path) -> Curation:
    """Return what people decided.

    Raises
    ------
    DataError
        A file is damaged, or decisions contradict each other.
    """
    reviews, decisions = tuple(read_reviews(folder)), tuple(read_decisions(folder))
    return Curation(folder, reviews, read_forgotten(folder), decisions)
