"""Measures look-ups in the API: records of entities a second over 8 connections, and how long each takes.

Run: python benchmarks/look_ups.py STORE [--seconds 5] [--beside]

With --beside, one more client sends queries that run into the limit of time meanwhile. The client speaks HTTP over bare
sockets, so that on a machine of two cores it leaves most of them to the server.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from measuring import machine

from graph_api.search.index import open_index
from graph_api.search.kinds import api_path

CONNECTIONS = 8
KINDS = ("organisation", "initiative", "pilot", "method", "place", "document")
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def main() -> None:
    """Measure, and print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--beside", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    open_index(options.store).close()
    print(machine())
    print(f"read model opened in {time.perf_counter() - began:.1f} s")
    paths = sample(options.store)
    process = subprocess.Popen(
        [sys.executable, "-m", "graph_api.cli.main", "serve", "--port", "0", "--store", str(options.store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # its log, a line for each request
        text=True,
        env={**os.environ, "HANKEVERKKO_QUERY_SECONDS": "5"},
    )
    try:
        address = (process.stdout.readline() if process.stdout else "").rpartition("SPARQL at ")[2].strip()
        where = urlsplit(address)
        fetch(connect(where.hostname or "", where.port or 0), paths[0])
        before = processor_seconds(process.pid)
        report("first answers", found := run(where.hostname or "", where.port or 0, paths, options.seconds))
        middle = processor_seconds(process.pid)
        print(f"  the server took {(middle - before) / len(found) * 1000:.2f} ms of processor for each")
        report("again, kept", found := run(where.hostname or "", where.port or 0, paths[:500], options.seconds))
        print(
            f"  the server took {(processor_seconds(process.pid) - middle) / len(found) * 1000:.2f} ms of processor for each"
        )
        if options.beside:
            stop = threading.Event()
            threading.Thread(target=bother, args=(address, stop), daemon=True).start()
            report("beside endless queries", run(where.hostname or "", where.port or 0, paths[::-1], options.seconds))
            stop.set()
    finally:
        process.terminate()
        process.wait()


def processor_seconds(process: int) -> float:
    """Return the time that a process has had of the processors (Linux: proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sample(store: Path) -> list[str]:
    """Return the addresses of up to 20,000 named entities in a random order, with a fixed seed."""
    with open_index(store).connection() as connection:
        marks = ", ".join("?" * len(KINDS))
        query = f"SELECT iri, kind FROM entity WHERE named AND kind IN ({marks}) ORDER BY id"  # noqa: S608 - marks alone
        paths = [api_path(row["iri"], row["kind"]) for row in connection.execute(query, KINDS)]
    random.Random(1).shuffle(paths)  # noqa: S311 - a sample
    return paths[:20_000]


def connect(host: str, port: int) -> socket.socket:
    """Return a connection."""
    connection = socket.create_connection((host, port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def fetch(connection: socket.socket, path: str) -> int:
    """Ask for a path and read the answer; returns its size in bytes."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".encode())
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path}: {head.decode()}")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    read = len(body)
    while read < length:
        read += len(connection.recv(1 << 20))
    return length


def run(host: str, port: int, paths: list[str], seconds: float) -> list[float]:
    """Return the times of all look-ups that were done in some seconds over all connections."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        connection = connect(host, port)
        place = number
        while time.perf_counter() < until:
            began = time.perf_counter()
            fetch(connection, paths[place % len(paths)])
            times.append(time.perf_counter() - began)
            place += CONNECTIONS
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seconds, *times]


def bother(address: str, stop: threading.Event) -> None:
    """Send queries that run into the limit, one after the other."""
    while not stop.is_set():
        try:
            urlopen(f"{address}?query={quote(ENDLESS)}", timeout=30).read()  # noqa: S310 - our own server
        except OSError:
            continue


def report(name: str, found: list[float]) -> None:
    """Print the look-ups a second, and the median and 99th percentile of their times."""
    seconds, *times = found
    parts = quantiles(times, n=100)
    print(f"{name}: {len(times) / seconds:,.0f}/s, median {parts[49] * 1000:.1f} ms, p99 {parts[98] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
