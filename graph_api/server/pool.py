"""The pool of workers: who may ask now, who waits, who is turned away; and the answers, which hold a worker each.

A reader sees the generation it opened, so that workers belong to one generation: when another comes into force, new
questions go to new workers, and the old ones end with the answer they are giving.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from graph_api.server.frames import DATA, END, WHOLE
from graph_api.server.process import Limits, Worker
from graph_api.sparql.engine import Question
from graph_api.store import change_mark, current
from loaders.errors import BusyError, CannotRunError, HankeverkkoError, LimitError

_ATTEMPTS = 3
_LOOK_SECONDS = 0.5
_LONG_SECONDS = 1.0
"""A query that takes longer lets others go first: look-ups are answered in a hundredth of that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pool stands: processes that are idle and busy, and questions that wait."""

    idle: int
    busy: int
    waiting: int


@dataclass(slots=True)
class Answer:
    """An answer in the making. Close it whatever happens."""

    form: str
    generation: str
    whole: bytes | None
    lease: Lease | None = None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the pieces of an answer that is not whole.

        Raises
        ------
        HankeverkkoError
            It breaks off: a limit was reached, or the worker died.
        """
        while self.lease is not None:
            kind, payload = await self.lease.frame()
            if kind == END:
                self.lease.give_back()
                self.lease = None
            elif kind == DATA:
                yield payload

    def close(self) -> None:
        """End the worker if it has more to say."""
        if self.lease is not None:
            self.lease.end()
            self.lease = None


class Lease:
    """A worker in the hands of one question, with what is left of its time."""

    def __init__(self, pool: Pool, worker: Worker, *, once: bool = False) -> None:
        self.pool, self.worker, self.once = pool, worker, once
        self.left = pool.limits.seconds
        self.patience = asyncio.get_running_loop().call_later(_LONG_SECONDS, worker.give_way)

    async def ask(self, question: Question) -> None:
        """Send a question."""
        await self.worker.ask(question)

    async def frame(self) -> tuple[bytes, bytes]:
        """Return the next frame; only the time that the worker takes counts, not the time that the client takes.

        Raises
        ------
        LimitError
            The time is up.
        """
        began = time.monotonic()
        try:
            async with asyncio.timeout(self.left):
                return await self.worker.frame()
        except TimeoutError as error:
            self.end()
            raise LimitError(
                f"The query took longer than {self.pool.limits.seconds:g} seconds, and was ended. Make it narrower."
            ) from error
        finally:
            self.left = max(0.0, self.left - (time.monotonic() - began))

    def give_back(self) -> None:
        """Return the worker to the pool; one that gave way cannot have its place back, and is replaced."""
        self.patience.cancel()
        if self.once or self.worker.gave_way:
            self.worker.kill()
        self.pool.take_back(self.worker)

    def end(self) -> None:
        """Kill the worker."""
        self.patience.cancel()
        self.worker.kill()
        self.pool.take_back(self.worker)


class Pool:
    """Workers over the generation in force of one store."""

    def __init__(self, store: Path, limits: Limits, *, workers: int, waiting: int) -> None:
        self.store, self.limits = store, limits
        self.workers, self.waiting = workers, waiting
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._slots = asyncio.Semaphore(workers)
        self._queued = 0
        self._filling: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._closed = False
        self._seen: tuple[tuple[int, int], str] | None = None
        self._others: list[Callable[[], Awaitable[None]]] = []

    def also_close(self, close: Callable[[], Awaitable[None]]) -> None:
        """Let something end with the pool."""
        self._others.append(close)

    async def open(self) -> None:
        """Start the workers, and watch for new generations."""
        self._fill()
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in (self._watching, self._filling):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, HankeverkkoError):
                    await task
        for worker in [*self._idle, *self._busy]:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in [*self._idle, *self._busy]))
        for close in self._others:
            await close()

    def generation(self) -> str:
        """Return the name of the generation in force.

        Raises
        ------
        CannotRunError
            There is no store.
        """
        mark = change_mark(self.store)
        if self._seen is None or mark is None or self._seen[0] != mark:
            self._seen = (mark or (0, 0), current(self.store).folder.name)
        return self._seen[1]

    def standing(self) -> Standing:
        """Return how the pool stands now."""
        idle = sum(1 for worker in self._idle if worker.is_alive)
        return Standing(idle, sum(1 for worker in self._busy if worker.is_alive), self._queued)

    async def answer(self, question: Question) -> Answer:
        """Ask a worker; returns when the answer has begun.

        Raises
        ------
        BusyError
            Too many others are waiting.
        HankeverkkoError
            What the engine says of the question; a limit; no store.
        """
        worker = await self._take()
        lease = Lease(self, worker)
        try:
            if question.services:
                lease = await self._connected(lease)
            await lease.ask(question)
            kind, said = await lease.frame()
            if kind != WHOLE:
                return Answer(said.decode(), worker.generation, None, lease)
        except HankeverkkoError:
            lease.give_back()
            raise
        except BaseException:
            lease.end()
            raise
        lease.give_back()
        form, _, body = said.partition(b"\n")
        return Answer(form.decode(), worker.generation, body)

    async def _connected(self, lease: Lease) -> Lease:
        """Return a lease of a worker of its own that may open connections; it serves one question."""
        worker = await Worker.start(current(self.store), self.limits, network=True)
        lease.patience.cancel()
        self.take_back(lease.worker, keep_slot=True)
        self._busy.add(worker)
        return Lease(self, worker, once=True)

    async def _take(self) -> Worker:
        """Return a worker of the generation in force, when it is this question's turn."""
        if self._slots.locked() and self._queued >= self.waiting:
            raise BusyError("Too many queries are waiting. Try again in a few seconds.")
        self._queued += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise BusyError("Other queries are being answered. Try again in a few seconds.") from error
        finally:
            self._queued -= 1
        try:
            return await self._ready()
        except BaseException:
            self._slots.release()
            raise

    async def _ready(self) -> Worker:
        for attempt in range(_ATTEMPTS):
            name = self.generation()
            while not self._idle_of(name) and self._filling is not None and not self._filling.done():
                await asyncio.shield(self._filling)
            worker = self._idle_of(name)
            try:
                worker = worker or await Worker.start(current(self.store), self.limits)
            except CannotRunError:
                if attempt == _ATTEMPTS - 1 or name == self.generation():
                    raise
                continue  # the generation was replaced at that moment
            if worker in self._idle:
                self._idle.remove(worker)
            self._busy.add(worker)
            return worker
        raise CannotRunError("The store changes too fast to be read. Try again.")

    def _idle_of(self, generation: str) -> Worker | None:
        """Return an idle worker of a generation, and end those of others."""
        for worker in [w for w in self._idle if not w.is_alive or w.generation != generation]:
            worker.kill()
            self._idle.remove(worker)
        return next(iter(self._idle), None)

    def take_back(self, worker: Worker, *, keep_slot: bool = False) -> None:
        """Take a worker back from a question; each is taken back once."""
        if worker not in self._busy:
            return
        self._busy.discard(worker)
        if worker.is_alive and not self._closed:
            self._idle.append(worker)
        if not keep_slot:
            self._slots.release()
        if len(self._idle) + len(self._busy) < self.workers:
            self._fill()

    def _fill(self) -> None:
        """Start, in the background, the workers that are missing."""
        if not self._closed and (self._filling is None or self._filling.done()):
            self._filling = asyncio.create_task(self._start_missing())

    async def _start_missing(self) -> None:
        with contextlib.suppress(CannotRunError):  # whoever asks next is told
            generation = current(self.store)
            self._idle_of(generation.folder.name)
            while len(self._idle) + len(self._busy) < self.workers:
                worker = await Worker.start(generation, self.limits)
                if self._closed:
                    worker.kill()
                    return
                self._idle.append(worker)

    async def _watch(self) -> None:
        """Start workers over a new generation before anybody asks for it."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            with contextlib.suppress(CannotRunError):
                name = self.generation()
                if any(worker.generation != name for worker in self._idle):
                    self._fill()
