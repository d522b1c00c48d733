"""For those who run the server: whether it lives, whether it can answer, and its numbers."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus
from typing import cast

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from graph_api.server.access import check_role
from graph_api.server.dependencies import PoolOf
from graph_api.server.metrics import Metrics
from graph_api.server.problems import documented
from graph_api.tokens import Role
from loaders.errors import BusyError

router = APIRouter(tags=["operation"])
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


class Alive(BaseModel):
    """The server runs."""

    status: str = Field(examples=["alive"])


class Ready(BaseModel):
    """The server can answer queries."""

    status: str = Field(examples=["ready"])
    generation: str = Field(description="The generation of the store in force.", examples=["g-1a2b3c4d"])
    workers: int = Field(description="Processes for queries that run.", examples=[2])


@router.get("/healthz", summary="Whether the server runs")
async def healthz(response: Response) -> Alive:
    """Say that the server runs; nothing is looked at."""
    response.headers["Cache-Control"] = "no-store"
    return Alive(status="alive")


@router.get(
    "/readyz",
    summary="Whether the server can answer queries",
    responses=documented(503),
)
async def readyz(pool: PoolOf, response: Response) -> Ready:
    """Say whether there is a store and at least one process that answers queries over it; how many wait says nothing."""
    generation, standing = pool.generation(), pool.standing()
    if not standing.idle + standing.busy:
        raise BusyError("No process for queries runs yet. Try again in a few seconds.")
    response.headers["Cache-Control"] = "no-store"
    return Ready(status="ready", generation=generation, workers=standing.idle + standing.busy)


@router.get(
    "/metrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **documented(401)},
)
async def metrics(request: Request, pool: PoolOf) -> Response:
    """Return numbers: to this machine, and to who holds a token."""
    if not _is_local(request):
        check_role(request, Role.READER)
    numbers = cast("Metrics", request.app.state.metrics)
    headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"}
    return Response(numbers.exposition(pool), HTTPStatus.OK, headers)


def _is_local(request: Request) -> bool:
    """Say whether the client is on this machine; what a proxy brings, known to us or not, is not."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
