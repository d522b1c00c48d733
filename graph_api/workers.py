"""Work on many files by several processes, with the results in the order of the files.

The processes are spawned, never forked: a fork of a process that has a store open shares its locks and threads. A
process that is interrupted leaves quietly, and one whose parent has gone does not stay behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from loaders.errors import CannotRunError

R = TypeVar("R")
FEWEST = 100  # fewer files are done before a second process has started
_BATCH = 16
_AHEAD = 3  # batches a process, so that results wait for their turn in bounded memory


def usable_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_files(work: Callable[[Path], R], files: Sequence[Path], jobs: int = 1) -> Iterator[R]:
    """Yield the result for each file, in the order of the files.

    Parameters
    ----------
    work : callable
        What is done with a file; for several processes it must be known by name, or a `functools.partial` of such a one,
        and return its errors.
    files : sequence of Path
        The files.
    jobs : int
        How many processes; with one, or with few files, all is done in this one.

    Raises
    ------
    CannotRunError
        A process died.
    """
    if jobs < 2 or len(files) < FEWEST:
        yield from map(work, files)
        return
    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(jobs, len(batches)), multiprocessing.get_context("spawn"), _outlive_no_parent)
    try:
        yield from _in_order(pool, work, batches, _AHEAD * jobs)
    except BrokenProcessPool as error:
        _kill(others)
        raise CannotRunError(
            "A process that reads documents died, for want of memory or because it was killed. "
            "Try again with fewer at a time (--jobs 1)."
        ) from error
    except BaseException:
        _kill(others)  # on an interrupt, and where nobody asks for the rest
        raise
    finally:
        with _undisturbed():
            pool.shutdown(wait=True, cancel_futures=True)


def _kill(others: set[BaseProcess]) -> None:
    with _undisturbed():
        for process in set(multiprocessing.active_children()) - others:
            process.kill()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no interrupt from the keyboard through, nor into processes that start meanwhile."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Path], R], batches: Sequence[Sequence[Path]], ahead: int
) -> Iterator[R]:
    waiting: deque[Future[list[R]]] = deque()
    for batch in batches:
        waiting.append(_submit(pool, work, batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _submit(pool: ProcessPoolExecutor, work: Callable[[Path], R], batch: Sequence[Path]) -> Future[list[R]]:
    with _undisturbed():  # a process that starts takes over which signals are blocked
        return pool.submit(_work_on, work, batch)


def _work_on(work: Callable[[Path], R], batch: Sequence[Path]) -> list[R]:
    return [work(file) for file in batch]


def _outlive_no_parent() -> None:
    """End this process when its parent has gone, which otherwise it would wait for for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
