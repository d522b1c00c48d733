"""A worker process: opens one generation read-only, gives up what it will not need, and answers questions.

Run as ``python -m graph_api.server.worker FOLDER --memory BYTES --output BYTES [--network]``. It can be killed at any
time. It can open no connection and start no program, unless it is to call a service.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

import pyoxigraph as ox

from graph_api.server.confinement import confine
from graph_api.server.frames import DATA, END, ERROR, FORM, HEADER, QUESTION, READY, WHOLE, pack
from graph_api.server.tasks import do_task
from graph_api.sparql.engine import Question, answer
from loaders.errors import CannotRunError, HankeverkkoError, LimitError

_CHUNK = 64 * 1024
_SIGNAL_AT_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG, Linux


class Channel:
    """Frames over two file descriptors."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming, self.outgoing = incoming, outgoing

    def send(self, data: bytes) -> None:
        """Write all of it; waits while the server does not read."""
        view = memoryview(data)
        while view:
            view = view[os.write(self.outgoing, view) :]

    def receive(self) -> tuple[bytes, bytes] | None:
        """Return the next frame; None when the server has gone."""
        header = self._read(HEADER.size)
        if header is None:
            return None
        kind, length = HEADER.unpack(header)
        payload = self._read(length)
        return None if payload is None else (kind, payload)

    def _read(self, length: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < length:
            part = os.read(self.incoming, length - len(parts))
            if not part:
                return None
            parts += part
        return bytes(parts)


class Answer:
    """Collects what the engine writes and sends it in pieces; nothing is sent before the first piece is full.

    So an error that comes early still is an error, and not an answer that breaks off.
    """

    def __init__(self, channel: Channel, largest: int) -> None:
        self.channel, self.largest = channel, largest
        self.form = ""
        self.has_begun = False
        self.total = 0
        self.waiting = bytearray()

    def begin(self, form: str) -> None:
        """Keep the form until there is something to send."""
        self.form = form

    def write(self, data: bytes, /) -> int:
        """Take bytes.

        Raises
        ------
        LimitError
            The answer is larger than it may be.
        """
        self.total += len(data)
        if self.total > self.largest:
            raise LimitError(f"The answer is larger than {self.largest:,} bytes. Ask for less with LIMIT and OFFSET.")
        self.waiting += data
        if len(self.waiting) >= _CHUNK:
            self._send_piece()
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    def _send_piece(self) -> None:
        begin = b"" if self.has_begun else pack(FORM, self.form.encode())
        self.has_begun = True
        self.channel.send(begin + pack(DATA, bytes(self.waiting)))
        self.waiting.clear()

    def end(self) -> None:
        """Send what is left, and that this was all."""
        if not self.has_begun:
            self.channel.send(pack(WHOLE, self.form.encode() + b"\n" + self.waiting))
            return
        last = pack(DATA, bytes(self.waiting)) if self.waiting else b""
        self.channel.send(last + pack(END))


def main(arguments: list[str] | None = None) -> int:
    """Run the worker until the server closes its input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--output", type=int, required=True)
    parser.add_argument("--network", action="store_true")
    options = parser.parse_args(arguments)
    live_with_the_server()
    limit_memory(options.memory)
    if not options.network:
        confine()
    channel = Channel(sys.stdin.fileno(), sys.stdout.fileno())
    try:
        store = ox.Store.read_only(options.folder)
    except (OSError, ValueError) as error:
        channel.send(_error(CannotRunError(f"The store cannot be opened ({error}).")))
        return 3
    channel.send(pack(READY))
    serve(store, channel, options.output)
    return 0


def live_with_the_server() -> None:
    """Die when the server dies (where the system can do so); leave Ctrl-C to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)


def limit_memory(memory: int) -> None:
    """Set how much memory the process may take; it leaves no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(store: ox.Store, channel: Channel, largest: int) -> None:
    """Answer questions until there are no more."""
    while (frame := channel.receive()) is not None:
        kind, payload = frame
        if kind == QUESTION:
            _answer(store, channel, payload, largest)


def _answer(store: ox.Store, channel: Channel, payload: bytes, largest: int) -> None:
    output = Answer(channel, largest)
    try:
        question = _question(payload)
        (answer if question.task is None else do_task)(store, question, output)
        output.end()
    except HankeverkkoError as error:
        channel.send(_error(error))
    except MemoryError:
        channel.send(_error(LimitError("The query took more memory than it may. Make it narrower.")))
    except Exception as error:  # noqa: BLE001 - whatever the engine raises ends this answer, not the worker
        channel.send(_error(CannotRunError(f"The engine failed ({type(error).__name__}). Ask in another way.")))


def _question(payload: bytes) -> Question:
    fields: dict[str, Any] = json.loads(payload)
    fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Question(**fields)


def _error(error: HankeverkkoError) -> bytes:
    return pack(ERROR, json.dumps({"name": type(error).__name__, "detail": str(error)}).encode())


if __name__ == "__main__":
    sys.exit(main())
