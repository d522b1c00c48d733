"""The collaboration index on disk: one block of arrays beside the database that it was derived from.

All columns stand one after the other in `columns.bin`, which is mapped into memory as a whole when it is opened (a
hundred files would take ten times as long); `index.json` says where each begins, of which database and in which format
it is. The folder is written under another name and renamed, so that it is there whole or not at all. It is never changed:
it goes with its generation, and whoever deletes it finds it made again.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from graph_api.collaboration.columns import Categories, Lists, Texts
from graph_api.collaboration.index import read_named
from graph_api.collaboration.naming import NamesIn, with_names
from graph_api.collaboration.ruling import day_made
from graph_api.collaboration.tables import LANGUAGES, CollaborationIndex
from graph_api.confidence import database_folder
from graph_api.store import open_database

FORMAT = 3
"""Another number whenever columns change their names or their meaning."""

_ABOUT, _BLOCK = "index.json", "columns.bin"
_ALIGNED = 64
"""Each column begins at a multiple of so many bytes: a line of the processor's cache, and any type of number."""


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
    return graph, _index(database, language, lambda: graph)


def index_of(
    store: Path, minimum: float | None = None, *, today: bool = False, language: str = "fi"
) -> CollaborationIndex:
    """Open the index alone: the graph is opened only where the index has to be made.

    Parameters and errors are as in `open_index`.
    """
    database = database_folder(store, minimum, today=today)
    return _index(database, language, lambda: open_database(database, store))


def _index(database: Path, language: str, graph: Callable[[], ox.Store]) -> CollaborationIndex:
    folder = index_folder(database)
    found = _open(folder, database, language)
    if found is None:
        index, names = read_named(graph(), _year(database))
        _write(folder, database, index, names)
        found = _open(folder, database, language) or with_names(index, names, language)
    return found


def index_folder(database: Path) -> Path:
    """Return where the index of a database is kept."""
    return database.with_name(f"{database.name}.index")


def _identity(database: Path) -> str:
    """Return the generation and the name of the database in it."""
    generation = next(parent.name for parent in database.parents if parent.parent.name == "generations")
    return f"{generation}/{database.name}"


def _year(database: Path) -> int:
    """Return the year in which the generation of a database was made, which counts as now."""
    generation = next(parent for parent in database.parents if parent.parent.name == "generations")
    return day_made(generation / "manifest.json").year


def _write(folder: Path, database: Path, index: CollaborationIndex, names: dict[str, NamesIn]) -> None:
    """Write an index, unless the folder cannot be written or another process was first."""
    try:
        draft = Path(tempfile.mkdtemp(prefix="index-draft-", dir=database.parent))
    except OSError:
        return
    try:
        arrays, texts = _flat("", index)
        for language, each in names.items():
            more, said = _flat(f"{language}.", each)
            arrays |= more
            texts |= said
        places, size = _write_block(draft / _BLOCK, arrays)
        about = {"format": FORMAT, "of": _identity(database), "bytes": size, "arrays": places, "texts": texts}
        (draft / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, sort_keys=True), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # one of another format
        os.rename(draft, folder)  # noqa: PTH104 - fails, as it should, when another process was first
    except OSError:
        pass  # the one who asked has the index in memory
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _flat(prefix: str, part: Any) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays of an index, and what else it holds, by name."""
    arrays: dict[str, NDArray[Any]] = {}
    texts: dict[str, Any] = {}
    for field in fields(part):
        name, value = f"{prefix}{field.name}", getattr(part, field.name)
        if is_dataclass(value):
            more, said = _flat(f"{name}.", value)
            arrays |= more
            texts |= said
        elif isinstance(value, np.ndarray):
            arrays[name] = value
        elif isinstance(value, Texts):
            arrays |= {f"{name}.block": value.block, f"{name}.offsets": value.offsets}
        elif isinstance(value, Categories):
            arrays[f"{name}.codes"], texts[name] = value.codes, value.names
        else:
            texts[name] = value
    return arrays, texts


def _write_block(path: Path, arrays: dict[str, NDArray[Any]]) -> tuple[dict[str, list[Any]], int]:
    """Write arrays one after the other; return the type, length and place of each, and the bytes of the whole."""
    places: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGNED))
            places[name] = [array.dtype.str, len(array), file.tell()]
            file.write(np.ascontiguousarray(array).tobytes())
        return places, file.tell()


class _Mapped:
    """The columns of an index in a folder, mapped into memory.

    Raises ValueError or OSError where they are not there whole.
    """

    def __init__(self, folder: Path, about: dict[str, Any]) -> None:
        self.texts: dict[str, Any] = about["texts"]
        self._places: dict[str, list[Any]] = about["arrays"]
        with (folder / _BLOCK).open("rb") as file:
            self._block = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._block) != about["bytes"]:
            raise ValueError(f"{folder / _BLOCK} is not whole.")

    def __getitem__(self, name: str) -> NDArray[Any]:
        dtype, length, place = self._places[name]
        return np.frombuffer(self._block, dtype, length, place)


def _open(folder: Path, database: Path, language: str) -> CollaborationIndex | None:
    """Return the index in a folder; None where there is none, or one of another database or format, or half of one."""
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        if about.get("format") != FORMAT or about.get("of") != _identity(database):
            return None
        mapped = _Mapped(folder, about)
        names = {each: _read_part(mapped, f"{each}.", NamesIn) for each in LANGUAGES}
        return with_names(_read_part(mapped, "", CollaborationIndex), names, language)
    except (OSError, ValueError, KeyError):
        return None


@cache
def _columns(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_part(mapped: _Mapped, prefix: str, kind: Any) -> Any:
    values: dict[str, Any] = {}
    for name, column in _columns(kind).items():
        path = f"{prefix}{name}"
        if column is Lists or is_dataclass(column):
            values[name] = _read_part(mapped, f"{path}.", column)
        elif column is Texts:
            values[name] = Texts(mapped[f"{path}.block"], mapped[f"{path}.offsets"])
        elif column is Categories:
            values[name] = Categories(mapped[f"{path}.codes"], mapped.texts[path])
        elif path in mapped.texts:
            values[name] = mapped.texts[path]
        else:
            values[name] = mapped[path]
    return kind(**values)
