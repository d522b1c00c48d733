"""Runs the application with uvicorn on a socket that was opened before, so that a port in use is told in a sentence."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from graph_api.server.app import create_app
from graph_api.server.journal import start_log
from graph_api.server.middleware import LOOPBACK
from graph_api.server.protocol import server_options
from graph_api.settings import Settings
from loaders.errors import CannotRunError

_PUBLIC_RATE = 20.0


def serve(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` is given the address once the socket is open (port 0 takes a free one).

    Raises
    ------
    CannotRunError
        The address is taken or not this machine's.
    """
    listener = _listen(host, port)
    start_log()
    config = uvicorn.Config(
        create_app(_fitting(settings, host)),
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        **server_options(),
    )
    _spare_the_collector()
    shown = f"[{host}]" if ":" in host else host
    tell(f"http://{shown}:{listener.getsockname()[1]}")
    uvicorn.Server(config).run(sockets=[listener])


def _spare_the_collector() -> None:
    """Take what was made so far, which stays, out of what is searched for garbage: each search of all stops the server (30 ms)."""
    gc.collect()
    gc.freeze()


def _fitting(settings: Settings, host: str) -> Settings:
    """Return settings for an address: a server of this machine alone needs no limit of rates, and has this machine's names."""
    is_private = _is_loopback(host) and not settings.trusted_proxies and not settings.allowed_hosts
    fitting: dict[str, object] = {}
    if not is_private and settings.rate is None:
        fitting["rate"] = _PUBLIC_RATE
    if _is_loopback(host) and not settings.allowed_hosts:
        fitting["allowed_hosts"] = (*LOOPBACK, host)
    return settings.model_copy(update=fitting)


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
