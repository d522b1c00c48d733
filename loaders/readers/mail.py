"""Pages saved as e-mail (.eml) or as a web archive (.mhtml, .mht): the page alone, never what the header says.

Sender, subject and receivers are no facts about a project, and hold contact details.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

from loaders.errors import ReadError
from loaders.readers.html import WEB_ADDRESS, read_html
from loaders.readers.reading import Reading
from loaders.readers.text import decode_declared

_MAX_PARTS = 2_000
# A line that ends in a blank goes on, unless it is the mark of a signature (RFC 3676).
_FLOWING = re.compile(r"(?<!^--) \n(?!>)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def read_mail(data: bytes) -> Reading:
    """Return the page in a message: its HTML part, else its plain text.

    Raises
    ------
    ReadError
        The message holds neither.
    """
    # The compat32 policy reads damaged headers; the newer ones stop at many of them.
    message = email.message_from_bytes(data.lstrip())
    parts = list(_parts(message))
    for wanted, read in (("text/html", _page), ("text/plain", _plain)):
        for part in parts:
            if part.get_content_type() == wanted:
                reading = read(part)
                if reading.text.strip():
                    return reading
    raise ReadError("is a message without a page or a text in it. Save the page itself, as HTML or text.")


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            return
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            yield part


def _page(part: Message) -> Reading:
    page = read_html(_content(part), _charset(part))
    location = str(part.get("Content-Location", "")).strip()
    address = page.address or (location if WEB_ADDRESS.fullmatch(location) else None)
    return Reading(page.text, address, page.notes)


def _plain(part: Message) -> Reading:
    decoded = decode_declared(_content(part), _charset(part))
    text = decoded.text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _FLOWING.sub(" ", text)
    text = "\n".join(line.strip() for line in text.split("\n"))
    return Reading(_BLANK_LINES.sub("\n\n", text).strip() + "\n", None, decoded.notes)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None
