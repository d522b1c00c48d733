"""What holds for every request: the name the server is asked under, and headers of every response."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.server.problems import problem
from graph_api.server.security_headers import security_headers

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class HostCheck:
    """Turns away requests under a name that is not the server's.

    A page from elsewhere can point a name of its own at this machine (DNS rebinding) and would then read the graph
    through the browser of whoever looks at it.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self.app = app
        self.allowed = frozenset(name.lower() for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http" and "*" not in self.allowed:
            host = Headers(scope=scope).get("host", "").lower()
            name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
            if name not in self.allowed:
                sentence = (
                    "This server does not answer under that name. Its names are set in HANKEVERKKO_ALLOWED_HOSTS."
                )
                await problem(HTTPStatus.MISDIRECTED_REQUEST, sentence)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class FixedHeaders:
    """Adds to every response what a browser may not do with it; what a route has set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind, policy = headers.get("content-type", ""), headers.get("content-security-policy", "")
                for name, value in security_headers(kind, is_secure=scope["scheme"] == "https"):
                    if name != "X-Frame-Options" or "frame-ancestors" not in policy:  # the policy says it more finely
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
