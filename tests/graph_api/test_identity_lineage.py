"""Succession: what print says of names before and after; who carries on today; links, never merges."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.identity import authority
from graph_api.identity.former import OtherName, read_other_name
from graph_api.identity.lineage import Succession, successions_of
from graph_api.identity.resolver import Mention, Resolver
from loaders.iris import entity


def organisation(notation: str) -> str:
    return entity("organisation", notation)


@pytest.mark.parametrize(
    ("note", "name", "is_earlier"),
    [
        ("ent. Lehdon Paja Oy", "Lehdon Paja Oy", True),
        ("ENT. LEHDON PAJA OY", "LEHDON PAJA OY", True),
        ("entinen Lehdon Paja 1.1.2009 alkaen Pajulan Paja", "Lehdon Paja", True),
        ("aiemmin Lehdon Paja", "Lehdon Paja", True),
        ("31.12.2009 saakka LP", "LP", True),
        ("tidigare Lunds verkstad", "Lunds verkstad", True),
        ("nyk. Pajulan Paja Oy", "Pajulan Paja Oy", False),
        ("uusi nimi on 1.7. lukien Pajulan Paja Oy", "Pajulan Paja Oy", False),
        ("uuden elinkeinoyhtiön nimi Pajulan Paja Oy", "Pajulan Paja Oy", False),
        ("1.4.2012 alkaen Pajulan Paja Oy", "Pajulan Paja Oy", False),
    ],
)
def test_a_note_names_the_one_before_or_after(note: str, name: str, is_earlier: bool) -> None:
    assert read_other_name(note) == OtherName(name, is_earlier)


@pytest.mark.parametrize("note", ["", "ent.", "Mondex Oy", "hakija", "1.1.2010"])
def test_a_note_that_says_neither_is_none(note: str) -> None:
    assert read_other_name(note) is None


@given(st.text(max_size=60))
def test_any_note_can_be_read(note: str) -> None:
    found = read_other_name(note)
    assert found is None or found.name.strip() == found.name


def test_print_links_names_that_are_known_by_themselves() -> None:
    resolver = Resolver(Mention(n) for n in ("Pajulan Paja Oy (ent. Lehdon Paja Oy)", "Lehdon Paja Oy"))
    name = "Pajulan Paja Oy (ent. Lehdon Paja Oy)"
    pair = resolver.resolve("Lehdon Paja Oy").iri, resolver.resolve(name).iri
    assert list(successions_of(resolver, Mention(name))) == [pair]
    assert pair[0] != pair[1]
    assert list(successions_of(Resolver([Mention(name)]), Mention(name))) == []


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ("kuopion-yliopisto", "ita-suomen-yliopisto"),
        ("teknillinen-korkeakoulu", "aalto-yliopisto"),
        ("tampereen-teknillinen-yliopisto", "tampereen-yliopisto"),
        ("turun-kauppakorkeakoulu", "turun-yliopisto"),
        ("rovaniemen-amk", "lapin-amk"),
        ("kymenlaakson-amk", "xamk"),
        ("stadia", "metropolia"),
        ("lahden-amk", "lab-amk"),
        ("pirkanmaan-amk", "tamk"),
        ("te-keskus-lappi", "elinvoimakeskus-lappi"),
        ("laaninhallitus-oulu", "lupa-ja-valvontavirasto"),
        ("stakes", "thl"),
        ("metla", "luke"),
        ("ilmailuhallinto", "traficom"),
        ("ratahallintokeskus", "vaylavirasto"),
        ("elintarvikevirasto", "ruokavirasto"),
        ("tekes", "business-finland"),
        ("finpro-ry", "business-finland"),
        ("kainuun-sote", "kainuun-hyvinvointialue"),
        ("etela-karjalan-sairaanhoitopiiri", "etela-karjalan-hyvinvointialue"),
        ("carea", "kymenlaakson-hyvinvointialue"),
        ("pohjois-karjalan-sairaanhoitopiiri", "pohjois-karjalan-hyvinvointialue"),
        ("hus-sairaanhoitopiiri", "hus-yhtyma"),
        ("kunta-084", "kunta-564"),
    ],
)
def test_well_known_successions_lead_to_today(earlier: str, today: str) -> None:
    assert Succession({}).present(organisation(earlier)) == (organisation(today), set())


@pytest.mark.parametrize("earlier", ["laaninhallitus-lansi-suomi", "ely-hame", "te-keskus-hame", "ytv"])
def test_one_that_was_divided_has_no_present_form(earlier: str) -> None:
    present, among = Succession({}).present(organisation(earlier))
    assert present is None
    assert len(among) > 1


@pytest.mark.parametrize("standing", ["oulun-yliopisto", "sitra", "kela", "kunta-091"])
def test_what_stands_has_none_either(standing: str) -> None:
    assert Succession({}).present(organisation(standing)) == (None, set())


def test_notes_that_contradict_each_other_lead_nowhere() -> None:
    assert Succession({"a": {"b"}, "b": {"a"}}).present("a") == (None, set())
    assert Succession({"a": {"b"}, "b": {"c"}}).present("a") == ("c", set())


@pytest.mark.acceptance
def test_predecessors_of_the_material_are_linked_and_not_merged(acceptance: Path) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (acceptance / "gold" / "identity" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    mentions = rows("gold_clusters.tsv")
    resolver = Resolver(Mention(row["mention"]) for row in mentions)
    printed: dict[str, set[str]] = defaultdict(set)
    for row in mentions:
        for earlier, later in successions_of(resolver, Mention(row["mention"])):
            printed[earlier].add(later)
    entities: dict[str, set[str]] = defaultdict(set)
    for row in mentions:
        entities[row["cluster_id"]].add(resolver.resolve(row["mention"]).iri)
    for row in rows("gold_lineage.tsv"):
        before, after = entities[row["predecessor_cluster"]], entities[row["successor_cluster"]]
        assert not before & after, row
        assert any(_leads(Succession(printed), name, after) for name in before), row


def _leads(succession: Succession, name: str, after: set[str]) -> bool:
    seen, waiting = {name}, [name]
    for node in waiting:
        following = succession.following(node) - seen
        seen |= following
        waiting += following
    return bool((seen - {name}) & after)


def test_succession_in_the_authority_file_has_no_circle() -> None:
    for notation in ("ely-lappi", "kunta-084", "stakes"):
        assert notation not in authority.successors(notation)
