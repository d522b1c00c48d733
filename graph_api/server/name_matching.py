"""The process that matches names, seen from the server: started with the first request, again for each generation."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path
from typing import Any

from graph_api.server.pool import Pool
from graph_api.server.process import Worker
from loaders.errors import BusyError, CannotRunError, HankeverkkoError, LimitError, QueryError

_START_SECONDS = 120
_WAITING = 32


class NameMatching:
    """Asks the process, one request at a time.

    Parameters
    ----------
    pool : Pool
        It knows the generation in force, and what one request may take.
    curation : Path
        The curation folder.
    """

    def __init__(self, pool: Pool, curation: Path) -> None:
        self._pool, self._curation = pool, curation
        self._worker: Worker | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._warming: asyncio.Task[None] | None = None

    async def ask(self, request: dict[str, Any]) -> Any:
        """Return the answer to a request (see `graph_api.server.matcher_process`).

        Raises
        ------
        BusyError
            Too many are waiting.
        LimitError
            It took too long, or too much memory.
        CannotRunError
            There is no store, or its names cannot be read.
        """
        if self._waiting >= _WAITING:
            raise BusyError("Too many are waiting for names to be matched. Try again in a few seconds.")
        self._waiting += 1
        try:
            async with self._turn:
                return json.loads(await self._ask(json.dumps(request).encode()))
        finally:
            self._waiting -= 1

    def warm_up(self) -> None:
        """Start the process in the background: whoever reads the manifest will ask soon."""
        if self._worker is None and (self._warming is None or self._warming.done()):
            self._warming = asyncio.create_task(self._start())

    async def _start(self) -> None:
        with contextlib.suppress(HankeverkkoError):  # whoever asks is told
            async with self._turn:
                await self._ready()

    async def _ask(self, request: bytes) -> bytes:
        worker = await self._ready()
        try:
            async with asyncio.timeout(self._pool.limits.seconds):
                await worker.send(request)
                return (await worker.frame())[1]
        except TimeoutError as error:
            worker.kill()
            raise LimitError(
                f"Matching took longer than {self._pool.limits.seconds:g} seconds, and was ended. Send fewer names at a time."
            ) from error
        except QueryError as error:  # what a worker's death without a word is taken for
            raise LimitError("Matching these names made the process stop. Send fewer at a time.") from error
        except asyncio.CancelledError:
            worker.kill()
            raise

    async def _ready(self) -> Worker:
        generation = self._pool.generation()
        if self._worker is not None and (not self._worker.is_alive or self._worker.generation != generation):
            self._worker.kill()
            self._worker = None
        if self._worker is None:
            command = ["graph_api.server.matcher_process", str(self._pool.store), str(self._curation)]
            command += ["--memory", str(self._pool.limits.memory)]
            try:
                self._worker = await Worker.run(command, generation, _START_SECONDS)
            except CannotRunError:
                raise
            except (TimeoutError, QueryError, LimitError) as error:
                raise CannotRunError(
                    "The names of this store could not be read. Give the process more memory (HANKEVERKKO_QUERY_MEMORY_MB)."
                ) from error
        return self._worker

    async def close(self) -> None:
        """End the process."""
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        if self._worker is not None:
            self._worker.kill()
            await self._worker.process.wait()
