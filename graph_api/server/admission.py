"""The door: whose token a request carries, whether the client may ask as often, and how much of a request is read."""

from __future__ import annotations

import asyncio
import math
from http import HTTPStatus

from fastapi import HTTPException as RouteError  # FastAPI hands its own kind on, also where it reads a body
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.server.access import Keyring, bearer_token, set_holder, wrong_token
from graph_api.server.problems import problem
from graph_api.server.rates import Buckets, client_of

UNLIMITED_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
TOKEN_FACTOR = 5
_GUESSES, _GUESSES_A_SECOND = 10, 1 / 30
_LONGEST_URL = 16 * 1024
_LONGEST_HEADERS = 32 * 1024


class Admission:
    """Looks the token of a request up, and turns away who asks too often or tries tokens.

    Parameters
    ----------
    app : ASGIApp
        What comes after.
    keyring : Keyring
        The tokens.
    rate, burst : float or None, int
        See `graph_api.settings.Settings`.
    """

    def __init__(self, app: ASGIApp, keyring: Keyring, rate: float | None, burst: int) -> None:
        self.app, self.keyring = app, keyring
        self.public = Buckets(rate, burst) if rate else None
        self.holders = Buckets(rate * TOKEN_FACTOR, burst * TOKEN_FACTOR) if rate else None
        self.guesses = Buckets(_GUESSES_A_SECOND, _GUESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401 or 429."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._check(scope)
        except HTTPException as error:
            await problem(error.status_code, error.detail, dict(error.headers or {}))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        client = client_of(scope["client"][0] if scope.get("client") else "")
        given = bearer_token(Headers(scope=scope).get("authorization", ""))
        if given is not None:
            client = "token " + self._name_of_holder(scope, client, given)
        buckets = self.public if given is None else self.holders
        if buckets is not None and scope["path"] not in UNLIMITED_PATHS:
            _refuse_for(buckets.take(client), "There are too many requests from here.")

    def _name_of_holder(self, scope: Scope, client: str, given: str) -> str:
        _refuse_for(self.guesses.wait(client), "Too many wrong tokens were sent from here.")
        holder = self.keyring.holder(given)
        if holder is None:
            self.guesses.take(client)
            raise wrong_token()
        set_holder(scope, holder)
        return holder.name


def _refuse_for(seconds: float, sentence: str) -> None:
    if seconds > 0:
        whole = math.ceil(seconds)
        raise HTTPException(
            HTTPStatus.TOO_MANY_REQUESTS, f"{sentence} Try again in {whole} seconds.", {"Retry-After": str(whole)}
        )


class RequestLimits:
    """Limits the address, the head and the body of a request: their size, their encoding, and the time a body takes."""

    def __init__(self, app: ASGIApp, largest: int, seconds: float) -> None:
        self.app, self.largest, self.seconds = app, largest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a limited body, or answer with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is not None:
            # Whatever more of the request is under way is not taken for another request.
            await problem(*refused, {"Connection": "close"})(scope, receive, send)
            return
        await self.app(scope, _Body(receive, self.largest, self.seconds), send)

    def _refusal(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > _LONGEST_URL:
            return HTTPStatus.REQUEST_URI_TOO_LONG, (
                f"The address is longer than {_LONGEST_URL:,} bytes. Send a long query with POST."
            )
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _LONGEST_HEADERS:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, (
                f"The headers are longer than {_LONGEST_HEADERS:,} bytes. Send fewer."
            )
        if len(headers.getlist("host")) > 1:
            return HTTPStatus.BAD_REQUEST, "There is more than one Host header. Send one."
        return self._refusal_of_body(headers)

    def _refusal_of_body(self, headers: Headers) -> tuple[HTTPStatus, str] | None:
        if "transfer-encoding" in headers and "content-length" in headers:
            return (
                HTTPStatus.BAD_REQUEST,
                "Content-Length and Transfer-Encoding contradict each other. Send one of them.",
            )
        if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Bodies are read as they are, not compressed. Send it plain."
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated[:20]) > self.largest:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large(self.largest)
        return None


class _Body:
    """Receives a body within its limits."""

    def __init__(self, receive: Receive, largest: int, seconds: float) -> None:
        self.receive, self.left, self.largest, self.seconds = receive, largest, largest, seconds
        self.is_whole = False
        self.until: float | None = None

    async def __call__(self) -> Message:
        """Return the next piece.

        Raises
        ------
        HTTPException
            It is too large (413), or did not come in time (408).
        """
        if self.is_whole:
            return await self.receive()
        if self.until is None:
            self.until = asyncio.get_running_loop().time() + self.seconds
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.receive()
        except TimeoutError as error:
            raise RouteError(
                HTTPStatus.REQUEST_TIMEOUT, "The body did not come in time. Send it again.", {"Connection": "close"}
            ) from error
        self.left -= len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        if self.left < 0:
            raise RouteError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large(self.largest), {"Connection": "close"})
        return message


def _too_large(largest: int) -> str:
    return f"The body is larger than the {largest:,} bytes that are read. Send less."
