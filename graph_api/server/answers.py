"""Answers of the pool as HTTP responses: whole ones at once, long ones piece by piece as fast as the client reads."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence

from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph_api.server.caching import cache_headers
from graph_api.server.negotiation import Offer
from graph_api.server.pool import Answer, Pool
from graph_api.server.requests import ClientGoneError, while_connected
from graph_api.sparql.engine import Question
from loaders.errors import HankeverkkoError

_STALLED_SECONDS = 30
_GONE = 499  # nginx's status for a client that has closed the connection; nobody reads it


async def respond(
    request: Request, pool: Pool, question: Question, offers: Sequence[Offer | None], tag: str | None
) -> Response:
    """Ask the pool and return its answer in the form that was negotiated (`offers`: for tables, for RDF)."""
    try:
        answer = await while_connected(request, pool.answer(question))
    except ClientGoneError:
        return Response(status_code=_GONE)
    offer = next(offer for offer in offers if offer is not None and offer.form == answer.form)
    if tag is not None and not tag.startswith(f'W/"{answer.generation}-'):
        tag = None  # a new generation came into force in between
    headers = {**cache_headers(tag), "Content-Type": offer.content_type}
    if answer.whole is None:
        return StreamedAnswer(answer, headers)
    return Response(None if question.head else answer.whole, headers=headers)


class StreamedAnswer(Response):
    """Sends an answer as it is computed.

    When the client goes, or stops reading, the query is ended; when the query is ended, the connection breaks off
    before the answer's end, so that no client takes a part for the whole.
    """

    def __init__(self, answer: Answer, headers: Mapping[str, str]) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the interface
        """Send the answer."""
        sending = asyncio.ensure_future(self._send(send))
        watching = asyncio.ensure_future(_until_disconnected(receive))
        try:
            await asyncio.wait({sending, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, watching):
                task.cancel()
            await asyncio.gather(sending, watching, return_exceptions=True)
            self.answer.close()

    async def _send(self, send: Send) -> None:
        with contextlib.suppress(HankeverkkoError, TimeoutError):
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for piece in self.answer.pieces():
                async with asyncio.timeout(_STALLED_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
