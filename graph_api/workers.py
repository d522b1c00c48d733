"""Work on many files by several processes, with the results in the order of the files.

The processes are spawned, never forked: a fork of a process that has a store open shares its locks and threads. A
process that is interrupted leaves quietly, and one whose parent has gone does not stay behind.
"""

from __future__ import annotations

import gc
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
FEWEST = 200  # fewer files are done before a second process has started
_BATCH = 16
_SELDOM = (50_000, 20, 50)  # allocations, then runs, between collections of each generation
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
        with few_collections():
            yield from map(work, files)
        return
    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(jobs, len(batches)), multiprocessing.get_context("spawn"), _set_up)
    try:
        yield from _in_order(pool, work, batches, _AHEAD * jobs)
    except BaseException as error:  # an interrupt as well, and where nobody asks for the rest
        with _undisturbed(for_good=True):
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            raise CannotRunError(_DIED) from error
        raise
    with _undisturbed():
        pool.shutdown()


_DIED = (
    "A process that reads documents died, for want of memory or because it was killed. "
    "Try again with fewer at a time (--jobs 1)."
)


@contextmanager
def _undisturbed(*, for_good: bool = False) -> Iterator[None]:
    """Let no interrupt from the keyboard through, nor into processes that start meanwhile.

    Parameters
    ----------
    for_good : bool
        Forget the interrupts that came meanwhile: all ends already, and a user may press twice.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if for_good and signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})
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


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the collector of cyclic garbage run seldom.

    The facts of a document hold no cycles, and each run goes over the vocabularies anew: a fifth of the time of reading.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _set_up() -> None:
    """Prepare a process that reads documents."""
    gc.set_threshold(*_SELDOM)
    _outlive_no_parent()


def _outlive_no_parent() -> None:
    """End this process when its parent has gone, which otherwise it would wait for for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
