"""What all reads of the API have in common: answers in JSON with a validator, kept and given again; and their problems."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated, Any, cast
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph_api.search.index import SearchIndex
from graph_api.search.records import as_json
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.negotiation import Offer, negotiate
from graph_api.server.read_model import Given, ReadModel

_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_JSON = (Offer("application/json", "json"),)


class Problem(BaseModel):
    """A problem (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="A sentence that says what was wrong, and what to do.")


async def _read_model(request: Request) -> ReadModel:
    return cast("ReadModel", request.app.state.read_model)


ReadModelOf = Annotated[ReadModel, Depends(_read_model)]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the problems with which a route may answer, and of 304."""
    always = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.UNPROCESSABLE_ENTITY)
    busy = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    documented: dict[int | str, dict[str, Any]] = {
        int(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted({*always, *busy, HTTPStatus.MISDIRECTED_REQUEST, *statuses})
    }
    return {304: {"description": "The client holds this answer (If-None-Match)."}, **documented}


async def answer_look_up(
    request: Request, model: ReadModel, work: Callable[[sqlite3.Connection], object | None]
) -> Response:
    """Answer with what a look-up of a millisecond finds, or 404. It runs where it is, for a thread costs as much."""
    read = await _begin(request, model)
    if read.ready is not None:
        return read.ready
    found = work(read.index.quick())
    if found is None:
        raise HTTPException(
            HTTPStatus.NOT_FOUND, "The graph knows nothing of that name. Look with /api/search for what there is."
        )
    return read.answer(found)


async def answer_list(
    request: Request, model: ReadModel, work: Callable[[sqlite3.Connection], dict[str, Any]]
) -> Response:
    """Answer with a page of a list, with links to the first and the next page (RFC 8288)."""
    read = await _begin(request, model)
    if read.ready is not None:
        return read.ready
    page = await model.ask(work, read.index)
    links = [f'<{_address(request)}>; rel="first"']
    if page.get("next"):
        links.append(f'<{_address(request, page["next"])}>; rel="next"')
    return read.answer(page, {"Link": ", ".join(links)})


@dataclass(frozen=True, slots=True)
class _Read:
    """One read: over which generation, what was asked, and its answer where that is at hand."""

    model: ReadModel
    index: SearchIndex
    asked: str
    held: str | None
    ready: Response | None = None

    def answer(self, found: object, headers: dict[str, str] | None = None) -> Response:
        """Return an answer (bytes are JSON already), and keep it."""
        content = found if isinstance(found, bytes) else as_json(found)
        kept = (content, {**cache_headers(entity_tag(self.index.generation, self.asked)), **(headers or {})})
        self.model.kept.put(self.index.generation, self.asked, kept)
        return self.respond(kept)

    def respond(self, kept: Given) -> Response:
        """Return an answer as a response: 304 where the client holds it."""
        tag = kept[1]["ETag"]
        if has_tag(self.held, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
        return Response(kept[0], HTTPStatus.OK, kept[1], "application/json")


async def _begin(request: Request, model: ReadModel) -> _Read:
    if negotiate(request.headers.get("accept"), _JSON) is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, "This is written in application/json alone. Ask for that.")
    index = await model.index()
    asked = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
    read = _Read(model, index, asked, request.headers.get("if-none-match"))
    kept = model.kept.get(index.generation, asked)
    return read if kept is None else replace(read, ready=read.respond(kept))


def _address(request: Request, cursor: str | None = None) -> str:
    """Return the address of a page of the list, without scheme and host, of which a proxy may have changed both."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode(given + [("cursor", cursor)] * (cursor is not None))
    path = quote(request.scope["path"])
    return f"{path}?{query}" if query else path


def base_of(request: Request) -> str:
    """Return the address of the server as the client sees it, without a slash at its end.

    Raises
    ------
    HTTPException
        The header Host is none.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The header Host is not a name or an address. Send a proper one.")
    return f"{request.scope['scheme']}://{host}{request.scope.get('root_path', '')}"
