"""Names of entities in the reader's language, put into what the read model tells (which is in Finnish first)."""

# ruff: noqa: S608 - SQL is put together from constants; what a client gave is bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from graph_api.search.entities import ALTERNATIVE

_AT_ONCE = 500
_UNNAMED = frozenset({"person", "participation", "funding", "evidence"})


def in_language(connection: sqlite3.Connection, told: Any, language: str) -> Any:
    """Return records or lists with the entities in them named in a language, where they have a name in it."""
    if language == "fi":  # the read model prefers it already
        return told
    names = names_of(connection, sorted(set(_iris(told))), language)
    return _renamed(told, names)


def names_of(connection: sqlite3.Connection, iris: list[str], language: str) -> dict[str, str]:
    """Return the preferred names of entities in a language, by IRI."""
    found: dict[str, str] = {}
    for start in range(0, len(iris), _AT_ONCE):
        some = iris[start : start + _AT_ONCE]
        rows = connection.execute(
            "SELECT e.iri, n.text FROM entity e JOIN name n ON n.entity = e.id"
            f" WHERE e.iri IN ({', '.join('?' * len(some))}) AND n.language = ? AND n.rank < ?"
            " ORDER BY n.rank DESC, n.rowid DESC",
            (*some, language, ALTERNATIVE),
        )
        found |= {row["iri"]: row["text"] for row in rows}
    return found


def _iris(told: Any) -> Iterator[str]:
    for part in _parts(told):
        if _is_named(part):
            yield part["iri"]


def _parts(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
    for inner in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from _parts(inner)


def _is_named(part: dict[str, Any]) -> bool:
    return "iri" in part and "name" in part and part.get("kind") not in _UNNAMED


def _renamed(told: Any, names: dict[str, str]) -> Any:
    if isinstance(told, list):
        return [_renamed(inner, names) for inner in told]
    if not isinstance(told, dict):
        return told
    found = {name: _renamed(inner, names) for name, inner in told.items()}
    if _is_named(told):
        found["name"] = names.get(told["iri"], told["name"])
    return found
