"""Roles of organisations from the cues of their sentence; other initiatives and places that prose names."""

from __future__ import annotations

import pytest

from loaders.gazetteer import gazetteer
from loaders.model import Span
from loaders.recognise.organisations import find_organisations
from loaders.recognise.places import place_of_value, places_in_prose
from loaders.recognise.roles import guess_role, share_in_lists
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


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sysmän Martat opettavat syksyisin kompostointia.", "partner"),
        ("Savonia-amk tekee mittaukset.", "partner"),
        ("Koulutuksesta huolehtii Testaus Oy.", "partner"),
        ("Mittauksista vastasi myös Testaus Oy.", "partner"),
        ("Kiteen lukio on antanut tilat.", "partner"),
        ("Työ suunniteltiin Sitran kanssa.", "partner"),
        ("Savonian lehtorit kiersivät tiloilla.", "partner"),
        ("Työnohjaus hankittiin Testaus Oy:ltä.", "partner"),
        ("Testaus Oy maksoi istutuslaatikot.", "funder"),
        ("Alku tehtiin Kirkkohallituksen avustuksella.", "funder"),
        ("Työ tehtiin Kuopion kaupungin johdolla.", "applicant"),
        ("Ulkoisen arvioinnin teki Testaus Oy.", "consultant"),
        ("Kiteen lukio kokeili mallia ensin.", "pilot"),
        ("Mallia pilotoidaan Kiteen lukiossa.", "pilot"),
        ("Kyselyt ja analyysit teki Testaus Oy.", "consultant"),
        ("Tukipäätöksen teki Lapin liitto.", "authority"),
        ("Hanketta vetää savolainen Pertunmaan kunta.", "applicant"),
        ("Pertunmaan kunta vie teoksia palvelutaloon.", "partner"),
        ("Pertunmaan kunta ei osallistu kokeiluihin.", "mentioned"),
        ("Tuota aiempaa hanketta rahoitti Lapin liitto.", "mentioned"),
        ("Jatkohankkeelle on saatu rahoitus Lapin liitolta.", "mentioned"),
        ("Lapin liitolta on haettu lisärahaa.", "mentioned"),
        ("Toimintaa valvoo Lapin liitto.", "mentioned"),
        ("Mallista on kysynyt myös Pertunmaan kunta.", "mentioned"),
        ("Pertunmaan kunta jättäytyi pois.", "mentioned"),
        ("Jatkosta neuvotellaan Lapin liiton kanssa.", "mentioned"),
        ("Väki koulutettiin ohjelmassa, jota Työterveyslaitos johtaa.", "mentioned"),
        ("Arbetet leds av Åbo Akademi.", "applicant"),
    ],
)
def test_the_clause_tells_what_a_body_does(text: str, role: str) -> None:
    assert roles(text) == [role]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ohjelman maksavat Sitra (96 000 €) ja Testaus Oy (15 000 €).", ["funder", "funder"]),
        ("Testaus Oy, Malli Oy ja Kiteen lukio opettavat.", ["partner", "partner", "partner"]),
        ("Työ tehtiin Sitran ja Kuopion kaupungin kanssa.", ["partner", "partner"]),
    ],
)
def test_names_in_one_list_have_one_role(text: str, wanted: list[str]) -> None:
    mentions = find_organisations(text)
    guesses = [guess_role(Text(text), mention, "applicant") for mention in mentions]
    assert [guess.role for guess in share_in_lists(text, mentions, guesses)] == wanted


def test_the_lead_has_the_name_of_the_kind_of_document() -> None:
    assert roles("Kuopion kaupunki koordinoi mallia.", "host") == ["host"]


def test_each_organisation_of_a_sentence_has_its_own_role() -> None:
    assert roles("Hanketta koordinoi Savonia ja kumppanina on Testaus Oy.") == ["applicant", "partner"]


def test_a_cue_of_the_next_sentence_does_not_count() -> None:
    assert roles("Kävimme Kuopion kaupungin luona. Rahoittaja iloitsi.") == ["mentioned"]


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


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Aloitukseen saatiin 18 000 € Taiteen edistämiskeskukselta.", "Taiteen edistämiskeskus", "funder"),
        (
            "Rahoitus: Etelä-Suomen aluehallintovirasto 35.000 €, omarahoitus 15 000,-.",
            "Etelä-Suomen aluehallintovirasto",
            "funder",
        ),
        ("Turvallisuussuunnitelman laati konsulttityönä Testi Consulting Oy.", "Testi Consulting Oy", "consultant"),
        ("Kyselyt hoitaa Testi Finland Oy puitesopimuksella.", "Testi Finland Oy", "consultant"),
        ("Projekti osallistuu Opetushallituksen koordinoimaan kehittämiseen.", "Opetushallitus", "partner"),
        ("Testilän Kehitys Oy TesKe tarjoaa koepaikan.", "Testilän Kehitys Oy", "partner"),
        ("Hollola, Orimattila ja Asikkala ovat palkanneet neuvojan.", "Orimattilan kaupunki", "partner"),
    ],
)
def test_money_hire_and_help_in_prose(text: str, name: str, role: str) -> None:
    found = find_organisations(text)
    guesses = share_in_lists(text, found, [guess_role(Text(text), m, "host") for m in found])
    assert [g.role for m, g in zip(found, guesses, strict=True) if m.name == name] == [role]
