"""The one writer of a server: updates are carried out one after the other, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from graph_api.server.process import raise_told, worker_environment
from graph_api.sparql.update import Change
from loaders.errors import BusyError, CannotRunError, LimitError

_WAITING = 8


class Writer:
    """Carries out updates on one store."""

    def __init__(self, store: Path, *, seconds: float, memory: int) -> None:
        self.store, self.seconds, self.memory = store, seconds, memory
        self._lock = asyncio.Lock()
        self._waiting = 0

    async def update(self, change: Change) -> int:
        """Carry out an update; returns the number of statements after it.

        Raises
        ------
        BusyError
            Too many updates are waiting.
        LimitError
            The update took too long, or too much memory; nothing was changed.
        HankeverkkoError
            What the update says of itself.
        """
        if self._waiting >= _WAITING:
            raise BusyError("Too many updates are waiting. Try again in a few seconds.")
        self._waiting += 1
        try:
            async with self._lock:
                told = await self._run(change)
        finally:
            self._waiting -= 1
        raise_told(told)
        return int(str(told["quads"]))

    async def _run(self, change: Change) -> dict[str, object]:
        command = ["-m", "graph_api.server.updater", str(self.store), "--memory", str(self.memory)]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=worker_environment(),
        )
        try:
            async with asyncio.timeout(self.seconds):
                said, _ = await process.communicate(json.dumps(asdict(change)).encode())
        except TimeoutError as error:
            raise LimitError(
                f"The update took longer than {self.seconds:g} seconds, and was ended. Nothing was changed."
            ) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise LimitError("The update made the engine stop. Nothing was changed. Write it narrower or flatter.")
        try:
            told: dict[str, object] = json.loads(said)
        except ValueError as error:
            raise CannotRunError("The process for updates gave no answer.") from error
        return told
