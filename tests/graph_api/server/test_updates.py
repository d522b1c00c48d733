"""Updates over HTTP: who may, what they may write, and that all of one comes into force or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from graph_api.store import current, writing

ADMISSION = "a-token-for-these-tests"
BEARER = {"Authorization": f"Bearer {ADMISSION}"}
OWN, DERIVED = "https://example.org/own", "https://w3id.org/hankeverkko/graph/document/abc"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, store_maker: Callable[[Path, str], Path]) -> Path:
    return store_maker(tmp_path_factory.mktemp("updates"), f"<x:a> <x:b> <x:c> <{DERIVED}> .\n")


@pytest.fixture(scope="module")
def writer(store: Path, serve: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    with serve(store, update_token=ADMISSION, update_seconds="4") as http:
        yield http


def update(http: httpx.Client, text: str, headers: dict[str, str] | None = None, **parameters: str) -> httpx.Response:
    return http.post("/sparql", data={"update": text, **parameters}, headers=BEARER if headers is None else headers)


def objects(http: httpx.Client, graph: str) -> set[str]:
    rows = http.get("/sparql", params={"query": f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"}).json()
    return {row["o"]["value"] for row in rows["results"]["bindings"]}


def test_an_update_comes_into_force_as_a_new_generation(writer: httpx.Client, store: Path) -> None:
    before = current(store).folder.name
    response = update(writer, f"INSERT DATA {{ GRAPH <{OWN}> {{ <x:s> <x:p> 'first' }} }}")
    assert (response.status_code, response.content) == (204, b"")
    assert current(store).folder.name != before
    assert current(store).manifest()["quads"] == 2
    assert "first" in objects(writer, OWN)
    direct = writer.post(
        "/sparql",
        content=f"DELETE WHERE {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }}",
        headers={**BEARER, "Content-Type": "application/sparql-update"},
    )
    assert direct.status_code == 204
    assert objects(writer, OWN) == set()


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer wrong", f"Basic {ADMISSION}", f"Bearer {ADMISSION[:-1]}", "Bearer ä"]
)
def test_without_the_token_nothing_is_changed(writer: httpx.Client, store: Path, authorization: str) -> None:
    before = current(store).folder.name
    response = update(writer, "CLEAR ALL", {"Authorization": authorization.encode()} if authorization else {})
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert ADMISSION[:-1] not in response.text
    assert current(store).folder.name == before


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{DERIVED}> {{ <x:s> <x:p> 1 }} }}",
        "PREFIX g: <https://w3id.org/hankeverkko/graph/> DROP GRAPH g:identity",
        f"WITH <{DERIVED}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DROP ALL",
        "CLEAR NAMED",
        f"MOVE <{DERIVED}> TO <{OWN}>",
        f"COPY DEFAULT TO <{DERIVED}>",
        "LOAD <http://127.0.0.1:1/x>",
        f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
    ],
)
def test_what_is_derived_is_not_written_and_nothing_is_fetched(writer: httpx.Client, store: Path, text: str) -> None:
    before = current(store).folder.name
    response = update(writer, text)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert current(store).folder.name == before
    assert objects(writer, DERIVED) == {"x:c"}


def test_what_is_derived_may_be_read(writer: httpx.Client) -> None:
    text = f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert update(writer, text).status_code == 204
    assert objects(writer, OWN) == {"x:c"}
    text = f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p 'used' }} }} WHERE {{ ?s ?p ?o }}"
    assert update(writer, text, **{"using-graph-uri": DERIVED}).status_code == 204
    assert objects(writer, OWN) == {"x:c", "used"}
    assert update(writer, f"COPY <{DERIVED}> TO <{OWN}>").status_code == 204
    assert objects(writer, OWN) == {"x:c"}


def test_an_update_that_fails_half_way_changes_nothing(writer: httpx.Client, store: Path) -> None:
    before = current(store).folder.name
    response = update(writer, f"INSERT DATA {{ GRAPH <{OWN}> {{ <x:s> <x:p> 'half' }} }} ; CREATE GRAPH <{OWN}>")
    assert response.status_code == 400
    assert current(store).folder.name == before
    assert "half" not in objects(writer, OWN)
    unreadable = update(writer, "INSERT DATA {\n <x:a> }")
    assert unreadable.status_code == 400
    assert "line 2" in unreadable.json()["detail"]


def test_an_update_without_end_is_ended(writer: httpx.Client, store: Path) -> None:
    values = " ".join(f"({number})" for number in range(400))
    patterns = " ".join(f"VALUES (?v{index}) {{ {values} }}" for index in range(5))
    began = time.monotonic()
    response = update(writer, f"INSERT {{ GRAPH <{OWN}> {{ <x:s> <x:p> 1 }} }} WHERE {{ {patterns} }}")
    assert response.status_code == 504
    assert "Nothing was changed" in response.json()["detail"]
    assert time.monotonic() - began < 15
    assert update(writer, f"INSERT DATA {{ GRAPH <{OWN}> {{ <x:s> <x:p> 'after' }} }}").status_code == 204


def test_updates_at_the_same_time_are_all_carried_out(writer: httpx.Client) -> None:
    def add(number: int) -> int:
        return update(writer, f"INSERT DATA {{ GRAPH <{OWN}> {{ <x:many> <x:p> 'n{number}' }} }}").status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(add, range(4))) == [204] * 4
    assert {f"n{number}" for number in range(4)} <= objects(writer, OWN)


def test_while_a_command_changes_the_store_updates_are_told_to_wait(writer: httpx.Client, store: Path) -> None:
    with writing(store):
        response = update(writer, f"CLEAR SILENT GRAPH <{OWN}>")
    assert response.status_code == 503
    assert response.headers["retry-after"].isdigit()
