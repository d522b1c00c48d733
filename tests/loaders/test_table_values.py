"""Values in project lists: amounts with either decimal mark, dates, countries, VAT numbers, places, lost diacritics."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import ytunnus

from loaders.tables.names import programme_of, spelt_out
from loaders.tables.places import municipality_of, region_of
from loaders.tables.values import business_id, clean, country_code, decimal, iso_date, notation_of, participant_code


@pytest.mark.parametrize("printed", ["", "  ", "N.a.", "n/a", "NULL", "-"])
def test_nothing_is_printed_in_many_ways(printed: str) -> None:
    assert clean(printed) == ""


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("2073781,25", "2073781.25"),
        ("56868.983", "56868.983"),
        ("1.234.567,5", "1234567.5"),
        ("1,234,567.89", "1234567.89"),
        ("75 354 267", "75354267"),
        ("75\u00a0354\u202f267", "75354267"),
        ("120 €", "120"),
        ("-5", "-5"),
        ("0,00", "0"),
        ("abc", None),
        ("1,2,3", None),
        ("12%", None),
        ("", None),
    ],
)
def test_amounts(printed: str, amount: str | None) -> None:
    assert decimal(printed) == amount


@given(st.decimals(0, 10**12, places=2), st.sampled_from([",", "."]))
def test_an_amount_with_either_decimal_mark_comes_back(value: Decimal, mark: str) -> None:
    read = decimal(f"{value:f}".replace(".", mark))
    assert read is not None
    assert Decimal(read) == value
    assert "E" not in read


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    read = decimal(text)
    assert read is None or Decimal(read).is_finite()


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2021-09-01", "2021-09-01"),
        ("2024-04-01 00:00:00", "2024-04-01"),
        ("16/03/2020", "2020-03-16"),
        ("1.9.2021", "2021-09-01"),
        ("2021", "2021"),
        ("31/02/2020", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(printed: str, date: str | None) -> None:
    assert iso_date(printed) == date


@pytest.mark.parametrize(
    ("printed", "code"),
    [("EL", "GR"), ("UK", "GB"), ("FI", "FI"), ("Finland", "FI"), ("ruotsi", "SE"), ("ZW", "ZW"), ("Atlantis", None)],
)
def test_countries(printed: str, code: str | None) -> None:
    assert country_code(printed) == code


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("FI10158231", "1015823-1"),
        ("fi 1015823-1", "1015823-1"),
        ("2844561-8", "2844561-8"),
        ("FI10158232", None),
        ("SE212000300501", None),
        ("NOTAPPLICABLE", None),
    ],
)
def test_a_finnish_vat_number_holds_a_business_id(printed: str, number: str | None) -> None:
    assert business_id(printed) == number


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.sampled_from(["FI", "", "FI "]))
def test_a_business_id_always_has_the_right_check_digit(digits: str, prefix: str) -> None:
    number = business_id(prefix + digits)
    whole = f"{digits[:7]}-{digits[7]}"
    assert number == (whole if ytunnus.is_valid(whole) else None)


@pytest.mark.parametrize(
    ("printed", "code"), [("999905974", "999905974"), ("999905974.0", "999905974"), ("12345", None), ("", None)]
)
def test_participant_codes(printed: str, code: str | None) -> None:
    assert participant_code(printed) == code


@pytest.mark.parametrize(
    ("vocabulary", "printed", "notation"),
    [
        ("roles", "coordinator", "applicant"),
        ("roles", "participant", "partner"),
        ("roles", "associatedPartner", "partner"),
        ("roles", "thirdParty", "partner"),
        ("roles", "internationalPartner", "partner"),
        ("roles", "juggler", None),
        ("organisation-types", "HES", "university"),
        ("organisation-types", "REC", "research_institute"),
        ("organisation-types", "PUB", "public_body"),
        ("organisation-types", "PRC", "company"),
        ("organisation-types", "OTH", "other"),
        ("organisation-types", "Local public authority", "municipality"),
    ],
)
def test_words_of_the_lists_are_concepts(vocabulary: str, printed: str, notation: str | None) -> None:
    assert notation_of(vocabulary, printed) == notation


@pytest.mark.parametrize(
    ("code", "region"),
    [("FI1D7", "maakunta-19"), ("FI1A3", "maakunta-19"), ("fi19b", "maakunta-06"), ("ITF33", None), ("", None)],
)
def test_a_nuts_code_of_any_version_is_a_region(code: str, region: str | None) -> None:
    assert region_of(code) == region


@pytest.mark.parametrize(
    ("town", "municipality"),
    [("HAMEENLINNA", "kunta-109"), ("Esbo", "kunta-049"), ("tampere", "kunta-837"), ("NAPOLI", None), ("", None)],
)
def test_a_town_in_capitals_without_diacritics_is_a_municipality(town: str, municipality: str | None) -> None:
    assert municipality_of(town) == municipality


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("TAMPEREEN KORKEAKOULUSAATIO SR", "Tampereen korkeakoulusäätiö sr"),
        ("OULUN YLIOPISTO", "OULUN YLIOPISTO"),
        ("KUVITELTU SAATIO SR", "KUVITELTU SAATIO SR"),
        ("Abo Akademi", "Abo Akademi"),
        ("ABO AKADEMI", "Åbo Akademi"),
    ],
)
def test_capitals_get_their_diacritics_back_from_known_names_only(printed: str, name: str) -> None:
    assert spelt_out(printed) == name


def test_a_programme_is_a_known_one_or_goes_by_its_name() -> None:
    known, other = programme_of("H2020"), programme_of("Interreg VI-X Esimerkki", "en")
    assert known is not None
    assert other is not None
    assert (known.key, known.name.text) == ("horisontti-2020", "Horisontti 2020")
    assert (other.key, other.name.text, other.name.language) == (None, "Interreg VI-X Esimerkki", "en")
    assert programme_of("") is None
