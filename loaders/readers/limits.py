"""What a reader process may use. Limits that a system lacks (macOS has no enforced address space) are left out."""

from __future__ import annotations

import contextlib
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one document: seconds by the clock and of the processor, bytes of memory, input and output.

    A process that has read `documents` of them, or that holds more than half of `memory` after one, is replaced.
    """

    seconds: float = 60.0
    processor_seconds: int = 30
    memory: int = 1024 * MEBIBYTE
    input: int = 100_000_000
    output: int = 20_000_000
    documents: int = 2_000


def limit_process(limits: Limits) -> None:
    """Limit this process for good: memory, no core file, no child process, no more than a few open files."""
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, 32)


@contextlib.contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Limit the reading of one document: time by the clock and of the processor, and no file may be written.

    The system ends the process that goes beyond, even if the process that started it is gone.
    """
    used = int(time.process_time()) + 1
    _soften(resource.RLIMIT_CPU, used + limits.processor_seconds)
    _soften(resource.RLIMIT_FSIZE, 0)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _soften(resource.RLIMIT_FSIZE, resource.RLIM_INFINITY)


def memory() -> int:
    """Return the address space that this process takes, in bytes; 0 where the system does not tell."""
    # The peak of getrusage would not do: a new process begins with that of the one that started it.
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def _lower(kind: int, value: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (least, least))


def _soften(kind: int, value: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        within = value if hard == resource.RLIM_INFINITY or value != resource.RLIM_INFINITY else hard
        resource.setrlimit(kind, (within, hard))
