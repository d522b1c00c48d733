"""Measures look-ups over HTTP: this server alone and beside queries that run into the limit, and other servers in the same run.

Run: python benchmarks/server.py STORE [--seconds 5] [--workers 2] [--limit 2]

Beside it, in the same run and over the same data: `oxigraph serve-read-only` where the package oxigraph is installed, and
rdflib-endpoint where that is. Each look-up asks for one entity of 2,000 drawn at random, over 8 connections that are kept
open, each of which asks again as soon as it is answered. The client is a few lines over a socket, so that it takes little of
the machine that it shares with the servers.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from measuring import machine

from graph_api.store import current, open_graph

LOOK_UP = "SELECT ?p ?o WHERE { <%s> ?p ?o } LIMIT 50"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?g) }"
CONNECTIONS = 8
_JSON = "application/sparql-results+json"


def main() -> None:
    """Measure each server and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=2.0, help="seconds that a query may take")
    options = parser.parse_args()
    store = open_graph(options.store)
    subjects = sample(store)
    print(f"{machine()}, {len(store):,} quads")
    report("engine in this process, 1 thread", measure(lambda: in_process(store, subjects), 1, options.seconds))
    with ours(options.store, options.workers, options.limit) as (address, process):
        used = processor_time(process)
        alone = look_ups(address, subjects, options.seconds)
        each = [
            1000 * (after - before) / (len(alone) - 1)
            for before, after in zip(used, processor_time(process), strict=True)
        ]
        report(f"hankeverkko serve, {CONNECTIONS} connections, {options.workers} workers", alone)
        print(f"  processor time of a look-up: server {each[0]:.2f} ms, its workers {each[1]:.2f} ms")
        with endless(address) as ended:
            beside = look_ups(address, subjects, options.seconds)
        report(f"the same beside queries without end ({len(ended)} were ended at {options.limit:g} s)", beside)
        ratio = percentile(beside, 99) / percentile(alone, 99)
        print(f"  p99 beside such queries is {ratio:.2f} times that without")
    for name, peer in (("oxigraph serve-read-only", oxigraph), ("rdflib-endpoint", rdflib_endpoint)):
        with peer(options.store) as address:
            if address is None:
                print(f"{name}: is not installed")
            else:
                report(f"{name}, {CONNECTIONS} connections", look_ups(address, subjects, options.seconds))
    print(f"load at the end: {os.getloadavg()[0]:.1f}")


def sample(store: ox.Store) -> list[str]:
    """Return subjects to look up: 2,000 at random, with a fixed seed."""
    found = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return random.Random(1).sample(sorted(found), min(2000, len(found)))  # noqa: S311


def in_process(store: ox.Store, subjects: list[str]) -> Callable[[], None]:
    """Return a look-up in this process, with its answer written as JSON."""
    choice = random.Random(2)  # noqa: S311

    def ask() -> None:
        found = store.query(LOOK_UP % choice.choice(subjects), use_default_graph_as_union=True)
        if isinstance(found, ox.QuerySolutions):
            found.serialize(format=ox.QueryResultsFormat.JSON)

    return ask


@contextmanager
def ours(store: Path, workers: int, limit: float) -> Iterator[tuple[str, int]]:
    """Run this server; yield the address of its endpoint, and its process."""
    settings = {"HANKEVERKKO_QUERY_WORKERS": str(workers), "HANKEVERKKO_QUERY_SECONDS": str(limit)}
    command = [sys.executable, "-m", "graph_api.cli.main", "serve", "--port", "0", "--store", str(store)]
    with running(command, settings) as process:
        line = process.stdout.readline() if process.stdout else ""
        yield wait_for(line.rpartition("SPARQL at ")[2].strip()), process.pid


def processor_time(process: int) -> tuple[float, float]:
    """Return the seconds of processor that a process and its children have used (Linux; nought elsewhere)."""
    try:
        children = [c for t in Path(f"/proc/{process}/task").iterdir() for c in (t / "children").read_text().split()]
        stats = [Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split() for number in [process, *children]]
    except OSError:
        return 0.0, 0.0
    own, *theirs = [(int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") for fields in stats]
    return own, sum(theirs)


@contextmanager
def oxigraph(store: Path) -> Iterator[str | None]:
    """Run Oxigraph's own server over the same database; yield None where there is none."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = shutil.which("oxigraph") or (str(beside) if beside.exists() else None)
    if binary is None:
        yield None
        return
    port = free_port()
    place = ["--location", str(current(store).graph), "--bind", f"127.0.0.1:{port}"]
    with running([binary, "serve-read-only", "--union-default-graph", *place]):
        yield wait_for(f"http://127.0.0.1:{port}/query")


@contextmanager
def rdflib_endpoint(store: Path) -> Iterator[str | None]:
    """Run rdflib-endpoint over the same statements; yield None where it is not installed."""
    if importlib.util.find_spec("rdflib_endpoint") is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.nq"
        open_graph(store).dump(str(path), format=ox.RdfFormat.N_QUADS)
        with running([sys.executable, "-m", "rdflib_endpoint", "serve", "--port", str(port), str(path)]):
            yield wait_for(f"http://127.0.0.1:{port}/")


@contextmanager
def running(command: list[str], settings: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a process for as long as the block lasts."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **(settings or {})}
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> str:
    """Return an address when somebody answers there."""
    for _ in range(300):
        try:
            Connection(address).ask("ASK {}")
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise SystemExit(f"Nobody answers at {address}.")


class Connection:
    """One connection that is kept open; it reads as much of HTTP/1.1 as is needed to know where an answer ends."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.path, self.host = parts.path, parts.netloc
        self.left = b""

    def ask(self, query: str) -> int:
        """Send a query and read the answer; returns the status."""
        lines = f"GET {self.path}?query={quote(query)} HTTP/1.1\r\nHost: {self.host}\r\nAccept: {_JSON}\r\n\r\n"
        self.socket.sendall(lines.encode())
        head = self._until(b"\r\n\r\n").lower()
        if b"transfer-encoding: chunked" in head:
            while size := int(self._until(b"\r\n"), 16):
                self._exactly(size + 2)
            self._exactly(2)
        else:
            self._exactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        return int(head.split(b" ", 2)[1])

    def _until(self, end: bytes) -> bytes:
        while end not in self.left:
            self._more()
        found, _, self.left = self.left.partition(end)
        return found

    def _exactly(self, size: int) -> None:
        while len(self.left) < size:
            self._more()
        self.left = self.left[size:]

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("The server has closed the connection.")
        self.left += data


def look_ups(address: str, subjects: list[str], seconds: float) -> list[float]:
    """Measure look-ups over several connections."""
    return measure(lambda: over_http(address, subjects), CONNECTIONS, seconds)


def over_http(address: str, subjects: list[str]) -> Callable[[], None]:
    """Return a look-up over a connection of its own."""
    connection = Connection(address)
    choice = random.Random(threading.get_ident())  # noqa: S311

    def ask() -> None:
        status = connection.ask(LOOK_UP % choice.choice(subjects))
        if status != 200:
            raise SystemExit(f"The server answered {status}.")

    return ask


@contextmanager
def endless(address: str) -> Iterator[list[int]]:
    """Let one client ask, again and again, what takes longer than it may; yield the statuses it was answered with."""
    ended: list[int] = []
    stop = threading.Event()

    def work() -> None:
        connection = Connection(address)
        while not stop.is_set():
            ended.append(connection.ask(ENDLESS))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield ended
    finally:
        stop.set()
        thread.join()


def measure(make: Callable[[], Callable[[], None]], threads: int, seconds: float) -> list[float]:
    """Return how long each look-up took, in threads that go on for so many seconds; the seconds stand at the end."""
    taken: list[list[float]] = [[] for _ in range(threads)]
    end = time.perf_counter() + seconds

    def work(mine: list[float]) -> None:
        ask = make()
        while (began := time.perf_counter()) < end:
            ask()
            mine.append(time.perf_counter() - began)

    workers = [threading.Thread(target=work, args=(mine,)) for mine in taken]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [*[time_taken for mine in taken for time_taken in mine], seconds]


def percentile(found: list[float], number: int) -> float:
    """Return the time (seconds) within which so many of 100 look-ups were answered."""
    return quantiles(found[:-1], n=100)[number - 1]


def report(what: str, found: list[float]) -> None:
    """Print look-ups a second, and the times within which half and 99 of 100 were answered."""
    rate = (len(found) - 1) / found[-1]
    p50, p99 = percentile(found, 50) * 1000, percentile(found, 99) * 1000
    print(f"{what}: {rate:,.0f} look-ups/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms", flush=True)


if __name__ == "__main__":
    main()
