"""Partners over HTTP, from a server process over demo documents."""

from __future__ import annotations

import httpx


def test_partners_with_reasons_and_evidence(client: httpx.Client) -> None:
    answer = client.get("/api/partners", params={"method": "Lean", "limit": 3})
    assert answer.status_code == 200, answer.text
    found = answer.json()["partners"]
    assert [each["rank"] for each in found] == list(range(1, len(found) + 1))
    assert found
    best = found[0]["reasons"][0]
    assert best["kind"] == "shared method"
    assert best["evidence"][0]["evidence"]["quote"]


def test_the_answer_is_in_the_language_asked_for(client: httpx.Client) -> None:
    told = {}
    for language in ("fi", "sv", "en"):
        found = client.get("/api/partners", params={"method": "Lean", "limit": 1, "language": language})
        told[language] = found.json()["partners"][0]["reasons"][0]["text"]
    assert told["fi"].startswith("On käyttänyt menetelmää Lean, jota haette")
    assert told["sv"].startswith("Har använt metoden Lean, som ni söker")
    assert told["en"].startswith("Has used Lean, which you look for")
    assert client.get("/api/partners", params={"method": "Lean", "language": "de"}).status_code == 422


def test_units_are_folded_and_notes_are_told(client: httpx.Client) -> None:
    asked = {"from": 1990, "limit": 100, "each": True}
    apart = client.get("/api/partners", params=asked).json()["partners"]
    folded = client.get("/api/partners", params={**asked, "fold_units": True}).json()["partners"]
    assert len(folded) < len(apart)
    nobody = client.get("/api/partners", params={"theme": "asdf"}).json()
    assert (nobody["partners"], len(nobody["notes"])) == ([], 1)


def test_the_same_answer_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/api/partners", params={"theme": "kotihoito"})
    again = client.get("/api/partners", params={"theme": "kotihoito"}, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    other = client.get("/api/partners", params={"theme": "lean"}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_path_and_tried(client: httpx.Client) -> None:
    trials = client.get("/api/methods/lean/tried").json()["trials"]
    assert trials
    named = [who["iri"] for trial in trials for who in trial["implementers"]]
    path = client.get("/api/partners/path", params={"from": named[0], "to": named[0]})
    assert path.json() == {"steps": []}


def test_problems_are_told_in_sentences(client: httpx.Client) -> None:
    for address, status, said in (
        ("/api/partners", 400, "Nothing is asked for"),
        ("/api/partners?place=Atlantis", 400, "not known"),
        ("/api/partners?theme=x&role=boss", 400, 'no role "boss"'),
        ("/api/partners?theme=x&limit=0", 422, "limit"),
        ("/api/methods/taikuus/tried", 400, "not known"),
    ):
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert said in answer.json()["detail"]


def test_the_description_holds_the_forms_of_answers(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/partners", "/api/partners/path", "/api/methods/{method}/tried"} <= paths.keys()
