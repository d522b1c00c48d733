"""Tokens: who may do more than the public, kept in a file as digests.

A token is ``hkv_<id>_<secret>``: the id finds the entry, the secret (256 bits of chance) proves the right. The file holds
the SHA-256 of the whole token. A slow hash guards passwords, which people choose and others can guess; nobody guesses 256
bits, and a slow hash would let anybody keep the server busy with wrong tokens.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from loaders.errors import CannotRunError, ReadError, UsageError

_NAME = re.compile(r"[\w][\w.-]{0,63}")
_TOKEN = re.compile(r"hkv_([0-9a-f]{12})_[\w-]{43}", re.ASCII)


class Role(StrEnum):
    """What a token is good for; each role may also do what those before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    STEWARD = "steward"

    def covers(self, other: Role) -> bool:
        """Say whether this role may do what the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class Entry:
    """One token as it is kept: times are ISO 8601, and empty where there is none."""

    id: str
    name: str
    role: Role
    digest: str
    created: str
    expires: str = ""
    revoked: str = ""

    def is_in_force(self, today: date) -> bool:
        """Say whether the token still opens anything; the day it expires on is its last."""
        return not self.revoked and (not self.expires or today.isoformat() <= self.expires)


def tokens_file(store: Path, named: Path | None = None) -> Path:
    """Return the file of tokens: the one named, else ``tokens.json`` in the store."""
    return named if named is not None else store / "tokens.json"


def read_tokens(path: Path) -> list[Entry]:
    """Return the entries of a file; none where there is no file.

    Raises
    ------
    ReadError
        The file is damaged.
    """
    try:
        return [Entry(**{**item, "role": Role(item["role"])}) for item in json.loads(path.read_text("utf-8"))["tokens"]]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, KeyError) as error:
        raise ReadError(
            f"{path}: the tokens cannot be read ({type(error).__name__}). Take the file away and make new ones."
        ) from error
    except OSError as error:
        raise CannotRunError(
            f"{path}: the tokens cannot be read ({error.strerror}). Check who owns the file."
        ) from error


def create_token(path: Path, name: str, role: Role, expires: date | None = None) -> str:
    """Make a token and return it; it is not kept, and cannot be shown again.

    Parameters
    ----------
    path : Path
        The file of tokens.
    name : str
        Whose it is: letters, digits, "-", "_" and "."; it stands in the audit log and in reviews.
    role : Role
        What it is good for.
    expires : date, optional
        The last day on which it is.

    Raises
    ------
    UsageError
        The name is taken or no name, or the day is past.
    """
    today = datetime.now(UTC).date()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name of a token. Use letters, digits, '-', '_' and '.', 64 at most, as in reading-room."
        )
    if expires is not None and expires < today:
        raise UsageError(f"{expires} is past. Give a day to come with --expires.")
    identifier = secrets.token_hex(6)
    token = f"hkv_{identifier}_{secrets.token_urlsafe(32)}"
    last = expires.isoformat() if expires else ""
    with _changing(path) as entries:
        if any(entry.name == name and entry.is_in_force(today) for entry in entries):
            raise UsageError(f"There is a token {name!r} already. Choose another name, or revoke that one first.")
        entries.append(Entry(identifier, name, role, _digest(token), _now(), last))
    return token


def revoke_token(path: Path, name: str) -> Entry:
    """Take the right of a token away, at once; returns its entry.

    Raises
    ------
    UsageError
        No token in force has that name or id.
    """
    with _changing(path) as entries:
        for index, entry in enumerate(entries):
            if name in {entry.name, entry.id} and not entry.revoked:
                entries[index] = replace(entry, revoked=_now())
                return entries[index]
    raise UsageError(f"There is no token {name!r} to revoke. See: hankeverkko token list")


def find_token(entries: list[Entry], given: str) -> Entry | None:
    """Return the entry that a token belongs to, in force or not; the time it takes tells nothing of a secret."""
    matched = _TOKEN.fullmatch(given)
    identifier = matched.group(1) if matched else ""
    entry = next((entry for entry in entries if entry.id == identifier), None)
    is_right = hmac.compare_digest(_digest(given), entry.digest if entry else _digest(""))
    return entry if is_right else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _changing(path: Path) -> Iterator[list[Entry]]:
    """Yield the entries; as they are when the block ends, they take the file's place at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(path.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            entries = read_tokens(path)
            yield entries
            _write(path, entries)
    except OSError as error:
        raise CannotRunError(
            f"{path}: cannot be written ({error.strerror}). Name another with HANKEVERKKO_TOKENS."
        ) from error


def _write(path: Path, entries: list[Entry]) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"tokens": [asdict(entry) for entry in entries]}, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
