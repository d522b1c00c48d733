"""What holds where sources contradict each other: in the rule, the index and the queries alike."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_api.collaboration.finality import FINALITY, most_final
from graph_api.collaboration.index import UNKNOWN_YEAR, CollaborationIndex, read_index
from graph_api.collaboration.ruling import day_made, holds, read_dates
from graph_api.queries import run_query
from graph_api.query_results import plain_rows
from loaders.errors import UsageError
from loaders.vocabulary import scheme

PREFIXES = """
@prefix hv: <https://w3id.org/hankeverkko/ontology#> .
@prefix d: <https://w3id.org/hankeverkko/graph/document/> .
@prefix id: <https://w3id.org/hankeverkko/id/> .
@prefix o: <https://w3id.org/hankeverkko/id/organisation/> .
@prefix i: <https://w3id.org/hankeverkko/id/initiative/> .
@prefix p: <https://w3id.org/hankeverkko/id/participation/> .
@prefix pi: <https://w3id.org/hankeverkko/id/pilot/> .
@prefix r: <https://w3id.org/hankeverkko/id/role/> .
@prefix m: <https://w3id.org/hankeverkko/id/method/> .
@prefix st: <https://w3id.org/hankeverkko/id/status/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PART = "p:{n} a hv:Participation ; hv:participant o:town ; hv:inInitiative i:{n} ; hv:role r:partner {dates} ."
DATES = '; hv:start "2022"^^xsd:gYear ; hv:end "2024"^^xsd:gYear'
LIST = f"""d:list {{
  i:1 a hv:Initiative, hv:Project ; dcterms:title "Yksi"@fi ; hv:status st:active .
  i:2 a hv:Initiative, hv:Project ; dcterms:title "Kaksi"@fi ; hv:status st:active ; hv:end "2021-05-31"^^xsd:date .
  i:3 a hv:Initiative, hv:Project ; dcterms:title "Kolme"@fi ; hv:usesMethod m:lean {DATES} .
  {PART.format(n=3, dates=DATES)}
}}"""
PAGE = f"""d:page {{
  o:town a hv:Organisation ; skos:prefLabel "Mallilan kaupunki"@fi ; hv:participatesIn i:1, i:2, i:3 .
  m:lean a hv:Method ; skos:prefLabel "Lean"@fi .
  i:1 a hv:Initiative, hv:Project ; hv:status st:ended ; hv:usesMethod m:lean .
  i:3 a hv:Initiative, hv:Project ; hv:end "2025-03-31"^^xsd:date .
  pi:1 a hv:Initiative, hv:Pilot ; dcterms:title "Kokeilu"@fi ; hv:pilotOf i:1 ; hv:status st:in-progress, st:completed .
  {PART.format(n=1, dates='; hv:end "2023"^^xsd:gYear')}
}}"""


def loaded(*graphs: str) -> ox.Store:
    store = ox.Store()
    for graph in graphs:
        store.load(PREFIXES + graph, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module", params=list(permutations([LIST, PAGE])), ids=["list first", "page first"])
def store(request: pytest.FixtureRequest) -> ox.Store:
    return loaded(*request.param)


@pytest.fixture(scope="module")
def index(store: ox.Store) -> CollaborationIndex:
    return read_index(store, year=2026)


def test_every_status_of_the_vocabulary_has_its_place() -> None:
    assert set(FINALITY) == {concept.notation for concept in scheme("statuses").values()}


@pytest.mark.parametrize(
    ("stated", "holding"),
    [(["active", "ended"], "ended"), (["completed", "in-use"], "completed"), ([], ""), (["odd", "planned"], "planned")],
)
def test_the_more_final_status_holds(stated: list[str], holding: str) -> None:
    assert {most_final(order) for order in permutations(stated)} == {holding}


def test_what_goes_on_has_ended_once_its_stated_end_is_past() -> None:
    assert [holds("active", end, 2026) for end in (2025, 2026, UNKNOWN_YEAR)] == ["ended", "active", "active"]
    assert [holds(status, 2020, 2026) for status in ("in-use", "completed", "cancelled", "")] == [
        "in-use",
        "completed",
        "cancelled",
        "",
    ]


def test_dates_span_from_the_earliest_to_the_latest_in_any_order() -> None:
    for ends in permutations([("a", 2024), ("a", 2025), ("a", 2023), ("part", 2024), ("own", 2022)]):
        found = read_dates([], ends)
        assert found.ends["a"] == 2025
        assert (found.end_of_part("part", "a"), found.end_of_part("own", "a")) == (2025, 2022)
        assert found.end_of_part("unsaid", "a") == UNKNOWN_YEAR


def test_the_index_has_what_holds_and_what_is_stated(index: CollaborationIndex) -> None:
    table = index.initiatives
    assert [iri.rpartition("/id/")[2] for iri in table.iris] == [f"initiative/{n}" for n in "123"] + ["pilot/1"]
    assert list(table.statuses) == ["ended", "ended", "", "completed"]
    assert list(table.stated) == ["ended", "active", "", "completed"]


def test_a_part_ends_with_the_whole_unless_it_has_an_end_of_its_own(index: CollaborationIndex) -> None:
    assert index.initiatives.ends.tolist() == [UNKNOWN_YEAR, 2021, 2025, UNKNOWN_YEAR]
    assert index.participations.ends.tolist() == [2023, 2025]


def status_of(store: ox.Store, name: str, **arguments: str) -> dict[str, str]:
    found = run_query(store, name, arguments)
    title, status = found.columns.index("title"), found.columns.index("status")
    return {row[title]: row[status].rpartition("/")[2] for row in plain_rows(found)}


def test_queries_take_the_more_final_status_as_well(store: ox.Store) -> None:
    of_town = status_of(store, "initiatives-of-organisation", organisation="Mallilan kaupunki")
    assert of_town == {"Yksi": "ended", "Kaksi": "active", "Kolme": ""}
    assert status_of(store, "initiatives-of-method", method="Lean") == {"Yksi": "ended", "Kolme": ""}
    assert status_of(store, "pilots-by-place") == {"Kokeilu": "completed"}


def test_statuses_that_differ_are_told_as_contradictions(store: ox.Store) -> None:
    found = [[*row[1:3], row[4], row[7]] for row in plain_rows(run_query(store, "contradictions", {}))]
    assert ["Yksi", "hv:status", "id:status/active", "id:status/ended"] in found
    assert len(found) == 3


def test_the_day_can_be_given_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert day_made(tmp_path).year == 2001
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="no number of seconds"):
        day_made(tmp_path)
