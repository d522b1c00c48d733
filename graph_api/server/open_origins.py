"""Cross-origin access to the reconciliation service, which its specification demands of every endpoint.

A server of this machine alone opens it to pages of this machine (OpenRefine is one, at http://127.0.0.1:3333), so that
no page from elsewhere reads the graph through a browser that happens to run here; a server under a public name, to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.server.middleware import LOOPBACK

_METHODS, _SECONDS = "GET, HEAD, POST, OPTIONS", "600"


class OpenOrigins:
    """Lets pages of other origins ask what is below a path.

    Parameters
    ----------
    path : str
        The path, without a closing slash.
    hosts : sequence of str
        The names that the server answers under; where all are of this machine, so are the origins.
    origins : sequence of str
        Origins that may ask besides; ``*`` is any.
    """

    def __init__(self, app: ASGIApp, path: str, hosts: Sequence[str], origins: Sequence[str]) -> None:
        self.app, self.path, self.origins = app, path, frozenset(origins)
        self.is_local = bool(hosts) and all(host.lower() in LOOPBACK or host.startswith("127.") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the headers of CORS, or answer a preflight."""
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" and self._covers(scope["path"]) else None
        allowed = self._allowed(origin) if origin else None
        if allowed is None:
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await Response(status_code=HTTPStatus.NO_CONTENT, headers=_preflight(scope, allowed))(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = allowed
                if "origin" not in headers.get("Vary", "").lower():
                    headers.add_vary_header("Origin")
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _covers(self, path: str) -> bool:
        return path == self.path or path.startswith(f"{self.path}/")

    def _allowed(self, origin: str) -> str | None:
        if not self.is_local or "*" in self.origins:
            return "*"
        host = f"[{urlsplit(origin).hostname}]" if "[" in origin else urlsplit(origin).hostname
        return origin if origin in self.origins or host in LOOPBACK else None


def _preflight(scope: Scope, allowed: str) -> dict[str, str]:
    asked = Headers(scope=scope).get("access-control-request-headers", "Content-Type")
    return {
        "Access-Control-Allow-Origin": allowed,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": ", ".join(
            h.strip() for h in asked.split(",") if h.strip().replace("-", "").isalnum()
        ),
        "Access-Control-Max-Age": _SECONDS,
        "Vary": "Origin",
    }
