"""Readers: from the bytes of a file to text with stable offsets, or to rows."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from pathlib import Path

from loaders.errors import ReadError
from loaders.model import Source
from loaders.readers.html import html_to_text
from loaders.readers.text import decode

MAX_BYTES = 20_000_000
_LOOKS_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|main)\b", re.IGNORECASE | re.DOTALL
)


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


def read_document(path: Path) -> Source:
    """Return a text or HTML document as a `Source` with its stored text.

    Raises
    ------
    ReadError
        The file is missing, too large, or not text.
    """
    data = read_bytes(path, MAX_BYTES)
    if b"\x00" in data[:4096] or data[:5] in (b"%PDF-", b"PK\x03\x04\x14"):
        raise ReadError(f"{path}: not a text or HTML file. Convert it to text first.")
    text, _ = decode(data)
    is_html = bool(_LOOKS_HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))
    address = None
    if is_html:
        text, address = html_to_text(text)
    if not text.strip():
        raise ReadError(f"{path}: holds no text. Remove it from the input, or check how it was saved.")
    return Source(
        name=Path(path.name.removesuffix(".gz")).stem,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/html" if is_html else "text/plain",
        text=text,
        address=address,
    )
