"""Measures the server: look-ups a second over 8 connections, against the engine in one process, in the same run.

Run: python benchmarks/server.py STORE [--seconds 5] [--workers 2]
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from graph_api.store import open_graph

LOOK_UP = "SELECT ?p ?o WHERE { <%s> ?p ?o } LIMIT 50"
CONNECTIONS = 8


def main() -> None:
    """Measure both ways and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    store = open_graph(options.store)
    subjects = sample(store)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {len(store):,} quads")
    report("engine in this process, 1 thread", measure(lambda: in_process(store, subjects), 1, options.seconds))
    report("engine in this process, 8 threads", measure(lambda: in_process(store, subjects), 8, options.seconds))
    process = subprocess.Popen(
        [sys.executable, "-m", "graph_api.cli.main", "serve", "--port", "0", "--store", str(options.store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "HANKEVERKKO_QUERY_WORKERS": str(options.workers)},
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        address = line.rpartition("SPARQL at ")[2].strip()
        over_http(address, subjects)()
        found = measure(lambda: over_http(address, subjects), CONNECTIONS, options.seconds)
        report(f"server, {CONNECTIONS} connections, {options.workers} workers", found)
    finally:
        process.terminate()
        process.wait()


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


def over_http(address: str, subjects: list[str]) -> Callable[[], None]:
    """Return a look-up over a connection of its own."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    choice = random.Random(threading.get_ident())  # noqa: S311

    def ask() -> None:
        connection.request("GET", f"{parts.path}?query={quote(LOOK_UP % choice.choice(subjects))}")
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"The server answered {response.status}.")

    return ask


def measure(make: Callable[[], Callable[[], None]], threads: int, seconds: float) -> list[float]:
    """Return how long each look-up took, in threads that go on for so many seconds."""
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


def report(what: str, found: list[float]) -> None:
    """Print look-ups a second, and the times within which half and 99 of 100 were answered."""
    *taken, seconds = found
    cuts = quantiles(taken, n=100)
    print(f"{what}: {len(taken) / seconds:,.0f} look-ups/s, p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
