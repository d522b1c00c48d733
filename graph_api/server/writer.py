"""The one writer of a server: updates and reviews are carried out one after the other, each in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_api.server.errands import run_errand
from graph_api.sparql.update import Change
from loaders.errors import BusyError

_WAITING = 8


class Writer:
    """Carries out changes of one store.

    Parameters
    ----------
    store : Path
        The store.
    seconds, memory : float, int
        What one change may take.
    curation : Path or None
        The folder of what people decided; ``None`` is the store's own.
    """

    def __init__(self, store: Path, *, seconds: float, memory: int, curation: Path | None = None) -> None:
        self.store, self.seconds, self.memory, self.curation = store, seconds, memory, curation
        self._lock, self._reading = asyncio.Lock(), asyncio.Lock()
        self._waiting = 0

    async def update(self, change: Change) -> int:
        """Carry out an update; returns the number of statements after it.

        Raises
        ------
        BusyError
            Too many changes are waiting.
        LimitError
            The update took too long, or too much memory; nothing was changed.
        HankeverkkoError
            What the update says of itself.
        """
        return int((await self._in_turn("updater", asdict(change), self._lock))["quads"])

    async def judge(self, judgements: Sequence[Mapping[str, str]], who: str) -> dict[str, Any]:
        """Write judgements of claims down, all or none, and let the graph follow; raises as `update` does.

        Returns how many were written, whether the graph has followed ("in_force"), and its number of statements.
        """
        return await self._in_turn("reviewer", self._task(judgements=list(judgements), who=who), self._lock)

    async def drafts(self, document: str | None, *, below: float, everything: bool, limit: int) -> dict[str, Any]:
        """Return claims that await judgement, and how many there are; raises as `update` does."""
        task = self._task(document=document, below=below, everything=everything, limit=limit)
        return await self._in_turn("reviewer", task, self._reading)

    def _task(self, **task: Any) -> dict[str, Any]:
        return {**task, "curation": str(self.curation) if self.curation else None}

    async def _in_turn(self, module: str, task: Mapping[str, Any], turn: asyncio.Lock) -> dict[str, Any]:
        if self._waiting >= _WAITING:
            raise BusyError("Too many changes are waiting. Try again in a few seconds.")
        self._waiting += 1
        try:
            async with turn:
                return await run_errand(
                    f"graph_api.server.{module}", self.store, task, seconds=self.seconds, memory=self.memory
                )
        finally:
            self._waiting -= 1
