"""Pages to begin with: the start page, search, lists, and what the API offers. They answer in HTML alone.

The lists have addresses of their own (/organisations), beside those of the API (/api/organisations), which stay JSON
whatever a client accepts: a browser that opens an address of the API sees what a program gets.
"""

from __future__ import annotations

import sqlite3
from http import HTTPStatus
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from graph_api.search.kinds import COLLECTIONS, Collection
from graph_api.search.listing import Filters, read_list
from graph_api.server.caching import entity_tag
from graph_api.server.dataset import Description, describe
from graph_api.server.entities import Narrowed
from graph_api.server.linked_data import FORMS, forms_of, html
from graph_api.server.negotiation import wants_page
from graph_api.server.pages.naming import in_language, names_of
from graph_api.server.pages.reader import Reader, reader_of
from graph_api.server.pages.render import LISTS, render
from graph_api.server.pages.snippets import tokens_of, with_snippet
from graph_api.server.read_model import ReadModel
from graph_api.server.reads import ReadModelOf
from loaders.iris import BASE

router = APIRouter(include_in_schema=False)
_SEARCHED = {COLLECTIONS[name].kind: name for name in COLLECTIONS if name != "funders"}
_A_FEW, _MANY = 5, 20
_FOLDERS = {"region": "place", "funder": "organisation", "type": ""}
_TYPE_FOLDERS = ("organisation-type", "initiative-kind", "place-kind")
_SHOWN_FACETS = ("type", "region", "method", "funder", "initiative")


@router.get("/", response_class=Response)
async def start(request: Request, model: ReadModelOf) -> Response:
    """Show people where to begin; lead programs, which do not name HTML, to the description of the data set."""
    accept = request.headers.get("accept")
    if not wants_page(accept, tuple(FORMS.values())):
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": "/dataset", "Vary": "Accept"})
    reader, described = reader_of(request), await describe(model)
    index = await model.index()
    funders = await model.ask(
        lambda c: int(c.execute("SELECT count(*) FROM entity WHERE funder AND named").fetchone()[0]), index
    )
    page = render(
        "front.html", reader, forms=forms_of("/dataset"), described=described, figures=_counts(described, funders)
    )
    return answer(request, reader, described.generation, page)


@router.get("/search", response_class=Response)
async def search(request: Request, model: ReadModelOf, q: str = "", kind: str = "", cursor: str = "") -> Response:
    """Show what is found, by kind; of one kind page by page."""
    reader, index, q = reader_of(request), await model.index(), " ".join(q[:400].split())
    kinds = (kind,) if kind in _SEARCHED else tuple(_SEARCHED)

    def work(connection: sqlite3.Connection) -> list[dict[str, Any]]:
        few = len(kinds) > 1
        found = [_section(connection, reader, q, each, _A_FEW if few else _MANY, cursor or None) for each in kinds]
        return [section for section in found if section["total"]]

    sections = await model.ask(work, index) if q else []
    total = sum(section["total"] for section in sections)
    return answer(request, reader, index.generation, render("search.html", reader, q=q, sections=sections, total=total))


def _section(
    connection: sqlite3.Connection, reader: Reader, q: str, kind: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    filters = Filters((kind,), q=q, everything=True)
    page = read_list(connection, filters, limit=limit, cursor=cursor)
    tokens = tokens_of(connection, q)
    items = [with_snippet(connection, item, tokens) for item in in_language(connection, page["items"], reader.language)]
    more = page["next"] is not None
    few = limit == _A_FEW
    return {
        "name": _SEARCHED[kind],
        "items": [_complete(item) for item in items],
        "total": page["total"],
        "all": reader.link("/search", q=q, kind=kind) if few and more else None,
        "next": reader.link("/search", q=q, kind=kind, cursor=page["next"]) if more and not few else None,
    }


def _add(name: str, collection: Collection) -> None:
    """Add the page of a list to the router."""

    async def listed(request: Request, model: ReadModelOf) -> Response:
        return await _list_page(request, model, name, collection)

    router.add_api_route(f"/{name}", listed, response_class=Response, name=f"page_of_{name}")


async def _list_page(request: Request, model: ReadModel, name: str, collection: Collection) -> Response:
    reader, index = reader_of(request), await model.index()
    asked = _asked(reader)
    filters = asked.filters((collection.kind,), funders=collection.funders_only)

    def work(connection: sqlite3.Connection) -> tuple[dict[str, Any], list[dict[str, str]]]:
        page = read_list(
            connection, filters, sort=asked.sort, limit=asked.limit, cursor=asked.cursor, facets=asked.facets
        )
        return in_language(connection, page, reader.language), _active(connection, reader)

    page, active = await model.ask(work, index)
    page["items"] = [_complete(item) for item in page["items"]]
    own = {"q", "since", "until", "sort", "everything", "cursor"}
    hidden = [pair for pair in reader.query if pair[0] not in own]
    content = render(
        "list.html",
        reader,
        name=name,
        page=page,
        active=active,
        asked=asked,
        facets=_facets(page["facets"], reader),
        hidden=hidden + [("lang", reader.language)] * reader.chosen,
        dated=collection.kind in {"initiative", "pilot"},
        sorts=["relevance"] * bool(asked.q) + ["name", "connections"],
        order=asked.sort or ("relevance" if asked.q else "name"),
        at_cursor=asked.cursor is not None,
    )
    return answer(request, reader, index.generation, content)


def _asked(reader: Reader) -> Narrowed:
    """Return what a list is narrowed to, as in the API; empty fields of a form say nothing."""
    given = dict(reader.query)
    if given.get("sort") == "relevance" and "q" not in given:
        del given["sort"]
    try:
        return Narrowed.model_validate(given)
    except ValidationError as error:
        told = [{**item, "loc": ("query", *item["loc"])} for item in error.errors()]
        raise RequestValidationError(told) from error


def _active(connection: sqlite3.Connection, reader: Reader) -> list[dict[str, str]]:
    """Return the filters in force, entities by their names."""
    found = []
    for name, value in reader.query:
        if name in {"cursor", "sort", "limit", "facets"}:
            continue
        folders = _TYPE_FOLDERS if name == "type" else (_FOLDERS.get(name, name),)
        iris = [value, *(f"{BASE}{folder}/{value}" for folder in folders)]
        rows = connection.execute(
            f"SELECT iri, name FROM entity WHERE iri IN ({', '.join('?' * len(iris))}) LIMIT 1",  # noqa: S608 (marks)
            iris,
        ).fetchall()
        names = names_of(connection, [row["iri"] for row in rows], reader.language)
        text = names.get(rows[0]["iri"], rows[0]["name"]) if rows else value
        found.append({"name": name, "text": "" if name == "everything" else text})
    return found


def _facets(counted: dict[str, Any], reader: Reader) -> list[dict[str, Any]]:
    """Return the facets whose values narrow the list, each value with the address of the narrowed list."""
    taken = {name for name, _ in reader.query}
    found = []
    for name in _SHOWN_FACETS:
        values = [
            {**value, "address": reader.also(**{name: value["iri"].removeprefix(BASE).partition("/")[2]})}
            for value in counted.get(name, ())
        ]
        if values and name not in taken:
            found.append({"name": name, "values": values})
    return found


@router.get("/api", response_class=Response)
async def api(request: Request) -> Response:
    """Show what the API offers, from its own description."""
    reader, described = reader_of(request), request.app.openapi()
    operations = [
        {"path": path, "method": method.upper(), "parameters": [], **operation}
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    ordered = sorted(operations, key=lambda operation: str(operation["tags"][0]))
    groups = [(tag, list(of_tag)) for tag, of_tag in groupby(ordered, key=lambda operation: operation["tags"][0])]
    return answer(request, reader, described["info"]["version"], render("api.html", reader, groups=groups))


def answer(request: Request, reader: Reader, generation: str, content: str) -> Response:
    """Return a page with its validator: 304 where the client holds it."""
    return html(request, content, reader.headers(entity_tag(generation, content)))


def _counts(described: Description, funders: int) -> list[tuple[str, int]]:
    counts = {**described.counts, "funder": funders}
    return [(name, counts.get(name.removesuffix("s"), 0)) for name in LISTS]


def _complete(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with all that the template asks for."""
    return {"type": None, "start": None, "end": None, "marked": [], "snippet": [], **item}


for _name in LISTS:
    _add(_name, COLLECTIONS[_name])
