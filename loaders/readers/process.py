"""Documents are parsed in processes of their own, which are limited, reused, and replaced when they fall.

A process is started when the first document needs it, and serves one document at a time; threads that read at once get
one each, up to the number of processors. Each process of a build has its own: after a fork they are left to the parent.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loaders.errors import CannotRunError, ReadError
from loaders.model import Unread
from loaders.readers.formats import Format
from loaders.readers.frames import LENGTH, frame
from loaders.readers.limits import Limits
from loaders.readers.reading import Reading

_CHUNK = 1 << 16
_CANNOT_START = "The process that reads documents cannot be started ({}). Check the installation of hankeverkko."


class WorkerProcess:
    """A running reader process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own module, run by the Python that runs us
                [sys.executable, "-P", "-m", "loaders.readers.worker", json.dumps(asdict(limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
            )
        except OSError as error:
            raise CannotRunError(_CANNOT_START.format(error)) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise CannotRunError(_CANNOT_START.format("it has no pipes"))
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        self.pid = self._process.pid
        self.served = 0

    @property
    def is_alive(self) -> bool:
        """Return whether the process runs; one that has ended is taken off the system's list."""
        return self._process.poll() is None

    def ask(self, format_: Format, data: bytes) -> dict[str, Any]:
        """Return the reply to a document.

        Raises
        ------
        TimeoutError
            The document took longer than the clock allows.
        EOFError
            The process ended before it replied.
        """
        deadline = time.monotonic() + self._limits.seconds
        self._send(frame(format_.encode("ascii")) + frame(data), deadline)
        (length,) = LENGTH.unpack(self._receive(LENGTH.size, deadline))
        # A character of the text takes four bytes at most, and six where JSON escapes it.
        if length > 6 * self._limits.output + _CHUNK:
            raise EOFError
        reply: dict[str, Any] = json.loads(self._receive(length, deadline))
        self.served += 1
        return reply

    def _send(self, content: bytes, deadline: float) -> None:
        rest = memoryview(content)
        while rest:
            _wait(self._input, selectors.EVENT_WRITE, deadline)
            try:
                rest = rest[os.write(self._input, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise EOFError from error

    def _receive(self, length: int, deadline: float) -> bytes:
        pieces: list[bytes] = []
        while length:
            _wait(self._output, selectors.EVENT_READ, deadline)
            piece = os.read(self._output, min(length, _CHUNK))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def end(self, *, patience: float = 0.0) -> int:
        """End the process, at once or after `patience` seconds, and wait for it; returns its exit status."""
        self.leave()
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def leave(self) -> None:
        """Close this side of the pipes: the process ends when it has read what is in them."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _wait(descriptor: int, event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise TimeoutError


class Readers:
    """The reader processes of this process.

    Parameters
    ----------
    limits : Limits, optional
        What one document may use.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._forget()
        os.register_at_fork(after_in_child=self._after_fork)

    def _forget(self) -> None:
        self._all: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(max(1, os.cpu_count() or 1))

    def _after_fork(self) -> None:
        for worker in self._all:
            worker.leave()
        self._forget()

    def read(self, format_: Format, data: bytes) -> Reading:
        """Return the reading of a document.

        Raises
        ------
        ReadError
            It cannot be read, or needs more than the limits allow; the message lacks the file's name.
        CannotRunError
            No reader process can be started.
        """
        if len(data) > self.limits.input:
            raise ReadError(f"is larger than {self.limits.input:,} bytes. Split it, or save it as text.")
        with self._places:
            worker = self._take()
            try:
                reply = worker.ask(format_, data)
            except TimeoutError as error:
                self._drop(worker)
                raise ReadError(_too_slow(self.limits.seconds)) from error
            except EOFError as error:
                raise self._fallen(worker, self._drop(worker, patience=1.0)) from error
            except BaseException:
                self._drop(worker)
                raise
            if reply["last"]:
                self._drop(worker, patience=1.0)
            else:
                with self._lock:
                    self._idle.append(worker)
        return _reading(reply)

    def _take(self) -> WorkerProcess:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                self._all.discard(worker)
                worker.end()
            worker = WorkerProcess(self.limits)
            self._all.add(worker)
            return worker

    def _drop(self, worker: WorkerProcess, patience: float = 0.0) -> int:
        with self._lock:
            self._all.discard(worker)
        return worker.end(patience=patience)

    def _fallen(self, worker: WorkerProcess, status: int) -> CannotRunError | ReadError:
        """Return the error that says why a process ended under a document."""
        if status in {-signal.SIGXCPU, -signal.SIGALRM}:
            return ReadError(_too_slow(self.limits.processor_seconds))
        if status < 0:
            return ReadError(
                f"stopped the process that read it (signal {-status}); it may need more memory than there is. "
                "Split it, or save it as text."
            )
        if worker.served == 0:
            return CannotRunError(_CANNOT_START.format(f"it ended with status {status}"))
        return ReadError(f"ended the process that read it (status {status}). Save it as text.")

    def close(self) -> None:
        """End all reader processes; the next document starts a new one."""
        with self._lock:
            ended, self._all, self._idle = self._all, set(), []
        for worker in ended:
            worker.end(patience=0.5)


def _too_slow(seconds: float) -> str:
    return f"took more than {seconds:g} seconds to read. Split it, or save it as text."


def _reading(reply: dict[str, Any]) -> Reading:
    if "error" in reply:
        raise ReadError(reply["error"])
    return Reading(reply["text"], reply["address"], tuple(Unread(**note) for note in reply["notes"]))


READERS = Readers()
atexit.register(READERS.close)
