"""Linked data: the address of an entity leads (303) to its page or its data, by what the client likes best.

`/id/KIND/KEY` is where the IRIs of entities are redirected to (`loaders.iris.BASE`); `/page/…` and `/data/….ttl` are
the two descriptions (W3C, Cool URIs for the Semantic Web, section 4.2).
"""

from __future__ import annotations

import json
import sqlite3
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse, Response

from graph_api.search.records import read_evidence_record, read_record
from graph_api.server.answers import respond
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.dependencies import PoolOf
from graph_api.server.jsonld import CONTEXT_PATH, context
from graph_api.server.negotiation import Offer, negotiate
from graph_api.server.pages.naming import in_language
from graph_api.server.pages.reader import reader_of
from graph_api.server.pages.render import POLICY, render_entity, render_evidence, style
from graph_api.server.read_model import ReadModel
from graph_api.server.reads import ReadModelOf, base_of, problems
from graph_api.sparql.engine import Question
from loaders.errors import FormatError, NotFoundError
from loaders.iris import BASE

FORMS = {
    "ttl": Offer("text/turtle", "turtle"),
    "jsonld": Offer("application/ld+json", "jsonld"),
    "rdf": Offer("application/rdf+xml", "rdfxml"),
    "nt": Offer("application/n-triples", "ntriples"),
}
_HTML = Offer("text/html", "html")
_OFFERS = (_HTML, *FORMS.values())
_ENDINGS = {offer.form: ending for ending, offer in FORMS.items()}
_RDF = {"description": "RDF", "content": {offer.media_type: {} for offer in FORMS.values()}}
_PAGE = {"description": "A page", "content": {"text/html": {}}}

router = APIRouter(tags=["Linked data"], responses=problems(404))

Key = Annotated[str, Path(description="KIND/KEY", min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]


def html(request: Request, content: str, headers: dict[str, str]) -> Response:
    """Return a page, or 304 where the client holds it: no script runs in it, and it loads nothing but the server's own style.

    A 304 has the policy too, for a browser puts its headers in the place of those that it holds (RFC 9111, section 3.2).
    """
    guarded = {**headers, "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    if has_tag(request.headers.get("if-none-match"), headers.get("ETag", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=guarded)
    return Response(content, HTTPStatus.OK, guarded, "text/html; charset=utf-8")


def forms_of(path: str) -> list[dict[str, str]]:
    """Return the forms in which a description can be had, with their addresses."""
    names = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML", "nt": "N-Triples"}
    return [
        {"name": names[ending], "media_type": offer.media_type, "path": f"{path}.{ending}"}
        for ending, offer in FORMS.items()
    ]


@router.get("/id/{key:path}", status_code=303, response_class=Response, summary="An entity's own address")
async def dereference(request: Request, model: ReadModelOf, key: Key) -> Response:
    """Lead to the page of an entity or to its data, by the Accept header or by an ending such as `.ttl`."""
    stem, ending = _split(key)
    offer = FORMS[ending] if ending else _negotiated(request)
    if not await _is_known(model, stem):
        if not ending or not await _is_known(model, key):
            raise _unknown(key)
        stem, offer = key, _negotiated(request)
    place = quote(stem, safe="/")
    target = f"/page/{place}" if offer == _HTML else f"/data/{place}.{_ENDINGS[offer.form]}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"Vary": "Accept", "Cache-Control": "no-cache"})


@router.get("/page/{key:path}", response_class=Response, responses={200: _PAGE}, summary="The page of an entity")
async def page(request: Request, model: ReadModelOf, key: Key) -> Response:
    """Return the page: names, facts with their evidence, links, and the forms of the data."""
    index = await model.index()
    reader = reader_of(request)
    headers = reader.headers(entity_tag(index.generation, request.scope["path"], reader.language, reader.chosen))
    iri = BASE + key
    forms = forms_of(f"/data/{quote(key, safe='/')}")

    def named(told: dict[str, Any] | None, connection: sqlite3.Connection) -> dict[str, Any] | None:
        return None if told is None else in_language(connection, told, reader.language)

    record = await model.ask(lambda c: named(read_record(c, iri), c), index)
    piece = None if record else await model.ask(lambda c: named(read_evidence_record(c, iri), c), index)
    if record is None and piece is None:
        raise _unknown(key)
    content = render_entity(record, forms, reader) if record else render_evidence(piece or {}, forms, reader)
    return html(request, content, headers)


@router.get("/data/{key:path}", response_class=Response, responses={200: _RDF}, summary="The data of an entity")
async def data(request: Request, pool: PoolOf, key: Key) -> Response:
    """Return what the graph says of an entity as RDF, in the form of the ending, or of the Accept header."""
    stem, ending = _split(key)
    offer = FORMS[ending] if ending else negotiate(request.headers.get("accept"), tuple(FORMS.values()))
    if offer is None:
        raise _no_form()
    base = base_of(request)
    tag = entity_tag(pool.generation(), "data", stem, offer.form, base)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    arguments = (("iri", iri_of(stem)), ("context", base + CONTEXT_PATH))
    return await respond(request, pool, Question(task="entity", rdf=offer.form, arguments=arguments), (offer,), tag)


@router.get(
    CONTEXT_PATH,
    response_class=Response,
    summary="The JSON-LD context",
    responses={200: {"description": "A context", "content": {"application/ld+json": {}}}},
)
async def get_context(request: Request) -> Response:
    """Return the context that the JSON-LD of this server refers to."""
    content = json.dumps(context(), ensure_ascii=False, indent=1).encode()
    tag = entity_tag("context", content.decode())
    headers = {"Cache-Control": "public, max-age=86400", "ETag": tag, "Access-Control-Allow-Origin": "*"}
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, HTTPStatus.OK, headers, "application/ld+json")


@router.get("/page.css", include_in_schema=False)
async def page_style() -> Response:
    """Return the style of the pages."""
    return Response(style(), HTTPStatus.OK, {"Cache-Control": "public, max-age=3600"}, "text/css; charset=utf-8")


def iri_of(key: str) -> str:
    """Return the IRI whose address ends so; characters that no IRI has are percent-encoded."""
    return BASE + quote(key, safe="/:@!$&'()*+,;=~-._%")


def _split(key: str) -> tuple[str, str]:
    stem, dot, ending = key.rpartition(".")
    return (stem, ending) if dot and ending in FORMS and stem else (key, "")


def _negotiated(request: Request) -> Offer:
    offer = negotiate(request.headers.get("accept"), _OFFERS)
    if offer is None:
        raise _no_form()
    return offer


async def _is_known(model: ReadModel, key: str) -> bool:
    index = await model.index()
    query = "SELECT 1 FROM entity WHERE iri = ?1 UNION ALL SELECT 1 FROM evidence WHERE iri = ?1"
    return index.quick().execute(query, (BASE + key,)).fetchone() is not None


def _no_form() -> FormatError:
    return FormatError(f"There are {', '.join(offer.media_type for offer in _OFFERS)}. Ask for one of these.")


def _unknown(key: str) -> NotFoundError:
    return NotFoundError(f"The graph knows nothing of <{BASE}{key}>. Look for what there is with /api/search.")
