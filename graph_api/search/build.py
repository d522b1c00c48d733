"""Makes the read model of a generation: ``python -m graph_api.search.build STORE``.

The file is written beside its place and put there whole; whoever was first wins, for the content is the same.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph_api.search.entities import SEARCHED, Entity, read_entities
from graph_api.search.facts import TOLD, Evidence, Statement, read_evidence, read_statements
from graph_api.search.folding import fold, whole_and_parts, words
from graph_api.search.forms import read_genitives, word_forms
from graph_api.search.records import packed, read_record
from graph_api.search.schema import AFTERWARDS, TABLES, VERSION
from graph_api.store import Generation, current, open_database
from loaders.errors import CannotRunError, HankeverkkoError
from loaders.iris import document_graph

_STANDINGS = ("inferred", "asserted", "reviewed")


def model_path(generation: Generation) -> Path:
    """Return where the read model of a generation is, or will be."""
    return generation.folder / f"read-model-{VERSION}.sqlite"


def ensure_model(store: Path, generation: Generation | None = None) -> Path:
    """Return the read model of a generation (without one: of that in force), made where it is not there.

    Raises
    ------
    CannotRunError
        There is no store, it is damaged, or its folder cannot be written.
    """
    generation = generation or current(store)
    path = model_path(generation)
    if not path.is_file():
        _make(open_database(generation.graph, store), path)
    return path


def _make(graph: ox.Store, path: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix="read-model-", suffix=".draft", dir=path.parent)
    except OSError as error:
        raise CannotRunError(
            f"The search index cannot be written to {path.parent} ({error.strerror}). Let this user write there."
        ) from error
    os.close(handle)
    draft = Path(name)
    try:
        write_model(graph, draft)
        draft.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotRunError(f"The search index cannot be written to {path} ({error}). Make room there.") from error
    finally:
        draft.unlink(missing_ok=True)


def write_model(graph: ox.Store, path: Path) -> None:
    """Write the read model of a graph to an empty file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;")
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        entities = read_entities(graph)
        ids = {iri: number for number, iri in enumerate(sorted(entities), 1)}
        _write_entities(connection, entities, ids)
        _write_forms(connection, word_forms(entities.values(), read_genitives(graph)))
        connection.executemany(
            "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?)", _statement_rows(read_statements(graph), ids)
        )
        _write_evidence(connection, read_evidence(graph), ids)
        connection.execute("COMMIT")
        connection.executescript(AFTERWARDS)
        _name_people(connection)
        connection.execute("ANALYZE")
        _keep_records(connection)
        connection.execute("VACUUM")
    finally:
        connection.close()


def _write_entities(connection: sqlite3.Connection, entities: dict[str, Entity], ids: dict[str, int]) -> None:
    for iri, number in ids.items():
        entity = entities[iri]
        shown = entity.shown()
        row = (number, iri, entity.kind, shown, fold(shown), entity.is_funder, entity.is_named)
        connection.execute(
            "INSERT INTO entity (id, iri, kind, name, folded, funder, named) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
        connection.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
            [(number, n.text, n.language, n.rank, fold(n.text)) for n in sorted(entity.names)],
        )
        if entity.kind in SEARCHED:
            _index(connection, number, entity)


def _index(connection: sqlite3.Connection, number: int, entity: Entity) -> None:
    columns = [fold("\n".join(texts)) for texts in (entity.preferred(), entity.alternatives(), entity.descriptions)]
    connection.execute(
        "INSERT INTO found (rowid, preferred, alternative, description) VALUES (?, ?, ?, ?)", (number, *columns)
    )
    tokens = {part for text in columns[:2] for word in words(text) for part in whole_and_parts(word)}
    connection.executemany("INSERT OR IGNORE INTO token VALUES (?, ?)", [(token, number) for token in sorted(tokens)])


def _write_forms(connection: sqlite3.Connection, forms: dict[str, set[str]]) -> None:
    for number, (word, its_forms) in enumerate(sorted(forms.items()), 1):
        connection.execute("INSERT INTO word VALUES (?, ?)", (number, word))
        connection.execute("INSERT INTO form (rowid, forms) VALUES (?, ?)", (number, "\n".join(sorted(its_forms))))


def _statement_rows(statements: Iterable[Statement], ids: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for said in statements:
        subject, value = ids.get(said.subject), ids.get(said.value) if said.is_entity else None
        if subject is not None and (value is not None or not said.is_entity):
            text = "" if said.is_entity else said.value
            yield subject, said.predicate, value, text, said.datatype, said.language, said.graph


def _write_evidence(connection: sqlite3.Connection, evidence: Iterable[Evidence], ids: dict[str, int]) -> None:
    for number, piece in enumerate(evidence, 1):
        document = piece.parts.get("document", "")
        predicate = piece.parts.get("predicate", "").rpartition("#")[2].rpartition("/")[2]
        value = piece.parts.get("value", "") if predicate in TOLD else ""
        about = (ids.get(piece.parts.get("subject", "")), predicate, ids.get(value), "" if value in ids else value)
        where = (piece.parts.get("quote"), *(piece.number(name) for name in ("start", "end", "row")))
        where += (piece.parts.get("column"), piece.parts.get("sheet"))
        standing = piece.parts.get("standing")
        how = (standing, _STANDINGS.index(standing) if standing in _STANDINGS else -1, piece.confidence())
        row = (number, piece.iri, ids.get(document), document_graph(document.rpartition("/")[2]))
        connection.execute(
            f"INSERT INTO evidence VALUES ({', '.join('?' * 18)})",  # noqa: S608 - marks alone
            (*row, *about, *where, *how, piece.parts.get("rule")),
        )
        supported = [(number, ids[iri]) for iri in piece.supports if iri in ids]
        connection.executemany("INSERT OR IGNORE INTO support VALUES (?, ?)", supported)


def _name_people(connection: sqlite3.Connection) -> None:
    """Show people by their role and organisation."""
    people = connection.execute(
        "SELECT p.id, min(t.value), min(o.name) FROM entity p"
        " LEFT JOIN fact t ON t.subject = p.id AND t.predicate = 'jobTitle'"
        " LEFT JOIN fact w ON w.subject = p.id AND w.predicate = 'worksFor' LEFT JOIN entity o ON o.id = w.object"
        " WHERE p.kind = 'person' GROUP BY p.id"
    ).fetchall()
    for number, title, organisation in people:
        shown = ", ".join(part for part in (title or "Henkilö", organisation) if part)
        connection.execute("UPDATE entity SET name = ?, folded = ? WHERE id = ?", (shown, fold(shown), number))
        connection.execute("INSERT INTO name VALUES (?, ?, 'fi', 0, ?)", (number, shown, fold(shown)))
        connection.execute("DELETE FROM found WHERE rowid = ?", (number,))
        connection.execute("INSERT INTO found (rowid, preferred) VALUES (?, ?)", (number, fold(shown)))
        rows = [(token, number) for token in words(fold(shown))]
        connection.executemany("INSERT OR IGNORE INTO token VALUES (?, ?)", rows)


def _keep_records(connection: sqlite3.Connection) -> None:
    """Write the records of what documents name, so that a look-up has nothing to put together."""
    connection.row_factory = sqlite3.Row
    marks = ", ".join("?" * len(SEARCHED))
    query = f"SELECT id, iri FROM entity WHERE named AND kind IN ({marks}) ORDER BY id"  # noqa: S608 - marks alone
    named = connection.execute(query, SEARCHED).fetchall()
    connection.execute("BEGIN")
    for number, iri in named:
        connection.execute("INSERT INTO kept VALUES (?, ?)", (number, packed(read_record(connection, iri))))
    connection.execute("COMMIT")


def main() -> int:
    """Make the read model of the store that is named; the answer is one line of JSON."""
    try:
        told = {"path": str(ensure_model(Path(sys.argv[1])))}
    except HankeverkkoError as error:
        told = {"name": type(error).__name__, "detail": str(error)}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if "path" in told else 3


if __name__ == "__main__":
    sys.exit(main())
