"""Backups: a store with all that people decided about it in one file, and back; each file's checksum is verified.

A backup is a compressed archive: ``manifest.json`` (what is in it, with size and SHA-256 of each file), then ``store/`` (the
generation in force; what is derived from it is made again), ``curation/``, ``audit.jsonl`` and, where asked for,
``tokens.json``. It is taken of a store that is in use: the generation in force never changes, and is held by hard links
while it is read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any

from graph_api.audit import audit_file
from graph_api.curation.folder import curation_folder
from graph_api.store import Generation, current, install, open_database, writing
from graph_api.tokens import tokens_file
from loaders.errors import CannotRunError, ReadError, UsageError

FORMAT = 1
_MANIFEST, _STORE, _CURATION = "manifest.json", "store", "curation"
_DERIVED = frozenset({"views"})
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Places:
    """Where a store and what belongs to it are kept; ``None`` is in the store."""

    store: Path
    curation: Path | None = None
    tokens: Path | None = None
    audit: Path | None = None

    def beside(self) -> dict[str, Path]:
        """Return the single files, by their names in a backup."""
        return {
            "audit.jsonl": audit_file(self.store, self.audit),
            "tokens.json": tokens_file(self.store, self.tokens),
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """What is in a backup: when it was made, number of statements and documents, files, bytes, SHA-256 of the archive."""

    made: str
    statements: int
    documents: int
    files: int
    size: int
    digest: str


def back_up(places: Places, file: Path, *, with_tokens: bool = False) -> Summary:
    """Write a backup; the file appears when it is whole, and only its owner may read it.

    Parameters
    ----------
    places : Places
        The store and what belongs to it.
    file : Path
        The file to write.
    with_tokens : bool
        Take the tokens (their digests) as well.

    Raises
    ------
    UsageError
        The file is there already.
    CannotRunError
        There is no store, another command is changing it at this moment, or the file cannot be written.
    """
    if file.exists():
        raise UsageError(f"{file} is there already, and is not written over. Name another file.")
    draft = file.with_name(file.name + ".draft")
    try:
        with held(places.store) as generation:
            found = dict(_files(places, generation, with_tokens=with_tokens))
            manifest = _manifest(generation, found)
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as raw:
                _write(raw, manifest, found)
        draft.rename(file)
    except OSError as error:
        raise CannotRunError(f"{file}: the backup cannot be written ({error.strerror}). Name another file.") from error
    finally:
        draft.unlink(missing_ok=True)
    return _summary(manifest, file)


def restore(file: Path, places: Places) -> Summary:
    """Bring a backup back, in a place where there is no store; all of it, or nothing.

    Raises
    ------
    UsageError
        There is no such file, or something is there already: a store, decisions, an audit log, tokens.
    ReadError
        The file is no backup, or damaged.
    CannotRunError
        The place cannot be written.
    """
    if not file.exists():
        raise UsageError(f"{file}: no such file. Check the path.")
    _refuse_what_is_there(places)
    try:
        places.store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{places.store.name}-", dir=places.store.parent) as folder:
            manifest = _extract(file, Path(folder))
            _check_database(Path(folder), manifest)
            _put_in_place(Path(folder), places)
    except OSError as error:
        name = error.filename or places.store
        raise CannotRunError(
            f"{name}: cannot be used ({error.strerror}). Check the path and the free space."
        ) from error
    return _summary(manifest, file)


@contextmanager
def held(store: Path) -> Iterator[Generation]:
    """Yield the generation in force, held by links so that a change meanwhile does not take it away."""
    with writing(store):
        generation = current(store)
        held = Path(tempfile.mkdtemp(prefix="backup-", dir=store))
        try:
            shutil.copytree(
                generation.folder,
                held,
                copy_function=os.link,
                ignore=lambda _, names: _DERIVED & set(names),
                dirs_exist_ok=True,
            )
        except BaseException:
            shutil.rmtree(held, ignore_errors=True)
            raise
    try:
        yield Generation(held)
    finally:
        shutil.rmtree(held, ignore_errors=True)


def _files(places: Places, generation: Generation, *, with_tokens: bool) -> Iterator[tuple[str, Path | bytes]]:
    """Yield what goes in: the generation's files, and copies of those that others may be adding to."""
    for path in sorted(generation.folder.rglob("*")):
        if path.is_file():
            yield f"{_STORE}/{path.relative_to(generation.folder).as_posix()}", path
    decided = curation_folder(places.store, places.curation)
    for path in sorted(decided.rglob("*")):
        if path.is_file() and ".git" not in path.parts:
            yield f"{_CURATION}/{path.relative_to(decided).as_posix()}", path.read_bytes()
    for name, path in places.beside().items():
        if path.exists() and (with_tokens or name != "tokens.json"):
            yield name, path.read_bytes()


def _manifest(generation: Generation, found: dict[str, Path | bytes]) -> dict[str, Any]:
    of_store = generation.manifest()
    return {
        "format": FORMAT,
        "hankeverkko": version("hankeverkko"),
        "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "statements": of_store["quads"],
        "documents": len(of_store["documents"]),
        "files": {name: _size_and_digest(content) for name, content in found.items()},
    }


def _size_and_digest(content: Path | bytes) -> list[int | str]:
    if isinstance(content, bytes):
        return [len(content), hashlib.sha256(content).hexdigest()]
    with content.open("rb") as file:
        return [content.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]


def _write(raw: IO[bytes], manifest: dict[str, Any], found: dict[str, Path | bytes]) -> None:
    with (
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        _add(archive, _MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        for name, content in found.items():
            _add(archive, name, content)
    raw.flush()
    os.fsync(raw.fileno())


def _add(archive: tarfile.TarFile, name: str, content: Path | bytes) -> None:
    member = tarfile.TarInfo(name)
    member.mode = 0o600
    if isinstance(content, bytes):
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        return
    member.size = content.stat().st_size
    with content.open("rb") as file:
        archive.addfile(member, file)


def _refuse_what_is_there(places: Places) -> None:
    for path in (places.store, curation_folder(places.store, places.curation), *places.beside().values()):
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            raise UsageError(f"{path} is there already, and is not written over. Name another place, or move it away.")


def _extract(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup and return its manifest; every file is there, once, with its size and checksum."""
    try:
        with tarfile.open(file, mode="r|gz") as archive:
            members = iter(archive)
            manifest = _read_manifest(archive, next(members, None), file)
            waiting = dict(manifest["files"])
            for member in members:
                _take(archive, member, waiting, folder, file)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise _damaged(file, str(error)) from error
    except FileNotFoundError as error:
        raise ReadError(f"{file}: there is no such file. Check the path.") from error
    if waiting:
        raise _damaged(file, f"{min(waiting)} is missing")
    return manifest


def _read_manifest(archive: tarfile.TarFile, member: tarfile.TarInfo | None, file: Path) -> dict[str, Any]:
    content = archive.extractfile(member) if member is not None and member.name == _MANIFEST else None
    if content is None:
        raise _damaged(file, "it does not begin with a manifest")
    try:
        manifest: dict[str, Any] = json.loads(content.read())
        is_known = manifest["format"] == FORMAT and isinstance(manifest["files"], dict)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, "its manifest cannot be read") from error
    if not is_known:
        raise ReadError(
            f"{file}: the backup was written by another version ({manifest.get('hankeverkko')}). Use that one."
        )
    return manifest


def _take(
    archive: tarfile.TarFile, member: tarfile.TarInfo, waiting: dict[str, list[int | str]], folder: Path, file: Path
) -> None:
    """Write a member below the folder; only what the manifest lists, under a plain name."""
    path, content = PurePosixPath(member.name), archive.extractfile(member)
    if member.name not in waiting or content is None or path.is_absolute() or ".." in path.parts:
        raise _damaged(file, f"{member.name!r} has no place in it")
    size, digest = waiting.pop(member.name)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seen = hashlib.sha256()
    with target.open("xb") as written:
        while block := content.read(_BLOCK):
            seen.update(block)
            written.write(block)
        written.flush()
        os.fsync(written.fileno())
    target.chmod(0o600)
    if member.size != size or seen.hexdigest() != digest:
        raise _damaged(file, f"{member.name} is not what was backed up")


def _damaged(file: Path, why: str) -> ReadError:
    return ReadError(f"{file}: the backup is damaged, or is none ({why}). Nothing was restored; use another.")


def _check_database(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / _STORE).mkdir(exist_ok=True)
    statements = len(open_database(Generation(folder / _STORE).graph, folder))
    if statements != manifest["statements"]:
        raise ReadError(f"The backup has {statements:,} statements instead of {manifest['statements']:,}. Use another.")


def _put_in_place(folder: Path, places: Places) -> None:
    """Move what was unpacked to where it belongs; the store comes into being last, whole."""
    moves = [(folder / _CURATION, curation_folder(places.store, places.curation))]
    moves += [(folder / name, path) for name, path in places.beside().items()]
    ready = folder / "ready"
    ready.mkdir()
    install(ready, folder / _STORE)
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if not source.exists():
                continue
            inside = target.is_relative_to(places.store)
            where = ready / target.relative_to(places.store) if inside else target
            where.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(source, where)
            done += [] if inside else [(where, source)]
        ready.chmod(0o755)
        ready.rename(places.store)
    except BaseException:
        for where, source in done:
            shutil.move(where, source)
        raise


def _summary(manifest: dict[str, Any], file: Path) -> Summary:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Summary(
        manifest["made"],
        manifest["statements"],
        manifest["documents"],
        len(manifest["files"]),
        file.stat().st_size,
        digest,
    )
