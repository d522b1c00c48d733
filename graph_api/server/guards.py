"""Which guards stand around the routes, and in what order."""

from __future__ import annotations

from fastapi import FastAPI

from graph_api.audit import audit_file
from graph_api.server.access import Keyring
from graph_api.server.admission import Admission, RequestLimits
from graph_api.server.metrics import Metrics
from graph_api.server.middleware import FixedHeaders
from graph_api.server.record import RequestRecord
from graph_api.settings import Settings
from graph_api.tokens import tokens_file


def add_inner_guards(app: FastAPI, settings: Settings) -> None:
    """Add what stands next to the routes: limits of a request, before them tokens and rates."""
    app.state.keyring = Keyring(tokens_file(settings.store, settings.tokens), settings.update_token)
    app.state.audit = audit_file(settings.store, settings.audit)
    app.add_middleware(RequestLimits, largest=settings.request_kb * 1024, seconds=settings.body_seconds)
    app.add_middleware(Admission, keyring=app.state.keyring, rate=settings.rate, burst=settings.rate_burst)


def add_outer_guards(app: FastAPI, settings: Settings) -> None:
    """Add what stands around all others: the record of requests, and the headers of every answer."""
    app.state.metrics = Metrics()
    app.add_middleware(
        RequestRecord,
        metrics=app.state.metrics,
        logs=settings.log_requests,
        shows_clients=settings.log_clients,
    )
    app.add_middleware(FixedHeaders)
