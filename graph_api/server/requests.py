"""Reading requests: bodies within a limit, forms, tokens, and whether the client is still there."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import SecretStr
from starlette.exceptions import HTTPException

from loaders.errors import QueryError

FORM = "application/x-www-form-urlencoded"
_BODY_SECONDS = 30
_UNWATCHED_SECONDS = 0.05
_MOST_FIELDS = 1000
Answered = TypeVar("Answered")


class ClientGoneError(Exception):
    """The client has closed the connection: nobody is left to answer."""


async def read_body(request: Request, largest: int) -> bytes:
    """Return the body of a request.

    Raises
    ------
    HTTPException
        It is too large (413), or did not come in time (408).
    """
    too_large = HTTPException(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than the {largest:,} bytes that are read. Send less."
    )
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > largest:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > largest:
                    raise too_large
    except TimeoutError as error:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "The body did not come in time. Send it again.") from error
    return bytes(body)


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


def bears_token(request: Request, token: SecretStr) -> bool:
    """Say whether a request carries the token; the time it takes does not tell how much of it was right."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    expected = token.get_secret_value().encode()
    return hmac.compare_digest(given.strip().encode(), expected) and scheme.lower() == "bearer"


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
