"""The list of the evidence: sentences and rows, narrowed by document, entity, standing and certainty."""

# ruff: noqa: S608 - SQL is put together from constants; what a client gave is bound

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from graph_api.search.cursors import read_cursor, write_cursor
from graph_api.search.records import EVIDENCE, Record, evidence, supported_facts
from loaders.errors import QueryError
from loaders.iris import BASE


@dataclass(frozen=True, slots=True)
class EvidenceFilters:
    """What the list is narrowed to.

    Parameters
    ----------
    document : str or None
        The document, by its IRI or the part of it after the kind.
    entity : str or None
        What the evidence speaks of, by its IRI.
    standing : str or None
        asserted, inferred or reviewed.
    rule : str or None
        What found it, with or without its version.
    min_confidence : float
        How certain it is at least.
    """

    document: str | None = None
    entity: str | None = None
    standing: str | None = None
    rule: str | None = None
    min_confidence: float = 0.0


def read_evidence_list(
    connection: sqlite3.Connection, filters: EvidenceFilters, *, limit: int = 20, cursor: str | None = None
) -> Record:
    """Return a page of the evidence in the order of its IRIs: `items`, `total`, and `next` (a cursor, or None).

    Raises
    ------
    QueryError
        The cursor belongs to another list, or a filter names nothing.
    """
    conditions, values = _conditions(connection, filters)
    holds = " AND ".join(["1", *conditions])
    total = connection.execute(f"SELECT count(*) FROM evidence e WHERE {holds}", values).fetchone()[0]
    if cursor is not None:
        position = read_cursor(filters, cursor)
        if len(position) != 1:
            raise QueryError("The cursor does not belong to this list. Leave it out.")
        holds, values = f"{holds} AND e.iri > ?", [*values, *position]
    query = EVIDENCE.format(more="e.id,", tables="evidence e")
    rows = connection.execute(f"{query} WHERE {holds} ORDER BY e.iri LIMIT ?", (*values, limit + 1)).fetchall()
    facts = supported_facts(connection, [row["id"] for row in rows[:limit]])
    following = write_cursor(filters, [rows[limit - 1]["iri"]]) if len(rows) > limit else None
    items = [{**evidence(row), "facts": facts[row["id"]]} for row in rows[:limit]]
    return {"items": items, "total": int(total), "next": following}


def _conditions(connection: sqlite3.Connection, filters: EvidenceFilters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    if filters.document is not None:
        conditions.append("e.document = ?")
        values.append(_number(connection, filters.document, f"{BASE}document/{filters.document}"))
    if filters.entity is not None:
        number = _number(connection, filters.entity, BASE + filters.entity)
        about = "SELECT b.evidence FROM fact f JOIN basis b ON b.fact = f.id WHERE"
        conditions.append(f"e.id IN ({about} f.subject = ? UNION {about} f.object = ?)")
        values += [number, number]
    if filters.standing is not None:
        conditions.append("e.standing = ?")
        values.append(filters.standing)
    if filters.rule is not None:
        conditions.append("(e.rule = ? OR substr(e.rule, 1, instr(e.rule, '/') - 1) = ?)")
        values += [filters.rule, filters.rule]
    if filters.min_confidence > 0:
        conditions.append("e.confidence >= ?")
        values.append(filters.min_confidence)
    return conditions, values


def _number(connection: sqlite3.Connection, *iris: str) -> int:
    marks = ", ".join("?" * len(iris))
    row = connection.execute(f"SELECT id FROM entity WHERE iri IN ({marks})", iris).fetchone()
    if row is None:
        raise QueryError("The entity that the evidence is narrowed to is not known. Give its IRI.")
    return int(row["id"])
