"""Roles of organisations from the cues of their sentence; other initiatives and places that prose names."""

from __future__ import annotations

import pytest

from loaders.gazetteer import gazetteer
from loaders.model import Span
from loaders.recognise.organisations import find_organisations
from loaders.recognise.places import place_of_value, places_in_prose
from loaders.recognise.related import related_initiatives
from loaders.recognise.roles import guess_role
from loaders.text import Text


def roles(text: str, lead: str = "applicant") -> list[str]:
    return [guess_role(Text(text), mention, lead).role for mention in find_organisations(text)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Hankkeen päätoteuttaja oli Kuopion kaupunki.", "applicant"),
        ("Kuopion kaupunki koordinoi hanketta.", "applicant"),
        ("Hankkeen hallinnoijana toimii Laurea-ammattikorkeakoulu.", "applicant"),
        ("Projektägare är Åbo Akademi.", "applicant"),
        ("Hanketta rahoitti Sitra.", "funder"),
        ("Sitran rahoittama kokeilu.", "funder"),
        ("Rahoitus saatiin Työsuojelurahastolta.", "funder"),
        ("Työsuojelurahasto tukee hanketta.", "funder"),
        ("Euroopan sosiaalirahasto on mukana.", "funder"),
        ("Kumppanina oli Testaus Oy.", "partner"),
        ("Samarbetspartner är Åbo Akademi.", "partner"),
        ("Yhteistyötä tehtiin Työterveyslaitoksen kanssa.", "partner"),
        ("Pilottiyksikkönä toimi Varkauden kaupunki.", "pilot"),
        ("Pilottina oli Varkauden kaupunki.", "pilot"),
        ("Kävimme tutustumassa Tampereen kaupunkiin.", "mentioned"),
        ("Hankkeen toteuttaa Kuopion kaupunki.", "applicant"),
        ("Hakijana on Kuopion kaupunki.", "applicant"),
        ("Toteuttajana toimi Kuopion kaupunki.", "applicant"),
        ("Projektet leds av Vasa stad.", "applicant"),
        ("Åbo Akademi koordinerar projektet.", "applicant"),
        ("The project is coordinated by the University of Oulu.", "applicant"),
        ("The University of Oulu is the lead partner.", "applicant"),
        ("Projektet finansieras av Svenska kulturfonden.", "funder"),
        ("Svenska kulturfonden finansierar projektet.", "funder"),
        ("Finansiär var Österbottens förbund.", "funder"),
        ("The project is funded by Business Finland.", "funder"),
        ("Vasa stad deltar i projektet.", "partner"),
        ("It was made together with the City of Tampere.", "partner"),
        ("The City of Tampere participates.", "partner"),
        ("Vi besökte Vasa stad.", "mentioned"),
        ("We visited the City of Tampere.", "mentioned"),
    ],
)
def test_the_sentence_tells_the_role(text: str, role: str) -> None:
    assert roles(text) == [role]


def test_the_lead_has_the_name_of_the_kind_of_document() -> None:
    assert roles("Kuopion kaupunki koordinoi mallia.", "host") == ["host"]


def test_each_organisation_of_a_sentence_has_its_own_role() -> None:
    assert roles("Hanketta koordinoi Savonia ja kumppanina on Testaus Oy.") == ["applicant", "partner"]


def test_a_cue_of_the_next_sentence_does_not_count() -> None:
    assert roles("Kävimme Kuopion kaupungin luona. Rahoittaja iloitsi.") == ["mentioned"]


def related(text: str, own: str = "Oma malli") -> list[tuple[str, str, str | None, str | None, str | None]]:
    found = related_initiatives(Text(text), [Span(0, len(text))], own)
    return [(r.title, r.kind, r.code, r.start, r.end) for r in found]


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("Jatkona on Testattu arki -hanke (2018–2019).", ("Testattu arki", "project", None, "2018", "2019")),
        ("Apuna oli Koti ja keino -hankkeen (S20999) väki.", ("Koti ja keino", "project", "S20999", None, None)),
        ("Kunta selvitti Moninainen ohjaus -hankkeessa keinoja.", ("Moninainen ohjaus", "project", None, None, None)),
        ("Työ kuuluu Testivirta-ohjelmaan.", ("Testivirta", "programme", None, None, None)),
        ("Olimme mukana sotetesti-hankkeen alussa.", ("sotetesti", "project", None, None, None)),
    ],
)
def test_other_initiatives_are_named_with_a_hyphen(
    text: str, initiative: tuple[str, str, str | None, str | None, str | None]
) -> None:
    assert initiative in related(text)


@pytest.mark.parametrize(
    "text", ["Oma malli -hanke päättyi.", "ESR-hanke alkoi.", "Teimme jatkohankkeen.", "kehittämis-hanke", "hanke"]
)
def test_the_own_initiative_and_ordinary_words_are_no_other_one(text: str) -> None:
    assert related(text) == []


def test_evidence_of_a_related_initiative_stands_in_its_text() -> None:
    text = "Alku. Jatkona on Testattu arki -hanke. Loppu."
    (found,) = related_initiatives(Text(text), [Span(0, len(text))], "")
    assert found.evidence.surface == "Testattu arki -hanke"
    assert text[found.evidence.span.start : found.evidence.span.end] == found.evidence.quote


def places(text: str) -> list[str]:
    taken = [mention.span for mention in find_organisations(text)]
    found = places_in_prose(Text(text), gazetteer().find(text), [Span(0, len(text))], taken)
    return [place.name for place in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Toimimme Espoossa, Joroisissa ja Vantaalla.", ["Espoo", "Joroinen", "Vantaa"]),
        ("Vi verkar i Helsingfors och Esbo.", ["Helsinki", "Espoo"]),
        ("Alue on Pohjois-Savo.", ["Pohjois-Savo"]),
        ("Seutukunnat: Kuopion, Varkauden", ["Kuopio", "Varkaus"]),
        ("Suomessa kehitetään.", []),
        ("Kuopion kaupunki kehitti.", []),
        ("Lahden Virtuaalitesti avattiin.", []),
        ("Kirjoita onni@espoo.fi.", []),
    ],
)
def test_places_outside_other_names(text: str, names: list[str]) -> None:
    assert places(text) == names


def test_places_outside_the_regions_are_left_alone() -> None:
    text = "Espoo\nVantaa"
    found = places_in_prose(Text(text), gazetteer().find(text), [Span(6, 12)], [])
    assert [(p.name, p.key) for p in found] == [("Vantaa", "kunta-092")]


@pytest.mark.parametrize(
    ("value", "key"), [("Vantaa", "kunta-092"), ("Vanda", "kunta-092"), ("Helsingin yliopisto", None), ("Suomi", None)]
)
def test_a_whole_value_is_a_place_or_not(value: str, key: str | None) -> None:
    found = place_of_value(Text(value), value, Span(0, len(value)), "kenttä")
    assert (found.key if found else None) == key
