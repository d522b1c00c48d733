"""The store: Oxigraph on disk, in generations that are swapped in as a whole.

A store is a folder with ``CURRENT`` (the name of the generation in force) and ``generations/<name>``: the database, the
stored texts, the facts of each document, the contacts, and a manifest. A change, however small, is made in a new
generation (which shares its unchanged files with the old one) and comes into force when CURRENT is replaced: whoever
is killed half way leaves the old state. One command writes at a time.
"""

from __future__ import annotations

import fcntl
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

from loaders.errors import BusyError, CannotRunError

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_LOCK = "LOCK"


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

    @property
    def facts(self) -> Path:
        """Return the folder of the facts, one file a document."""
        return self.folder / "facts"

    @property
    def contacts(self) -> Path:
        """Return the database of contact details, which no query of the graph can reach."""
        return self.folder / "contacts.sqlite"

    @property
    def views(self) -> Path:
        """Return the folder of views of the graph that were derived from it (by confidence)."""
        return self.folder / "views"

    def manifest(self) -> dict[str, Any]:
        """Return what was loaded."""
        loaded: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        return loaded

    def text(self, document_key: str) -> str:
        """Return the stored text of a document."""
        with (self.texts / f"{document_key}.txt").open(encoding="utf-8", newline="") as file:
            return file.read()

    def keep_text(self, document_key: str, text: str) -> None:
        """Store the text of a document; it may hold contact details, so that only its owner may read it."""
        path = self.texts / f"{document_key}.txt"
        path.unlink(missing_ok=True)  # the file may be shared with the generation before
        # newline="" keeps offsets as they are on every platform.
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        path.chmod(0o600)

    def drop(self, document_key: str) -> None:
        """Remove the text and facts of a document."""
        (self.texts / f"{document_key}.txt").unlink(missing_ok=True)
        (self.facts / f"{document_key}.json").unlink(missing_ok=True)

    def write_manifest(self, content: dict[str, Any]) -> None:
        """Write what was loaded."""
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (self.folder / "manifest.json").write_text(text, "utf-8")


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


def change_mark(store: Path) -> tuple[int, int] | None:
    """Return what is another after each change of generation, for one system call; None where there is no store."""
    try:
        status = (store / _CURRENT).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def open_graph(store: Path) -> ox.Store:
    """Open the generation in force for reading.

    Raises
    ------
    CannotRunError
        There is no store in the folder, or its files are damaged.
    """
    return open_database(current(store).graph, store)


def open_database(folder: Path, store: Path) -> ox.Store:
    """Open a database of a store for reading.

    Raises
    ------
    CannotRunError
        Its files are damaged.
    """
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"The store at {store} cannot be opened ({error}). Build it again.") from error


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Hold the lock of a store: one command changes it at a time, readers go on undisturbed.

    Raises
    ------
    BusyError
        Another command is changing the store.
    CannotRunError
        Its folder cannot be written.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        file = (store / _LOCK).open("w", encoding="utf-8")
    except OSError as error:
        raise _cannot_write(store, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(
                f"Another command is changing the store at {store}. Wait until it has ended, and try again."
            ) from error
        yield


def _cannot_write(store: Path, error: OSError) -> CannotRunError:
    return CannotRunError(f"The folder {store} cannot be written ({error.strerror}). Name another with --store.")


@contextmanager
def new_generation(store: Path) -> Iterator[Generation]:
    """Yield a new, empty generation; it comes into force when the block ends without an error.

    Raises
    ------
    CannotRunError
        The folder cannot be written, or another command is changing the store.
    """
    with writing(store):
        generation = _empty(store)
        try:
            for folder in (generation.texts, generation.facts):
                folder.mkdir(mode=0o700)
            yield generation
            _put_in_force(store, generation.folder.name)
        except BaseException:
            _discard(store, generation)
            raise
        _drop_others(store, generation.folder.name)


@contextmanager
def next_generation(store: Path) -> Iterator[tuple[Generation, Generation]]:
    """Yield the generation in force and a copy of it to change; the copy comes into force when the block ends.

    The copy shares the files of the database, the texts and the facts (hard links), so that it costs milliseconds;
    files are replaced in it, never written into.

    Raises
    ------
    CannotRunError
        There is no store, it cannot be written, or another command is changing it.
    """
    current(store)
    with writing(store):
        before = current(store)
        generation = _empty(store)
        try:
            open_database(before.graph, store).backup(str(generation.graph))
            for name in (before.texts, before.facts):
                shutil.copytree(name, generation.folder / name.name, copy_function=os.link)
            if before.contacts.exists():
                shutil.copy2(before.contacts, generation.contacts)
            yield before, generation
            _put_in_force(store, generation.folder.name)
        except BaseException:
            _discard(store, generation)
            raise
        _drop_others(store, generation.folder.name)


def install(store: Path, folder: Path) -> None:
    """Make a store of a folder that holds a generation; the folder is moved into it."""
    (store / _GENERATIONS).mkdir(parents=True)
    name = Path(tempfile.mkdtemp(prefix="g-", dir=store / _GENERATIONS)).name
    folder.replace(store / _GENERATIONS / name)
    _put_in_force(store, name)


def _empty(store: Path) -> Generation:
    try:
        (store / _GENERATIONS).mkdir(exist_ok=True)
        return Generation(Path(tempfile.mkdtemp(prefix="g-", dir=store / _GENERATIONS)))
    except OSError as error:
        raise _cannot_write(store, error) from error


def _discard(store: Path, generation: Generation) -> None:
    """Remove a generation that failed, unless an interrupt came just after it was put in force."""
    named = store / _CURRENT
    if not named.exists() or named.read_text("utf-8").strip() != generation.folder.name:
        shutil.rmtree(generation.folder, ignore_errors=True)


def _put_in_force(store: Path, name: str) -> None:
    draft = store / f"{_CURRENT}.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(store / _CURRENT)


def _drop_others(store: Path, kept: str) -> None:
    """Remove every other generation: the one before, and what a killed command left."""
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


def replace_graphs(generation: Generation, dropped: Iterable[str], files: Iterable[Path]) -> int:
    """Drop named graphs from a generation's database and load files into it; returns the number of quads."""
    store = ox.Store(str(generation.graph))
    for graph in dropped:
        store.remove_graph(ox.NamedNode(graph))
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return len(store)


def rewrite_database(generation: Generation) -> None:
    """Write a generation's database anew, so that no file of it holds what was taken out.

    Removing a statement leaves its text in the database's files until they happen to be merged (log-structured storage).
    """
    fresh, dumped = generation.folder / "graph.new", generation.folder / "graph.nq"
    store = ox.Store.read_only(str(generation.graph))
    store.dump(str(dumped), format=ox.RdfFormat.N_QUADS)
    del store
    written = ox.Store(str(fresh))
    written.bulk_load(path=str(dumped), format=ox.RdfFormat.N_QUADS)
    written.flush()
    del written
    dumped.unlink()
    shutil.rmtree(generation.graph)
    fresh.rename(generation.graph)


def canonical_nquads(store: ox.Store) -> str:
    """Return the whole graph as canonical N-Quads: one statement a line, in code point order (there are no blank nodes)."""
    dumped = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return "".join(sorted(dumped.decode("utf-8").splitlines(keepends=True)))
