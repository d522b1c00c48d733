"""New data comes into force while requests are being answered: none is dropped, none sees half of it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from graph_api.backup import Places, back_up, restore
from graph_api.build import build
from graph_api.change import add_documents, remove_documents
from graph_api.store import current

CARD = """14.5.2019
Sysmän kunta/ Varhaiskasvatus, Sysmä
Aamun rauha {number}
Käytössä
Tarve ja tavoitteet
Otimme käyttöön rauhamallin.
Ratkaisu
Kokeilussa mukana olivat Oulun yliopisto ja Kajaanin kaupunki.
"""
TITLES = """SELECT ?title (COUNT(*) AS ?n) { GRAPH ?g { ?i <http://purl.org/dc/terms/title> ?title
  FILTER(STRSTARTS(STR(?title), 'Aamun rauha')) } } GROUP BY ?title"""
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"kortti{number}.txt").write_text(CARD.format(number=number), "utf-8")
    return tmp_path


def test_requests_in_flight_are_answered_while_the_store_is_rebuilt_and_changed(
    folder: Path, serve: Callable[..., httpx.Client]
) -> None:
    store, failed, seen, stop = folder / "store", list[str](), set[frozenset[str]](), threading.Event()
    build([folder / "kortti0.txt"], store, validate=False)

    def keep_asking() -> None:
        with httpx.Client(base_url=str(http.base_url), timeout=60, trust_env=False) as own:
            while not stop.wait(0.02):
                try:
                    response = own.get("/sparql", params={"query": TITLES})
                    if response.status_code != 200:
                        failed.append(response.text)
                        continue
                    rows = response.json()["results"]["bindings"]
                    seen.add(frozenset(row["title"]["value"] for row in rows))
                except httpx.HTTPError as error:
                    failed.append(repr(error))

    with serve(store) as http:
        asking = [threading.Thread(target=keep_asking) for _ in range(3)]
        for thread in asking:
            thread.start()
        with http.stream("GET", "/sparql", params={"query": LONG}) as long_answer:
            pieces = long_answer.iter_bytes()
            begun = next(pieces)
            before = current(store).folder.name
            add_documents([folder / "kortti1.txt"], store)
            build([folder / "kortti0.txt", folder / "kortti1.txt", folder / "kortti2.txt"], store, validate=False)
            remove_documents(["kortti0"], store)
            assert current(store).folder.name != before
            whole = json.loads(begun + b"".join(pieces))
        last = http.get("/sparql", params={"query": TITLES}).json()["results"]["bindings"]
        stop.set()
        for thread in asking:
            thread.join()
    assert failed == []
    assert len(whole["results"]["bindings"]) == 150_000
    names = [f"Aamun rauha {number}" for number in range(3)]
    possible = [frozenset(names[:1]), frozenset(names[:2]), frozenset(names), frozenset(names[1:])]
    assert seen <= set(possible)
    assert {possible[0], possible[-1]} <= seen | {frozenset(row["title"]["value"] for row in last)}


def test_a_backup_is_taken_while_requests_are_answered_and_gives_the_same_answers(
    folder: Path, serve: Callable[..., httpx.Client]
) -> None:
    def answers(http: httpx.Client) -> list[str]:
        asked = ["SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o", TITLES]
        return [http.get("/sparql", params={"query": query}).text for query in asked]

    store, file = folder / "store", folder / "backup.tar.gz"
    build([folder / "kortti0.txt"], store, validate=False)
    with serve(store) as http:
        before = answers(http)
        with http.stream("GET", "/sparql", params={"query": LONG}) as long_answer:
            pieces = long_answer.iter_bytes()
            begun = next(pieces)
            back_up(Places(store), file)
            assert len(json.loads(begun + b"".join(pieces))["results"]["bindings"]) == 150_000
        assert answers(http) == before
    shutil.rmtree(store)
    restore(file, Places(store))
    with serve(store) as http:
        assert answers(http) == before
