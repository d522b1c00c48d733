"""The audit log: who wrote, or was shown contact details; a line of JSON each, added and never taken away.

It names tokens, roles and what was done to which claims or graphs, and holds no text of updates, no secret and nobody's
personal data. A write has two lines of one request: what was begun stands in the log before anything is changed.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from loaders.errors import CannotRunError


@dataclass(slots=True)
class Act:
    """Something that somebody does: who (name of the token), in which role, what, and details that may be kept."""

    who: str
    role: str
    what: str
    request: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def audit_file(store: Path, named: Path | None = None) -> Path:
    """Return the file of the audit log: the one named, else ``audit.jsonl`` in the store."""
    return named if named is not None else store / "audit.jsonl"


@contextmanager
def audited(path: Path, act: Act) -> Iterator[dict[str, Any]]:
    """Write down that an act begins and how it ended; yield where details of its outcome are put.

    Raises
    ------
    CannotRunError
        The log cannot be written: the act is not begun.
    """
    record(path, act, "begun")
    outcome: dict[str, Any] = {}
    try:
        yield outcome
    except BaseException as error:
        record(path, act, "failed", error=type(error).__name__)
        raise
    record(path, act, "done", **outcome)


def record(path: Path, act: Act, outcome: str, **more: Any) -> None:
    """Add a line; it is on the disk when this returns.

    Raises
    ------
    CannotRunError
        The log cannot be written.
    """
    when = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = {"when": when, "who": act.who, "role": act.role, "what": act.what, "outcome": outcome}
    line |= {"request": act.request} if act.request else {}
    text = json.dumps(line | act.details | more, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CannotRunError(
            f"{path}: the audit log cannot be written ({error.strerror}), so nothing was changed. "
            "Make room, or name another file with HANKEVERKKO_AUDIT."
        ) from error


def read_audit(path: Path, limit: int) -> list[dict[str, Any]]:
    """Return the last lines of a log, the latest first."""
    try:
        with path.open(encoding="utf-8") as file:
            last = deque(file, maxlen=limit)
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in reversed(last) if line.endswith("\n")]
