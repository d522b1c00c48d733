"""Around each request: its number, its line in the log, its place in the metrics; and no failure gets past it."""

from __future__ import annotations

import logging
import secrets
import time
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.server.access import holder_of
from graph_api.server.journal import LOGGER, mark_of
from graph_api.server.metrics import Metrics
from graph_api.server.problems import FAULT, problem

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OTHER = "other"


class RequestRecord:
    """Numbers requests, logs and counts them, and answers 500 where the program fails.

    Parameters
    ----------
    app : ASGIApp
        What comes after.
    metrics : Metrics
        Where requests are counted.
    logs, shows_clients : bool
        Whether each request is logged, and whether with its client's address.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, *, logs: bool, shows_clients: bool) -> None:
        self.app, self.metrics, self.logs, self.shows_clients = app, metrics, logs, shows_clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, began, status, size = secrets.token_hex(8), time.monotonic(), 0, 0
        scope.setdefault("state", {})["request_id"] = number

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except Exception:
            LOGGER.exception("A fault of the program.", extra={"details": {"event": "fault", "request": number}})
            if status:
                raise  # the answer has begun: breaking the connection off tells that it is not whole
            await problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT)(scope, receive, counted)
        finally:
            self._tell(scope, status, size, time.monotonic() - began)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        route = getattr(scope.get("route"), "path", _OTHER)
        self.metrics.count_request(method, route, status, seconds)
        if not self.logs or not LOGGER.isEnabledFor(logging.INFO):
            return
        holder, client = holder_of(scope), scope["client"][0] if scope.get("client") else ""
        details = {
            "event": "request",
            "request": scope["state"]["request_id"],
            "method": method,
            "route": route,
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
            "client": client if self.shows_clients else mark_of(client),
        }
        details |= {"token": holder.name} if holder else {}
        LOGGER.info("request", extra={"details": details | scope["state"].get("notes", {})})
