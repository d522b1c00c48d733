"""The reconciliation service as OpenRefine uses it, against a server process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from jsonschema import Draft202012Validator
from reconciliation_schemas import (
    EXTENDED,
    MANIFEST,
    PROPOSED,
    RESULTS,
    SUGGESTED,
    SUGGESTED_ENTITIES,
    SUGGESTED_TYPES,
)

from loaders.iris import BASE

OPENREFINE = {"Origin": "http://127.0.0.1:3333"}
QUADS = """
<{base}organisation/n-1> <http://www.w3.org/2004/02/skos/core#prefLabel> "<script>alert(1)</script> & Oy"@fi <{graph}> .
<{base}organisation/n-1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/hankeverkko/ontology#Organisation> <{graph}> .
""".lstrip().format(base=BASE, graph="https://w3id.org/hankeverkko/graph/document/1")


def valid(response: httpx.Response, schema: dict[str, Any]) -> Any:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    return answer


def ask(http: httpx.Client, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    answer = valid(http.post("/reconcile", data={"queries": json.dumps(queries)}, headers=OPENREFINE), RESULTS)
    assert set(answer) == set(queries)
    return {key: value["result"] for key, value in answer.items()}


def test_the_dialogue_of_openrefine(client: httpx.Client) -> None:
    manifest = valid(client.get("/reconcile", headers=OPENREFINE), MANIFEST)
    rows = {"q0": {"query": "Lapin yliopiston", "type": "Organisation", "limit": 3}, "q1": {"query": "ei mikään xyz"}}
    found = ask(client, **rows)
    best = found["q0"][0]
    assert (best["id"], best["match"]) == ("organisation/lapin-yliopisto", True)
    assert len(found["q0"]) <= 3
    assert not any(candidate["match"] for candidate in found["q1"])
    assert [c["score"] for c in found["q0"]] == sorted((c["score"] for c in found["q0"]), reverse=True)

    entity = manifest["suggest"]["entity"]
    answer = client.get(
        entity["service_url"] + entity["service_path"], params={"prefix": "Lapin yli"}, headers=OPENREFINE
    )
    assert valid(answer, SUGGESTED_ENTITIES)["result"][0]["id"] == best["id"]
    for kind, prefix, schema in (("property", "place", SUGGESTED), ("type", "univ", SUGGESTED_TYPES)):
        service = manifest["suggest"][kind]
        answer = client.get(service["service_url"] + service["service_path"], params={"prefix": prefix})
        assert prefix in valid(answer, schema)["result"][0]["name"]

    page = client.get(manifest["preview"]["url"].replace("{{id}}", quote(best["id"], safe="")))
    assert "<h1>Lapin yliopisto</h1>" in page.text
    assert "script" not in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers

    proposing = manifest["extend"]["propose_properties"]
    answer = client.get(proposing["service_url"] + proposing["service_path"], params={"type": best["type"][-1]["id"]})
    offered = [item["id"] for item in valid(answer, PROPOSED)["properties"]]
    assert {"name_sv", "region", "initiatives"} <= set(offered)
    query = {"ids": [best["id"], "organisation/none"], "properties": [{"id": name} for name in offered]}
    table = valid(client.post("/reconcile", data={"extend": json.dumps(query)}), EXTENDED)
    assert [column["id"] for column in table["meta"]] == offered
    row = table["rows"][best["id"]]
    assert row["name_sv"] == [{"str": "Lapplands universitet"}]
    assert row["region"] == [{"id": "place/maakunta-19", "name": "Lappi"}]
    assert row["initiatives"][0]["int"] >= 1
    assert set(map(tuple, table["rows"]["organisation/none"].values())) == {()}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Oulun yliopistossa", "organisation/oulun-yliopisto"),
        ("Kuopion yliopisto", "organisation/kuopion-yliopisto"),
        ("Lapin ELY-keskus", "organisation/ely-lappi"),
        ("0292800-5", "organisation/lapin-yliopisto"),
        ("organisation/kunta-698", "organisation/kunta-698"),
        (BASE + "organisation/kunta-698", "organisation/kunta-698"),
        ("tiimivalmennuksella", "method/tiimivalmennus"),
        ("S21947", "initiative/S21947"),
        ("Fokus työhyvinvoinnin johtamiseen -hanke", "initiative/S21947"),
    ],
)
def test_what_the_rules_are_sure_of_is_a_match(client: httpx.Client, name: str, meant: str) -> None:
    best = ask(client, q={"query": name})["q"][0]
    assert (best["id"], best["match"]) == (meant, True)


@pytest.mark.parametrize(
    "name", ["Vaasan ylioipsto", "Lapin yliopistosäätiö", "kirjasto", "Oy", "Oulun ylioppilaskunta"]
)
def test_what_only_looks_alike_is_no_match(client: httpx.Client, name: str) -> None:
    assert [c["id"] for c in ask(client, q={"query": name, "type": "Organisation"})["q"] if c["match"]] == []


def test_types_and_properties_narrow_the_choice(client: httpx.Client) -> None:
    found = ask(
        client,
        place={"query": "Rovaniemi", "type": "Place"},
        body={"query": "Rovaniemi", "type": ["Organisation", "Unit"]},
        there={"query": "Lapin yliopisto", "properties": [{"pid": "place", "v": "Lapissa"}]},
        elsewhere={"query": "Lapin yliopisto", "properties": [{"pid": "region", "v": {"id": "place/maakunta-02"}}]},
        number={"query": "", "properties": [{"pid": "businessId", "v": "0292800-5"}]},
        contradiction={"query": "Oulun yliopisto", "properties": [{"pid": "businessId", "v": "0292800-5"}]},
    )
    assert (found["place"][0]["id"], found["place"][0]["match"]) == ("place/kunta-698", True)
    assert all(c["id"].startswith("organisation/") and not c["match"] for c in found["body"])
    assert found["there"][0]["match"]
    assert {"id": "given_place", "value": True} in found["there"][0]["features"]
    assert not found["elsewhere"][0]["match"]
    assert (found["number"][0]["id"], found["number"][0]["match"]) == ("organisation/lapin-yliopisto", True)
    assert not any(candidate["match"] for candidate in found["contradiction"])


def test_each_query_is_answered_by_itself(client: httpx.Client) -> None:
    together = ask(client, a={"query": "Lapin yliopisto"}, b={"query": "Oulun yliopisto"})
    assert together == ask(client, a={"query": "Lapin yliopisto"}) | ask(client, b={"query": "Oulun yliopisto"})
    by_address = client.get("/reconcile", params={"queries": json.dumps({"a": {"query": "Lapin yliopisto"}})})
    assert valid(by_address, RESULTS)["a"]["result"] == together["a"]


def test_suggestions_find_inner_words_and_go_on(client: httpx.Client) -> None:
    def suggest(**parameters: str) -> list[str]:
        answer = client.get("/reconcile/suggest/entity", params=parameters)
        return [item["id"] for item in valid(answer, SUGGESTED_ENTITIES)["result"]]

    first = suggest(prefix="ammattikorkeakoulu", type="organisation-type/uas")
    following = suggest(prefix="ammattikorkeakoulu", type="organisation-type/uas", cursor=str(len(first)))
    assert len(first) == 20
    assert following
    assert set(first).isdisjoint(following)
    assert "organisation/lapin-yliopisto" in suggest(prefix="organisation/lapin-yliopisto")
    assert suggest(prefix="") == []


def test_no_person_is_found(client: httpx.Client) -> None:
    query = "SELECT ?name { ?p a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> ?name }"
    query = query.replace("http://xmlns.com/foaf/0.1/Person", "https://w3id.org/hankeverkko/ontology#Person")
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    names = [row["name"]["value"] for row in rows]
    assert names
    for name in names[:5]:
        assert client.get("/reconcile/suggest/entity", params={"prefix": name}).json()["result"] == []
        assert not any(c["name"] == name for c in ask(client, q={"query": name})["q"])


def test_pages_of_this_machine_may_ask_and_others_not(client: httpx.Client) -> None:
    for path in ("/reconcile", "/reconcile/suggest/type?prefix=a", "/reconcile/preview?id=organisation/nothing"):
        allowed = client.get(path, headers=OPENREFINE)
        assert allowed.headers["access-control-allow-origin"] == OPENREFINE["Origin"]
        assert "access-control-allow-origin" not in client.get(path, headers={"Origin": "https://example.org"}).headers
    asked = {**OPENREFINE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = client.options("/reconcile", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == OPENREFINE["Origin"]
    assert "access-control-allow-origin" not in client.get("/sparql?query=ASK{}", headers=OPENREFINE).headers


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"queries": "{"}, 400, "queries"),
        ({"queries": '{"q": {"query": 3}}'}, 400, "q.query"),
        ({"queries": '{"q": {"query": "a", "limit": -1}}'}, 400, "q.limit"),
        ({"queries": json.dumps({str(i): {"query": "a"} for i in range(51)})}, 413, "at most 50"),
        ({"extend": '{"ids": ["a"]}'}, 400, "extend"),
        ({"extend": '{"ids": [], "properties": [{"id": "x} {"}]}'}, 400, "no property"),
        ({"extend": json.dumps({"ids": ["a"] * 501, "properties": []})}, 413, "at most 500"),
        ({"nothing": ""}, 400, "Give queries or extend"),
    ],
)
def test_what_cannot_be_answered_is_told(
    client: httpx.Client, form: dict[str, str], status: int, sentence: str
) -> None:
    response = client.post("/reconcile", data=form)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert sentence in response.json()["detail"]


@pytest.mark.parametrize(
    "identifier", ["", "person/x", "organisation/x> <y", "organisation/", "nothing", "../etc/passwd"]
)
def test_a_preview_of_nothing_is_told(client: httpx.Client, identifier: str) -> None:
    assert client.get("/reconcile/preview", params={"id": identifier}).status_code == 404


def test_names_are_text_in_a_preview_and_a_new_generation_is_seen(
    store_maker: Callable[[Path, str], Path], tmp_path: Path, serve: Callable[..., Any]
) -> None:
    store = store_maker(tmp_path, QUADS)
    with serve(store) as http:
        page = http.get("/reconcile/preview", params={"id": "organisation/n-1"})
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Oy" in page.text
        assert "<script" not in page.text
        assert http.get("/reconcile/suggest/entity", params={"prefix": "uusi"}).json()["result"] == []
        store_maker(tmp_path, QUADS + QUADS.replace("n-1", "n-2").replace("<script>", "Uusi "))
        for _ in range(50):
            if found := http.get("/reconcile/suggest/entity", params={"prefix": "uusi"}).json()["result"]:
                break
            time.sleep(0.1)
        assert [item["id"] for item in found] == ["organisation/n-2"]
