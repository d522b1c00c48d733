"""The JSON record: the form of the answer key, addresses only when asked for."""

from __future__ import annotations

import json

from loaders.extract import extract_source
from loaders.language.contacts import EMAIL, PHONE
from loaders.model import Facts, Source
from loaders.record import record

PAGE = """Hankekoodi: S29999
Hankkeen nimi: Testattu arki
Suunnitelman mukainen toteutusaika: Alkaa 1.3.2016 ja päättyy 31.8.2018
Toiminnan tila: Toiminta päättynyt
Hakijan virallinen nimi: Kiipulasäätiö / Kiipulan ammattiopisto
Y-tunnus: 0123456-7
Hankkeen yhteyshenkilön nimi: TESTAAJA ANNA
Yhteyshenkilön asema hakijaorganisaatiossa: Projektitutkija
Yhteyshenkilön sähköpostisoite: anna.testaaja(at)saatio.example
Yhteyshenkilön puhelinnumero: +358 40 555 0162
Osatoteuttajat

Testaus Oy, 1234567-1, testaus@testaus.example

Tiivistelmä
Kuopion kaupunki on kumppani. Kuopion kaupungin väki on iloista. Jatkona oli Testattu ilta -hanke (2019–2020).
Myönnetty EU- ja valtion rahoitus: 100 000
Toteutunut EU- ja valtion rahoitus: 79.867,20
Hankekoodi: kesken
"""


def facts() -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", PAGE))


def test_the_record_has_the_form_of_the_answer_key() -> None:
    out = record(facts(), contacts=True)
    assert out["doc"] == "testi"
    assert out["initiative"] == {
        "title": "Testattu arki",
        "kind": "project",
        "code": "S29999",
        "status": "Toiminta päättynyt",
        "start": "2016-03-01",
        "end": "2018-08-31",
        "date": None,
    }
    assert out["funders"] == ["Euroopan sosiaalirahasto"]
    assert out["related_initiatives"] == [
        {"title": "Testattu ilta", "kind": "project", "code": None, "start": "2019", "end": "2020"}
    ]
    assert {"label": "granted_eu_state", "amount": 100000, "currency": "EUR"} in out["money"]
    assert {"label": "realised_eu_state", "amount": 79867.2, "currency": "EUR"} in out["money"]


def test_an_organisation_has_its_name_as_it_is_called_and_as_printed() -> None:
    found = {o["name"]: o for o in record(facts())["organisations"]}
    assert found["Kuopion kaupunki"]["mentions"] == ["Kuopion kaupunki", "Kuopion kaupungin"]
    assert found["Kiipulan ammattiopisto"]["part_of"] == "Kiipulasäätiö"
    assert found["Kiipulasäätiö"]["business_id"] == "0123456-7"
    assert found["Kiipulasäätiö"]["role"] == "applicant"


def test_addresses_are_printed_only_when_asked_for() -> None:
    (person,) = record(facts(), contacts=True)["persons"]
    assert (person["email"], person["phone"]) == ("anna.testaaja@saatio.example", "+358 40 555 0162")
    shown = json.dumps(record(facts(), evidence=True), ensure_ascii=False)
    assert "Anna Testaaja" in shown
    assert "Testaus Oy" in [found["name"] for found in record(facts())["organisations"]]
    assert not EMAIL.search(shown)
    assert not PHONE.search(shown)


def test_what_was_not_understood_is_listed() -> None:
    (unread,) = record(facts())["unread"]
    assert PAGE.split("\n")[unread["line"] - 1] == unread["text"] == "Hankekoodi: kesken"


def test_evidence_is_added_when_asked_for() -> None:
    assert "evidence" not in record(facts())
    for found in record(facts(), evidence=True)["evidence"]:
        assert PAGE[found["start"] : found["end"]] == found["quote"]
        assert found["standing"] in {"asserted", "inferred"}
        assert 0 < found["confidence"] <= 1


def test_the_record_is_json() -> None:
    assert json.loads(json.dumps(record(facts(), contacts=True, evidence=True)))["doc"] == "testi"
