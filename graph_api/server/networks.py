"""Networks over HTTP: /api/networks.

What networks are made of is read once for each generation from its collaboration index, by whoever asks first. They are
computed in threads, a few at a time, so that other requests go on; how large they may be is bounded.
"""

from __future__ import annotations

import asyncio
import threading
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from graph_api.collaboration.stored import index_of
from graph_api.networks.material import Material
from graph_api.networks.source import material_of
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.negotiation import Offer, negotiate
from graph_api.server.network_answers import NetworkQuery, NetworkShape, answer
from graph_api.server.reads import problems
from graph_api.store import current
from loaders.errors import BusyError, FormatError

OFFERS = (
    Offer("application/json", "json"),
    Offer("application/graphml+xml", "graphml"),
    Offer("application/gexf+xml", "gexf"),
)
_AT_A_TIME = 2
_MOST_WAITING = 16

router = APIRouter(tags=["Networks"], responses=problems())


class Networks:
    """What networks are made of, in the generation in force, in each language that was asked for."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._generation = ""
        self._materials: dict[str, Material] = {}
        self._slots = asyncio.Semaphore(_AT_A_TIME)
        self._waiting = 0

    async def ask(self, asked: NetworkQuery, form: str) -> tuple[str, bytes]:
        """Return the generation and the answer, computed in a thread when it is this request's turn.

        Raises
        ------
        BusyError
            Too many others are waiting.
        UsageError
            What is asked for does not exist, or is too large.
        CannotRunError
            There is no store.
        """
        if self._waiting >= _MOST_WAITING:
            raise BusyError("Too many networks are being computed. Try again in a few seconds.")
        self._waiting += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(self._answer, asked, form)
        finally:
            self._waiting -= 1

    def _answer(self, asked: NetworkQuery, form: str) -> tuple[str, bytes]:
        generation, material = self._material(asked.names)
        return generation, answer(material, asked, form)

    def _material(self, language: str) -> tuple[str, Material]:
        """Return the material of the generation in force; whoever comes first reads it, the others wait."""
        with self._lock:
            generation = current(self.store).folder.name
            if generation != self._generation:
                self._generation, self._materials = generation, {}
            if language not in self._materials:
                self._materials[language] = material_of(index_of(self.store, language=language))
            return generation, self._materials[language]


async def _networks(request: Request) -> Networks:
    return cast("Networks", request.app.state.networks)


NetworksOf = Annotated[Networks, Depends(_networks)]
_CONTENT: dict[str, Any] = {offer.media_type: {} for offer in OFFERS[1:]}


@router.get(
    "/api/networks",
    response_class=Response,
    summary="A network, with its measures and what it rests on",
    responses={
        200: {
            "description": "The network in JSON, GraphML or GEXF 1.3, as Accept asks.",
            "model": NetworkShape,
            "content": _CONTENT,
        }
    },
)
async def get_network(request: Request, networks: NetworksOf, asked: Annotated[NetworkQuery, Query()]) -> Response:
    """Return who is tied to whom, how strongly and on which evidence: of organisations that share initiatives, unless
    `nodes` and `through` say otherwise. Every answer says what share of the known initiatives, partners and years it rests on.
    """
    offer = negotiate(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise FormatError(f"A network is written as {', '.join(o.media_type for o in OFFERS)}. Ask for one of them.")
    parts = (request.url.path, request.url.query, offer.form)
    tag = entity_tag(current(networks.store).folder.name, *parts)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    generation, content = await networks.ask(asked, offer.form)
    return Response(content, HTTPStatus.OK, cache_headers(entity_tag(generation, *parts)), offer.content_type)
