"""Pilots: numbered lists over several groups, trials in bullets, pilot units in brackets."""

from __future__ import annotations

import pytest

from loaders.gazetteer import gazetteer
from loaders.recognise.organisations import find_organisations
from loaders.recognise.pilots import (
    host_groups,
    leading_hosts,
    numbered_pilots,
    region_of,
    state_of,
    title_of,
    units_in_brackets,
)
from loaders.text import Text

LIST = """Pilotit toteuttajittain
Lapin yliopisto
Lappi
1. Kemin kaupungin lastensuojelu, pilotti päättyi syksyllä 2019
2. Tornion kaupunki, varhaiskasvatus (päiväkodit)

Työterveyslaitos
Pohjois-Savo
3) Testikodit Oy, Keminmaan nuorisokoti
4 Siilinjärven kunta + Lapinlahden kunta, kotihoito
Tiivistelmä
5. Ei enää pilotti
"""


def test_a_list_is_numbered_over_its_groups_and_ends_at_a_heading() -> None:
    items = numbered_pilots(Text(LIST))
    assert [(item.number, LIST[item.content.start : item.content.end]) for item in items] == [
        (1, "Kemin kaupungin lastensuojelu, pilotti päättyi syksyllä 2019"),
        (2, "Tornion kaupunki, varhaiskasvatus (päiväkodit)"),
        (3, "Testikodit Oy, Keminmaan nuorisokoti"),
        (4, "Siilinjärven kunta + Lapinlahden kunta, kotihoito"),
    ]


def test_each_group_has_its_headings_and_region() -> None:
    items = numbered_pilots(Text(LIST))
    hits = gazetteer().find(LIST)
    assert [[line.text for line in item.headings] for item in items] == [
        ["Pilotit toteuttajittain", "Lapin yliopisto", "Lappi"],
        [],
        ["Työterveyslaitos", "Pohjois-Savo"],
        [],
    ]
    assert [region_of(item.headings, hits) for item in items] == ["maakunta-19", None, "maakunta-11", None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1. Suunnittelu\n2. Toteutus\n3. Arviointi", id="no word on pilots"),
        pytest.param("Pilotit\n1. Miksi?\n2. Kuka?\n3. Miten?", id="questions"),
        pytest.param("Pilotit\n1. Kuopion kaupunki\n2. Testaus Oy", id="two are no list"),
        pytest.param("Pilotit\n2. Kuopio\n3. Vantaa\n4. Espoo", id="does not begin at one"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_numbered_lists_are_no_pilots(text: str) -> None:
    assert numbered_pilots(Text(text)) == []


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ("Kuopion kaupunki, pilotti päättyi syksyllä 2019", "pilotti päättyi syksyllä 2019"),
        ("Kuopion kaupunki (käynnissä)", "käynnissä"),
        ("Kuopion kaupunki", None),
    ],
)
def test_the_state_stands_in_prose(content: str, state: str | None) -> None:
    assert state_of(content) == state


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Kemin kaupungin lastensuojelu, pilotti päättyi syksyllä 2019", "Kemin kaupungin lastensuojelu"),
        ("Tornion kaupunki, varhaiskasvatus (päiväkodit)", "Tornion kaupunki, varhaiskasvatus"),
        ("Kävelevä kokous - uusi tapa", "Kävelevä kokous"),
    ],
)
def test_the_title_is_the_host_with_what_follows(content: str, title: str) -> None:
    assert title_of(content, find_organisations(content)) == title


def test_the_owner_inside_a_units_name_is_no_host_of_its_own() -> None:
    content = "Kemin kaupungin lastensuojelu"
    assert [mention.name for mention in leading_hosts(find_organisations(content))] == [content]


def test_hosts_of_two_bodies_are_two_pilots() -> None:
    groups = host_groups(find_organisations("Varkauden kaupunki, Joroisten vanhuspalvelut"))
    assert [[mention.name for mention in group] for group in groups] == [
        ["Varkauden kaupunki"],
        ["Joroisten vanhuspalvelut"],
    ]


def test_pilot_units_stand_in_brackets() -> None:
    text = "Kokeilimme kolmessa pilottiyksikössä (Kaupunginkirjasto, Varhaiskasvatus, Kotihoito)."
    found = list(units_in_brackets(Text(text)))
    assert [name for name, _ in found] == ["Kaupunginkirjasto", "Varhaiskasvatus", "Kotihoito"]
    assert all(text[span.start : span.end] == name for name, span in found)
    assert list(units_in_brackets(Text("Mukana oli kolme yksikköä (Kirjasto, Kotihoito)."))) == []


@pytest.mark.parametrize("inside", [", , , , , , ,", "Kirjasto, , Kotihoito", "Kirjasto,,Kotihoito,"])
def test_empty_parts_of_the_brackets_are_left_out(inside: str) -> None:
    text = f"pilottiyksiköt ({inside})"
    assert all(name for name, _ in units_in_brackets(Text(text)))


def test_steps_of_the_work_are_no_pilots() -> None:
    text = "Pilotit suunnitellaan näin\n1 Kartoitetaan tarpeet\n2 Otetaan malli käyttöön\n3 Levitetään tulokset\n"
    assert numbered_pilots(Text(text)) == []
