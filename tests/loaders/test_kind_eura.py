"""EURA project pages of both periods: with headings and without, broken dates, empty partners, contradictions."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.extract import extract_source
from loaders.kinds.eura import EURA2014, amount_kind
from loaders.model import Facts, Source
from loaders.text import Text

PAGE = """Euroopan unioni Vipuvoimaa EU:lta

Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus

1 Hanke

Hankekoodi: S29999

Hankkeen nimi: Testattu arki

Suunnitelman mukainen toteutusaika: Alkaa 1.3.2016 ja päättyy 31.8.2018

Toiminnan tila: Toiminta päättynyt

Vastuuviranomainen: Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus

2 Hakijan perustiedot

Hakijan virallinen nimi: Itä-Suomen yliopisto

Organisaatiotyyppi: Yliopisto

Y-tunnus: 2285733-9

Puhelinnumero: 040 555 0161

Postitoimipaikka: Kuopio

Hankkeen yhteyshenkilön nimi: TESTAAJA ANNA MARIA

Yhteyshenkilön asema hakijaorganisaatiossa: Projektitutkija

Yhteyshenkilön sähköpostisoite: etunimi.sukunimi(at)yliopisto.example

Yhteyshenkilön puhelinnumero: +358 40 555 0162

Osatoteuttajat

Testaajien Tuki ry, 1234567-1
Savonia-ammattikorkeakoulu Oy, Ammattikorkeakoulu, 7654321-2
Lappeenrannan teknillinen ylipisto, Vihreän kemian laboratorio, 0245904-2

3 Suunnitelman mukainen tiivistelmä toteutuksesta

Työterveyslaitos valmentaa esihenkilöt. Toimimme myös Espoossa.

Kesto: 1.4.2016–31.8.2018

5 Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: 100 000

Toteutunut EU- ja valtion rahoitus: 79.867,20

Suunniteltu julkinen rahoitus yhteensä: 200 000

Toteutunut julkinen rahoitus yhteensä: -

6 Maantieteellinen kohdealue

Maakunnat: Pohjois-Savo

Kunnat: Kuopio, Varkaus

Jakeluosoite:

Postitoimipaikka:

8 Horisontaaliset periaatteet

8.1 Sukupuolten tasa-arvo

Tampereen kaupunki on vain lomakkeessa.
"""
OLD_PAGE = """Projektikoodi: S19999
Projektin nimi: Testattu työ
Osio: Valtakunnallinen osio
Toimintalinja: 5: Tekninen tuki
Projektityyppi: Projekti
Suunnitelman mukainen toteutusaika: 1.9-.2010-31.12.2012
Toiminnan tila: Toiminta päättynyt
Vastuuviranomainen: Hämeen ELY-keskus
Toteuttajaorganisaation nimi: Kiipulasäätiö / Kiipulan ammattiopisto
Organisaatiotyyppi: Säätiö
Y-tunnus: 0123456-7
Osoite: Testitie 1
Puhelinnumero: 03 555 0161
Toteuttajaorganisaation Web-osoite: www.testi.example
Vastuuhenkilön nimi: Mallila Ville
Asema: projektipäällikkö
Sähköposti: etunimi.sukunimi@opisto.example
Puhelinnumero: 050 555 0162
Osatoteuttajat:
Maakunnat: Kanta-Häme
Tiivistelmä
Kumppaneina ovat Hämeen ammattikorkeakoulu ja Testaus Oy.
"""


def facts_of(text: str) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text))


def bodies(facts: Facts) -> dict[str, tuple[str, str | None, str | None]]:
    return {o.name: (o.role, o.business_id, o.part_of) for o in facts.organisations}


def without_layout(text: str) -> str:
    """The variant of the page that has no headings and no blank lines."""
    lines = [line for line in text.split("\n") if line and not line[0].isdigit() and ("rahoittaman" not in line)]
    return "\n".join(lines[1:])


def test_labelled_values_of_the_initiative() -> None:
    facts = facts_of(PAGE)
    found = facts.initiative
    values = (found.code, found.title, found.status, found.start, found.end)
    assert [value.text if value else None for value in values] == [
        "S29999",
        "Testattu arki",
        "Toiminta päättynyt",
        "2016-03-01",
        "2018-08-31",
    ]
    assert facts.source.kind.startswith("eura2014-page/")
    assert facts.unread == []


def test_header_and_prose_in_conflict_are_both_kept() -> None:
    (found,) = facts_of(PAGE).initiative.alternatives
    assert (found[0], found[1].text) == ("start", "2016-04-01")
    assert found[1].evidence.quote == "Kesto: 1.4.2016–31.8.2018"


def test_organisations_have_the_roles_of_their_fields() -> None:
    found = bodies(facts_of(PAGE))
    assert found["Itä-Suomen yliopisto"] == ("applicant", "2285733-9", None)
    assert found["Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus"][0] == "authority"
    assert found["Euroopan sosiaalirahasto"][0] == "funder"
    assert found["Työterveyslaitos"][0] == "partner"
    assert "Tampereen kaupunki" not in found


def test_partner_lines_with_ids_types_units_and_typos() -> None:
    found = bodies(facts_of(PAGE))
    assert found["Testaajien Tuki ry"] == ("partner", "1234567-1", None)
    assert found["Savonia-ammattikorkeakoulu Oy"] == ("partner", "7654321-2", None)
    assert found["Lappeenrannan teknillinen yliopisto"] == ("partner", "0245904-2", None)
    assert found["Vihreän kemian laboratorio"] == ("partner", None, "Lappeenrannan teknillinen yliopisto")
    assert "Ammattikorkeakoulu" not in found


def test_the_contact_person_is_put_in_order_with_the_address_filled_in() -> None:
    (person,) = facts_of(PAGE).persons
    assert (person.name, person.role, person.organisation) == (
        "Anna Testaaja",
        "Projektitutkija",
        "Itä-Suomen yliopisto",
    )
    assert (person.email, person.phone) == ("anna.testaaja@yliopisto.example", "+358 40 555 0162")
    assert person.evidence.quote == "Hankkeen yhteyshenkilön nimi: TESTAAJA ANNA MARIA"


def test_amounts_have_their_kinds_and_a_dash_is_none() -> None:
    assert [(m.kind, m.amount) for m in facts_of(PAGE).money] == [
        ("granted-eu-state", "100000"),
        ("realised-eu-state", "79867.2"),
        ("planned-public", "200000"),
    ]


def test_places_come_from_fields_and_prose() -> None:
    assert {place.name for place in facts_of(PAGE).places} == {"Kuopio", "Pohjois-Savo", "Varkaus", "Espoo"}


def test_a_page_without_headings_and_blank_lines_says_the_same() -> None:
    whole, bare = facts_of(PAGE), facts_of(without_layout(PAGE))
    labelled = {"applicant", "authority"}
    assert bare.source.kind == whole.source.kind
    assert {n for n, v in bodies(bare).items() if v[0] in labelled} == {
        n for n, v in bodies(whole).items() if v[0] in labelled
    }
    assert bodies(bare)["Testaajien Tuki ry"] == ("partner", "1234567-1", None)
    assert bodies(bare)["Euroopan sosiaalirahasto"][0] == "funder"
    assert [(m.kind, m.amount) for m in bare.money] == [(m.kind, m.amount) for m in whole.money]


@pytest.mark.parametrize("damaged", ["\ufffd\ufffd\ufffd", "– –"])
def test_a_name_without_a_letter_is_reported_and_the_rest_read(damaged: str) -> None:
    text = PAGE.replace("Hakijan virallinen nimi: Itä-Suomen yliopisto", f"Hakijan virallinen nimi: {damaged}")
    facts = extract_source(Source("page", "0" * 64, "text/plain", text))
    assert not [o for o in facts.organisations if o.role == "applicant"]
    assert damaged in {item.text for item in facts.unread}
    assert facts.initiative.code is not None


def test_empty_partners_leave_those_in_prose() -> None:
    start, end = PAGE.index("Testaajien Tuki"), PAGE.index("3 Suunnitelman")
    found = bodies(facts_of(PAGE[:start] + PAGE[end:]))
    assert [name for name, (role, _, _) in found.items() if role == "partner"] == ["Työterveyslaitos"]


def test_the_older_page_is_read_by_its_own_labels() -> None:
    facts = facts_of(OLD_PAGE)
    assert facts.source.kind.startswith("eura2007-page/")
    found = facts.initiative
    assert found.start is not None
    assert found.end is not None
    assert (found.start.text, found.end.text) == ("2010-09-01", "2012-12-31")
    assert bodies(facts)["Kiipulasäätiö"] == ("applicant", "0123456-7", None)
    assert bodies(facts)["Kiipulan ammattiopisto"] == ("applicant", None, "Kiipulasäätiö")
    assert bodies(facts)["Hämeen ammattikorkeakoulu Oy"][0] == "partner"


def test_the_second_telephone_number_is_the_contacts_and_the_inverted_name_is_turned() -> None:
    (person,) = facts_of(OLD_PAGE).persons
    assert (person.name, person.email, person.phone) == (
        "Ville Mallila",
        "ville.mallila@opisto.example",
        "050 555 0162",
    )


@pytest.mark.parametrize(
    ("code", "funder"),
    [("S29999", "Euroopan sosiaalirahasto"), ("A79999", "Euroopan aluekehitysrahasto"), ("H12345", None)],
)
def test_without_a_header_the_letter_of_the_code_tells_the_fund(code: str, funder: str | None) -> None:
    facts = facts_of(OLD_PAGE.replace("S19999", code))
    assert [o.name for o in facts.organisations if o.role == "funder"] == ([funder] if funder else [])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Hankekoodi: S29999", "Hankekoodi: kesken", "not a project code"),
        ("Alkaa 1.3.2016 ja päättyy 31.8.2018", "aikanaan", "no dates understood"),
        (": 100 000", ": sata tonnia", "no amount understood"),
        ("Hakijan virallinen nimi: Itä-Suomen yliopisto", "", "no applicant on the page"),
    ],
)
def test_what_is_not_understood_is_reported_with_its_line(old: str, new: str, reason: str) -> None:
    text = PAGE.replace(old, new)
    (unread,) = [found for found in facts_of(text).unread if reason in found.reason]
    assert unread.text in text
    if new:
        assert text.split("\n")[unread.line - 1].strip() == unread.text


def test_a_value_given_twice_and_differently_is_kept_twice() -> None:
    facts = facts_of(PAGE + "\nHankkeen nimi: Toinen nimi\nHankkeen nimi: Testattu arki\n")
    assert facts.initiative.title is not None
    assert facts.initiative.title.text == "Testattu arki"
    assert [value.text for name, value in facts.initiative.alternatives if name == "title"] == ["Toinen nimi"]


def test_labels_of_amounts_in_any_spacing_have_a_kind() -> None:
    assert amount_kind("Myönnetty  EU- ja valtion rahoitus") == "granted-eu-state"
    assert amount_kind("Jokin muu raha") == "other"


def test_a_page_of_blanks_is_reported_and_no_accident() -> None:
    stored = Text(" \n \n")
    document = Document(Source("tyhjä", "0" * 64, "text/plain", stored.text), stored)
    EURA2014.load(document)
    assert [(item.line, item.text) for item in document.facts.unread] == [(1, "")]


BLOCK = """Hankekoodi: S39999

Hankkeen nimi: Testattu ranta

Rahasto: Euroopan sosiaalirahasto plus (ESR+)

Hakijan nimi: Lapin yliopisto
Y-tunnus: 0292800-5
Yhteyshenkilö: Aino Mallila, lehtori, hanketoimija
Sähköposti: aino.mallila@x.example
Puhelin: 040 555 0161

4.2 Välilliset kohderyhmät

Perheet, TE-toimisto, etsivä nuorisotyö.
"""


def test_the_new_form_has_its_applicant_contact_and_fund_in_fields_of_one_block() -> None:
    facts = extract_source(Source("testi", "ab" * 32, "text/plain", BLOCK))
    assert [(o.name, o.role, o.business_id) for o in facts.organisations if o.role in {"applicant", "funder"}] == [
        ("Lapin yliopisto", "applicant", "0292800-5"),
        ("Euroopan sosiaalirahasto plus", "funder", None),
    ]
    (person,) = facts.persons
    assert (person.name, person.organisation, person.email) == (
        "Aino Mallila",
        "Lapin yliopisto",
        "aino.mallila@x.example",
    )


def test_what_target_groups_do_is_no_method() -> None:
    facts = extract_source(Source("testi", "ab" * 32, "text/plain", BLOCK))
    assert facts.methods == []


def test_one_label_that_all_projects_print_makes_no_page_of_the_form() -> None:
    facts = extract_source(
        Source("testi", "ab" * 32, "text/plain", "Hankkeen nimi: Ranta\nHankenumero: 214999\nHakija: Testi ry\n")
    )
    assert facts.source.kind != "eura2014-page/1"
    assert facts.initiative.code is not None
    assert facts.initiative.code.text == "214999"
