"""The audit log, from a route: nothing is begun before it is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request

from graph_api.audit import Act, record
from graph_api.server.access import Holder


@asynccontextmanager
async def auditing(request: Request, holder: Holder, what: str, **details: Any) -> AsyncIterator[dict[str, Any]]:
    """Write down what a holder begins and how it ended; yield where details of its outcome are put.

    Raises
    ------
    CannotRunError
        The log cannot be written: the act is not begun.
    """
    state, outcome = request.app.state, dict[str, Any]()
    act = Act(holder.name, holder.role, what, request.state.request_id, details)
    await asyncio.to_thread(record, state.audit, act, "begun")
    try:
        yield outcome
    except BaseException as error:
        record(state.audit, act, "failed", error=type(error).__name__)
        raise
    await asyncio.to_thread(record, state.audit, act, "done", **outcome)
    state.metrics.count_act(what)
