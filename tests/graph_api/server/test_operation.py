"""What those who run the server rely on: health, numbers, the log, headers, rates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graph_api.tokens import Role, create_token, tokens_file

PERSON = "Aino Esimerkki"
LINES = f"<https://example.org/aino> <http://xmlns.com/foaf/0.1/name> '{PERSON}' .\n".replace("'", '"')
QUICK = {"query": "ASK { ?s ?p ?o }"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("operation")


@pytest.fixture(scope="module")
def store(place: Path, store_maker: Callable[[Path, str], Path]) -> Path:
    return store_maker(place, LINES)


@pytest.fixture(scope="module")
def http(store: Path, place: Path, serve: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    with serve(store, log=place / "log") as client:
        yield client


def test_health_is_told_without_looking_at_anything(http: httpx.Client) -> None:
    assert http.get("/healthz").json() == {"status": "alive"}
    assert http.head("/healthz").status_code in {200, 405}


def test_a_server_without_a_store_lives_and_is_not_ready(http: httpx.Client, store: Path) -> None:
    http.get("/sparql", params=QUICK)
    ready = http.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["workers"] >= 1
    (store / "CURRENT").rename(store / "AWAY")
    try:
        away = http.get("/readyz")
        assert away.status_code == 503
        assert away.headers["content-type"] == "application/problem+json"
        assert str(store) not in away.text
        assert http.get("/healthz").status_code == 200
    finally:
        (store / "AWAY").rename(store / "CURRENT")
    assert http.get("/readyz").status_code == 200


def test_requests_are_counted_by_route_and_status(http: httpx.Client) -> None:
    def count(line: str) -> float:
        found = re.search(re.escape(line) + r" (\S+)", http.get("/metrics").text)
        return float(found.group(1)) if found else 0.0

    line = 'hankeverkko_requests_total{method="GET",route="/sparql",status="400"}'
    before = count(line)
    http.get("/sparql", params={"query": "no query"})
    assert count(line) == before + 1
    http.get("/no/such/place/" + PERSON)
    assert "Aino" not in http.get("/metrics").text


def test_numbers_are_for_this_machine_and_for_who_holds_a_token(http: httpx.Client, store: Path) -> None:
    through_a_proxy = {"X-Forwarded-For": "192.0.2.1"}
    assert http.get("/metrics", headers=through_a_proxy).status_code == 401
    token = create_token(tokens_file(store), "prometheus", Role.READER)
    allowed = http.get("/metrics", headers={**through_a_proxy, "Authorization": f"Bearer {token}"})
    assert allowed.status_code == 200
    assert "hankeverkko_store_info" in allowed.text


def test_the_log_is_json_and_names_nobody(http: httpx.Client, place: Path) -> None:
    response = http.get("/sparql", params={"query": f"SELECT * {{ ?s ?p '{PERSON}' }}"})
    http.get("/sparql", params={"query": f"SELECT * {{ ?s ?p '{PERSON}' "})
    http.get(f"/{PERSON}", headers={"User-Agent": PERSON, "Referer": f"https://example.org/{PERSON}"})
    http.post("/sparql", data={"query": f"SELECT * {{ <https://example.org/{PERSON}> ?p ?o }}"})
    lines = [json.loads(line) for line in (place / "log").read_text("utf-8").splitlines()]
    assert not re.search("Aino|Esimerkki|example.org|127.0.0.1", (place / "log").read_text("utf-8"))
    (mine,) = [line for line in lines if line.get("request") == response.headers["x-request-id"]]
    assert (mine["method"], mine["route"], mine["status"]) == ("GET", "/sparql", 200)
    assert mine["bytes"] == len(response.content)
    assert re.fullmatch("[0-9a-f]{12}", mine["query"])
    assert mine["ms"] >= 0


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%20%7B%7D", "/sparql?query=no", "/nothing", "/healthz", "/openapi.json"]
)
def test_every_answer_says_what_a_browser_may_not_do(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "server" not in headers
    assert "strict-transport-security" not in headers
    assert re.fullmatch("[0-9a-f]{16}", headers["x-request-id"])


def test_who_asks_too_often_is_told_when_to_come_again(store: Path, serve: Callable[..., httpx.Client]) -> None:
    token = {"Authorization": "Bearer " + create_token(tokens_file(store), "often", Role.READER)}
    with serve(store, rate="0.2", rate_burst="4", trusted_proxies="127.0.0.1") as http:

        def ask(client: str, headers: dict[str, str] | None = None) -> httpx.Response:
            return http.get("/sparql", params=QUICK, headers={"X-Forwarded-For": client, **(headers or {})})

        assert [ask("192.0.2.1").status_code for _ in range(5)] == [200] * 4 + [429]
        refused = ask("192.0.2.1")
        assert refused.headers["content-type"] == "application/problem+json"
        assert 1 <= int(refused.headers["retry-after"]) <= 5
        assert refused.headers["retry-after"] in refused.json()["detail"]
        assert ask("192.0.2.2").status_code == 200, "others are not kept waiting"
        assert [ask("192.0.2.1", token).status_code for _ in range(20)] == [200] * 20, "a token allows more"
        assert ask("192.0.2.1", token).status_code == 429
        assert ask("198.51.100.7, 192.0.2.1").status_code == 429, "what the client itself claims is not believed"
        assert http.get("/healthz", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200


def test_who_tries_tokens_is_kept_out_even_with_a_right_one(store: Path, serve: Callable[..., httpx.Client]) -> None:
    right = create_token(tokens_file(store), "right", Role.READER)
    with serve(store) as http:

        def try_token(token: str) -> httpx.Response:
            return http.get("/sparql", params=QUICK, headers={"Authorization": f"Bearer {token}"})

        assert try_token(right).status_code == 200
        statuses = [try_token(right[:-1] + letter).status_code for letter in "0123456789ABC" if letter != right[-1]]
        assert set(statuses[:9]) == {401}
        assert statuses[-1] == 429
        refused = try_token(right)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert http.get("/sparql", params=QUICK).status_code == 200, "the public is let in as before"


def test_forwarded_addresses_are_believed_of_trusted_proxies_alone(
    store: Path, place: Path, serve: Callable[..., httpx.Client]
) -> None:
    for proxies, told in (("", {"127.0.0.1"}), ("127.0.0.0/8", {"192.0.2.9"})):
        log = place / f"log{len(proxies)}"
        with serve(store, log=log, trusted_proxies=proxies, log_clients="true", allowed_hosts="*") as http:
            http.get("/healthz", headers={"X-Forwarded-For": "192.0.2.9", "X-Forwarded-Proto": "https"})
            secure = http.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
            assert ("strict-transport-security" in secure) == bool(proxies)
        clients = {json.loads(line)["client"] for line in log.read_text("utf-8").splitlines()}
        assert told <= clients
        assert "192.0.2.9" in clients or not proxies
        assert bool(proxies) or clients == {"127.0.0.1"}
