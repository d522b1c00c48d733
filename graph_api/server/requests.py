"""Reading requests: bodies within a limit, forms, tokens, and whether the client is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from loaders.errors import QueryError

FORM = "application/x-www-form-urlencoded"
_UNWATCHED_SECONDS = 0.05
_MOST_FIELDS = 1000
Answered = TypeVar("Answered")


class ClientGoneError(Exception):
    """The client has closed the connection: nobody is left to answer."""


def media_type(request: Request) -> str:
    """Return the media type of a request's body.

    Raises
    ------
    HTTPException
        Its charset is not UTF-8 (415).
    """
    name, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "charset" and value.strip().strip('"') not in {"utf-8", "utf8"}:
            raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be in UTF-8. Convert it.")
    return name


def as_text(body: bytes) -> str:
    """Return a body as text.

    Raises
    ------
    QueryError
        It is not UTF-8.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"The text is not UTF-8 (byte {error.start}). Send it in UTF-8.") from error


def parse_form(text: str) -> list[tuple[str, str]]:
    """Return the fields of a form or of a query string, in order.

    Raises
    ------
    QueryError
        They are not UTF-8, or too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise QueryError("A parameter is not UTF-8. Percent-encode it as UTF-8.") from error
    except ValueError as error:
        raise QueryError(f"The parameters cannot be read: {error}.") from error


async def while_connected(request: Request, work: Coroutine[Any, Any, Answered]) -> Answered:
    """Do work for a client as long as it is there; the body has been read before.

    Raises
    ------
    ClientGoneError
        The client has closed the connection; the work was cancelled.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_UNWATCHED_SECONDS)  # most work is done before it is worth to watch
        if not task.done():
            await _wait_for_either(task, request)
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _wait_for_either(task: asyncio.Future[Any], request: Request) -> None:
    watch = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
