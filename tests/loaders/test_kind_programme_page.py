"""Free-form pages in Finnish and Swedish: labelled values beside or below their label, then prose."""

from __future__ import annotations

import pytest

from loaders.extract import extract_source
from loaders.model import Facts, Source

PAGE = """Etusivu » Hankkeet » Testi
Testattu tulevaisuus -ohjelma 2018–2020
Rahoittaja: Euroopan aluekehitysrahasto, Lapin liitto
Koordinaattori
Lapin yliopisto
Kumppanit: Testaus Oy, Tuki ry ja Kuopion kaupunki
Budjetti: 1,3 miljoonaa euroa
Projektipäällikkö: Ville Mallila, ville.mallila(at)yliopisto.example
Toteutuspaikka: Rovaniemi, Lappi
Tässä ohjelmassa kehitetään. Yhteistyötä tehdään Työterveyslaitoksen kanssa.
"""
SWEDISH = """Lärande i vardagen
Period: 1.8.2019–31.12.2021
Finansiärer
Svenska kulturfonden
Samarbetspartners: Kuopion kaupunki och Modell Ab
Projektledare: Sara Modell, sara.modell@skola.example
Campus: Vasa
Projektet vid Åbo Akademi utvecklar lärande i skolan och hemmet tillsammans med lärarna.
"""


def facts_of(text: str) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text))


def roles(facts: Facts) -> dict[str, str]:
    return {o.name: o.role for o in facts.organisations}


def dates(facts: Facts) -> tuple[str | None, str | None]:
    found = facts.initiative
    return (found.start.text if found.start else None, found.end.text if found.end else None)


def test_the_title_is_the_first_line_after_the_path_without_its_years() -> None:
    facts = facts_of(PAGE)
    assert facts.initiative.title is not None
    assert (facts.initiative.title.text, facts.initiative.kind) == ("Testattu tulevaisuus -ohjelma", "programme")
    assert dates(facts) == ("2018", "2020")
    assert "Testattu tulevaisuus -ohjelma" in [programme.name for programme in facts.programmes]


def test_labelled_names_have_their_roles() -> None:
    assert roles(facts_of(PAGE)) == {
        "Euroopan aluekehitysrahasto": "funder",
        "Lapin liitto": "funder",
        "Lapin yliopisto": "applicant",
        "Testaus Oy": "partner",
        "Tuki ry": "partner",
        "Kuopion kaupunki": "partner",
        "Työterveyslaitos": "partner",
    }


def test_leader_budget_and_places() -> None:
    facts = facts_of(PAGE)
    (person,) = facts.persons
    assert (person.name, person.role, person.organisation) == ("Ville Mallila", "Projektipäällikkö", "Lapin yliopisto")
    assert person.email == "ville.mallila@yliopisto.example"
    assert [(m.kind, m.amount) for m in facts.money] == [("total-budget", "1300000")]
    assert [place.name for place in facts.places] == ["Rovaniemi", "Lappi"]


def test_a_swedish_page_is_read_as_well() -> None:
    facts = facts_of(SWEDISH)
    assert facts.source.language == "sv"
    assert dates(facts) == ("2019-08-01", "2021-12-31")
    assert roles(facts) == {
        "Svenska kulturfonden": "funder",
        "Kuopion kaupunki": "partner",
        "Modell Ab": "partner",
        "Åbo Akademi": "applicant",
    }
    assert [(p.name, p.organisation) for p in facts.persons] == [("Sara Modell", "Åbo Akademi")]
    assert [place.name for place in facts.places] == ["Vaasa"]


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Toteutusaika: 1/2018-12/2020", ("2018-01", "2020-12")),
        ("Toteutusaika\n1.9.2018–31.12.2020", ("2018-09-01", "2020-12-31")),
        ("Aloituspäivämäärä\n1.9.2018\nLoppumispäivämäärä\n31.12.2020", ("2018-09-01", "2020-12-31")),
        ("Startdatum\n1.9.2018\nSlutdatum\n31.12.2020", ("2018-09-01", "2020-12-31")),
        ("Toteutusaika: syksy 2018", ("2018", None)),
        ("Toteutusaika: 1.1.31.12.2022", ("2022-01-01", "2022-12-31")),
    ],
)
def test_periods_in_any_notation(line: str, period: tuple[str, str | None]) -> None:
    assert dates(facts_of(f"Testattu hanke\n{line}\n\nKerromme.")) == period


def test_dates_that_are_not_understood_are_reported() -> None:
    (unread,) = facts_of("Testattu hanke\nToteutusaika: pian\n\nKerromme.").unread
    assert (unread.line, unread.reason) == (2, "no dates understood")


def test_years_of_the_title_and_of_the_field_in_conflict_are_both_kept() -> None:
    facts = facts_of("Testattu hanke 2018–2020\nToteutusaika: 1.1.2019–31.12.2021\n\nKerromme.")
    assert dates(facts) == ("2018", "2020")
    assert [(name, value.text) for name, value in facts.initiative.alternatives] == [
        ("start", "2019-01-01"),
        ("end", "2021-12-31"),
    ]


def test_an_empty_page_is_read_without_facts() -> None:
    facts = facts_of("")
    assert facts.initiative.title is None
    assert facts.organisations == []


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("Kuntaliitto – Hyvät käytännöt\n\nKyydit yhteen\n\nKunta: Ii\n", "Kyydit yhteen"),
        ("ARKI+ | Lapin yliopisto\n\nArki kuntoon (ARKI+)\n\nTila: Käynnissä\n", "Arki kuntoon (ARKI+)"),
        ("Arki kuntoon | Lapin yliopisto\n\nTila: Käynnissä\n", "Arki kuntoon"),
        ("Arki – Lapin yliopisto\n\nTila: Käynnissä\n", "Arki – Lapin yliopisto"),
    ],
)
def test_what_names_the_site_is_no_title(page: str, title: str) -> None:
    found = facts_of(page).initiative.title
    assert found is not None
    assert found.text == title


STORY = """Kun tauko ei riitä: Kainuun kunnat kävelevät

Kello soi ja työ pysähtyy. Kello kuuluu Tauko auttaa -hankkeeseen, joka alkoi elokuussa 2022 ja päättyy kesäkuussa 2024.

Teksti: Aino Mallila
Julkaistu 7.2.2024
"""


def test_a_story_is_about_the_project_that_it_names() -> None:
    facts = facts_of(STORY)
    assert facts.initiative.title is not None
    assert facts.initiative.title.text == "Tauko auttaa"
    assert facts.related == []
    assert dates(facts) == ("2022-08", "2024-06")
    assert facts.initiative.date is not None
    assert facts.initiative.date.text == "2024-02-07"
    assert "Kainuu" in [place.name for place in facts.places]  # named in the headline alone


def test_prose_may_date_a_programme_more_exactly_than_its_title() -> None:
    facts = facts_of("Lukuilo-ohjelma 2024–2027\n\nOhjelma alkoi 1.8.2024, ja se päättyy 31.12.2027.\n")
    assert dates(facts) == ("2024-08-01", "2027-12-31")


def test_the_place_in_the_name_of_a_programme_is_not_where_the_work_is_done() -> None:
    facts = facts_of("Testattu arki\n\nHanke saa rahaa Manner-Suomen maaseudun kehittämisohjelmasta.\n")
    assert facts.places == []


def test_the_field_for_funding_without_sums_lists_who_pays() -> None:
    facts = facts_of("Testattu arki\n\nRahoitus: ympäristöministeriö; Luonto- ja vesitekniikan tuki ry\n")
    assert roles(facts) == {"Ympäristöministeriö": "funder", "Luonto- ja vesitekniikan tuki ry": "funder"}


def test_the_author_may_be_a_person_with_title_and_organisation() -> None:
    facts = facts_of("Testattu arki\n\nTekijä: Aino Mallila, kehittämissuunnittelija, Lapin hyvinvointialue\n")
    assert [(p.name, p.organisation) for p in facts.persons] == [("Aino Mallila", "Lapin hyvinvointialue")]


def test_an_employer_is_the_unit_alone_and_a_brand_means_its_body() -> None:
    facts = facts_of(
        "Testattu arki\n\nLisätietoja:\nlehtori Aino Mallila, Oma Häme\nlehtori Ville Mallila, Niilo Mäki Instituutti\n"
    )
    assert [p.organisation for p in facts.persons] == ["Kanta-Hämeen hyvinvointialue", "Niilo Mäki Instituutti"]
    assert "Niilo Mäki -säätiö" not in roles(facts)


def test_a_unit_on_the_page_of_one_municipality_is_its() -> None:
    facts = facts_of("Kyydit yhteen\n\nKunta: Sodankylä\n\nKäytännöstä vastaa kunnan sivistystoimi.\n")
    assert "Sodankylän kunnan sivistystoimi" in roles(facts)


def test_a_list_of_municipalities_after_their_number_is_one_of_members() -> None:
    facts = facts_of("Testattu arki\n\nOhjelmaan valittiin kolme kuntaa: Ii, Kuhmo ja Ranua.\n")
    assert {"Iin kunta", "Kuhmon kaupunki", "Ranuan kunta"} <= set(roles(facts))


def test_a_method_in_the_name_of_a_body_is_not_used() -> None:
    facts = facts_of("Testattu arki\n\nAnalyyseja on tehnyt Työnohjaus Mallila Oy.\n")
    assert facts.methods == []


def test_the_name_that_opens_the_title_is_the_works_own() -> None:
    facts = facts_of(
        "Kunteko 2020 - Kunta-alan ohjelma\n\nKeva johtaa ohjelmaa. Kunteko kannustaa kuntia kokeiluihin.\n"
    )
    assert roles(facts)["Kunteko"] == "mentioned"
