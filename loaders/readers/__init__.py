"""Readers: from the bytes of a file to text with stable offsets, or to rows."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

from loaders.errors import ReadError
from loaders.model import Source
from loaders.readers.formats import Format, recognise
from loaders.readers.process import READERS, Readers
from loaders.readers.reading import Reading
from loaders.readers.text import read_text

MAX_BYTES = 20_000_000
_BINARY = frozenset({Format.PDF, Format.DOCX})


def read_bytes(path: Path, limit: int = 500_000_000) -> bytes:
    """Return a file's bytes, decompressed when it is gzip.

    Raises
    ------
    ReadError
        The file cannot be read, is damaged, or is larger than `limit` bytes once decompressed.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: cannot be read ({error}). Check that the file is there and whole.") from error
    if len(data) > limit:
        raise ReadError(f"{path}: larger than {limit:,} bytes when unpacked. Split it, or raise the limit.")
    return data


def read_document(path: Path, readers: Readers = READERS) -> Source:
    """Return a document (text, HTML, PDF, DOCX, saved e-mail) as a `Source` with its stored text.

    Plain text is read here; all else in a limited process.

    Parameters
    ----------
    path : Path
        The file; what it is, is known by its content.
    readers : Readers, optional
        The processes that read.

    Raises
    ------
    ReadError
        The file is missing, too large, damaged, protected, or holds no text.
    """
    data = read_bytes(path, readers.limits.input)
    try:
        format_ = recognise(data)
        reading = _read(format_, data, readers)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    return Source(
        name=document_name(path),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=format_.value,
        text=reading.text,
        address=reading.address,
        notes=reading.notes,
    )


def document_name(path: Path) -> str:
    """Return what a document is called: its file's name without the extension."""
    return Path(path.name.removesuffix(".gz")).stem


def _read(format_: Format, data: bytes, readers: Readers) -> Reading:
    if format_ not in _BINARY and len(data) > MAX_BYTES:
        raise ReadError(f"is larger than {MAX_BYTES:,} bytes. Split it.")
    reading = read_text(data) if format_ is Format.TEXT else readers.read(format_, data)
    if not reading.text.strip():
        raise ReadError("holds no text. Remove it from the input, or check how it was saved.")
    return reading
