"""HTTP/1.1 on a connection: uvicorn's protocol, with an end to the patience for slow clients.

uvicorn ends idle connections between requests (timeout_keep_alive) and has no limit for the time in which the head of a
request, or its body, has to come, or in which an answer has to be taken.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph_api.server.problems import problem_content
from graph_api.server.security_headers import security_headers
from graph_api.settings import Settings

MOST_CONNECTIONS = 256
MOST_OF_ONE_CLIENT = 64
STALLED_SECONDS = 30
_GRACE_SECONDS = 2  # after which a body is cut even if nobody reads it


class PatientProtocol(H11Protocol):
    """Cuts clients that are slow to send a request or to take its answer; answers what is no HTTP with a problem."""

    _deadline: asyncio.TimerHandle | None = None
    _awaited = ""
    _stalled: asyncio.TimerHandle | None = None

    @property
    def settings(self) -> Settings:
        """Return the settings of the application."""
        found: Settings = self.config.app.state.settings  # type: ignore[union-attr]  # it is always given as an object
        return found

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to wait for a request, or turn the client away where there are too many."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        same = sum(1 for other in self.connections if _address_of(other) == address)
        limited = address not in self.settings.trusted_proxies
        if len(self.connections) > MOST_CONNECTIONS or (limited and same > MOST_OF_ONE_CLIENT):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "There are too many connections. Try again in a few seconds.")
        else:
            self._await("head", self.settings.header_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        super().connection_lost(exc)
        for timer in (self._deadline, self._stalled):
            if timer is not None:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Take data, and set the time for what has to come next."""
        super().data_received(data)
        self._set_deadline()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        super().on_response_complete()
        self._set_deadline()

    def _set_deadline(self) -> None:
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self._await("body", self.settings.body_seconds + _GRACE_SECONDS)
        elif state is h11.IDLE and self.conn.trailing_data[0]:
            self._await("head", self.settings.header_seconds)
        else:
            self._await("", 0)

    def _await(self, what: str, seconds: float) -> None:
        """Give the client that long for a part of its request; the time of one part does not begin anew with each byte."""
        if what == self._awaited:
            return
        self._awaited = what
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if what:
            self._deadline = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._refuse(HTTPStatus.REQUEST_TIMEOUT, "The request did not come in time. Send it again.")

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's sentence says no more
        """Answer what is no HTTP request."""
        seen, _ = self.conn.trailing_data
        most = self.config.h11_max_incomplete_event_size or 0
        if len(seen) <= most:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no HTTP/1.1 request as it should be. Use an HTTP client.")
        elif b"\n" in seen:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too long. Send fewer.")
        else:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long. Send a long query with POST.")

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        """Answer with a problem where an answer has not begun, and close the connection."""
        if self.transport.is_closing():
            return
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            body = json.dumps(problem_content(status, sentence)).encode()
            headers: list[tuple[str, str]] = [
                *security_headers("application/problem+json", is_secure=False),
                ("Content-Type", "application/problem+json"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("Connection", "close"),
            ]
            headers += [("Retry-After", "5")] * (status is HTTPStatus.SERVICE_UNAVAILABLE)
            events = [h11.Response(status_code=status, headers=headers, reason=status.phrase), h11.Data(data=body)]
            for event in [*events, h11.EndOfMessage()]:
                self.transport.write(self.conn.send(event) or b"")
        self._close()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that was idle."""
        super().timeout_keep_alive_handler()
        self._close()

    def _close(self) -> None:
        """Close the connection; who does not take what is left is cut."""
        self.transport.close()
        if self.transport.get_write_buffer_size():
            self.pause_writing()

    def pause_writing(self) -> None:
        """Give the client time to take what was sent."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client takes what is sent."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def _address_of(connection: object) -> str:
    client: tuple[str, int] | None = getattr(connection, "client", None)
    return client[0] if client else ""


def server_options() -> dict[str, Any]:
    """Return what uvicorn is told beside the application."""
    return {
        "http": PatientProtocol,
        "ws": "none",
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "h11_max_incomplete_event_size": 64 * 1024,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 5,
    }
