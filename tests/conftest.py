"""Fixtures for all tests.

Policy: tests use small real inputs from `tests/fixtures` and `data`; those marked ``acceptance`` use the acceptance
material, found through HANKEVERKKO_ACCEPTANCE or a folder beside the repository, and are skipped where there is none.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from workbooks import Cells, workbook_bytes

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def acceptance() -> Path:
    """Return the folder of the acceptance material, or skip."""
    named = os.environ.get("HANKEVERKKO_ACCEPTANCE")
    for folder in [Path(named)] if named else [REPOSITORY.parent / "shared"]:
        if (folder / "gold").is_dir():
            return folder
    pytest.skip("no acceptance material: set HANKEVERKKO_ACCEPTANCE to its folder")


@dataclass
class ChatServer:
    """A server of the chat completions protocol on this machine, which answers as it is told to.

    `answers` are given in turn, the last one again and again: facts (a list), the words of the message (a string), a whole
    body (bytes), an HTTP status (an integer), or a number of seconds to wait before no facts are given (a float).
    """

    answers: list[Any] = field(default_factory=lambda: [[]])
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    address: str = ""
    message: dict[str, Any] = field(default_factory=dict)
    finish_reason: str = "stop"

    def documents(self) -> list[str]:
        """Return the texts that were sent."""
        return [r["messages"][-1]["content"].partition("Document:\n")[2] for r in self.requests]

    def answer(self, body: dict[str, Any]) -> tuple[int, bytes]:
        """Return the status and body of the answer to a request."""
        self.requests.append(body)
        said = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(said, int):
            return said, b'{"error": {"message": "no", "type": "no", "code": "no"}}'
        if isinstance(said, bytes):
            return 200, said
        if isinstance(said, float):
            time.sleep(said)
            said = []
        content = said if isinstance(said, str) else json.dumps({"facts": said}, ensure_ascii=False)
        message = {"role": "assistant", "content": content, "refusal": None} | self.message
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        whole = {"id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice]}
        return 200, json.dumps(whole).encode()


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    """Return a running server; its address ends in /v1."""
    state = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.keys.append(self.headers.get("Authorization"))
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = state.answer(body) if self.path == "/v1/chat/completions" else (404, b"{}")
            try:
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/v1/elsewhere")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                pass  # the client did not wait

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def demo_store(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store built from the demo documents; copy it before changing it."""
    from graph_api.build import build

    store = tmp_path_factory.mktemp("demo") / "store"
    build([repository / "data"], store)
    return store


MakeWorkbook = Callable[[Mapping[str, Sequence[Cells]]], bytes]


@pytest.fixture(scope="session")
def make_workbook() -> MakeWorkbook:
    """Return what makes the bytes of a workbook from the rows of its sheets, as a spreadsheet program would write it."""
    return workbook_bytes
