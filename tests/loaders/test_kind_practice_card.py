"""Practice cards: date, owner line, title, status, contact block (twice, with a footer), trials and pilot units."""

from __future__ import annotations

import pytest

from loaders.extract import extract_source
from loaders.model import Facts, Source

CARD = """2.3.2020
Järvenpään kaupunki/ HR-palvelut/ Järvenpään kaupunginkirjasto, Järvenpää

Kävelevä kokous

Palkittu!

Käytössä

Tarve ja tavoitteet
Henkilöstö istui liikaa.

Ratkaisu
Kokeilu tehtiin kolmessa pilottiyksikössä (Kaupunginkirjasto, Varhaiskasvatus, Kotihoito).

Kehittämiskokeilut olivat:
• Kävelykokoukset
• Seisomapöydät

Tulokset
Kehitettiin monisektorinen työskentelymalli.

Kehittämiseen ovat osallistuneet
Laurea-ammattikorkeakoulu

Yhteyshenkilöt

Sari Testaaja
etunimi.sukunimi(at)kaupunki.example
Kehittämispäällikkö
Järvenpään kaupunki

MALLILA VILLE
ville.mallila@kaupunki.example
Lapin yliopisto Koulutus- ja kehittämispalvelut

Sari Testaaja
etunimi.sukunimi(at)kaupunki.example
Kehittämispäällikkö
Järvenpään kaupunki Jaa Twitterissä Jaa Facebookissa

Jaa LinkedInissä
Tulosta
"""


def facts_of(text: str) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text))


def bodies(facts: Facts) -> dict[str, tuple[str, str | None]]:
    return {o.name: (o.role, o.part_of) for o in facts.organisations}


def test_the_header_says_date_title_and_status() -> None:
    facts = facts_of(CARD)
    found = facts.initiative
    assert [value.text if value else None for value in (found.date, found.title, found.status)] == [
        "2020-03-02",
        "Kävelevä kokous",
        "Käytössä",
    ]
    assert found.kind == "practice"
    assert facts.source.kind.startswith("practice-card/")
    assert facts.unread == []


def test_the_owner_line_names_owner_units_and_place() -> None:
    facts = facts_of(CARD)
    found = bodies(facts)
    assert found["Järvenpään kaupunki"] == ("host", None)
    assert found["Järvenpään kaupungin HR-palvelut"] == ("host", "Järvenpään kaupunki")
    assert found["Järvenpään kaupunginkirjasto"][1] == "Järvenpään kaupunki"
    assert "Järvenpää" in [place.name for place in facts.places]


def test_the_units_in_brackets_are_pilots_and_the_owners_unit_is_known_by_its_short_name() -> None:
    facts = facts_of(CARD)
    assert {"Järvenpään kaupunginkirjasto", "Varhaiskasvatus", "Kotihoito"} <= {p.title for p in facts.pilots}
    assert bodies(facts)["Järvenpään kaupunginkirjasto"][0] == "pilot"
    assert {"Kävelykokoukset", "Seisomapöydät"} <= {p.title for p in facts.pilots}


def test_contacts_printed_twice_are_there_once_without_the_footer() -> None:
    facts = facts_of(CARD)
    assert [(p.name, p.role, p.organisation, p.email) for p in facts.persons] == [
        ("Sari Testaaja", "Kehittämispäällikkö", "Järvenpään kaupunki", "sari.testaaja@kaupunki.example"),
        (
            "Ville Mallila",
            None,
            "Lapin yliopiston koulutus- ja kehittämispalvelut",
            "ville.mallila@kaupunki.example",
        ),
    ]
    assert not [o for o in facts.organisations if "Jaa" in o.name or "Tulosta" in o.name]
    assert not [found for o in facts.organisations for found in o.evidence if "Jaa" in found.surface]


def test_a_new_method_is_found() -> None:
    assert "monisektorinen työskentelymalli" in [method.name for method in facts_of(CARD).methods]


@pytest.mark.parametrize(
    ("line", "hosts", "partners"),
    [
        ("Kuopion kaupunki, Kuopio", ["Kuopion kaupunki"], []),
        ("Kuopion kaupunki ja Lapin yliopisto, Kuopio", ["Kuopion kaupunki"], ["Lapin yliopisto"]),
        ("Vantaan ja Keravan hyvinvointialue, Vantaa", ["Vantaan ja Keravan hyvinvointialue"], []),
        ("Testaus Oy, Kuopio", ["Testaus Oy"], []),
    ],
)
def test_owner_lines(line: str, hosts: list[str], partners: list[str]) -> None:
    card = CARD.split("\n")
    text = "\n".join(
        [card[0], line, *card[2 : card.index("Tarve ja tavoitteet")], "Ratkaisu", "Näin.", "Tulokset", "x"]
    )
    found = bodies(facts_of(text + "\nYhteyshenkilöt\n"))
    assert [name for name, (role, _) in found.items() if role == "host"] == hosts
    assert [name for name, (role, _) in found.items() if role == "partner"] == partners


def test_a_header_line_that_says_nothing_known_is_reported() -> None:
    (unread,) = facts_of(CARD.replace("Palkittu!", "Kerro kaverille")).unread
    assert (unread.line, unread.text) == (6, "Kerro kaverille")


def test_the_project_that_the_title_names_is_related_with_the_period_in_the_prose() -> None:
    text = CARD.replace("Kävelevä kokous\n", "Kävelevä kokous -hanke\n").replace(
        "Henkilöstö istui liikaa.", "Kävelevä kokous -hankkeessa (2018–2019) oltiin ulkona."
    )
    (related,) = facts_of(text).related
    assert (related.title, related.kind, related.start, related.end) == ("Kävelevä kokous", "project", "2018", "2019")


def test_an_owner_line_without_an_owner_is_reported() -> None:
    text = CARD.replace("Järvenpään kaupunki/ HR-palvelut/ Järvenpään kaupunginkirjasto, Järvenpää", " / , Järvenpää")
    facts = extract_source(Source("card", "0" * 64, "text/plain", text))
    assert "an owner line without an owner" in {item.reason for item in facts.unread}
    assert facts.initiative.title is not None
