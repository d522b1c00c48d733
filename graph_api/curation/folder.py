"""The curation folder: where it is, and all that a build replays from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph_api.curation.forgotten import read_forgotten
from graph_api.curation.reviews import Review, read_reviews
from loaders.redaction import Redactor


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided."""

    folder: Path
    reviews: tuple[Review, ...] = ()
    redactor: Redactor = field(default_factory=Redactor)


def curation_folder(store: Path, named: Path | None = None) -> Path:
    """Return the curation folder: the one named, else ``curation`` in the store."""
    return named if named is not None else store / "curation"


def read_curation(folder: Path) -> Curation:
    """Return what people decided.

    Raises
    ------
    ReadError
        A file is damaged.
    """
    return Curation(folder, tuple(read_reviews(folder)), read_forgotten(folder))
