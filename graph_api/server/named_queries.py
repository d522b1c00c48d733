"""The named queries as endpoints, each with its own parameters, in JSON and CSV."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, create_model
from starlette.responses import Response

from graph_api.query_catalogue import NamedQuery, Parameter, catalogue
from graph_api.server.answers import respond
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.dependencies import PoolOf
from graph_api.server.negotiation import Offer, negotiate
from graph_api.server.pool import Pool
from graph_api.server.reads import problems
from graph_api.server.shapes import Shape
from graph_api.sparql.engine import Question
from loaders.errors import FormatError

_OFFERS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/json", "json"),
    Offer("text/csv", "csv"),
    Offer("text/turtle", "turtle"),
)
_LARGEST = 10**9
_TYPES: dict[str, tuple[type, dict[str, Any]]] = {
    "integer": (int, {"ge": 0, "le": _LARGEST}),
    "year": (int, {"ge": 1000, "le": 9999}),
    "decimal": (float, {"ge": -1e15, "le": 1e15}),
}
_TEXT = {"min_length": 1, "max_length": 500, "pattern": r"^[^\x00-\x1f\x7f]+$"}
_EXAMPLES = {
    "organisation": "Limingan kunta",
    "initiative": "S20486",
    "method": "Lean",
    "funder": "Euroopan sosiaalirahasto",
    "place": "Liminka",
    "iri": "id:organisation/kunta-425",
}

router = APIRouter(tags=["Named queries"], responses=problems())


class ParameterShape(Shape):
    """A parameter of a named query."""

    name: str
    type: str
    required: bool
    default: str | None
    description: str


class ColumnShape(Shape):
    """A column of its answer."""

    name: str
    description: str


class QueryShape(Shape):
    """A named query: what it answers, and what it takes."""

    name: str = Field(examples=["partners-of-organisation"])
    purpose: str
    notes: list[str]
    parameters: list[ParameterShape]
    columns: list[ColumnShape]
    url: str = Field(examples=["/api/queries/partners-of-organisation"])
    sparql: str


@router.get("/api/queries", response_model=list[QueryShape], summary="The named queries")
async def list_queries() -> list[QueryShape]:
    """List the named queries with their parameters, columns and SPARQL text."""
    return [_shape(query) for query in catalogue().values()]


def _shape(query: NamedQuery) -> QueryShape:
    return QueryShape(
        name=query.name,
        purpose=query.purpose,
        notes=list(query.notes),
        parameters=[ParameterShape(**vars(parameter)) for parameter in query.parameters],
        columns=[ColumnShape(**vars(column)) for column in query.columns],
        url=f"/api/queries/{query.name}",
        sparql=query.text,
    )


async def _answer(request: Request, pool: Pool, query: NamedQuery, given: BaseModel) -> Response:
    offer = negotiate(request.headers.get("accept"), _OFFERS)
    if offer is None:
        raise FormatError(f"Ask for one of {', '.join(offer.media_type for offer in _OFFERS)}.")
    arguments = {
        name: f"{value:f}" if isinstance(value, float) else str(value) for name, value in given if value is not None
    }
    tag = entity_tag(pool.generation(), query.name, sorted(arguments.items()), offer)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    pairs = (("name", query.name), *((f"argument:{name}", value) for name, value in arguments.items()))
    question = Question(task="query", arguments=pairs, results=offer.form)
    return await respond(request, pool, question, (offer,), tag)


def _parameters(query: NamedQuery) -> type[BaseModel]:
    """Return the model of the parameters of a query."""
    title = "".join(part.capitalize() for part in query.name.split("-"))
    fields = {parameter.name: _field(parameter) for parameter in query.parameters}
    return cast(
        "type[BaseModel]",
        create_model(f"{title}Parameters", __config__=ConfigDict(extra="forbid"), **fields),  # type: ignore[call-overload]
    )


def _field(parameter: Parameter) -> tuple[Any, Any]:
    kind, limits = _TYPES.get(parameter.type, (str, _TEXT))
    examples = [_EXAMPLES[parameter.type]] if parameter.type in _EXAMPLES else None
    described = Field(description=parameter.description, examples=examples, **limits)
    if parameter.required:
        return Annotated[kind, described], ...
    default = kind(parameter.default) if parameter.default is not None else None
    return Annotated[kind if default is not None else kind | None, described], default


def _explanation(query: NamedQuery) -> str:
    columns = [f"- `{column.name}`: {column.description}" for column in query.columns]
    return "\n\n".join([*([" ".join(query.notes)] if query.notes else []), "Columns:\n\n" + "\n".join(columns)])


def _add(query: NamedQuery) -> None:
    parameters = _parameters(query)

    async def answer_named(request: Request, pool: PoolOf, given: Annotated[BaseModel, Query()]) -> Response:
        return await _answer(request, pool, query, given)

    answer_named.__annotations__["given"] = Annotated[parameters, Query()]
    forms: dict[str, Any] = {offer.media_type: {} for offer in _OFFERS}
    router.add_api_route(
        f"/api/queries/{query.name}",
        answer_named,
        summary=query.purpose,
        description=_explanation(query),
        operation_id=f"query_{query.name}",
        response_class=Response,
        responses={200: {"description": "SPARQL 1.1 Query Results (JSON), CSV, or Turtle.", "content": forms}},
    )


for _query in catalogue().values():
    _add(_query)
