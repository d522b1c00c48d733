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
