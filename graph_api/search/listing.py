"""Lists of entities: filters, order, facets with counts, and pages that go on from where the last one ended."""

# ruff: noqa: S608 - SQL is put together from constants; what a client gave is bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph_api.search.cursors import Position, read_cursor, write_cursor
from graph_api.search.index import find_match, ranking
from graph_api.search.records import Record, reference, summary
from loaders.errors import QueryError
from loaders.iris import BASE

Sort = Literal["relevance", "name", "connections"]
_MOST_VALUES = 25
_SUMMARY = (
    "SELECT e.*, t.iri AS t_iri, t.kind AS t_kind, t.name AS t_name FROM {tables}"
    " LEFT JOIN entity t ON t.id = e.type WHERE {condition}"
)
# The ways in which an entity that narrows a list is tied to initiatives (`tie.link` of the read model).
_LINKS = {"method": "usesMethod", "funder": "funds", "organisation": "participatesIn", "initiative": "is"}
_TYPES = ("organisation-type", "initiative-kind", "place-kind")
_TIED = (
    "e.id IN (SELECT other.entity FROM tie JOIN tie other ON other.initiative = tie.initiative"
    " WHERE tie.entity = ? AND tie.link = ?)"
)


def _values(predicate: str) -> str:
    return f"SELECT f.object AS value FROM hit JOIN fact f ON f.subject = hit.id AND f.predicate = '{predicate}'"


def _tied(link: str) -> str:
    return (
        "SELECT DISTINCT hit.id, other.entity AS value FROM hit JOIN tie ON tie.entity = hit.id"
        f" JOIN tie other ON other.initiative = tie.initiative AND other.link = '{link}'"
    )


_REGIONS = (
    "SELECT p.place AS value FROM hit JOIN place p ON p.entity = hit.id"
    " JOIN entity r ON r.id = p.place JOIN entity k ON k.id = r.type AND k.iri = '" + BASE + "place-kind/region'"
)
_TIES = {"method": _tied("usesMethod"), "funder": _tied("funds")}
# What is counted beside a list, by kind: the name of the facet, which is that of a filter, and how its values are found.
FACETS = {
    "organisation": {"type": _values("organisationType"), "region": _REGIONS, **_TIES},
    "initiative": {"type": _values("initiativeKind"), "region": _REGIONS, **_TIES, "status": _values("status")},
    "pilot": {"region": _REGIONS, **_TIES, "initiative": _values("pilotOf")},
    "method": {"region": _REGIONS, "funder": _tied("funds")},
    "place": {"type": _values("placeKind"), "region": _REGIONS},
    "person": {"organisation": _values("worksFor"), "region": _REGIONS},
    "document": {"region": _REGIONS, **_TIES},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. Entities are given as IRIs, or as the part of the IRI after the kind.

    Parameters
    ----------
    kinds : tuple of str
        The kinds of entities.
    q : str or None
        Words to be found, as in `SearchIndex.search`.
    funders : bool
        Organisations that fund something alone.
    everything : bool
        Also what the vocabularies know and no document names.
    type : str or None
        The kind of organisation, initiative or place.
    place, region : str or None
        A place, and a place with all that lies in it.
    since, until : str or None
        Initiatives that ran on or after, on or before a day, month or year.
    method, funder, organisation, initiative : str or None
        What the entity is tied to.
    min_confidence : float
        How certain the most certain fact about the entity is at least.
    """

    kinds: tuple[str, ...]
    q: str | None = None
    funders: bool = False
    everything: bool = False
    type: str | None = None
    place: str | None = None
    region: str | None = None
    since: str | None = None
    until: str | None = None
    method: str | None = None
    funder: str | None = None
    organisation: str | None = None
    initiative: str | None = None
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL: tables with `entity e` among them, what holds, the values in order, and the order of a search."""

    tables: str
    holds: str
    values: tuple[object, ...]
    order: str = ""
    order_values: tuple[object, ...] = ()


def read_list(
    connection: sqlite3.Connection,
    filters: Filters,
    *,
    sort: Sort | None = None,
    limit: int = 20,
    cursor: str | None = None,
    facets: bool = False,
) -> Record:
    """Return a page of a list: `items`, `total`, `next` (a cursor, or None), and `facets` where they are wanted.

    Raises
    ------
    QueryError
        The cursor belongs to another list, the order is by relevance without words, or a filter names nothing.
    """
    sort = sort or ("relevance" if filters.q else "name")
    if sort == "relevance" and not filters.q:
        raise QueryError("There is no relevance without words: give them in q, or sort by name.")
    condition = _condition(connection, filters)
    if condition is None:
        return {"items": [], "total": 0, "next": None, "facets": {}}
    asked = (filters, sort)
    position = read_cursor(asked, cursor) if cursor is not None else None
    rows = _page(connection, condition, sort, limit + 1, position)
    more = len(rows) > limit
    counted = f"SELECT count(*) FROM {condition.tables} WHERE {condition.holds}"
    page: Record = {
        "items": [summary(row) for row in rows[:limit]],
        "total": int(connection.execute(counted, condition.values).fetchone()[0]),
        "next": write_cursor(asked, _position(rows[limit - 1], sort, limit, position)) if more else None,
    }
    if facets:
        page["facets"] = _facets(connection, condition, filters)
    return page


def _condition(connection: sqlite3.Connection, filters: Filters) -> Condition | None:
    """Return what the filters ask for; None where their words are none."""
    tables, holds, values = "entity e", [f"e.kind IN ({_marks(filters.kinds)})"], list[object](filters.kinds)
    order, order_values = "", tuple[object, ...]()
    if filters.q is not None:
        match = find_match(connection, filters.q, every=True)
        if match is None:
            return None
        tables = f"{match.tables} JOIN entity e ON e.id = m.id"
        holds, values = [match.condition, *holds], [*match.values, *values]
        order, order_values = ranking(filters.q, match)
    holds += ["e.named"] * (not filters.everything) + ["e.funder"] * filters.funders
    for condition, its_values in _narrowings(connection, filters):
        holds.append(condition)
        values += its_values
    return Condition(tables, " AND ".join(holds), tuple(values), order, order_values)


def _narrowings(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[str, list[object]]]:
    if filters.type is not None:
        iris = [filters.type, *(f"{BASE}{folder}/{filters.type}" for folder in _TYPES)]
        yield f"e.type IN (SELECT c.id FROM entity c WHERE c.iri IN ({_marks(iris)}))", list(iris)
    if filters.min_confidence > 0:
        yield "e.confidence >= ?", [filters.min_confidence]
    # Dates are as precise as their source: a year is compared with the year of a day.
    if filters.since is not None:
        yield (
            "substr(coalesce(e.ended, e.started), 1, ?) >= substr(?, 1, length(coalesce(e.ended, e.started)))",
            [
                len(filters.since),
                filters.since,
            ],
        )
    if filters.until is not None:
        yield (
            "substr(coalesce(e.started, e.ended), 1, ?) <= substr(?, 1, length(coalesce(e.started, e.ended)))",
            [
                len(filters.until),
                filters.until,
            ],
        )
    for name in ("place", "region"):
        given = getattr(filters, name)
        if given is not None:
            yield "e.id IN (SELECT entity FROM place WHERE place = ?)", [_known(connection, "place", given)]
    for kind, link in _LINKS.items():
        given = getattr(filters, kind)
        if given is not None:
            yield _TIED, [_known(connection, kind, given), link]


def _known(connection: sqlite3.Connection, kind: str, given: str) -> int:
    """Return the number of the entity that a filter names."""
    folder = "organisation" if kind == "funder" else kind
    iris = [given, f"{BASE}{folder}/{given}"] + [f"{BASE}pilot/{given}"] * (kind == "initiative")
    row = connection.execute(f"SELECT id FROM entity WHERE iri IN ({_marks(iris)})", iris).fetchone()
    if row is None:
        raise QueryError(
            f"The {kind} that the list is narrowed to is not known. Give its IRI, or what stands after {BASE}{folder}/ in it."
        )
    return int(row["id"])


def _page(
    connection: sqlite3.Connection, condition: Condition, sort: Sort, most: int, position: Position | None
) -> list[sqlite3.Row]:
    holds, values = condition.holds, list(condition.values)
    tail: list[object] = [most]
    if sort == "relevance":
        order = f"{condition.order}, e.folded, e.iri LIMIT ? OFFSET ?"
        values += condition.order_values
        tail.append(_offset(position))
    elif sort == "name":
        order = "e.folded, e.iri LIMIT ?"
        holds += " AND (e.folded, e.iri) > (?, ?)" * (position is not None)
    else:
        order = "-e.degree, e.folded, e.iri LIMIT ?"
        holds += " AND (-e.degree, e.folded, e.iri) > (?, ?, ?)" * (position is not None)
    if position is not None and sort != "relevance":
        if len(position) != (2 if sort == "name" else 3):
            raise QueryError("The cursor does not belong to this list. Leave it out.")
        values += position
    query = f"{_SUMMARY.format(tables=condition.tables, condition=holds)} ORDER BY {order}"
    return connection.execute(query, [*values, *tail]).fetchall()


def _offset(position: Position | None) -> int:
    if position is None:
        return 0
    if len(position) != 1 or not isinstance(position[0], int) or position[0] < 0:
        raise QueryError("The cursor does not belong to this list. Leave it out.")
    return position[0]


def _position(last: sqlite3.Row, sort: Sort, limit: int, before: Position | None) -> Position:
    """Return where the next page begins: after the last entity, or at a place in the ranking."""
    if sort == "relevance":
        return [_offset(before) + limit]
    return [-last["degree"], last["folded"], last["iri"]] if sort == "connections" else [last["folded"], last["iri"]]


def _facets(connection: sqlite3.Connection, condition: Condition, filters: Filters) -> Record:
    """Return the counts of the values of a list's facets, over the whole list, the most frequent values first."""
    hits = f"WITH hit AS MATERIALIZED (SELECT e.id, e.kind FROM {condition.tables} WHERE {condition.holds})"
    found: Record = {}
    if len(filters.kinds) > 1:
        rows = connection.execute(
            f"{hits} SELECT kind, count(*) AS n FROM hit GROUP BY kind ORDER BY n DESC, kind", condition.values
        )
        found["kind"] = [{"kind": row["kind"], "count": row["n"]} for row in rows]
        return found
    for name, of_facet in FACETS[filters.kinds[0]].items():
        rows = connection.execute(
            f"{hits} SELECT v.iri, v.kind, v.name, count(*) AS n FROM ({of_facet}) x JOIN entity v ON v.id = x.value"
            " GROUP BY v.id ORDER BY n DESC, v.folded, v.iri LIMIT ?",
            (*condition.values, _MOST_VALUES),
        )
        found[name] = [{**reference(row["iri"], row["kind"], row["name"]), "count": row["n"]} for row in rows]
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
