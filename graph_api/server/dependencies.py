"""What routers need: the settings, the pool and the writer of the application. ``pool: PoolOf`` in a route's signature.

They are coroutines, for FastAPI runs plain functions in threads, which costs more than a look-up does.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from graph_api.server.access import Keyring
from graph_api.server.pool import Pool
from graph_api.server.writer import Writer
from graph_api.settings import Settings


async def _settings(request: Request) -> Settings:
    return cast("Settings", request.app.state.settings)


async def _pool(request: Request) -> Pool:
    return cast("Pool", request.app.state.pool)


async def _keyring(request: Request) -> Keyring:
    return cast("Keyring", request.app.state.keyring)


async def _writer(request: Request) -> Writer:
    return cast("Writer", request.app.state.writer)


SettingsOf = Annotated[Settings, Depends(_settings)]
PoolOf = Annotated[Pool, Depends(_pool)]
KeyringOf = Annotated[Keyring, Depends(_keyring)]
WriterOf = Annotated[Writer, Depends(_writer)]
