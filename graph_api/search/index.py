"""Search over the names of everything in a generation, and where the read model is opened.

A query's words of three characters or more are looked for inside words (SQLite FTS5, trigrams), each also as a form of
a word that names hold ("Limingan" → "Liminka"); shorter ones begin a word. All words have to be there; where no entity
has them all, any of them will do. The order: what is called exactly so, what has the words as whole words, what documents
name, then BM25 (Robertson & Zaragoza 2009; names count ten times as much as descriptions, alternative names five times).
"""

# ruff: noqa: S608 - SQL is put together from constants; what a client gave is bound

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_api.search.build import ensure_model
from graph_api.search.entities import SEARCHED
from graph_api.search.folding import SHORTEST_TRIGRAM, fold, words
from graph_api.store import current
from loaders.errors import CannotRunError

_CONNECTIONS = 4
_MOST_WORDS = 12
_MOST_VARIANTS = 24
_LONGEST = 400
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found. `score` grows with relevance and compares hits of one query alone."""

    iri: str
    kind: str
    name: str
    type: str | None
    is_named: bool
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what was found, the number of all, and whether all words of the query were found together."""

    hits: tuple[Hit, ...]
    total: int
    has_all_words: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The condition that a query makes on `entity e`, as SQL; empty where the query has no words."""

    tables: str
    condition: str
    values: tuple[object, ...]
    tokens: tuple[str, ...]


class SearchIndex:
    """The read model of one generation, open for reading; it may be used from several threads at a time.

    The file stays open, so that answers go on when another generation comes into force and this one is removed.
    """

    def __init__(self, path: Path, generation: str) -> None:
        self.generation = generation
        self._all = [_connect(path) for _ in range(_CONNECTIONS + 1)]
        self._free: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        for connection in self._all[1:]:
            self._free.put(connection)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; its rows have names."""
        lent = self._free.get()
        try:
            yield lent
        finally:
            self._free.put(lent)

    def quick(self) -> sqlite3.Connection:
        """Return the connection that is kept for look-ups of one thread, for which nobody has to wait."""
        return self._all[0]

    def close(self) -> None:
        """Close the file."""
        for connection in self._all:
            connection.close()

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[str] = SEARCHED,
        named_only: bool = False,
        limit: int = 20,
        offset: int = 0,
    ) -> Page:
        """Return the entities that a text finds, the best first.

        Parameters
        ----------
        text : str
            Words, or parts of words; a text without any finds nothing.
        kinds : sequence of str
            Of which kinds: organisation, initiative, pilot, method, place, person, document.
        named_only : bool
            Leave out what the vocabularies know and no document names.
        limit, offset : int
            Which part of the list.
        """
        with self.connection() as connection:
            for every in (True, False):
                match = find_match(connection, text, every=every)
                if match is None:
                    return Page((), 0, True)
                marks = ", ".join("?" * len(kinds))
                condition = f"{match.condition} AND e.kind IN ({marks})" + " AND e.named" * named_only
                values = (*match.values, *kinds)
                tables = f"{match.tables} JOIN entity e ON e.id = m.id"
                counted = f"SELECT count(*) FROM {tables} WHERE {condition}"
                total = int(connection.execute(counted, values).fetchone()[0])
                if total:
                    order, order_values = ranking(text, match)
                    rows = connection.execute(
                        "SELECT e.iri, e.kind, e.name, t.name AS type, e.named, m.score AS score"
                        f" FROM {tables} LEFT JOIN entity t ON t.id = e.type WHERE {condition}"
                        f" ORDER BY {order}, e.folded, e.id LIMIT ? OFFSET ?",
                        (*values, *order_values, limit, offset),
                    ).fetchall()
                    return Page(tuple(_hit(row) for row in rows), total, every)
        return Page((), 0, True)

    def find(self, iri: str) -> Hit | None:
        """Return the entity of that IRI; None where the graph has none."""
        with self.connection() as connection:
            row = connection.execute(
                "SELECT e.iri, e.kind, e.name, t.name AS type, e.named, 0 AS score FROM entity e"
                " LEFT JOIN entity t ON t.id = e.type WHERE e.iri = ?",
                (iri,),
            ).fetchone()
        return None if row is None else _hit(row)

    def names(self, iri: str) -> list[tuple[str, str]]:
        """Return the names of an entity with their languages ("" for none), the preferred one first."""
        with self.connection() as connection:
            rows = connection.execute(
                "SELECT n.text, n.language FROM name n JOIN entity e ON e.id = n.entity WHERE e.iri = ?"
                " ORDER BY n.rank, n.rowid",
                (iri,),
            ).fetchall()
        return [(row["text"], row["language"]) for row in rows]


def open_index(store: Path) -> SearchIndex:
    """Open the search index of the generation in force, made where it is not there yet.

    Raises
    ------
    CannotRunError
        There is no store, it is damaged, or its folder cannot be written.
    """
    for attempt in range(_ATTEMPTS):
        generation = current(store)
        try:
            return SearchIndex(ensure_model(store, generation), generation.folder.name)
        except (CannotRunError, sqlite3.Error):
            if attempt == _ATTEMPTS - 1 or generation.folder.is_dir():
                raise  # else the generation was replaced at that moment
    raise CannotRunError("The store changes too fast to be read. Try again.")


def find_match(connection: sqlite3.Connection, text: str, *, every: bool) -> Match | None:
    """Return the condition under which an entity is found: all of the words, or any of them; None without words."""
    asked = words(fold(text[:_LONGEST]))[:_MOST_WORDS]
    if not asked:
        return None
    long = [word for word in asked if len(word) >= SHORTEST_TRIGRAM]
    short = [word for word in asked if len(word) < SHORTEST_TRIGRAM]
    variants = {word: [word, *_base_words(connection, word)] for word in long}
    tokens = tuple(variant for word in asked for variant in variants.get(word, [word]))
    beginning = "SELECT DISTINCT entity FROM token WHERE token >= ? AND token < ?"
    if not long:
        joined = (" INTERSECT " if every else " UNION ").join([beginning] * len(short))
        values = tuple(edge for word in short for edge in _edges(word))
        table = f"(SELECT entity AS id, 0.0 AS score FROM ({joined})) m"
        return Match(table, "1", values, tokens)
    groups = [" OR ".join(_quoted(variant) for variant in variants[word]) for word in long]
    asked_of = (" AND " if every else " OR ").join(f"({group})" for group in groups)
    table = "(SELECT rowid AS id, -bm25(found, 10.0, 5.0, 1.0) AS score FROM found WHERE found MATCH ?) m"
    condition = "".join(f" AND m.id IN ({beginning})" for _ in short) if every else ""
    values = (asked_of, *(edge for word in short if every for edge in _edges(word)))
    return Match(table, f"1{condition}", values, tokens)


def ranking(text: str, match: Match) -> tuple[str, tuple[object, ...]]:
    """Return how what a query found is ordered, as SQL with its values."""
    marks = ", ".join("?" * len(match.tokens))
    exact = "EXISTS (SELECT 1 FROM name n WHERE n.entity = e.id AND n.folded = ?) DESC"
    whole = f"(SELECT count(*) FROM token t WHERE t.entity = e.id AND t.token IN ({marks})) DESC"
    return f"{exact}, {whole}, e.named DESC, m.score DESC", (fold(text), *match.tokens)


def _base_words(connection: sqlite3.Connection, word: str) -> list[str]:
    """Return the words of which a word is a form, or the end or a part of a form."""
    rows = connection.execute(
        "SELECT w.word FROM form JOIN word w ON w.id = form.rowid WHERE form MATCH ?"
        " ORDER BY abs(length(w.word) - ?), w.word LIMIT ?",
        (_quoted(word), len(word), _MOST_VARIANTS),
    )
    return [base for (base,) in rows if word not in base]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _edges(word: str) -> tuple[str, str]:
    return word, word + "\U0010ffff"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("SELECT count(*) FROM word").fetchone()  # opens the file now
    return connection


def _hit(row: sqlite3.Row) -> Hit:
    return Hit(row[0], row[1], row[2], row[3], bool(row[4]), float(row[5]))
