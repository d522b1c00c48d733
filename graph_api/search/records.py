"""One entity with all that is told of it, as plain values ready for JSON."""

# ruff: noqa: S608 - SQL is put together from constants; what a client gave is bound

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any

from graph_api.search.facts import TOLD
from graph_api.search.kinds import api_path, page_path

Record = dict[str, Any]
MOST_LINKS = 100
_MOST_EVIDENCE = 3
_FACT = (
    "SELECT f.id, f.predicate, f.value, f.datatype, f.language, f.standing, f.confidence, f.subject AS node,"
    " o.iri, o.kind, o.name FROM fact f LEFT JOIN entity o ON o.id = {other}"
)
EVIDENCE = (
    'SELECT {more} e.iri, e.quote, e.start, e."end", e.row, e."column", e.sheet, e.standing, e.confidence, e.rule,'
    " d.iri AS d_iri, d.name AS d_name FROM {tables} LEFT JOIN entity d ON d.id = e.document"
)
# The n-ary nodes that are told with an entity, as its parts.
_PARTS = ("participation", "funding")


def as_json(value: object) -> bytes:
    """Return a value as compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def packed(record: object) -> bytes:
    """Return a record as it is kept in the read model: compressed JSON."""
    return zlib.compress(as_json(record), 3)


def kept_record(
    connection: sqlite3.Connection, iri: str, kind: str | None = None, *, funder: bool = False
) -> bytes | None:
    """Return the record of an entity as JSON, as `read_record` gives it for all that is told.

    `kind` and `funder` say what it has to be; None where it is not, or is not known.
    """
    row = connection.execute(
        "SELECT e.kind, e.funder, k.record FROM entity e LEFT JOIN kept k ON k.entity = e.id WHERE e.iri = ?", (iri,)
    ).fetchone()
    if row is None or (kind is not None and row["kind"] != kind) or (funder and not row["funder"]):
        return None
    return as_json(read_record(connection, iri)) if row["record"] is None else zlib.decompress(row["record"])


def read_record(connection: sqlite3.Connection, iri: str, minimum: float = 0.0) -> Record | None:
    """Return what is told of an entity, without what is less certain than `minimum`; None where it is not known.

    Evidence, which many facts share, is told once: facts name it by its IRI.
    """
    row = connection.execute(
        "SELECT e.*, t.iri AS t_iri, t.kind AS t_kind, t.name AS t_name FROM entity e"
        " LEFT JOIN entity t ON t.id = e.type WHERE e.iri = ?",
        (iri,),
    ).fetchone()
    if row is None:
        return None
    number = row["id"]
    names = connection.execute(
        "SELECT text, language FROM name WHERE entity = ? GROUP BY text, language ORDER BY min(rank), min(rowid)",
        (number,),
    )
    linked = "f.object = ? AND o.kind NOT IN ('participation', 'funding')"
    parts = {kind: _parts(connection, number, kind) for kind in _PARTS}
    nodes = [node for of_kind in parts.values() for node in of_kind]
    facts = {
        "facts": _rows(connection, "f.subject = ?", (number,), minimum),
        "links": _rows(connection, linked, (number,), minimum, other="f.subject"),
        "parts": _rows(connection, f"f.subject IN ({_marks(nodes)})", tuple(nodes), minimum, most=None),
    }
    grounds, pieces = _grounds(connection, [fact["id"] for rows in facts.values() for fact in rows])
    told = {name: [(f["node"], _with_grounds(f, grounds)) for f in rows] for name, rows in facts.items()}
    record = {**summary(row), "page": page_path(iri)}
    record["names"] = [_without_none({"text": n["text"], "language": n["language"] or None}) for n in names]
    record |= {name: [fact for _, fact in told[name]] for name in ("facts", "links")}
    record["links_total"] = _count(connection, linked, number, minimum)
    for kind, of_kind in parts.items():
        gathered = {node: [fact for of_node, fact in told["parts"] if of_node == node] for node in of_kind}
        record[f"{kind}s"] = [{"iri": of_kind[node], "facts": said} for node, said in gathered.items() if said]
    return record | {"evidence": pieces}


def summary(row: sqlite3.Row) -> Record:
    """Return what a list tells of an entity."""
    told = {
        "iri": row["iri"],
        "kind": row["kind"],
        "name": row["name"],
        "type": reference(row["t_iri"], row["t_kind"], row["t_name"]) if row["t_iri"] else None,
        "funder": bool(row["funder"]),
        "named": bool(row["named"]),
        "start": row["started"],
        "end": row["ended"],
        "confidence": row["confidence"],
        "connections": row["degree"],
        "url": api_path(row["iri"], row["kind"]),
    }
    return _without_none(told)


def _without_none(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}


def reference(iri: str, kind: str, name: str) -> Record:
    """Return how another entity is named in a record."""
    return {"iri": iri, "kind": kind, "name": name, "url": api_path(iri, kind)}


def read_evidence_record(connection: sqlite3.Connection, iri: str) -> Record | None:
    """Return a piece of evidence with the facts that rest on it; None where it is not known."""
    query = EVIDENCE.format(more="e.id,", tables="evidence e") + " WHERE e.iri = ?"
    row = connection.execute(query, (iri,)).fetchone()
    return None if row is None else {**evidence(row), "facts": supported_facts(connection, [row["id"]])[row["id"]]}


def evidence(row: sqlite3.Row) -> Record:
    """Return a piece of evidence: the words, where they stand, and how they were found."""
    found = {name: row[name] for name in ("iri", "quote", "start", "end", "row", "column", "sheet")}
    found["document"] = reference(row["d_iri"], "document", row["d_name"]) if row["d_iri"] else None
    found |= {name: row[name] for name in ("standing", "confidence", "rule")}
    found["url"] = api_path(row["iri"], "evidence")
    return _without_none(found)


def supported_facts(connection: sqlite3.Connection, pieces: Iterable[int]) -> dict[int, list[Record]]:
    """Return the facts that rest on pieces of evidence, with their subjects."""
    found: dict[int, list[Record]] = {}
    for piece in pieces:
        rows = connection.execute(
            "SELECT s.iri AS s_iri, s.kind AS s_kind, s.name AS s_name, f.predicate, f.value, f.datatype, f.language,"
            " f.standing, f.confidence, o.iri, o.kind, o.name FROM basis b JOIN fact f ON f.id = b.fact"
            " JOIN entity s ON s.id = f.subject LEFT JOIN entity o ON o.id = f.object WHERE b.evidence = ?"
            " ORDER BY f.id LIMIT ?",
            (piece, MOST_LINKS),
        )
        found[piece] = [
            {"subject": reference(row["s_iri"], row["s_kind"], row["s_name"]), **_told(row)} for row in rows
        ]
    return found


def _told(row: sqlite3.Row) -> Record:
    told: Record = {"property": row["predicate"], "property_iri": TOLD[row["predicate"]] + row["predicate"]}
    if row["iri"] is not None:
        told["entity"] = reference(row["iri"], row["kind"], row["name"])
    else:
        told["value"] = row["value"]
        told |= {name: row[name] for name in ("datatype", "language") if row[name]}
    if row["standing"] is not None:
        told["standing"] = row["standing"]
    if row["confidence"] is not None:
        told["confidence"] = row["confidence"]
    return told


def _parts(connection: sqlite3.Connection, number: int, kind: str) -> dict[int, str]:
    rows = connection.execute(
        "SELECT DISTINCT o.id, o.iri FROM fact f JOIN entity o ON o.id = f.subject"
        " WHERE f.object = ? AND o.kind = ? ORDER BY o.iri LIMIT ?",
        (number, kind, MOST_LINKS),
    )
    return {row["id"]: row["iri"] for row in rows}


def _rows(
    connection: sqlite3.Connection,
    condition: str,
    values: tuple[object, ...],
    minimum: float,
    *,
    other: str = "f.object",
    most: int | None = MOST_LINKS,
) -> list[sqlite3.Row]:
    query = (
        f"{_FACT.format(other=other)} WHERE {condition} AND coalesce(f.confidence, 1.0) >= ?"
        " ORDER BY f.predicate, o.folded, f.value, f.id LIMIT ?"
    )
    return connection.execute(query, (*values, minimum, -1 if most is None else most)).fetchall()


def _with_grounds(row: sqlite3.Row, grounds: dict[int, list[str]]) -> Record:
    return {**_told(row), "evidence": grounds.get(row["id"], [])}


def _grounds(connection: sqlite3.Connection, facts: list[int]) -> tuple[dict[int, list[str]], dict[str, Record]]:
    """Return the IRIs of the evidence of facts, the most certain pieces of each, and the pieces by IRI."""
    grounds: dict[int, list[str]] = {}
    pieces: dict[str, Record] = {}
    query = EVIDENCE.format(more="b.fact,", tables="basis b JOIN evidence e ON e.id = b.evidence")
    rows = connection.execute(f"{query} WHERE b.fact IN ({_marks(facts)}) ORDER BY e.confidence DESC, e.iri", facts)
    for row in rows:
        named = grounds.setdefault(row["fact"], [])
        if len(named) < _MOST_EVIDENCE:
            named.append(row["iri"])
            if row["iri"] not in pieces:
                pieces[row["iri"]] = evidence(row)
    return grounds, pieces


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _count(connection: sqlite3.Connection, condition: str, number: int, minimum: float) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM fact f JOIN entity o ON o.id = f.subject WHERE {condition}"
        " AND coalesce(f.confidence, 1.0) >= ?",
        (number, minimum),
    ).fetchone()
    return int(row[0])
