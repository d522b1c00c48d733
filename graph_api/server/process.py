"""A worker process, seen from the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from graph_api.server.frames import ERROR, HEADER, QUESTION, READY, pack
from graph_api.sparql.engine import Question
from graph_api.store import Generation
from loaders import errors
from loaders.errors import CannotRunError, HankeverkkoError, LimitError, QueryError

_START_SECONDS = 20
_FIELDS = tuple(field.name for field in fields(Question))
_BUFFERED = 256 * 1024
_LOWER_PRIORITY = 10
_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"bad_alloc", b"Resource temporarily unavailable")
_TOLD = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, HankeverkkoError)
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float
    memory: int
    answer: int


class Worker:
    """A process that answers one question at a time over one generation."""

    def __init__(self, process: asyncio.subprocess.Process, generation: str) -> None:
        self.process, self.generation = process, generation
        self._killed = False
        self.gave_way = False

    @classmethod
    async def start(cls, generation: Generation, limits: Limits, *, network: bool = False) -> Worker:
        """Start a process and wait until it is ready.

        Raises
        ------
        CannotRunError
            It cannot open the generation.
        """
        command = ["graph_api.server.worker", str(generation.graph)]
        command += ["--memory", str(limits.memory), "--output", str(limits.answer)] + ["--network"] * network
        try:
            return await cls.run(command, generation.folder.name, _START_SECONDS)
        except (TimeoutError, HankeverkkoError) as error:
            raise CannotRunError(
                "A process for queries could not be started over this store. Build the store again if it is damaged, "
                "or give queries more memory (HANKEVERKKO_QUERY_MEMORY_MB)."
            ) from error

    @classmethod
    async def run(cls, command: Sequence[str], generation: str, seconds: float) -> Worker:
        """Start a module of this program (its name, then its arguments) and wait until it says that it is ready.

        Raises
        ------
        TimeoutError
            It is not ready in time.
        HankeverkkoError
            What it says of itself, or that it has died.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_BUFFERED,
            env=worker_environment(),
        )
        worker = cls(process, generation)
        try:
            async with asyncio.timeout(seconds):
                kind, _ = await worker.frame()
        except BaseException:
            worker.kill()
            raise
        if kind != READY:
            worker.kill()
            raise CannotRunError("A process does not speak this version's protocol.")
        return worker

    @property
    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return not self._killed and self.process.returncode is None

    async def ask(self, question: Question) -> None:
        """Send a question."""
        await self.send(json.dumps({name: getattr(question, name) for name in _FIELDS}).encode())

    async def send(self, payload: bytes) -> None:
        """Send what is asked."""
        if self.process.stdin is None:
            raise CannotRunError("A process for queries has no input.")
        self.process.stdin.write(pack(QUESTION, payload))
        with contextlib.suppress(ConnectionError):  # the next frame says that it has died
            await self.process.stdin.drain()

    async def frame(self) -> tuple[bytes, bytes]:
        """Return the next frame of the answer.

        Raises
        ------
        HankeverkkoError
            What the worker raised, or that it has died.
        """
        if self.process.stdout is None:
            raise CannotRunError("A process for queries has no output.")
        try:
            kind, length = HEADER.unpack(await self.process.stdout.readexactly(HEADER.size))
            payload = await self.process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._cause_of_death() from error
        if kind == ERROR:
            raise_told(json.loads(payload))
        return kind, payload

    async def _cause_of_death(self) -> HankeverkkoError:
        said = await self.process.stderr.read(4096) if self.process.stderr else b""
        self.kill()
        if any(sign in said for sign in _OUT_OF_MEMORY):
            return LimitError("The query took more memory than it may, and was ended. Make it narrower.")
        return QueryError("The query made the engine stop. Write it flatter: with fewer brackets and shorter chains.")

    def give_way(self) -> None:
        """Let the processor serve others first from now on, for good: a priority cannot be had back without privileges."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, _LOWER_PRIORITY)
            self.gave_way = True

    def kill(self) -> None:
        """End the process at once."""
        if self.is_alive:
            self._killed = True
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()


def raise_told(told: Mapping[str, object]) -> None:
    """Raise the error that a process told of, if it did."""
    if "name" in told:
        raise _TOLD.get(str(told["name"]), CannotRunError)(str(told["detail"]))


def worker_environment() -> dict[str, str]:
    """Return the environment without this program's settings: a worker has no use for tokens and keys."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HANKEVERKKO_")}
