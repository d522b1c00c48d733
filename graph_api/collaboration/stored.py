"""The collaboration index on disk: one folder of arrays beside the database that it was derived from.

Each column is a file of NumPy's own format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html),
mapped into memory when it is opened; `index.json` says of which database and in which format it is. The folder is
written under another name and renamed, so that it is there whole or not at all. It is never changed: it goes with its
generation, and whoever deletes it finds it made again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.columns import Categories, Lists, Texts
from graph_api.collaboration.index import NamesIn, read_named, with_names
from graph_api.collaboration.tables import LANGUAGES, CollaborationIndex
from graph_api.confidence import database_folder
from graph_api.store import open_database

FORMAT = 1
"""Another number whenever columns change their names or their meaning."""

_ABOUT = "index.json"


def open_index(
    store: Path, minimum: float | None = None, *, today: bool = False, language: str = "fi"
) -> tuple[ox.Store, CollaborationIndex]:
    """Open the graph in force and its index, which is made where it is missing.

    `minimum` and `today` are as in `graph_api.confidence.open_confident`; names are in `language`, as in `read_index`.
    Where the folder of the store cannot be written the index is made in memory, each time anew.

    Raises
    ------
    UsageError
        The threshold is not between 0 and 1.
    CannotRunError
        There is no store.
    """
    database = database_folder(store, minimum, today=today)
    graph = open_database(database, store)
    folder = index_folder(database)
    found = _open(folder, database, language)
    if found is None:
        index, names = read_named(graph)
        _write(folder, database, index, names)
        found = _open(folder, database, language) or with_names(index, names.get(language, names["fi"]))
    return graph, found


def index_folder(database: Path) -> Path:
    """Return where the index of a database is kept."""
    return database.with_name(f"{database.name}.index")


def _identity(database: Path) -> str:
    """Return the generation and the name of the database in it."""
    generation = next(parent.name for parent in database.parents if parent.parent.name == "generations")
    return f"{generation}/{database.name}"


def _write(folder: Path, database: Path, index: CollaborationIndex, names: dict[str, NamesIn]) -> None:
    """Write an index, unless the folder cannot be written or another process was first."""
    try:
        draft = Path(tempfile.mkdtemp(prefix="index-draft-", dir=database.parent))
    except OSError:
        return
    try:
        about: dict[str, Any] = {"format": FORMAT, "of": _identity(database), "texts": {}}
        _write_part(draft, "", index, about["texts"])
        for language, each in names.items():
            _write_part(draft, f"{language}.", each, about["texts"])
        (draft / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, sort_keys=True), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # one of another format
        os.rename(draft, folder)  # noqa: PTH104 - fails, as it should, when another process was first
    except OSError:
        pass  # the one who asked has the index in memory
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_part(folder: Path, prefix: str, part: Any, texts: dict[str, Any]) -> None:
    for field in fields(part):
        name, value = f"{prefix}{field.name}", getattr(part, field.name)
        if is_dataclass(value):
            _write_part(folder, f"{name}.", value, texts)
        elif isinstance(value, np.ndarray):
            np.save(folder / f"{name}.npy", value)
        elif isinstance(value, Texts):
            np.save(folder / f"{name}.block.npy", value.block)
            np.save(folder / f"{name}.offsets.npy", value.offsets)
        elif isinstance(value, Categories):
            np.save(folder / f"{name}.codes.npy", value.codes)
            texts[name] = value.names
        else:
            texts[name] = value


def _open(folder: Path, database: Path, language: str) -> CollaborationIndex | None:
    """Return the index in a folder; None where there is none, or one of another database or format, or half of one."""
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        if about.get("format") != FORMAT or about.get("of") != _identity(database):
            return None
        index = _read_part(folder, "", CollaborationIndex, about["texts"])
        spoken = language if language in LANGUAGES else "fi"
        return with_names(index, _read_part(folder, f"{spoken}.", NamesIn, about["texts"]))
    except (OSError, ValueError, KeyError):
        return None


@cache
def _columns(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_part(folder: Path, prefix: str, kind: Any, texts: dict[str, Any]) -> Any:
    values = {}
    for name, column in _columns(kind).items():
        path = f"{prefix}{name}"
        if column is Lists or is_dataclass(column):
            values[name] = _read_part(folder, f"{path}.", column, texts)
        elif column is Texts:
            values[name] = Texts(_map(folder, f"{path}.block"), _map(folder, f"{path}.offsets"))
        elif column is Categories:
            values[name] = Categories(_map(folder, f"{path}.codes"), texts[path])
        elif path in texts:
            values[name] = texts[path]
        else:
            values[name] = _map(folder, path)
    return kind(**values)


def _map(folder: Path, name: str) -> Any:
    """Return a file's array, mapped; an empty one, which cannot be mapped, is read."""
    path = folder / f"{name}.npy"
    try:
        # A plain view of the mapping: what numpy.memmap adds to it makes each small slice several times slower.
        return np.asarray(np.load(path, mmap_mode="r"))
    except ValueError:
        return np.load(path)
