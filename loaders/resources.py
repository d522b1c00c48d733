"""The one module that reads packaged files (vocabularies, shapes, queries)."""

from __future__ import annotations

from importlib import resources


def read_text(package: str, *path: str) -> str:
    """Return the text of a packaged file, e.g. ``read_text("ontology", "vocabularies", "places.ttl")``."""
    return resources.files(package).joinpath(*path).read_text("utf-8")


def list_files(package: str, *path: str, suffix: str) -> list[str]:
    """Return the sorted names of the packaged files in a folder that end in `suffix`."""
    folder = resources.files(package).joinpath(*path)
    return sorted(item.name for item in folder.iterdir() if item.name.endswith(suffix))
