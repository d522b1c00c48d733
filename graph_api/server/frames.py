"""Messages between the server and a worker: a letter, a length, and that many bytes.

From the server: ``Q`` a question (JSON). From the worker: ``R`` ready; ``H`` the form of the answer; ``W`` the form, a
line feed, and the whole answer; ``D`` data; ``E`` end; ``X`` an error (JSON: name and sentence).
"""

from __future__ import annotations

import struct

HEADER = struct.Struct(">cI")
QUESTION, READY, FORM, WHOLE, DATA, END, ERROR = b"Q", b"R", b"H", b"W", b"D", b"E", b"X"


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """Return a message as bytes."""
    return HEADER.pack(kind, len(payload)) + payload
