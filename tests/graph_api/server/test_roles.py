"""Who may do what over HTTP: readers, reviewers, stewards, and what is written down of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from graph_api.build import build
from graph_api.contacts import read_contacts
from graph_api.curation.reviews import read_reviews
from graph_api.store import current, writing
from graph_api.tokens import Role, create_token, revoke_token, tokens_file

CARD = """14.5.2019
Sysmän kunta/ Varhaiskasvatus, Sysmä
Aamun rauha
Käytössä
Tarve ja tavoitteet
Perheet saivat tukea liian myöhään. Otimme käyttöön rauhamallin.
Ratkaisu
Kokeilussa mukana olivat Oulun yliopisto ja Kajaanin kaupunki (kysy: 040 555 0199, talo@esimerkki.example).
Yhteyshenkilöt
Aino Esimerkki
aino.esimerkki@esimerkki.example
varhaiskasvatusjohtaja
Sysmän kunta
"""
OWN = "https://example.org/own"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roles")
    (folder / "kortti.txt").write_text(CARD, "utf-8")
    build([folder / "kortti.txt"], folder / "store", validate=False)
    return folder / "store"


@pytest.fixture(scope="module")
def bearer(store: Path) -> dict[Role, dict[str, str]]:
    """Return the header of each role."""
    made = {role: create_token(tokens_file(store), f"a-{role}", role) for role in Role}
    return {role: {"Authorization": f"Bearer {token}"} for role, token in made.items()}


@pytest.fixture(scope="module")
def http(store: Path, bearer: dict[Role, dict[str, str]], serve: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    with serve(store) as client:
        yield client


def audit(store: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (store / "audit.jsonl").read_text("utf-8").splitlines()]


FOR = {
    ("GET", "/api/contacts"): Role.STEWARD,
    ("GET", "/api/audit"): Role.STEWARD,
    ("GET", "/api/reviews"): Role.REVIEWER,
    ("POST", "/api/reviews"): Role.REVIEWER,
}


@pytest.mark.parametrize(("method", "path"), FOR)
def test_without_the_role_nothing_is_told(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], method: str, path: str
) -> None:
    body = {"reviews": [{"claim": "0000000000", "verdict": "rejected"}]} if method == "POST" else None
    nobody = http.request(method, path, json=body)
    assert nobody.status_code == 401
    assert nobody.headers["www-authenticate"].startswith("Bearer")
    assert FOR[method, path] in nobody.json()["detail"]
    for role in Role:
        response = http.request(method, path, json=body, headers=bearer[role])
        assert (response.status_code == 403) == (not role.covers(FOR[method, path])), role
        assert response.status_code not in {401, 500}


def test_contacts_are_shown_to_stewards_with_source_and_expiry_and_that_is_written_down(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], store: Path
) -> None:
    response = http.get("/api/contacts", headers=bearer[Role.STEWARD])
    assert response.headers["cache-control"] == "no-store"
    expected = read_contacts(current(store).contacts, datetime.now(UTC).date())
    shown = response.json()["contacts"]
    assert [(c["person"], c["value"], c["kept_until"]) for c in shown] == [
        (c.person, c.value, c.expires) for c in expected
    ]
    assert shown[0]["document"] == "kortti"
    assert http.get("/api/contacts?person=Nobody", headers=bearer[Role.STEWARD]).json() == {"contacts": []}
    last = audit(store)[-1]
    assert (last["who"], last["what"], last["outcome"]) == ("a-steward", "contacts.read", "done")
    assert "Aino" not in (store / "audit.jsonl").read_text("utf-8")


def test_a_reviewer_sees_sentences_without_addresses_and_judges_claims(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], store: Path
) -> None:
    listed = http.get("/api/reviews?all=true", headers=bearer[Role.REVIEWER])
    assert "555" not in listed.text
    assert "esimerkki.example" not in listed.text
    claims = {claim["value"]: claim for claim in listed.json()["claims"]}
    kajaani = claims["Kajaanin kaupunki"]
    assert "Kajaanin kaupunki" in kajaani["sentence"]
    assert "█" in kajaani["sentence"]
    verdict = {"claim": kajaani["id"], "verdict": "rejected", "why": "asked\tand\ndenied"}
    response = http.post("/api/reviews", json={"reviews": [verdict]}, headers=bearer[Role.REVIEWER])
    assert response.status_code == 200
    assert response.json()["in_force"] is True
    (review,) = read_reviews(store / "curation")
    assert (review.who, review.verdict, review.value, review.why) == (
        "a-reviewer",
        "rejected",
        "Kajaanin kaupunki",
        "asked\tand\ndenied",
    )
    quotes = "SELECT ?q { ?e <https://w3id.org/hankeverkko/ontology#quote> ?q; "
    quotes += "<http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ?o. ?o ?l 'Kajaanin kaupunki'@fi }"
    assert http.get("/sparql", params={"query": quotes}).json()["results"]["bindings"] == []
    last = audit(store)[-1]
    assert (last["what"], last["rejected"]) == ("review", [kajaani["id"]])
    taken_back = {"reviews": [{"claim": kajaani["id"], "verdict": "withdrawn"}]}
    assert http.post("/api/reviews", json=taken_back, headers=bearer[Role.REVIEWER]).status_code == 200
    assert http.get("/sparql", params={"query": quotes}).json()["results"]["bindings"] != []


def test_one_verdict_that_makes_no_sense_keeps_all_from_being_written(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], store: Path
) -> None:
    before = read_reviews(store / "curation")
    known = http.get("/api/reviews?all=true", headers=bearer[Role.REVIEWER]).json()["claims"][0]["id"]
    for wrong, status in [
        ({"claim": "0123456789", "verdict": "rejected"}, 404),
        ({"claim": known, "verdict": "withdrawn"}, 404),
        ({"claim": known, "verdict": "corrected"}, 422),
        ({"claim": "../../etc", "verdict": "rejected"}, 422),
        ({"claim": known, "verdict": "rejected", "who": "another"}, 422),
    ]:
        body = {"reviews": [{"claim": known, "verdict": "accepted"}, wrong]}
        response = http.post("/api/reviews", json=body, headers=bearer[Role.REVIEWER])
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
    assert read_reviews(store / "curation") == before


def test_while_a_command_changes_the_store_reviewers_are_told_to_wait(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], store: Path
) -> None:
    known = http.get("/api/reviews?all=true", headers=bearer[Role.REVIEWER]).json()["claims"][0]["id"]
    before = read_reviews(store / "curation")
    with writing(store):
        body = {"reviews": [{"claim": known, "verdict": "accepted"}]}
        response = http.post("/api/reviews", json=body, headers=bearer[Role.REVIEWER])
    assert response.status_code == 503
    assert response.headers["retry-after"].isdigit()
    assert read_reviews(store / "curation") == before


def test_updates_are_for_stewards_and_their_text_is_not_written_down(
    http: httpx.Client, bearer: dict[Role, dict[str, str]], store: Path
) -> None:
    text = f"INSERT DATA {{ GRAPH <{OWN}> {{ <x:s> <x:p> 'Aino Esimerkki' }} }}"
    for role in Role:
        response = http.post("/sparql", data={"update": text}, headers=bearer[role])
        assert response.status_code == (204 if role is Role.STEWARD else 403)
    lines = http.get("/api/audit", headers=bearer[Role.STEWARD]).json()["lines"]
    done, begun = lines[:2]
    assert (begun["outcome"], done["outcome"], done["who"], done["what"]) == ("begun", "done", "a-steward", "update")
    assert done["statements"] == current(store).manifest()["quads"]
    assert "Aino" not in json.dumps(lines)
    refused = http.post("/sparql", data={"update": "LOAD <http://127.0.0.1/>"}, headers=bearer[Role.STEWARD])
    assert refused.status_code == 403
    assert audit(store)[-1]["outcome"] == "failed"


def test_a_token_that_is_revoked_or_expired_opens_nothing_at_once(http: httpx.Client, store: Path) -> None:
    file = tokens_file(store)
    header = {"Authorization": "Bearer " + create_token(file, "guest", Role.STEWARD)}
    assert http.get("/api/audit", headers=header).status_code == 200
    revoke_token(file, "guest")
    revoked = http.get("/api/audit", headers=header)
    assert revoked.status_code == 401
    assert 'error="invalid_token"' in revoked.headers["www-authenticate"]
    header = {"Authorization": "Bearer " + create_token(file, "late", Role.STEWARD)}
    kept = json.loads(file.read_text("utf-8"))
    kept["tokens"][-1]["expires"] = "2020-01-01"
    file.write_text(json.dumps(kept), "utf-8")
    assert http.get("/api/audit", headers=header).status_code == 401
