"""Swedish and English names of organisations: known ones lead to the Finnish body, unknown ones are found by head noun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.authority import find_body, type_of_name
from loaders.language.foreign_heads import foreign_type, name_language
from loaders.naming import read_name
from loaders.recognise.foreign_names import foreign_names
from loaders.recognise.organisations import find_organisations
from loaders.vocabulary import organisations, scheme


def names(text: str) -> list[str]:
    return [mention.name for mention in find_organisations(text)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Österbottens förbund", "Pohjanmaan liitto"),
        ("Åbo Akademi", "Åbo Akademi"),
        ("University of Oulu", "Oulun yliopisto"),
        ("City of Tampere", "Tampereen kaupunki"),
        ("City of Vasa", "Vaasan kaupunki"),
        ("Town of Kauhava", "Kauhavan kaupunki"),
        ("Municipality of Korsholm", "Mustasaaren kunta"),
        ("Rovaniemi University of Applied Sciences", "Rovaniemen ammattikorkeakoulu Oy"),
        ("Lapland UAS", "Lapin ammattikorkeakoulu Oy"),
        ("Yrkeshögskolan Novia", "Yrkeshögskolan Novia"),
        ("NTM-centralen i Österbotten", "Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus"),
        (
            "Centre for Economic Development, Transport and the Environment for Lapland",
            "Lapin elinkeino-, liikenne- ja ympäristökeskus",
        ),
        ("Pirkanmaa Wellbeing Services County", "Pirkanmaan hyvinvointialue"),
        ("Undervisnings- och kulturministeriet", "Opetus- ja kulttuuriministeriö"),
        ("Natural Resources Institute Finland", "Luonnonvarakeskus"),
        ("Orimattila stad", "Orimattilan kaupunki"),
    ],
)
def test_a_foreign_name_is_that_of_the_finnish_body(printed: str, name: str) -> None:
    assert read_name(printed)[-1].name == name
    assert name in names(f"Projektet leds av {printed} och andra.")
    assert name in names(f"The project of {printed} began in May.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vi testar Vasa stads modell.", "Vaasan kaupunki"),
        ("Det är Jakobstads stads projekt.", "Pietarsaaren kaupunki"),
        ("Arbetet vid Helsingfors universitets campus.", "Helsingin yliopisto"),
        ("I Korsholms kommuns skolor.", "Mustasaaren kunta"),
        ("Österbottens förbunds beslut.", "Pohjanmaan liitto"),
        ("It is the University of Oulu's project.", "Oulun yliopisto"),
    ],
)
def test_a_genitive_is_known(text: str, name: str) -> None:
    assert names(text) == [name]


def test_every_municipality_is_known_by_its_swedish_and_english_names() -> None:
    for place in scheme("places").values():
        if place.notation not in organisations():
            continue
        given = [x.text for x in place.labels if x.language == "sv" and x.kind == "preferred"] or [place.name]
        for name in given:
            for printed in (f"{name} stad", f"{name} kommun", f"City of {name}", f"Municipality of {name}"):
                body = find_body(printed)
                assert body is not None, printed
                assert body.first("organisationType") == "municipality"


@pytest.mark.parametrize(
    "kind", ["university", "uas", "ministry", "ely", "regional_council", "wellbeing_county", "eu_fund", "state_agency"]
)
def test_public_bodies_have_swedish_and_english_names(kind: str) -> None:
    for body in scheme("organisations").values():
        if body.first("organisationType") == kind and "endedOn" not in body.properties:
            assert {"sv", "en"} <= {label.language for label in body.labels}, body.notation


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        (
            "Tillsammans med Exempelby hembygdsförening rf ordnas kurser.",
            "Exempelby hembygdsförening rf",
            "association",
        ),
        ("Bidrag gavs av Stiftelsen Modell i fjol.", "Stiftelsen Modell", "foundation"),
        ("Också K. H. Modells stiftelse deltog.", "K. H. Modells stiftelse", "foundation"),
        ("Vi tackar Modellby hembygdsförenings styrelse.", "Modellby hembygdsförening", "association"),
        ("It is led by the Example Nature Foundation in Espoo.", "Example Nature Foundation", "foundation"),
        ("Partners are University of Somewhere and Modell Ab.", "University of Somewhere", "university"),
        ("The Northern Example Association took part.", "Northern Example Association", "association"),
        ("Wellbeing Research Institute in Espoo.", "Wellbeing Research Institute", "research_institute"),
    ],
)
def test_a_name_is_found_by_its_head_noun(text: str, found: str, kind: str) -> None:
    (mention,) = [m for m in find_organisations(text) if m.rule == "foreign-head-noun"]
    assert (mention.name, mention.type) == (found, kind)
    assert type_of_name(found) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The Association met twice.",
        "Föreningen möttes två gånger.",
        "Byns förening möttes.",
        "Every municipality and university may join.",
        "Varje kommun deltog, och en stiftelse gav bidrag.",
        "Hankkeen kunta on Kuopio.",
        "Haaga-Helia University of Applied Sciences",
    ],
)
def test_common_nouns_are_no_names(text: str) -> None:
    assert [m.name for m in find_organisations(text) if m.rule == "foreign-head-noun"] == []


def test_names_that_a_conjunction_joins_are_two() -> None:
    text = "Others are the University of Eastern Finland and Example Nature Foundation."
    assert names(text) == ["Itä-Suomen yliopisto", "Example Nature Foundation"]
    assert names("It is the Ministry of Arts and Letters that pays.") == ["Ministry of Arts and Letters"]


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [
        ("Example Foundation", "foundation", "en"),
        ("Mallby hembygdsförening rf", None, "sv"),
        ("Mallby hembygdsförening", "association", "sv"),
        ("University of Somewhere", "university", "en"),
        ("Mallilan kyläyhdistys", None, "fi"),
        ("Oulun yliopisto", None, "fi"),
        ("", None, "fi"),
    ],
)
def test_the_head_noun_tells_type_and_language(name: str, kind: str | None, language: str) -> None:
    assert foreign_type(name) == kind
    assert name_language(name) == language


@given(
    st.lists(
        st.sampled_from(
            [
                "The",
                "Example",
                "of",
                "and",
                "University",
                "University of",
                "Foundation",
                "stiftelse",
                "rf",
                ".",
                "\n",
                "K.",
            ]
        ),
        max_size=14,
    )
)
def test_a_name_stands_in_its_text(words: list[str]) -> None:
    text = " ".join(words)
    for found in foreign_names(text):
        printed = " ".join(text[found.span.start : found.span.end].split())
        assert printed.startswith(found.name)
        assert "\n" not in text[found.span.start : found.span.end]
