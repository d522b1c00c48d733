"""The tools, as plain functions over a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_api.assistants.answers import (
    MOST_ROWS,
    EntityFacts,
    EvidenceResult,
    Found,
    QueryList,
    QueryListing,
    QueryParameter,
    Rows,
    SearchResult,
    shortened,
)
from graph_api.assistants.entities import evidence_of, look_up
from graph_api.assistants.graph import LiveGraph
from graph_api.queries import catalogue, run_query
from graph_api.query_catalogue import NamedQuery
from graph_api.query_results import plain_rows
from loaders.errors import UsageError
from loaders.iris import BASE

KINDS = ("organisation", "initiative", "pilot", "method", "place", "document")


def list_queries() -> QueryList:
    """Return all named queries."""
    return QueryList(queries=[_listing(query) for query in catalogue().values()])


def _listing(query: NamedQuery) -> QueryListing:
    parameters = [
        QueryParameter(name=p.name, type=p.type, required=p.required, default=p.default, description=p.description)
        for p in query.parameters
    ]
    columns = {column.name: column.description for column in query.columns}
    return QueryListing(
        name=query.name, purpose=query.purpose, notes=list(query.notes), parameters=parameters, columns=columns
    )


def ask_query(live: LiveGraph, name: str, arguments: Mapping[str, str | int | float], most: int) -> Rows:
    """Return the rows of a named query.

    Raises
    ------
    UsageError
        The query or a parameter is not known, or a value cannot be resolved; the sentence names what is near.
    """
    _check_most(most)
    opened = live.opened()
    table = run_query(opened.graph, name, {key: str(value) for key, value in arguments.items()})
    rows = [[shortened(opened.discreet(cell)) for cell in row] for row in plain_rows(table)[:most]]
    note = (
        ""
        if len(rows) == len(table.rows)
        else f"The first {len(rows)} of {len(table.rows)} rows; raise most to see more."
    )
    if table.reached_limit:
        note = f"{note} There may be more: the query's limit was reached.".strip()
    return Rows(query=name, columns=list(table.columns), rows=rows, total=len(table.rows), note=note)


def find(live: LiveGraph, text: str, kinds: Sequence[str], most: int, skip: int) -> SearchResult:
    """Return the entities that words find, best first.

    Raises
    ------
    UsageError
        The text holds no words.
    """
    _check_most(most)
    if not text.strip():
        raise UsageError("The text is empty. Give words, or parts of words, of the name that is looked for.")
    page = live.opened().index.search(text, kinds=tuple(kinds) or KINDS, limit=most, offset=max(skip, 0))
    found = [
        Found(id=hit.iri.removeprefix(BASE), kind=hit.kind, name=hit.name, type=hit.type or "") for hit in page.hits
    ]
    note = "" if page.has_all_words else "No name holds all of the words; these hold some."
    return SearchResult(found=found, total=page.total, note=note)


def entity(live: LiveGraph, text: str) -> EntityFacts:
    """Return what is known of an entity."""
    return look_up(live.opened(), text)


def evidence(live: LiveGraph, subject: str, name: str, value: str, most: int) -> EvidenceResult:
    """Return the words on which facts rest."""
    _check_most(most)
    return evidence_of(live.opened(), subject, name, value, most)


def _check_most(most: int) -> None:
    if not 1 <= most <= MOST_ROWS:
        raise UsageError(f"most must be from 1 to {MOST_ROWS}, not {most}.")
