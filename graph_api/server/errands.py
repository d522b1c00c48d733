"""Work that is done in a process of its own, which gets its task as JSON and tells as JSON what came of it.

`run_errand` is the server's side; `errand` that of the process, which is confined before it begins.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graph_api.server.confinement import confine
from graph_api.server.process import raise_told, worker_environment
from graph_api.server.worker import limit_memory, live_with_the_server
from loaders.errors import CannotRunError, HankeverkkoError, LimitError


async def run_errand(
    module: str, store: Path, task: Mapping[str, Any], *, seconds: float, memory: int
) -> dict[str, Any]:
    """Run a module as a process and return what it tells.

    Raises
    ------
    LimitError
        It took too long, or was ended by the system; a change it was making did not come into force.
    HankeverkkoError
        What it raised.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, str(store), "--memory", str(memory)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=worker_environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(json.dumps(task).encode())
    except TimeoutError as error:
        raise LimitError(f"This took longer than {seconds:g} seconds, and was ended. Nothing was changed.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise LimitError("This made the engine stop. Nothing was changed. Write it narrower or flatter.")
    try:
        told: dict[str, Any] = json.loads(said)
    except ValueError as error:
        raise CannotRunError("The process gave no answer. Try again.") from error
    raise_told(told)
    return told


def errand(work: Callable[[Path, dict[str, Any]], dict[str, Any]], arguments: list[str] | None = None) -> int:
    """Do the work of a process: ``python -m MODULE STORE --memory BYTES``, the task on its input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--memory", type=int, required=True)
    options = parser.parse_args(arguments)
    live_with_the_server()
    limit_memory(options.memory)
    confine()
    try:
        told = work(options.store, json.load(sys.stdin))
    except HankeverkkoError as error:
        told = {"name": type(error).__name__, "detail": str(error)}
    json.dump(told, sys.stdout)
    return 0
