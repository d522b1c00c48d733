"""Queries that take too much are ended, and nobody else notices."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from graph_api.server.confinement import can_confine

# Four unrelated patterns: some 10¹² rows, of which the aggregate shows none before the last.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) > STR(?l)) }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
QUICK = "ASK { ?s ?p ?o }"
USUAL = b"\0" + str(256 * 1024 * 1024).encode()
# A text that is doubled thirty times.
DOUBLED = " ".join(f"BIND(CONCAT(?v{step}, ?v{step}) AS ?v{step + 1})" for step in range(30))
GREEDY = f"SELECT (STRLEN(?v30) AS ?n) {{ BIND('0123456789' AS ?v0) {DOUBLED} }}"


def ask(http: httpx.Client, query: str) -> httpx.Response:
    return http.get("/sparql", params={"query": query})


@pytest.fixture(scope="module")
def hasty(demo_store: Path, serve: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    """Return a client of a server that gives a query two seconds, 800 MB and an answer of 3 MB."""
    with serve(demo_store, query_seconds="2", query_memory_mb="800", answer_mb="3", query_waiting="2") as http:
        yield http


def workers(store: Path) -> set[int]:
    """Return the processes of a server of the usual limits that have the store open as workers."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if b"graph_api.server.worker" in command and str(store).encode() in command and USUAL in command:
                found.add(int(folder.name))
    return found


def test_a_query_without_end_is_ended_while_others_are_answered(hasty: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(ask, hasty, ENDLESS)
        time.sleep(0.3)
        assert ask(hasty, QUICK).json()["boolean"]
        assert not endless.done()
        response = endless.result()
    assert response.status_code == 504
    assert response.json()["detail"].startswith("The query took longer than 2 seconds")
    assert ask(hasty, QUICK).status_code == 200


def test_a_query_that_takes_too_much_memory_is_ended(
    make_store: Callable[[str], Path], serve: Callable[..., httpx.Client]
) -> None:
    with serve(make_store("<x:a> <x:b> <x:c> .\n"), query_memory_mb="768") as http:
        response = ask(http, GREEDY)
        assert response.status_code == 504
        assert "more memory than it may" in response.json()["detail"]
        assert ask(http, QUICK).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
        f"ASK {{ FILTER({'!' * 100_000}true) }}",
        f"ASK {{ FILTER({'1+' * 100_000}1) }}",
        f"ASK {{ ?s {'^' * 50_000}<x:p> ?o }}",
        f"ASK {{ FILTER({'IF(1,1,' * 5000}1{')' * 5000}) }}",
    ],
)
def test_a_query_that_would_crash_the_engine_is_a_problem(hasty: httpx.Client, query: str) -> None:
    response = hasty.post("/sparql", data={"query": query})
    assert response.status_code in {200, 400, 504}
    if response.status_code != 200:
        assert response.headers["content-type"] == "application/problem+json"
    assert ask(hasty, QUICK).json()["boolean"] is True


def test_an_answer_that_is_too_large_breaks_off_and_is_not_taken_for_whole(hasty: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        ask(hasty, FLOOD)
    assert ask(hasty, QUICK).status_code == 200


def test_a_small_answer_that_would_be_too_large_later_is_no_error(hasty: httpx.Client) -> None:
    assert len(ask(hasty, FLOOD + " LIMIT 10").json()["results"]["bindings"]) == 10


def test_too_many_at_a_time_are_turned_away(hasty: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(hasty, ENDLESS), range(8)))
    turned_away = [response for response in answers if response.status_code == 503]
    assert len(turned_away) >= 4
    assert all(response.headers["retry-after"].isdigit() for response in turned_away)
    assert ask(hasty, QUICK).status_code == 200


def test_eight_connections_get_their_own_answers(client: httpx.Client) -> None:
    def own(index: int) -> int:
        response = ask(client, f"SELECT ({index} AS ?n) {{}}")
        return int(response.json()["results"]["bindings"][0]["n"]["value"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(own, range(200))) == list(range(200))


def test_a_large_answer_comes_in_pieces_as_fast_as_it_is_read(client: httpx.Client, demo_store: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000"
    with client.stream("GET", "/sparql", params={"query": query}) as response:
        assert response.headers["transfer-encoding"] == "chunked"
        pieces = response.iter_bytes()
        first = next(pieces)
        time.sleep(1)  # the worker waits for the reader
        assert all(not is_running(pid) for pid in workers(demo_store))
        whole = first + b"".join(pieces)
    assert len(json.loads(whole)["results"]["bindings"]) == 40_000


def is_running(pid: int) -> bool:
    return (Path("/proc") / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()[0] == "R"


def test_the_query_of_a_client_that_has_gone_is_ended(client: httpx.Client, demo_store: Path) -> None:
    for query in (ENDLESS, FLOOD):
        before = workers(demo_store)
        assert len(before) == 2
        connection = socket.create_connection((client.base_url.host, client.base_url.port or 80))
        path = httpx.Request("GET", "http://x/sparql", params={"query": query}).url.raw_path
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(0.5)
        connection.close()
        assert wait_until(lambda b=before: bool(b - workers(demo_store))), "its worker still runs"
        assert wait_until(lambda: len(workers(demo_store)) == 2), "no other took its place"


def wait_until(is_so: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_workers_die_with_the_server(make_store: Callable[[str], Path], serve: Callable[..., httpx.Client]) -> None:
    store = make_store("<x:a> <x:b> <x:c> .\n")
    with serve(store) as http:
        assert ask(http, QUICK).json()["boolean"] is True
        assert len(workers(store)) == 2
    assert wait_until(lambda: not workers(store))


def test_a_worker_that_was_killed_is_replaced(client: httpx.Client, demo_store: Path) -> None:
    for pid in workers(demo_store):
        os.kill(pid, 9)
    time.sleep(0.2)
    assert [ask(client, QUICK).status_code for _ in range(4)] == [200] * 4


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?p<'>')SERVICE SILENT <%s> {} FILTER('a'='a')}",
        "SELECT * { FILTER(1<2)SERVICE#>\n<%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<%s>{ ?s ?p ?o } }",
        "PREFIX ex: <%s> SELECT * { FILTER(1=1)SERVICEex: { ?s ?p ?o } }",
    ],
)
def test_a_query_never_calls_another_endpoint(
    client: httpx.Client, listener: tuple[str, list[str]], query: str
) -> None:
    response = ask(client, query % listener[0])
    assert response.status_code == 403
    assert "SERVICE" in response.json()["detail"]
    assert listener[1] == []


def test_only_named_endpoints_are_called(
    make_store: Callable[[str], Path], serve: Callable[..., httpx.Client], listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    with serve(make_store("<x:a> <x:b> <x:c> .\n"), service_endpoints=address) as http:
        response = ask(http, f"SELECT ?x {{ SERVICE <{address}> {{ ?x ?y ?z }} }}")
        assert response.json()["results"]["bindings"][0]["x"]["value"] == "far"
        assert asked == ["/"]
        refused = ask(http, f"SELECT ?x {{ SERVICE <{address}other> {{ ?x ?y ?z }} }}")
        assert refused.status_code == 403
        variable = ask(http, f"SELECT ?x {{ BIND(<{address}> AS ?e) SERVICE ?e {{ ?x ?y ?z }} }}")
        assert variable.status_code == 403
        assert asked == ["/"]
        assert "service#BasicFederatedQuery" not in http.get("/sparql").text
        assert "sd:BasicFederatedQuery" in http.get("/sparql").text


@pytest.mark.skipif(not can_confine(), reason="processes are confined on Linux (x86-64, arm64) alone")
def test_a_worker_is_confined_even_if_the_check_of_the_text_failed(client: httpx.Client, demo_store: Path) -> None:
    ask(client, QUICK)
    for pid in workers(demo_store):
        status = (Path("/proc") / str(pid) / "status").read_text("utf-8")
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
