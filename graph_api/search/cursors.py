"""Cursors: where a list goes on, in a form that clients hand back and need not understand."""

from __future__ import annotations

import base64
import binascii
import json

from loaders.errors import QueryError
from loaders.iris import digest

_LONGEST = 2000
Position = list[str | int]


def write_cursor(asked: object, position: Position) -> str:
    """Return the cursor of a position in the list that was asked for."""
    text = json.dumps([digest(asked, length=12), *position], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(asked: object, cursor: str) -> Position:
    """Return the position that a cursor names in the list that is asked for.

    Raises
    ------
    QueryError
        The cursor is not one of this server's, or belongs to another list.
    """
    wrong = QueryError("The cursor does not belong to this list. Follow the link to the next page, or leave it out.")
    if len(cursor) > _LONGEST:
        raise wrong
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        held = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise wrong from error
    if not isinstance(held, list) or not held or held[0] != digest(asked, length=12):
        raise wrong
    position = held[1:]
    if not all(isinstance(part, str) or (isinstance(part, int) and abs(part) < 2**53) for part in position):
        raise wrong
    return position
