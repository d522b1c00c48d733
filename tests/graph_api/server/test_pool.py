"""A query that goes on for long lets others go first, and leaves no slower worker behind."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_api.server.pool import Pool
from graph_api.server.process import Limits
from graph_api.sparql.engine import Question
from loaders.errors import LimitError

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?g) }"


def priorities() -> list[int]:
    """Return the priorities of the processes that this one has started for queries."""
    children = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    workers = [pid for pid in children if b"graph_api.server.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return sorted(os.getpriority(os.PRIO_PROCESS, int(pid)) for pid in workers)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_long_query_gives_way_and_its_worker_is_replaced(make_store: Callable[[str], Path]) -> None:
    store = make_store("".join(f"<x:{i}> <x:p> <x:{i % 7}> <x:g> .\n" for i in range(2000)))
    usual = os.getpriority(os.PRIO_PROCESS, 0)

    async def run() -> None:
        pool = Pool(store, Limits(3.0, 1500 * 2**20, 2**20), workers=1, waiting=4)
        await pool.open()
        try:
            await pool.answer(Question("ASK {}"))
            assert priorities() == [usual]
            long = asyncio.create_task(pool.answer(Question(LONG)))
            await asyncio.sleep(2.0)
            assert priorities() == [10]
            with pytest.raises(LimitError):
                await long
            answer = await pool.answer(Question("ASK {}"))
            assert answer.whole is not None
            assert b"true" in answer.whole
            assert usual in priorities()
        finally:
            await pool.close()

    asyncio.run(run())
