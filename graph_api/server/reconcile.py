"""The Reconciliation Service API 0.2 at /reconcile: what OpenRefine matches the names of a table with.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from graph_api.curation.folder import curation_folder
from graph_api.reconciliation.candidates import FEATURES
from graph_api.reconciliation.extension import Cell, as_node, extension_query, read_cells
from graph_api.reconciliation.preview import POLICY, SHOWN, render_preview
from graph_api.reconciliation.properties import PROPERTIES, Property, proposed, suggested
from graph_api.reconciliation.types import entity_types
from graph_api.server.dependencies import PoolOf, SettingsOf
from graph_api.server.matcher_process import SUGGEST, request_of
from graph_api.server.name_matching import NameMatching
from graph_api.server.pool import Pool
from graph_api.server.reconcile_manifest import BATCH, manifest
from graph_api.server.reconcile_protocol import Batch, Extension
from graph_api.server.requests import FORM, as_text, media_type, parse_form, while_connected
from graph_api.sparql.engine import Question
from loaders.errors import NotFoundError, QueryError
from loaders.iris import BASE

PATH = "/reconcile"
_MOST_ROWS, _MOST_COLUMNS, _PAGE = 500, 30, 20
_MOST_SKIPPED = 100_000

router = APIRouter(prefix=PATH, include_in_schema=False)  # its manifest and its specification describe it
_batches, _extensions = TypeAdapter(Batch), TypeAdapter(Extension)


async def _matching(request: Request, settings: SettingsOf, pool: PoolOf) -> NameMatching:
    """Return the one process of the application for matching names; it is made with the first request."""
    state = request.app.state
    if not hasattr(state, "name_matching"):
        state.name_matching = NameMatching(pool, curation_folder(settings.store, settings.curation))
        pool.also_close(state.name_matching.close)
    return cast("NameMatching", state.name_matching)


MatchingOf = Annotated[NameMatching, Depends(_matching)]
TypeOf = Annotated[str, Query(alias="type")]
IdOf = Annotated[str, Query(alias="id")]


@router.get("")
@router.get("/")
async def get_service(request: Request, matching: MatchingOf, pool: PoolOf) -> Response:
    """Return the manifest, or the answer to queries or a data extension in the address."""
    fields = dict(parse_form(request.url.query))
    if not fields:
        matching.warm_up()
        return JSONResponse(manifest(str(request.base_url).rstrip("/") + PATH))
    return await _answer(request, fields, matching, pool)


@router.post("")
@router.post("/")
async def post_service(request: Request, matching: MatchingOf, pool: PoolOf) -> Response:
    """Answer queries or a data extension, sent as a form."""
    if media_type(request) != FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The body must be of the type {FORM}.")
    fields = parse_form(as_text(await request.body()))
    return await _answer(request, dict([*parse_form(request.url.query), *fields]), matching, pool)


async def _answer(request: Request, fields: dict[str, str], matching: NameMatching, pool: Pool) -> Response:
    if "queries" in fields:
        return JSONResponse(await while_connected(request, _match(fields["queries"], matching)))
    if "extend" in fields:
        return JSONResponse(await while_connected(request, _extend(fields["extend"], pool)))
    raise QueryError("Give queries or extend, each with JSON, as version 0.2 of the reconciliation API has them.")


async def _match(text: str, matching: NameMatching) -> Any:
    batch: Batch = _read(_batches, text, "queries")
    if len(batch) > BATCH:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Send at most {BATCH} queries at a time.")
    return await matching.ask(request_of({key: query.as_query() for key, query in batch.items()}))


async def _extend(text: str, pool: Pool) -> dict[str, Any]:
    wanted: Extension = _read(_extensions, text, "extend")
    if len(wanted.ids) > _MOST_ROWS or len(wanted.properties) > _MOST_COLUMNS:
        sentence = f"Ask for at most {_MOST_ROWS} entities and {_MOST_COLUMNS} properties at a time."
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
    unknown = [item.id for item in wanted.properties if item.id not in PROPERTIES]
    if unknown:
        raise QueryError(f"There is no property {unknown[0][:80]!r}. Those there are stand at {PATH}/properties.")
    columns = [PROPERTIES[item.id] for item in wanted.properties]
    rows: dict[str, dict[str, list[Cell]]] = {identifier: {} for identifier in wanted.ids}
    for column in columns:
        cells = await _cells(column, wanted.ids, pool)
        for identifier, row in rows.items():
            row[column.id] = cells.get(identifier.removeprefix(BASE), [])
    return {"meta": [_described(column) for column in columns], "rows": rows}


def _described(column: Property) -> dict[str, Any]:
    target = entity_types().get(column.target or "")
    kind = {"type": {"id": target.id, "name": target.name}} if target else {}
    return {"id": column.id, "name": column.name, **kind}


async def _cells(column: Property, identifiers: list[str], pool: Pool) -> dict[str, list[Cell]]:
    if not any(as_node(identifier) for identifier in identifiers):
        return {}
    answer = await pool.answer(Question(extension_query(column, identifiers)))
    whole = answer.whole
    return read_cells(column, whole if whole is not None else b"".join([piece async for piece in answer.pieces()]))


def _read(adapter: TypeAdapter[Any], text: str, field: str) -> Any:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise QueryError(f"{field} is not as the reconciliation API has it: {where}: {first['msg']}.") from error


@router.get("/suggest/entity")
async def suggest_entities(
    request: Request,
    matching: MatchingOf,
    prefix: str = "",
    kind: TypeOf = "",
    cursor: int = 0,
) -> dict[str, Any]:
    """Suggest entities with a text in their name: those that begin with it first."""
    skip = min(max(cursor, 0), _MOST_SKIPPED)
    asked = {"ask": SUGGEST, "prefix": prefix[:300], "types": [kind] if kind else [], "skip": skip}
    return {"result": await while_connected(request, matching.ask(asked))}


@router.get("/suggest/property")
async def suggest_properties(prefix: str = "", cursor: int = 0) -> dict[str, Any]:
    """Suggest properties."""
    return {"result": _page([_listed(item) for item in suggested(prefix)], cursor)}


@router.get("/suggest/type")
async def suggest_types(prefix: str = "", cursor: int = 0) -> dict[str, Any]:
    """Suggest types."""
    asked, known = prefix.strip().casefold(), entity_types()
    found = [t for t in known.values() if asked in t.name.casefold() or asked in t.id.casefold()]
    found.sort(key=lambda item: not item.name.casefold().startswith(asked))
    broader = {t.id: [{"id": b, "name": known[b].name} for b in t.broader] for t in found}
    listed = [{"id": t.id, "name": t.name, "description": t.description, "broader": broader[t.id]} for t in found]
    return {"result": _page(listed, cursor)}


def _page(items: list[dict[str, Any]], cursor: int) -> list[dict[str, Any]]:
    skip = max(cursor, 0)
    return items[skip : skip + _PAGE]


def _listed(item: Property) -> dict[str, Any]:
    return {"id": item.id, "name": item.name, "description": item.description}


@router.get("/properties")
async def propose_properties(kind: TypeOf = "", limit: int = 50) -> dict[str, Any]:
    """Propose properties of the entities of a type, for data extension."""
    most = max(limit, 0)
    return {"type": kind, "limit": most, "properties": [_listed(item) for item in proposed(kind)[:most]]}


@router.get("/preview", response_class=HTMLResponse)
async def preview(pool: PoolOf, identifier: IdOf = "") -> Response:
    """Return a small page about an entity."""
    identifier = identifier.removeprefix(BASE)
    node = as_node(identifier)
    cells = {name: await _cells(PROPERTIES[name], [identifier], pool) for name in SHOWN} if node is not None else {}
    found = {name: values.get(identifier, []) for name, values in cells.items()}
    if node is None or not found["name"]:
        raise NotFoundError(
            "There is no such entity here. Its identifier is its IRI without the base, as in organisation/kela."
        )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(render_preview(identifier, found), headers=headers)


@router.get("/features")
async def features(identifier: IdOf = "") -> Response:
    """Return what a matching feature says; all of them, where none is named."""
    if identifier and identifier not in FEATURES:
        raise NotFoundError("There is no feature of that name.")
    return JSONResponse({name: text for name, text in FEATURES.items() if identifier in {"", name}})
