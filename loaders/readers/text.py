"""Bytes to text: UTF-8 strictly, else Windows-1252 (a statistical detector mistakes Finnish for other encodings)."""

from __future__ import annotations

import unicodedata


def decode(data: bytes) -> tuple[str, str]:
    r"""Return the text of some bytes and the encoding that was assumed.

    Line ends become ``\n`` and the text is put in Unicode NFC; offsets point into the result, which is what is stored.
    """
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = data.decode("cp1252", errors="replace"), "cp1252"
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return unicodedata.normalize("NFC", text), encoding
