"""HEAD wherever there is GET: the same answer without its body (RFC 9110, section 9.3.2)."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# These answer HEAD themselves, without computing the answer.
_OWN = ("/sparql", "/rdf-graphs/")


class HeadAsGet:
    """Answers HEAD as GET, and leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(_OWN):
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send(message if message["type"] != "http.response.body" else {**message, "body": b""})

        await self.app({**scope, "method": "GET"}, receive, send_head)
