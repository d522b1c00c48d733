"""The server's log: a line of JSON for each request and each notice. It names nobody.

A request is told by its route (the pattern, not the address), so that no name and no word of a query stands in the log;
queries and clients are told apart by marks that a key of this process makes, which mean nothing after it has ended.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.types import Scope

LOGGER = logging.getLogger("hankeverkko.server")
_KEY = secrets.token_bytes(16)


def mark_of(text: str) -> str:
    """Return what stands for a text in the log of this process."""
    return hashlib.blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=6, key=_KEY).hexdigest()


def note(scope: Scope, **details: Any) -> None:
    """Add details to the line of a request: none that may name anybody."""
    scope.setdefault("state", {}).setdefault("notes", {}).update(details)


class JsonLines(logging.Formatter):
    """Writes a record as a line of JSON: of an error its kind and where it arose, not its text, which may quote data."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, Any] = {"when": when, "level": record.levelname.lower(), "logger": record.name}
        line |= getattr(record, "details", None) or {"event": record.getMessage().strip()}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            line |= {"error": type(error).__name__, "at": [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-8:]]}
        return json.dumps(line, ensure_ascii=False, default=str)


def start_log() -> None:
    """Let the server's log, and what uvicorn has to say, go to standard error as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for logger, level in ((LOGGER, logging.INFO), (logging.getLogger("uvicorn"), logging.WARNING)):
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
