"""The application: its parts, its routers, and what lives as long as it does.

A new part of the API is a module with a `router`, named in `ROUTERS`; it raises the program's own errors, which
`graph_api.server.problems` turns into responses, and takes settings, pool and writer from
`graph_api.server.dependencies`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from graph_api.server import (
    dataset,
    entities,
    exports,
    front,
    graph_store,
    health,
    linked_data,
    named_queries,
    networks,
    partner_pages,
    partners,
    reconcile,
    reviews,
    sparql,
    stewards,
)
from graph_api.server.guards import add_inner_guards, add_outer_guards
from graph_api.server.head import HeadAsGet
from graph_api.server.middleware import HostCheck
from graph_api.server.open_origins import OpenOrigins
from graph_api.server.pool import Pool
from graph_api.server.problems import add_problem_handlers
from graph_api.server.process import Limits
from graph_api.server.read_model import ReadModel
from graph_api.server.writer import Writer
from graph_api.settings import Settings

ROUTERS = (
    sparql.router,
    graph_store.router,
    health.router,
    reconcile.router,
    reviews.router,
    stewards.router,
    entities.router,
    partners.router,
    networks.router,
    named_queries.router,
    exports.router,
    linked_data.router,
    dataset.router,
    front.router,
    partner_pages.router,
)
_MEGABYTE = 1024 * 1024
_PREFLIGHT_SECONDS = 600


def create_app(settings: Settings) -> FastAPI:
    """Return the application over the store of the settings.

    Its pages of interactive documentation are off, for they load scripts from elsewhere; /openapi.json is there.
    """
    app = FastAPI(title="Hankeverkko", lifespan=_lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.settings = settings
    add_problem_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    # The last one added is the outermost.
    app.add_middleware(HeadAsGet)
    add_inner_guards(app, settings)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["Accept", "Authorization", "Content-Type", "If-None-Match"],
        expose_headers=["ETag", "Link", "Retry-After"],
        max_age=_PREFLIGHT_SECONDS,
    )
    app.add_middleware(OpenOrigins, path=reconcile.PATH, hosts=settings.allowed_hosts, origins=settings.cors_origins)
    app.add_middleware(HostCheck, allowed=settings.allowed_hosts or ("*",))
    add_outer_guards(app, settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    memory = settings.query_memory_mb * _MEGABYTE
    limits = Limits(settings.query_seconds, memory, int(settings.answer_mb * _MEGABYTE))
    pool = Pool(settings.store, limits, workers=settings.query_workers, waiting=settings.query_waiting)
    app.state.pool = pool
    app.state.writer = Writer(
        settings.store, seconds=settings.update_seconds, memory=memory, curation=settings.curation
    )
    app.state.networks = networks.Networks(settings.store)
    app.state.read_model = ReadModel(settings.store, seconds=settings.query_seconds)
    await pool.open()
    await app.state.read_model.open()
    try:
        yield
    finally:
        await app.state.read_model.close()
        await pool.close()
