"""Lists, records and search over HTTP, against a running server over demo documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_api.contacts import read_contacts
from graph_api.search.kinds import COLLECTIONS
from graph_api.server.shapes import EntityList, EvidenceList, EvidenceRecord, Record
from graph_api.store import current, load, new_generation, open_graph
from loaders.iris import BASE, FOAF, HV, RDF

Serve = Callable[..., AbstractContextManager[httpx.Client]]
NAMES = sorted(COLLECTIONS)


@pytest.fixture(scope="module")
def client(whole_client: httpx.Client) -> httpx.Client:
    """Return a client of a server over all demo documents."""
    return whole_client


def _get(client: httpx.Client, path: str, **parameters: object) -> Any:
    answer = client.get(path, params={name: str(value) for name, value in parameters.items()} or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _all(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    """Return a whole list, page by page, through its links."""
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following is not None:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        link = answer.links.get("next")
        following = link["url"] if link else None
    return found


@pytest.mark.parametrize("name", NAMES)
def test_lists_have_the_documented_shape(client: httpx.Client, name: str) -> None:
    page = EntityList.model_validate(_get(client, f"/api/{name}"))
    assert page.total > 0
    assert {item.kind for item in page.items} == {COLLECTIONS[name].kind}


@pytest.mark.parametrize("name", NAMES)
def test_records_have_the_documented_shape_and_their_evidence(client: httpx.Client, name: str) -> None:
    for item in _all(client, f"/api/{name}?limit=100")[:40]:
        record = Record.model_validate(_get(client, item["url"]))
        facts = [
            *record.facts,
            *record.links,
            *(f for p in [*record.participations, *record.fundings] for f in p.facts),
        ]
        assert {iri for fact in facts for iri in fact.evidence} == set(record.evidence)
        assert all(fact.standing and fact.confidence is not None for fact in facts if fact.evidence)
        assert all(piece.document and piece.quote for piece in record.evidence.values())


@pytest.mark.parametrize("sort", ["name", "connections"])
@pytest.mark.parametrize("name", ["organisations", "initiatives", "documents"])
def test_pages_make_the_whole_list_once(client: httpx.Client, name: str, sort: str) -> None:
    whole = _get(client, f"/api/{name}", limit=100, sort=sort)
    parts = _all(client, f"/api/{name}?limit=7&sort={sort}&facets=false")
    assert [item["iri"] for item in parts][:100] == [item["iri"] for item in whole["items"]]
    assert len({item["iri"] for item in parts}) == len(parts) == whole["total"]


def test_pages_of_a_search_make_the_whole(client: httpx.Client) -> None:
    whole = _get(client, "/api/search", q="kunta", limit=100)["items"]
    assert _all(client, "/api/search?q=kunta&limit=9")[:100] == whole


def test_a_cursor_of_another_list_is_refused(client: httpx.Client) -> None:
    cursor = _get(client, "/api/organisations", limit=1)["next"]
    for path in (
        f"/api/initiatives?cursor={cursor}",
        f"/api/organisations?q=x&cursor={cursor}",
        "/api/places?cursor=eHg",
    ):
        answer = client.get(path)
        assert answer.status_code == 400
        assert "cursor" in answer.json()["detail"]


def test_search_finds_inner_and_inflected_words(client: httpx.Client) -> None:
    assert "Limingan kunnan perusturvapalvelut" in [
        i["name"] for i in _get(client, "/api/search", q="turvapalvelu")["items"]
    ]
    assert "Liminka" in [i["name"] for i in _get(client, "/api/search", q="Limingassa", kind="place")["items"]]


def test_facets_count_what_their_filters_find(client: httpx.Client) -> None:
    checked = 0
    for name in NAMES:
        for facet, values in _get(client, f"/api/{name}")["facets"].items():
            for value in values[:2] if facet in {"type", "region", "method", "funder", "organisation"} else []:
                if facet == "organisation" and name == "persons":
                    continue  # whom a person works for may take no part in the initiative
                found = _get(client, f"/api/{name}", facets="false", **{facet: value["iri"]})
                assert found["total"] == value["count"], (name, facet, value)
                checked += 1
    assert checked > 20


def test_filters_take_iris_and_their_ends(client: httpx.Client) -> None:
    short = _get(client, "/api/organisations", type="municipality")
    assert short["total"] > 3
    assert short["items"] == _get(client, "/api/organisations", type=f"{BASE}organisation-type/municipality")["items"]


def test_a_period_narrows_to_what_ran_in_it(client: httpx.Client) -> None:
    found = _all(client, "/api/initiatives?since=2018&until=2018-06&limit=100")
    assert found
    assert all(item["end"][:4] >= "2018" and item["start"][:7] <= "2018-06" for item in found)
    assert len(found) < len(_all(client, "/api/initiatives?limit=100"))


def test_a_place_is_in_its_region(client: httpx.Client) -> None:
    inside = {item["iri"] for item in _all(client, "/api/initiatives?region=maakunta-17&limit=100")}
    directly = {item["iri"] for item in _all(client, "/api/initiatives?place=kunta-425&limit=100")}
    assert directly
    assert directly <= inside


def test_a_filter_that_names_nothing_is_told(client: httpx.Client) -> None:
    answer = client.get("/api/initiatives?method=no-such-method")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "is not known" in answer.json()["detail"]


def test_certainty_narrows_lists_and_records(client: httpx.Client) -> None:
    item = _get(client, "/api/initiatives/tulevaa-tehdaan-yhdessa-da780588")
    certain = _get(client, item["url"], min_confidence=0.97)
    stated = [fact["confidence"] for fact in certain["facts"] if "confidence" in fact]
    assert stated
    assert min(stated) >= 0.97
    assert len(stated) < len([f for f in _get(client, item["url"])["facts"] if "confidence" in f])
    assert _get(client, "/api/methods", min_confidence=0.96)["total"] < _get(client, "/api/methods")["total"]


def test_evidence_is_listed_with_the_facts_that_rest_on_it(client: httpx.Client) -> None:
    page = EvidenceList.model_validate(_get(client, "/api/evidence", entity="place/kunta-425"))
    assert page.items
    for piece in page.items:
        assert any(
            BASE + "place/kunta-425" in {fact.subject.iri, fact.entity.iri if fact.entity else ""}
            for fact in piece.facts
        )
        EvidenceRecord.model_validate(_get(client, piece.url))
    document = page.items[0].document
    assert document is not None
    of_document = _all(client, f"/api/evidence?document={document.iri}&standing=inferred&limit=50")
    assert {(piece["document"]["iri"], piece["standing"]) for piece in of_document} == {(document.iri, "inferred")}


def test_evidence_offsets_fit_the_covered_quote(client: httpx.Client) -> None:
    pieces = [piece for piece in _all(client, "/api/evidence?limit=100") if "start" in piece]
    assert any("█" in piece["quote"] for piece in pieces)
    assert [p for p in pieces if p["end"] - p["start"] != len(p["quote"]) and "…" not in p["quote"]] == []


def test_no_answer_names_people_or_has_contact_details(client: httpx.Client, whole_store: Path) -> None:
    graph = open_graph(whole_store)
    names = {quad.object.value for quad in graph if quad.predicate.value == FOAF + "name"}
    hidden = names | {c.value for c in read_contacts(current(whole_store).contacts, date(2000, 1, 1))}
    assert len(hidden) > 20
    paths = [item["url"] for name in NAMES for item in _all(client, f"/api/{name}?limit=100")]
    paths += [f"/api/{name}?limit=100" for name in [*NAMES, "evidence"]]
    paths += [f"/api/search?q={name}" for name in sorted(names)]
    texts = [re.sub(r"\?[^\"]*", "", client.get(path).text) for path in paths]
    assert [(path, word) for path, text in zip(paths, texts, strict=True) for word in hidden if word in text] == []


def test_reads_have_validators(client: httpx.Client) -> None:
    for path in ("/api/organisations/kunta-425", "/api/organisations?limit=3", "/api/search?q=lean", "/api/evidence"):
        first = client.get(path)
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"If-None-Match": 'W/"other"'}).content == first.content


def test_only_json_is_offered(client: httpx.Client) -> None:
    answer = client.get("/api/organisations", headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/organisations?limit=0",
        "/api/organisations?limit=101",
        "/api/organisations?nothing=1",
        "/api/search",
        "/api/initiatives?since=last+year",
    ],
)
def test_what_does_not_fit_is_told(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_entities_of_other_kinds_are_not_in_a_collection(client: httpx.Client) -> None:
    assert client.get("/api/funders/kunta-425").status_code == 404
    assert client.get("/api/organisations/kunta-425").status_code == 200
    assert client.get("/api/pilots/../organisations/kunta-425").status_code in {200, 404}


def test_a_new_generation_is_answered_from_without_a_failure(tmp_path: Path, serve: Serve) -> None:
    store = _store(tmp_path, "Vanha hanke")
    with serve(store) as http:
        before = http.get("/api/initiatives/x")
        assert before.json()["name"] == "Vanha hanke"
        _store(tmp_path, "Uusi hanke")
        for _ in range(4000):
            answer = http.get("/api/initiatives/x")
            assert answer.status_code == 200
            if answer.json()["name"] == "Uusi hanke":
                break
        assert answer.json()["name"] == "Uusi hanke"
        assert answer.headers["etag"] != before.headers["etag"]
        fresh = http.get("/api/initiatives/x", headers={"If-None-Match": before.headers["etag"]})
        assert fresh.status_code == 200


def _store(folder: Path, title: str) -> Path:
    iri = f"<{BASE}initiative/x>"
    graph = "<https://example.org/graph>"
    lines = f"{iri} <{RDF}type> <{HV}Initiative> {graph} .\n"
    lines += f'{iri} <http://purl.org/dc/terms/title> "{title}" {graph} .\n'
    file = folder / "lines.nq"
    file.write_text(lines, "utf-8")
    with new_generation(folder / "store") as generation:
        quads = load(generation, [file])
        generation.write_manifest({"documents": [], "quads": quads})
    return folder / "store"
