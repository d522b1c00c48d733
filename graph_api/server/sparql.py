"""SPARQL 1.1 Protocol: queries and updates at /sparql, and the description of the service."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from graph_api.server.access import Holder, Keyring, check_role
from graph_api.server.answers import respond
from graph_api.server.auditing import auditing
from graph_api.server.caching import cache_headers, entity_tag, has_tag, is_stable
from graph_api.server.description import describe_service
from graph_api.server.journal import mark_of, note
from graph_api.server.negotiation import RDF_OFFERS, RESULT_OFFERS, negotiate
from graph_api.server.pool import Pool
from graph_api.server.requests import FORM, as_text, media_type, parse_form
from graph_api.server.writer import Writer
from graph_api.settings import Settings
from graph_api.sparql.engine import Question
from graph_api.sparql.update import Change
from graph_api.tokens import Role
from loaders.errors import FormatError, QueryError

QUERY_TYPE, UPDATE_TYPE = "application/sparql-query", "application/sparql-update"
_METHODS = "GET, HEAD, POST, OPTIONS"

router = APIRouter(include_in_schema=False)


@dataclass(slots=True)
class Parameters:
    """The parameters of the protocol, from the address and from a form."""

    fields: dict[str, list[str]] = field(default_factory=dict)

    def add(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Take parameters in; others than those of the protocol are left alone."""
        for name, value in pairs:
            self.fields.setdefault(name, []).append(value)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter."""
        return tuple(self.fields.get(name, ()))

    def one(self, name: str) -> str | None:
        """Return the value of a parameter that may be given once.

        Raises
        ------
        QueryError
            It is given more than once.
        """
        values = self.all(name)
        if len(values) > 1:
            raise QueryError(f"The parameter {name} is given {len(values)} times. Give it once.")
        return values[0] if values else None

    def dataset(self, default: str, named: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """Return the graphs of the dataset, or nothing where the request names none."""
        graphs = self.all(default), self.all(named)
        return graphs if any(graphs) else (None, None)


async def sparql(request: Request) -> Response:
    """Answer a query, carry out an update, describe the service, or say what is possible.

    It is a route of Starlette: what FastAPI does for a parameter of a function costs as much as half a look-up.
    """
    request.scope["route"] = _ROUTE  # by which the request is counted
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
    return await (_post(request) if request.method == "POST" else _get(request))


_ROUTE = Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "OPTIONS"], include_in_schema=False)
router.routes += [_ROUTE, Route("/sparql/", sparql, methods=_ROUTE.methods, include_in_schema=False)]


async def _get(request: Request) -> Response:
    parameters = Parameters()
    parameters.add(parse_form(request.url.query))
    if parameters.all("update"):
        raise QueryError("An update has to be sent with POST.")
    query = parameters.one("query")
    if query is None:
        if request.url.query:
            raise QueryError("There is no parameter query. Give the text of the query in it.")
        keyring: Keyring = request.app.state.keyring
        return describe_service(request, request.app.state.settings, updates=keyring.has_stewards())
    return await _answer(request, query, parameters)


async def _post(request: Request) -> Response:
    kind = media_type(request)
    if kind not in {FORM, QUERY_TYPE, UPDATE_TYPE}:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"The body must be of the type {QUERY_TYPE}, {UPDATE_TYPE} or {FORM}. Say so in Content-Type.",
        )
    text = as_text(await request.body())
    parameters = Parameters()
    parameters.add(parse_form(request.url.query))
    if kind == FORM:
        parameters.add(parse_form(text))
    else:
        parameters.add([("query" if kind == QUERY_TYPE else "update", text)])
    query, update = parameters.one("query"), parameters.one("update")
    if (query is None) == (update is None):
        raise QueryError("Give either a query or an update: the text goes in the parameter of that name.")
    if query is not None:
        return await _answer(request, query, parameters)
    holder = _check_steward(request, request.app.state.keyring)
    digest = hashlib.sha256((update or "").encode()).hexdigest()
    async with auditing(request, holder, "update", sha256=digest) as outcome:
        outcome["statements"] = await _update(request, update or "", parameters)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _answer(request: Request, query: str, parameters: Parameters) -> Response:
    settings: Settings = request.app.state.settings
    pool: Pool = request.app.state.pool
    accept = request.headers.get("accept")
    tables, rdf = negotiate(accept, RESULT_OFFERS), negotiate(accept, RDF_OFFERS)
    if tables is None and rdf is None:
        offered = ", ".join(offer.media_type for offer in (*RESULT_OFFERS, *RDF_OFFERS))
        raise FormatError(f"None of the forms in the Accept header is offered. There are {offered}.")
    note(request.scope, query=mark_of(query), query_bytes=len(query))
    default, named = parameters.dataset("default-graph-uri", "named-graph-uri")
    question = Question(
        query=query,
        base=str(request.url.replace(query="", fragment="")),
        default_graphs=default,
        named_graphs=named,
        results=tables.form if tables else None,
        rdf=rdf.form if rdf else None,
        services=settings.service_endpoints if "service" in query.lower() else (),
        head=request.method == "HEAD",
    )
    tag = None
    if request.method in {"GET", "HEAD"} and is_stable(query):
        tag = entity_tag(pool.generation(), query, question.base, default, named, tables, rdf)
        if has_tag(request.headers.get("if-none-match"), tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    return await respond(request, pool, question, (tables, rdf), tag)


def _check_steward(request: Request, keyring: Keyring) -> Holder:
    if not keyring.has_stewards():
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            "Updates are off here. Whoever runs the server turns them on with: hankeverkko token create --role steward",
        )
    return check_role(request, Role.STEWARD)


async def _update(request: Request, update: str, parameters: Parameters) -> int:
    settings: Settings = request.app.state.settings
    writer: Writer = request.app.state.writer
    change = Change(
        update=update,
        base=str(request.url.replace(query="", fragment="")),
        using=parameters.all("using-graph-uri"),
        using_named=parameters.all("using-named-graph-uri"),
        may_write_derived=settings.update_derived,
    )
    return await writer.update(change)
