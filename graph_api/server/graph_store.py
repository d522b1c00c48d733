"""Graph Store HTTP Protocol, for reading: /rdf-graphs/service?graph=IRI, or ?default."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph_api.server.answers import respond
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.dependencies import PoolOf
from graph_api.server.negotiation import RDF_OFFERS, negotiate
from graph_api.server.requests import parse_form
from graph_api.sparql.datasets import as_graph
from graph_api.sparql.engine import Question
from loaders.errors import FormatError, QueryError

_METHODS = "GET, HEAD, OPTIONS"

router = APIRouter(include_in_schema=False)


@router.api_route("/rdf-graphs/service", methods=["GET", "HEAD"])
async def get_graph(request: Request, pool: PoolOf) -> Response:
    """Return a graph; the default graph is the union of all."""
    graph = _named(request)
    offer = negotiate(request.headers.get("accept"), RDF_OFFERS)
    if offer is None:
        offered = ", ".join(offer.media_type for offer in RDF_OFFERS)
        raise FormatError(f"None of the forms in the Accept header is offered. There are {offered}.")
    tag = entity_tag(pool.generation(), graph, offer.form)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    question = Question(whole_graph=True, graph=graph, rdf=offer.form, head=request.method == "HEAD")
    return await respond(request, pool, question, (offer,), tag)


@router.options("/rdf-graphs/service")
async def options_graph() -> Response:
    """Say what is possible."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})


@router.api_route("/rdf-graphs/service", methods=["PUT", "POST", "DELETE", "PATCH"])
async def refuse_writing() -> Response:
    """Say that graphs are not written in this way."""
    raise HTTPException(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "Graphs are read here, not written: they are derived from documents. Add documents with hankeverkko add, "
        "or write a graph of your own with SPARQL Update where it is turned on.",
        {"Allow": _METHODS},
    )


def _named(request: Request) -> str | None:
    """Return the IRI of the graph that is asked for; None for the default graph."""
    pairs = parse_form(request.url.query)
    graphs = [value for name, value in pairs if name == "graph"]
    asks_default = any(name == "default" for name, _ in pairs)
    if len(graphs) + asks_default != 1:
        raise QueryError("Give either default or one graph, as in /rdf-graphs/service?graph=IRI or ?default.")
    return as_graph(graphs[0]).value if graphs else None
