"""Frames on a pipe: four bytes of length, then that many bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")


def frame(content: bytes) -> bytes:
    """Return some bytes with their length before them."""
    return LENGTH.pack(len(content)) + content


def json_frame(content: Any) -> bytes:
    """Return data as a frame of JSON."""
    return frame(json.dumps(content, ensure_ascii=False).encode("utf-8"))


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Return the next frame of a pipe, or ``None`` where it has ended."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None
