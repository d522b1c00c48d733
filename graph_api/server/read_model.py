"""The read model in the server: opened for the generation in force, replaced when another one comes into force.

A new read model is made by a process of its own, while the one before goes on answering: every answer is of one
generation, and its tag says of which.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from graph_api.search.index import SearchIndex, open_index
from graph_api.server.process import raise_told, worker_environment
from graph_api.store import current
from loaders.errors import BusyError, CannotRunError, HankeverkkoError, LimitError

Read = TypeVar("Read")
Given = tuple[bytes, dict[str, str]]
_AT_A_TIME = 3
_MOST_WAITING = 64
_LOOK_SECONDS = 0.5
_STEPS = 20_000
_MOST_KEPT_BYTES = 32 * 1024 * 1024


class ReadModel:
    """The read model of one store, as long as the server runs."""

    def __init__(self, store: Path, *, seconds: float) -> None:
        self.store, self.seconds = store, seconds
        self._index: SearchIndex | None = None
        self._opening: asyncio.Task[SearchIndex] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._slots = asyncio.Semaphore(_AT_A_TIME)
        self._waiting = 0
        self.kept = Kept()

    async def open(self) -> None:
        """Begin to open the read model, and watch for new generations."""
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stop watching."""
        for task in (self._watching, self._opening):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, HankeverkkoError):
                    await task

    async def index(self) -> SearchIndex:
        """Return the read model that is open; wait for the first one.

        Raises
        ------
        CannotRunError
            There is no store, or its read model cannot be made.
        """
        return self._index or await self._open()

    async def ask(self, work: Callable[[sqlite3.Connection], Read], index: SearchIndex) -> Read:
        """Do work with a connection in a thread, for work that may take longer than a look-up.

        Raises
        ------
        BusyError
            Too many others are waiting.
        LimitError
            It took longer than it may, and was ended.
        HankeverkkoError
            What the work raises.
        """
        if self._waiting >= _MOST_WAITING:
            raise BusyError("Too many lists are being made. Try again in a few seconds.")
        self._waiting += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(self._limited, work, index)
        finally:
            self._waiting -= 1

    def _limited(self, work: Callable[[sqlite3.Connection], Read], index: SearchIndex) -> Read:
        until = time.monotonic() + self.seconds
        with index.connection() as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            try:
                return work(connection)
            except sqlite3.OperationalError as error:
                raise LimitError(
                    f"The list took longer than {self.seconds:g} seconds, and was ended. Narrow it with filters."
                ) from error
            finally:
                connection.set_progress_handler(None, 0)

    async def _open(self) -> SearchIndex:
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._make())
        return await asyncio.shield(self._opening)

    async def _make(self) -> SearchIndex:
        await _make_in_a_process(self.store)
        self._index = await asyncio.to_thread(open_index, self.store)
        self.kept.clear()
        return self._index

    async def _watch(self) -> None:
        failed: str | None = None
        while True:
            name = None
            try:
                name = current(self.store).folder.name
                if name != failed and (self._index is None or self._index.generation != name):
                    await self._open()
            except HankeverkkoError:  # whoever asks is told; it is tried again over the next generation
                failed = name
            await asyncio.sleep(_LOOK_SECONDS)


class Kept:
    """Answers that were given, by what was asked; the least lately used go first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], Given] = OrderedDict()
        self._bytes = 0

    def get(self, generation: str, asked: str) -> Given | None:
        """Return an answer that was given over a generation."""
        answer = self._answers.get((generation, asked))
        if answer is not None:
            self._answers.move_to_end((generation, asked))
        return answer

    def put(self, generation: str, asked: str, answer: Given) -> None:
        """Keep an answer."""
        if (generation, asked) in self._answers:
            return
        self._answers[generation, asked] = answer
        self._bytes += len(answer[0])
        while self._bytes > _MOST_KEPT_BYTES:
            self._bytes -= len(self._answers.popitem(last=False)[1][0])

    def clear(self) -> None:
        """Forget all."""
        self._answers.clear()
        self._bytes = 0


async def _make_in_a_process(store: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "graph_api.search.build", str(store)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=worker_environment(),
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        told: dict[str, object] = json.loads(said)
    except ValueError as error:
        raise CannotRunError("The search index could not be made. Build the store again if it is damaged.") from error
    raise_told(told)
