"""Attacks from outside, sent over a socket to a server process: each is turned away with a problem and leaves no trace.

One table says what is sent and which answers are right. After each attack the server answers as before, nothing of the
machine stands in the answer, the secret file was not read and the listener on this machine was not called.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx
import pytest

from graph_api.tokens import Role, create_token, tokens_file

MOST_KB = 64
QUERY_SECONDS, HEADER_SECONDS, BODY_SECONDS = 1.5, 1.0, 1.0
HANGS = 20.0
HIDDEN = "what-nobody-may-read"
LABEL = "<script>alert(1)</script>"
THING = "https://w3id.org/hankeverkko/id/organisation/x"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LEAKS = ("Traceback", ".py", "site-packages", "pytest-of", "/root", "/home", HIDDEN)
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True)
class Target:
    """The server that is attacked, and what an attacker may be after."""

    http: httpx.Client
    host: str
    port: int
    token: str
    secret: Path
    listener: str
    seen: list[bytes]


@dataclass(frozen=True)
class Attack:
    """What is sent, piece by piece with a pause between; and the statuses that are right."""

    name: str
    pieces: Callable[[Target], list[bytes]]
    statuses: tuple[int, ...] = (400,)
    pause: float = 0.0


def get(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def post(path: str, kind: str, body: bytes, *headers: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def query(text: str) -> Callable[[Target], list[bytes]]:
    """Return a query by GET; {file} and {there} stand for the secret file and the listener."""
    return lambda target: [get("/sparql?query=" + quote(filled(text, target)))]


def update(text: str) -> Callable[[Target], list[bytes]]:
    """Return an update with a steward's token."""
    return lambda target: [
        post("/sparql", UPDATE, filled(text, target).encode(), f"Authorization: Bearer {target.token}")
    ]


def raw(*pieces: bytes) -> Callable[[Target], list[bytes]]:
    return lambda _: list(pieces)


def filled(text: str, target: Target) -> str:
    return text.replace("{file}", target.secret.as_uri()).replace("{there}", target.listener)


def drip(head: bytes, number: int = 30) -> list[bytes]:
    return [head] + [b"X-%d: a\r\n" % index for index in range(number)]


DEEP = 20_000
PATTERNS = " ".join(f"?a{index} ?b{index} ?c{index} ." for index in range(6))
CHUNKED = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ATTACKS = [
    # what a query may be made to fetch (SSRF), and files
    Attack("service", query("SELECT * { SERVICE <{there}> { ?s ?p ?o } }"), (403,)),
    Attack("service, silent", query("SELECT * { SERVICE SILENT <{there}> { ?s ?p ?o } }"), (403,)),
    Attack("service of a variable", query("SELECT * { BIND(<{there}> AS ?e) SERVICE ?e { ?s ?p ?o } }"), (403,)),
    Attack("from an address", query("SELECT * FROM <{there}> { ?s ?p ?o }"), (403,)),
    Attack("from named address", query("SELECT * FROM NAMED <{there}> { GRAPH ?g { ?s ?p ?o } }"), (403,)),
    Attack("from the address of a cloud's metadata", query("SELECT * FROM <http://169.254.169.254/latest> { ?s ?p ?o }"), (403,)),
    Attack("default-graph-uri", lambda t: [get("/sparql?query=ASK%7B%7D&default-graph-uri=" + quote(t.listener))], (403,)),
    Attack("named-graph-uri", lambda t: [get("/sparql?query=ASK%7B%7D&named-graph-uri=" + quote(t.secret.as_uri()))], (403,)),
    Attack("graph store of an address", lambda t: [get("/rdf-graphs/service?graph=" + quote(t.listener))], (404,)),
    Attack("graph store of a file", lambda t: [get("/rdf-graphs/service?graph=" + quote(t.secret.as_uri()))], (404,)),
    Attack("load", update("LOAD <{there}>"), (403,)),
    Attack("load a file", update("LOAD SILENT <{file}> INTO GRAPH <https://example.org/own>"), (403,)),
    Attack("update with a service", update("INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { SERVICE <{there}> { ?s ?p ?o } }"), (403,)),
    Attack("update using an address", update("LOAD <{there}> ; INSERT DATA { <x:a> <x:b> <x:c> }"), (403,)),
    Attack("from a file", query("SELECT * FROM <{file}> { ?s ?p ?o }"), (403,)),
    Attack("from named file", query("SELECT * FROM NAMED <{file}> { GRAPH ?g { ?s ?p ?o } }"), (403,)),
    # what takes time, memory, or the stack
    Attack("nested brackets", lambda _: [post("/sparql", QUERY, b"ASK { FILTER(" + b"(" * DEEP + b"1" + b")" * DEEP + b") }")]),
    Attack("nested groups", lambda _: [post("/sparql", QUERY, b"ASK " + b"{" * DEEP + b"}" * DEEP)]),
    Attack("chain of signs", lambda _: [post("/sparql", QUERY, b"ASK { FILTER(" + b"!" * DEEP + b"'a'='b') ?s }")], (400, 504)),
    Attack("cartesian product", query(f"SELECT (COUNT(*) AS ?n) {{ {PATTERNS} FILTER(STR(?a0) > STR(?c5)) }}"), (504,)),
    Attack("regex without end", query("SELECT (COUNT(?m) AS ?n) { " + PATTERNS + " BIND(REGEX(CONCAT(STR(?a0),STR(?c1)), '(a|aa|b|.*)*(x+x+)+y$') AS ?m) }"), (504,)),
    Attack("huge regex", query("ASK { ?s ?p ?o FILTER(REGEX('a', '((a{1,1000}){1,1000}){1,1000}')) ?s ?p }"), (400, 504)),
    Attack("path without end", query("SELECT (COUNT(*) AS ?n) { ?a (<x:p>|!<x:p>)* ?b . ?c (<x:q>|!<x:q>)* ?d . ?e (<x:q>|!<x:q>)* ?f . ?g (!<x:a>)* ?h }"), (504,)),
    # sizes
    Attack("oversize body", lambda _: [post("/sparql", QUERY, b"#" * (MOST_KB * 1024 + 1))], (413,)),
    Attack("oversize body announced", raw(post("/sparql", QUERY, b"ASK{}").replace(b"Length: 5", b"Length: 99999999999999999999")), (413,)),
    Attack("oversize body in chunks", lambda _: [CHUNKED + b"\r\n" + b"%x\r\n" % 40_000 + b"#" * 40_000 + b"\r\n" + b"%x\r\n" % 40_000 + b"#" * 40_000 + b"\r\n0\r\n\r\n"], (413,)),
    Attack("oversize address", lambda _: [get("/sparql?query=" + "a" * 20_000)], (414,)),
    Attack("address without end", lambda _: [b"GET /" + b"a" * 30_000] + [b"a" * 30_000] * 4, (414,), 0.05),
    Attack("oversize header", lambda _: [get("/sparql", "X-Long: " + "a" * 40_000)], (431,)),
    Attack("headers without end", lambda _: [b"GET / HTTP/1.1\r\n"] + [b"X-A: " + b"a" * 30_000 + b"\r\n"] * 5, (431,), 0.05),
    Attack("many parameters", lambda _: [get("/sparql?" + "&".join("a=1" for _ in range(2_000)))]),
    Attack("many form fields", lambda _: [post("/sparql", FORM, b"&".join([b"a=1"] * 5_000))]),
    Attack("decompression bomb", lambda _: [post("/sparql", QUERY, gzip.compress(b" " * 20_000_000), "Content-Encoding: gzip")], (415,)),
    Attack("multipart", lambda _: [post("/sparql", "multipart/form-data; boundary=a", b"--a\r\n\r\n")], (415,)),
    # time
    Attack("slow head", lambda _: drip(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n"), (408,), 0.1),
    Attack("silent head", raw(b"GET /sparql"), (408,)),
    Attack("slow body", lambda _: [post("/sparql", QUERY, b"").replace(b"Length: 0", b"Length: 5000")] + [b"#"] * 30, (408,), 0.1),
    Attack("slow chunks", lambda _: [CHUNKED + b"\r\n"] + [b"1\r\n#\r\n"] * 30, (408,), 0.1),
    # what is no HTTP, or two requests in one
    Attack("no HTTP", raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64) + b"\r\n\r\n")),
    Attack("line break in the address", raw(b"GET /sparql?a=1\r\nX-Injected: 1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")),
    Attack("line break in a header", raw(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\rInjected: c\r\n\r\n")),
    Attack("line break to be echoed", lambda _: [get("/%0d%0aSet-Cookie:%20a=b")], (404,)),
    Attack("line break in a graph", lambda _: [get("/rdf-graphs/service?graph=x:a%0d%0aSet-Cookie:a")]),
    Attack("nul in a header", raw(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: \x00\r\n\r\n")),
    Attack("two lengths", raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{} ")),
    Attack("length and chunks", raw(CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + SMUGGLED)),
    Attack("odd transfer encoding", raw(CHUNKED.replace(b"chunked", b"chunked, identity") + b"\r\n0\r\n\r\n" + SMUGGLED), (400, 501)),
    Attack("odd chunk length", raw(CHUNKED + b"\r\n0x5\r\nASK{}\r\n0\r\n\r\n")),
    Attack("length with a sign", raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: +5\r\n\r\nASK{}")),
    Attack("blank before a colon", raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length : 5\r\n\r\nASK{}")),
    Attack("two hosts", raw(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: example.org\r\n\r\n")),
    Attack("another host", raw(b"GET /sparql HTTP/1.1\r\nHost: evil.example\r\n\r\n"), (421,)),
    Attack("a whole address", raw(b"GET http://evil.example/sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), (400, 404)),
    Attack("tunnel", raw(b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), (400, 404, 405)),
    Attack("trace", raw(b"TRACE /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n\r\n"), (405,)),
    Attack("another version", raw(b"GET /nothing HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n"), (404, 505)),
    # texts
    Attack("address that is not UTF-8", raw(get("/sparql?query=%FF%FE"))),
    Attack("bytes that are not UTF-8", lambda _: [post("/sparql", QUERY, b"ASK { ?s ?p '\xff\xfe' }")]),
    Attack("form that is not UTF-8", lambda _: [post("/sparql", FORM, b"query=%C3%28")]),
    Attack("path that is not UTF-8", raw(get("/%FF%FE%C0%AF")), (404,)),
    Attack("half a surrogate", lambda _: [post("/sparql", QUERY, b"ASK { ?s ?p '\xed\xa0\x80' }")]),
    Attack("another charset", lambda _: [post("/sparql", QUERY + "; charset=utf-16", "ASK{}".encode("utf-16"))], (415,)),
    Attack("script in an address", raw(get("/<script>alert(1)</script>")), (404,)),
    Attack("script in a query", query(f"SELECT {LABEL}"), (400,)),
    Attack("script in a parameter", raw(get("/sparql?update=" + quote(LABEL)))),
    Attack("script in a name of a graph", lambda _: [get("/rdf-graphs/service?graph=https://example.org/" + quote(LABEL))], (400, 404)),
    # places
    Attack("path upwards", raw(get("/../../../../etc/passwd")), (404,)),
    Attack("path upwards, encoded", raw(get("/%2e%2e/%2e%2e/%2e%2e/etc/passwd")), (404,)),
    Attack("path upwards, encoded twice", raw(get("/static/%252e%252e%252f%252e%252e%252fetc/passwd")), (404,)),
    Attack("path upwards, with backslashes", raw(get("/..%5c..%5c..%5cetc/passwd")), (404,)),
    Attack("path upwards, beyond a route", raw(get("/api/reviews/../../../../etc/passwd")), (401, 404)),
    Attack("path with a nul", raw(get("/openapi.json%00.html")), (404,)),
    Attack("tokens as a path", raw(get("/tokens.json")), (404,)),
    Attack("claim upwards", lambda t: [post("/api/reviews", "application/json", json.dumps({"reviews": [{"claim": "../../tokens.json", "verdict": "accepted"}]}).encode(), f"Authorization: Bearer {t.token}")], (422,)),
    Attack("document upwards", lambda t: [get("/api/reviews?document=" + quote_plus("../../tokens"), f"Authorization: Bearer {t.token}")], (404,)),
    # JSON
    Attack("nested JSON", lambda t: [post("/api/reviews", "application/json", b"[" * 30_000, f"Authorization: Bearer {t.token}")], (400, 422)),
    Attack("nested JSON, whole", lambda t: [post("/api/reviews", "application/json", b'{"reviews":' + b"[" * 30_000 + b"]" * 30_000 + b"}", f"Authorization: Bearer {t.token}")], (400, 422)),
    Attack("huge number", lambda t: [post("/api/reviews", "application/json", b'{"reviews": ' + b"9" * 60_000 + b"}", f"Authorization: Bearer {t.token}")], (400, 422)),
    Attack("JSON that is not UTF-8", lambda t: [post("/api/reviews", "application/json", b'{"reviews": "\xff"}', f"Authorization: Bearer {t.token}")], (400, 422)),
    # tokens
    Attack("no token", raw(post("/sparql", UPDATE, b"CLEAR ALL")), (401,)),
    Attack("contacts without a token", raw(get("/api/contacts")), (401,)),
    Attack("a token in the address", lambda t: [get(f"/api/contacts?token={t.token}&access_token={t.token}")], (401,)),
    Attack("empty token", raw(get("/api/contacts", "Authorization: Bearer ")), (401,)),
    Attack("a digest as a token", raw(get("/api/contacts", "Authorization: Bearer " + "0" * 64)), (401,)),
    Attack("a token that is no text", raw(b"GET /api/contacts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \xff\xfe\r\n\r\n"), (401,)),
    Attack("half a token", lambda t: [get("/api/contacts", f"Authorization: Bearer {t.token[:20]}")], (401,)),
]  # fmt: skip


@pytest.fixture(scope="module")
def target(
    tmp_path_factory: pytest.TempPathFactory,
    store_maker: Callable[[Path, str], Path],
    serve: Callable[..., httpx.Client],
) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("attacks")
    secret = folder / "secret.nt"
    secret.write_text(f'<x:a> <x:b> "{HIDDEN}" .\n', "utf-8")
    lines = "".join(f'<https://example.org/{n}> <https://example.org/p{n % 7}> "{LABEL} {n}" .\n' for n in range(300))
    lines += "".join(
        f"<https://example.org/{n}> <https://example.org/q> <https://example.org/{n + 1}> .\n" for n in range(300)
    )
    lines += f"<{THING}> <{TYPE}> <https://w3id.org/hankeverkko/ontology#Organisation> .\n"
    lines += f'<{THING}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{LABEL}"@fi .\n'
    store = store_maker(folder, lines)
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening, seen), daemon=True).start()
        settings = {
            "request_kb": str(MOST_KB),
            "query_seconds": str(QUERY_SECONDS),
            "header_seconds": str(HEADER_SECONDS),
            "body_seconds": str(BODY_SECONDS),
        }
        token = create_token(tokens_file(store), "attacker", Role.STEWARD)
        with serve(store, **settings) as client:
            there = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
            host, port = client.base_url.host, client.base_url.port or 80
            yield Target(client, host, port, token, secret, there, seen)


def accept(listening: socket.socket, seen: list[bytes]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        seen.append(connection.recv(1024))
        connection.close()


def send(target: Target, attack: Attack) -> tuple[int, dict[str, str], bytes]:
    """Send an attack and return the first answer: status, headers, body."""
    with socket.create_connection((target.host, target.port), timeout=HANGS) as connection:
        try:
            for piece in attack.pieces(target):
                connection.sendall(piece)
                time.sleep(attack.pause)
        except OSError:
            pass  # the server has heard enough
        answer = http.client.HTTPResponse(connection, method="GET")
        answer.begin()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_turned_away_and_leaves_no_trace(target: Target, attack: Attack) -> None:
    status, headers, body = send(target, attack)
    assert status in attack.statuses, body[:500]
    assert headers["content-type"] == "application/problem+json"
    told = json.loads(body)
    assert told["status"] == status
    assert told["detail"].endswith(".")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert not {"set-cookie", "x-injected", "injected", "server"} & set(headers)
    everything = (body.decode() + str(headers)).replace(target.secret.as_uri(), "what was asked for")
    assert [leak for leak in LEAKS if leak in everything] == []
    assert target.token not in everything
    assert target.seen == []
    assert target.http.get("/healthz").status_code == 200
    assert target.http.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_a_second_request_in_the_first_is_not_answered(target: Target) -> None:
    with socket.create_connection((target.host, target.port), timeout=HANGS) as connection:
        connection.sendall(CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + SMUGGLED)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    assert received.count(b"HTTP/1.1 ") == 1


def test_slow_clients_keep_nobody_out(target: Target) -> None:
    held = [socket.create_connection((target.host, target.port), timeout=HANGS) for _ in range(40)]
    try:
        for connection in held:
            connection.sendall(b"GET /sparql HTTP/1.1\r\nX-A: ")
        assert target.http.get("/healthz").status_code == 200
        closed = [until_closed(connection) for connection in held]
        assert all(b" 408 " in answer for answer in closed)
    finally:
        for connection in held:
            connection.close()


def test_one_client_does_not_take_all_connections(target: Target) -> None:
    held = [socket.create_connection((target.host, target.port), timeout=HANGS) for _ in range(80)]
    try:
        answers = [until_closed(connection) for connection in held]
        assert any(b" 503 " in answer and b"Retry-After" in answer for answer in answers)
        assert sum(b" 408 " in answer for answer in answers) >= 40
    finally:
        for connection in held:
            connection.close()
    assert target.http.get("/healthz").status_code == 200


def until_closed(connection: socket.socket) -> bytes:
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionError:
        pass
    return received


@pytest.mark.parametrize("accept", ["text/html", "application/xhtml+xml", "*/*"])
def test_labels_are_never_run_by_a_browser(target: Target, accept: str) -> None:
    """Every route that is described, with a thing whose name is a script."""
    described = target.http.get("/openapi.json").json()["paths"]
    asked = [path for path, item in described.items() if "get" in item]
    filled_in = {re.sub(r"\{\w+\}", thing, path) for path in asked for thing in ("organisation/x", "x", quote(LABEL))}
    for path in [*sorted(filled_in), f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 5')}", f"/{quote(LABEL)}"]:
        response = target.http.get(
            path, headers={"Accept": accept}, params={"q": "alert"} if "search" in path else None
        )
        kind, policy = response.headers.get("content-type", ""), response.headers["content-security-policy"]
        if kind.startswith(("text/html", "application/xhtml", "image/svg")):
            assert "<script>alert" not in response.text, path
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy, path
        assert "*" not in policy, path
        assert response.headers["x-content-type-options"] == "nosniff"


def test_guessing_tokens_is_slowed_down(target: Target) -> None:
    statuses = []
    for number in range(20):
        header = {"Authorization": f"Bearer hkv_{number:012x}_{'a' * 43}"}
        statuses.append(target.http.get("/api/contacts", headers=header).status_code)
    assert statuses[-1] == 429
    assert set(statuses) <= {401, 429}
    assert target.http.get("/healthz").status_code == 200
