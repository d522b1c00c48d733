"""Why something was found: its name, another name, a description or a sentence about it, with the words marked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from graph_api.search.folding import fold
from graph_api.search.index import find_match

_WORD = re.compile(r"\w+")
_MOST_QUOTES = 60
_BEFORE, _LENGTH = 80, 240
Pieces = list[tuple[str, bool]]


def tokens_of(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """Return the words that a search looks for, in the form in which they are compared."""
    match = find_match(connection, text, every=True)
    return match.tokens if match else ()


def with_snippet(connection: sqlite3.Connection, item: dict[str, Any], tokens: tuple[str, ...]) -> dict[str, Any]:
    """Return an item of a list with its name and a text about it, in pieces of which some are marked."""
    name = mark(item["name"], tokens)
    texts = list(_texts(connection, item))
    found = next((text for text in texts if any(hit for _, hit in mark(text, tokens))), None)
    text = found or next((text for text in texts if text != item["name"]), "")
    return {**item, "marked": name, "snippet": mark(_cut(text, tokens), tokens) if text != item["name"] else []}


def mark(text: str, tokens: Iterable[str]) -> Pieces:
    """Return a text in pieces: words that have one of the tokens in them, and what stands between."""
    wanted, pieces, end = tuple(tokens), Pieces(), 0
    for word in _WORD.finditer(text):
        folded = fold(word[0])
        if any(token in folded for token in wanted):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _texts(connection: sqlite3.Connection, item: dict[str, Any]) -> Iterable[str]:
    """Yield other names, descriptions, and quotes (names of people are covered in them), the most certain first."""
    row = connection.execute("SELECT id FROM entity WHERE iri = ?", (item["iri"],)).fetchone()
    if row is None:
        return
    for query in (
        "SELECT text FROM name WHERE entity = ?1 AND text <> ?2 ORDER BY rank LIMIT ?3",
        "SELECT value FROM fact WHERE subject = ?1 AND value <> ?2 AND predicate IN ('description', 'definition') LIMIT ?3",
        "SELECT DISTINCT e.quote FROM fact f JOIN basis b ON b.fact = f.id JOIN evidence e ON e.id = b.evidence"
        " WHERE (f.subject = ?1 OR f.object = ?1) AND e.quote <> ?2 ORDER BY e.confidence DESC, e.id LIMIT ?3",
    ):
        for (text,) in connection.execute(query, (row["id"], item["name"], _MOST_QUOTES)):
            yield text


def _cut(text: str, tokens: tuple[str, ...]) -> str:
    """Return the part of a text around the first word that was looked for."""
    start = next((w.start() for w in _WORD.finditer(text) if any(t in fold(w[0]) for t in tokens)), 0)
    begin = 0 if start <= _BEFORE else text.rfind(" ", 0, start - _BEFORE // 2) + 1
    part = text[begin : begin + _LENGTH]
    return "… " * (begin > 0) + part.strip() + " …" * (begin + _LENGTH < len(text))
