"""The whole graph and its lists to take away, written as they are read."""

# ruff: noqa: S608 - SQL is put together from constants

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from graph_api.query_results import safe_cell
from graph_api.search.index import SearchIndex
from graph_api.search.kinds import COLLECTIONS, Collection
from graph_api.server.answers import respond
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.dependencies import PoolOf
from graph_api.server.negotiation import Offer
from graph_api.server.read_model import ReadModel
from graph_api.server.reads import ReadModelOf, problems
from graph_api.server.shapes import Shape
from graph_api.sparql.engine import Question

GRAPH_FORMS = {
    "ttl": Offer("text/turtle", "turtle"),
    "nt": Offer("application/n-triples", "ntriples"),
    "nq": Offer("application/n-quads", "nquads"),
    "jsonld": Offer("application/ld+json", "jsonld"),
    "rdf": Offer("application/rdf+xml", "rdfxml"),
}
_ROWS = 2000
_COLUMNS = ("iri", "kind", "name", "type", "start", "end", "confidence", "connections")
_LINKED = {
    "organisations": "participatesIn",
    "funders": "funds",
    "methods": "usesMethod",
    "places": "takesPlaceIn",
}
Ending = Literal["ttl", "nt", "nq", "jsonld", "rdf"]
Listed = Literal["organisations", "initiatives", "pilots", "methods", "funders", "places", "persons", "documents"]

router = APIRouter(tags=["Exports"], responses=problems())


class ExportShape(Shape):
    """Something to take away."""

    url: str
    media_type: str


@router.get("/api/exports", response_model=list[ExportShape], summary="What can be taken away")
async def list_exports() -> list[ExportShape]:
    """List the exports: the graph in five forms, and each list as CSV."""
    graphs = [ExportShape(url=f"/api/exports/graph.{end}", media_type=o.media_type) for end, o in GRAPH_FORMS.items()]
    return graphs + [ExportShape(url=f"/api/exports/lists/{name}.csv", media_type="text/csv") for name in COLLECTIONS]


@router.get(
    "/api/exports/graph.{ending}",
    response_class=Response,
    summary="The whole graph",
    responses={200: {"description": "RDF", "content": {offer.media_type: {} for offer in GRAPH_FORMS.values()}}},
)
async def export_graph(
    request: Request, pool: PoolOf, ending: Annotated[Ending, Path(description="The form.")]
) -> Response:
    """Return all statements of the graph: as N-Quads with the graph of each. Names of people are left out."""
    offer = GRAPH_FORMS[ending]
    tag = entity_tag(pool.generation(), "export", ending)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    return await respond(request, pool, Question(task="export", rdf=offer.form), (offer,), tag)


@router.get(
    "/api/exports/lists/{name}.csv",
    response_class=Response,
    summary="A list as CSV",
    responses={200: {"description": "CSV (RFC 4180, UTF-8)", "content": {"text/csv": {}}}},
)
async def export_list(
    request: Request, model: ReadModelOf, name: Annotated[Listed, Path(description="The list.")]
) -> Response:
    """Return all entities of a kind, one a row; what a row is tied to stands in one cell, joined by a semicolon."""
    index = await model.index()
    tag = entity_tag(index.generation, "list", name)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    headers = {**cache_headers(tag), "Content-Disposition": f'attachment; filename="{name}.csv"'}
    pieces = _pieces(model, index, COLLECTIONS[name])
    first = await anext(pieces)  # an error that comes at once is still an error

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return StreamingResponse(whole(), HTTPStatus.OK, headers, "text/csv; charset=utf-8; header=present")


async def _pieces(model: ReadModel, index: SearchIndex, collection: Collection) -> AsyncIterator[bytes]:
    linked = _LINKED if collection.kind in {"initiative", "pilot"} else {}
    yield _csv([[*_COLUMNS, *(["code", *linked] if linked else [])]])
    after: tuple[str, str] | None = ("", "")
    while after is not None:
        position = after

        def read(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            return _rows(connection, collection, linked, position)  # noqa: B023 - it is called in this round

        rows = await model.ask(read, index)
        if rows:
            yield _csv([[*(row[name] for name in row.keys() if name != "folded")] for row in rows])  # noqa: SIM118
        after = (rows[-1]["folded"], rows[-1]["iri"]) if len(rows) == _ROWS else None


def _rows(
    connection: sqlite3.Connection, collection: Collection, linked: dict[str, str], after: tuple[str, str]
) -> list[sqlite3.Row]:
    more = ", (SELECT group_concat(f.value, '; ') FROM fact f WHERE f.subject = e.id AND f.predicate = 'code')"
    more = more * bool(linked) + "".join(
        ", (SELECT group_concat(x.name, '; ') FROM (SELECT o.name FROM tie t JOIN entity o ON o.id = t.entity"
        f" WHERE t.initiative = e.id AND t.link = '{link}' ORDER BY o.folded, o.id) x) AS {name}"
        for name, link in linked.items()
    )
    return connection.execute(
        "SELECT e.iri, e.kind, e.name, t.name AS type, e.started, e.ended, e.confidence, e.degree, e.folded"
        f"{more} FROM entity e LEFT JOIN entity t ON t.id = e.type"
        " WHERE e.kind = ? AND e.named AND (e.funder OR NOT ?) AND (e.folded, e.iri) > (?, ?)"
        " ORDER BY e.folded, e.iri LIMIT ?",
        (collection.kind, collection.funders_only, *after, _ROWS),
    ).fetchall()


def _csv(rows: list[list[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return stream.getvalue().encode()
