"""What a file is, by its content; its name says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from loaders.errors import ReadError

_HEAD = 4096
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|section|div|main|meta|title|table|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:(?:[ \t]|$)")
_MAIL_FIELDS = (
    {b"mime-version"},
    {b"from", b"date"},
    {b"from", b"received"},
    {b"from", b"message-id"},
    {b"from", b"to"},
)
_TYPES_OF_MESSAGES = re.compile(
    rb"^content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE
)


class Format(StrEnum):
    """A format that documents come in; the value is its media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    MAIL = "message/rfc822"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # a table: `loaders.tables` tells it


_REFUSED: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (
        lambda data: data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "an Office file that is protected by a password or in the format of Word 97–2003. Save it as .docx, unprotected.",
    ),
    (lambda data: data.startswith(b"{\\rtf"), "a Rich Text file. Save it as .docx or as text."),
    (
        lambda data: data.startswith(b"PK"),
        "a ZIP archive and no Word document. Unpack it, or save it as .docx or as text.",
    ),
    (
        lambda data: data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
        "an image. Recognise its text first (OCR), and give the text.",
    ),
)


def recognise(data: bytes) -> Format:
    """Return the format of a file.

    Raises
    ------
    ReadError
        The format is none that is read; the message lacks the name of the file, which the caller knows.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04") and b"word/document" in data:
        return Format.DOCX
    for is_it, sentence in _REFUSED:
        if is_it(data):
            raise ReadError(f"is {sentence}")
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _is_message(data[:65_536]):
        return Format.MAIL
    if _HTML.match(head):
        return Format.HTML
    if b"\x00" in head and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError(
            "is neither text nor a format that is read (HTML, PDF, DOCX, e-mail). Convert it to text first."
        )
    return Format.TEXT


def _is_message(head: bytes) -> bool:
    """Return whether a file begins with the header of a message: field lines alone, and those that every message has.

    A page of labels and values ("Hankekoodi: S1") has other labels.
    """
    head = head.lstrip()
    if not head.startswith(b"From ") and not _FIELD.match(head):
        return False
    lines = re.split(rb"\r?\n", head)
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    names: set[bytes] = set()
    for line in lines[:400]:
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t") and names:
            continue
        if not _FIELD.match(line):
            return False
        names.add(line.partition(b":")[0].lower())
    return any(needed <= names for needed in _MAIL_FIELDS) or (
        b"content-type" in names and _TYPES_OF_MESSAGES.search(head) is not None
    )
