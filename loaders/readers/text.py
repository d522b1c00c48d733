"""Bytes to text: UTF-8 strictly, else what was declared, else Windows-1252; a guess is said aloud.

A statistical detector mistakes Finnish for other encodings. Declared labels are read as browsers read them (WHATWG
Encoding Standard): ISO-8859-1 and ASCII mean Windows-1252. Only encodings that documents in Europe use are tried.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from loaders.model import Unread
from loaders.readers.reading import Reading

GUESSED = "not UTF-8 and no other encoding declared: read as Windows-1252"
REPLACED = "bytes that stand for no character"
_DECLARABLE = {
    name: name
    for name in [
        *(f"iso8859-{part}" for part in (2, 4, 5, 7, 10, 13, 14, 15)),
        *(f"cp125{part}" for part in range(8)),
        *("cp437", "cp850", "cp865", "koi8-r", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"),
    ]
} | {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_REPLACEMENT = "\ufffd"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u00ad\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, the encoding it was read as, and what is uncertain about it."""

    text: str
    encoding: str
    notes: tuple[Unread, ...] = ()


def decode(data: bytes) -> tuple[str, str]:
    r"""Return the text of some bytes and the encoding that was assumed.

    Line ends become ``\n`` and the text is put in Unicode NFC; offsets point into the result, which is what is stored.
    """
    decoded = decode_declared(data)
    return decoded.text, decoded.encoding


def decode_declared(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of bytes that may come with a declared encoding, and notes on what was guessed.

    Valid UTF-8 is UTF-8 whatever is declared: no other encoding gives it by chance.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _replacing(data[2:], encoding, guessed=False)
    try:
        return Decoded(clean(data.decode("utf-8-sig")), "utf-8")
    except UnicodeDecodeError:
        known = declared_encoding(declared)
        return _replacing(data, known or "cp1252", guessed=known is None)


def declared_encoding(label: str | None) -> str | None:
    """Return the Python codec of a declared label, or ``None`` where it is unknown, or UTF-8 (which was tried)."""
    try:
        return _DECLARABLE.get(codecs.lookup(label.strip()).name) if label and label.isascii() else None
    except (LookupError, ValueError):
        return None


def _replacing(data: bytes, encoding: str, *, guessed: bool) -> Decoded:
    raw = data.decode(encoding, errors="replace")
    text = clean(raw)
    notes = []
    if guessed:
        first = next((place for place, character in enumerate(text) if not character.isascii()), 0)
        notes.append(
            Unread(
                _line(text, first), f"{sum(not c.isascii() and c != _REPLACEMENT for c in text)} characters", GUESSED
            )
        )
    if (replaced := text.count(_REPLACEMENT)) > 0:
        notes.append(Unread(_line(text, text.index(_REPLACEMENT)), f"{replaced} characters", REPLACED))
    return Decoded(text, encoding, tuple(notes))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def clean(text: str) -> str:
    r"""Return a text fit for storing: ``\n`` line ends, NFC, no control characters, break hints or lone surrogates."""
    if _UNFIT.search(text):
        text = _SURROGATE.sub(_REPLACEMENT, _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def read_text(data: bytes) -> Reading:
    """Return a plain text file."""
    decoded = decode_declared(data)
    return Reading(decoded.text, None, decoded.notes)


def preload_encodings() -> None:
    """Load the codecs, for a process that may soon open no more files."""
    for name in {*_DECLARABLE, *_DECLARABLE.values()}:
        codecs.lookup(name)
