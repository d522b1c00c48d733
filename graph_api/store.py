"""The store: Oxigraph on disk, written as a whole into a new generation and swapped in.

A store is a folder with ``CURRENT`` (the name of the generation that is in force) and ``generations/<name>`` (the
database, the stored texts, and a manifest of what was loaded). A build that fails or is killed leaves CURRENT as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from loaders.errors import CannotRunError

_CURRENT = "CURRENT"
_GENERATIONS = "generations"


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete state of a store."""

    folder: Path

    @property
    def graph(self) -> Path:
        """Return the folder of the database."""
        return self.folder / "graph"

    @property
    def texts(self) -> Path:
        """Return the folder of the stored texts, one file a document."""
        return self.folder / "texts"

    def manifest(self) -> dict[str, Any]:
        """Return what was loaded."""
        loaded: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        return loaded

    def text(self, document_key: str) -> str:
        """Return the stored text of a document."""
        return (self.texts / f"{document_key}.txt").read_text("utf-8")


def current(store: Path) -> Generation:
    """Return the generation in force.

    Raises
    ------
    CannotRunError
        There is no store in the folder.
    """
    try:
        name = (store / _CURRENT).read_text("utf-8").strip()
    except OSError as error:
        raise CannotRunError(
            f"There is no store at {store}. Make one with: hankeverkko build --store {store} FILES…"
        ) from error
    folder = store / _GENERATIONS / name
    if not folder.is_dir():
        raise CannotRunError(f"The store at {store} names the generation {name!r}, which is not there. Build it again.")
    return Generation(folder)


def open_graph(store: Path) -> ox.Store:
    """Open the generation in force for reading.

    Raises
    ------
    CannotRunError
        There is no store in the folder, or its files are damaged.
    """
    generation = current(store)
    try:
        return ox.Store.read_only(str(generation.graph))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"The store at {store} cannot be opened ({error}). Build it again.") from error


@contextmanager
def new_generation(store: Path) -> Iterator[Generation]:
    """Yield a new, empty generation; it comes into force when the block ends without an error.

    Raises
    ------
    CannotRunError
        The folder cannot be written.
    """
    try:
        (store / _GENERATIONS).mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="g-", dir=store / _GENERATIONS))
    except OSError as error:
        raise CannotRunError(
            f"The folder {store} cannot be written ({error.strerror}). Name another with --store."
        ) from error
    generation = Generation(folder)
    try:
        generation.texts.mkdir(mode=0o700)
        yield generation
        _put_in_force(store, folder.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _drop_others(store, folder.name)


def _put_in_force(store: Path, name: str) -> None:
    draft = store / f"{_CURRENT}.{name}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(store / _CURRENT)


def _drop_others(store: Path, kept: str) -> None:
    for folder in (store / _GENERATIONS).iterdir():
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)


def load(generation: Generation, files: Iterable[Path]) -> int:
    """Bulk-load N-Quads files into a generation's database; returns the number of quads."""
    store = ox.Store(str(generation.graph))
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    store.optimize()
    return len(store)


def canonical_nquads(store: ox.Store) -> str:
    """Return the whole graph as canonical N-Quads: one statement a line, in code point order (there are no blank nodes)."""
    dumped = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return "".join(sorted(dumped.decode("utf-8").splitlines(keepends=True)))
