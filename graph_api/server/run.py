"""Runs the application with uvicorn on a socket that was opened before, so that a port in use is told in a sentence."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from graph_api.server.app import create_app
from graph_api.server.middleware import LOOPBACK
from graph_api.settings import Settings
from loaders.errors import CannotRunError

_MOST_CONNECTIONS = 256
_LONGEST_HEADERS = 64 * 1024
_GRACE_SECONDS = 5


def serve(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` is given the address once the socket is open (port 0 takes a free one).

    Raises
    ------
    CannotRunError
        The address is taken or not this machine's.
    """
    listener = _listen(host, port)
    if not settings.allowed_hosts and _is_loopback(host):
        settings = settings.model_copy(update={"allowed_hosts": (*LOOPBACK, host)})
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_LONGEST_HEADERS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    shown = f"[{host}]" if ":" in host else host
    tell(f"http://{shown}:{listener.getsockname()[1]}")
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The protocol is named, for asyncio switches delays off (TCP_NODELAY) only where it is.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(socket.SOMAXCONN)
    except (OSError, OverflowError) as error:
        raise CannotRunError(
            f"The server cannot listen at {host}:{port} ({error}). Name another with --host and --port."
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
