"""Servers for these tests: real processes on free ports of this machine, over a store of the demo documents."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graph_api.build import build
from graph_api.store import load, new_generation

ADMISSION = "a-token-for-these-tests"


@contextmanager
def running_server(store: Path, log: Path | None = None, **settings: str) -> Iterator[httpx.Client]:
    """Run `hankeverkko serve` over a store; yield a client of it. Settings are given without their prefix."""
    ours = {f"HANKEVERKKO_{name.upper()}": value for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "graph_api.cli.main", "serve", "--port", "0", "--store", str(store)],
        stdout=subprocess.PIPE,
        stderr=log.open("w") if log else None,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("HANKEVERKKO_")} | ours,
    )
    assert process.stdout is not None
    address = process.stdout.readline().rpartition("SPARQL at ")[2].removesuffix("/sparql\n")
    assert address.startswith("http://127.0.0.1:"), "the server did not start"
    try:
        with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        finally:
            process.kill()
            process.stdout.close()


def store_of(folder: Path, nquads: str) -> Path:
    """Return a new store that holds these statements."""
    lines = folder / "lines.nq"
    lines.write_text(nquads, "utf-8")
    with new_generation(folder / "store") as generation:
        quads = load(generation, [lines])
        generation.write_manifest({"documents": [], "quads": quads})
    return folder / "store"


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return a store of some demo documents; not to be changed."""
    store = tmp_path_factory.mktemp("demo") / "store"
    documents = sorted(path for path in (repository / "data" / "documents").iterdir() if path.is_file())
    build(documents[::2], store, validate=False)
    return store


@pytest.fixture(scope="session")
def whole_store(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return a store of all demo documents; not to be changed."""
    store = tmp_path_factory.mktemp("whole") / "store"
    build([repository / "data"], store, validate=False)
    return store


@pytest.fixture(scope="session")
def whole_client(whole_store: Path) -> Iterator[httpx.Client]:
    """Return a client of a server over all demo documents."""
    with running_server(whole_store) as http:
        yield http


@pytest.fixture(scope="session")
def client(demo_store: Path) -> Iterator[httpx.Client]:
    """Return a client of a server over the demo documents; updates are off."""
    with running_server(demo_store) as http:
        yield http


@pytest.fixture(scope="session")
def serve() -> Callable[..., object]:
    """Return what starts a server over a store; settings are its named arguments."""
    return running_server


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes a store of N-Quads."""
    return lambda nquads: store_of(tmp_path, nquads)


@pytest.fixture(scope="session")
def store_maker() -> Callable[[Path, str], Path]:
    """Return what makes a store of N-Quads in a folder."""
    return store_of
