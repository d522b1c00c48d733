"""E-mail addresses behind every mask, pattern addresses, and what is (not) a telephone number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.language.contacts import (
    EMAIL,
    PHONE,
    beside_contacts,
    domain_of,
    holds_contact,
    resolve_email,
    resolve_phone,
    without_contacts,
)

MASKS = ["@", "(at)", " (at) ", "(ät)", "[at]", " [ät] ", "(AT)", "( at )", "(a)", "(miukumauku)"]
word = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
digits = st.integers(0, 999)


@pytest.mark.parametrize("mask", MASKS)
def test_a_masked_address_is_found_and_unmasked(mask: str) -> None:
    printed = f"onni.testaaja{mask}kunta.example"
    found = EMAIL.search(f"Lisätietoja: {printed}, puh.")
    assert found is not None
    assert found.group() == printed
    assert resolve_email(found.group()) == "onni.testaaja@kunta.example"


@pytest.mark.parametrize("dot", ["(dot)", " [piste] ", "(punkt)"])
def test_a_masked_full_stop_is_unmasked(dot: str) -> None:
    printed = f"onni.testaaja(at)kunta{dot}example"
    assert EMAIL.fullmatch(printed)
    assert resolve_email(printed) == "onni.testaaja@kunta.example"


def test_a_word_between_blanks_is_a_mask_before_a_finnish_domain_only() -> None:
    assert resolve_email("onni.testaaja at kunta.fi") == "onni.testaaja@kunta.fi"
    assert EMAIL.search("ryhmä at kunta") is None


@pytest.mark.parametrize(
    ("printed", "name", "address"),
    [
        ("etunimi.sukunimi@kunta.example", "Äijä-Maija Öhman", "aija-maija.ohman@kunta.example"),
        ("etunimi.sukunimi(at)kunta.example", "Onni Aatos Testaaja", "onni.testaaja@kunta.example"),
        ("förnamn.efternamn@stad.example", "Åsa Björk", "asa.bjork@stad.example"),
        ("firstname.lastname@uni.example", "Onni Testaaja", "onni.testaaja@uni.example"),
        ("etunimi.sukunimi@kunta.example", None, None),
        ("ei osoitetta", "Onni Testaaja", None),
        ("ONNI.TESTAAJA@Kunta.EXAMPLE.", "Joku Muu", "onni.testaaja@kunta.example"),
    ],
)
def test_a_pattern_address_is_filled_in_from_the_name(printed: str, name: str | None, address: str | None) -> None:
    assert resolve_email(printed, name) == address


def test_the_pattern_is_found_before_a_stray_bracket() -> None:
    found = EMAIL.search("(etunimi.sukunimi@kunta.example )")
    assert found is not None
    assert found.group() == "etunimi.sukunimi@kunta.example"


@pytest.mark.parametrize("text", ["", "ryhmä (a) ja ryhmä (b)", "Kuopio (ent. Maaninka)", "@kunta", "klo 9 at home"])
def test_what_is_no_address(text: str) -> None:
    assert EMAIL.search(text) is None


@given(word, word, word, st.sampled_from(["fi", "example", "org"]), st.sampled_from(MASKS))
@settings(deadline=None)
def test_every_mask_of_every_address_comes_off(given_name: str, surname: str, host: str, top: str, mask: str) -> None:
    printed = f"{given_name}.{surname}{mask}{host}.{top}"
    assert holds_contact(f"Kysy: {printed}")
    found = EMAIL.search(printed)
    assert found is not None
    assert resolve_email(found.group()) == f"{given_name}.{surname}@{host}.{top}"


def test_the_domain_without_its_suffix() -> None:
    assert domain_of("onni@kunta.example") == "kunta"
    assert domain_of("onni@posti.opisto.example") == "opisto"
    assert domain_of("onni@localhost") == "localhost"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("puh. 040 555 0161, Kuopio", "040 555 0161"),
        ("p. 044-5550161.", "044-5550161"),
        ("p.040-555 0161", "040-555 0161"),
        ("Puh.0405550161", "0405550161"),
        ("(040 555 0161)", "040 555 0161"),
        ("040–555 0161", "040–555 0161"),
        ("040\u00a0555\u00a00161", "040 555 0161"),
        ("+358 40 555 0161", "+358 40 555 0161"),
        ("+358405550161", "+358405550161"),
        ("+358 (0)40 555 0161", "+358 (0)40 555 0161"),
        ("00358 40 555 0161", "00358 40 555 0161"),
        ("vaihde 0295 555 000", "0295 555 000"),
        ("09-555 0161", "09-555 0161"),
        ("(09) 555 0161", "(09) 555 0161"),
        ("+46 70 555 01 61", "+46 70 555 01 61"),
        ("040 555 0161 tai 050 555 0162", "040 555 0161"),
    ],
)
def test_a_telephone_number_is_found_whole(text: str, number: str) -> None:
    assert resolve_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "70211 Kuopio",
        "00100 Helsinki",
        "1.1.2015-31.12.2017",
        "05.06.2018",
        "01.10.201429.02.2016",
        "Y-tunnus 2844561-8",
        "0220266-9",
        "S20180",
        "1 365 804",
        "79.867,20",
        "klo 08-16",
        "klo 08.00-16.00",
        "01-03/2019",
        "vuosina 2015, 2016",
        "Natura 2000 0 0 10",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert resolve_phone(text) is None


@given(
    st.sampled_from(["040", "044", "050", "0400", "09", "+358 40", "+35850"]), digits, digits, st.sampled_from(" -–")
)
@settings(deadline=None)
def test_numbers_in_any_grouping_are_found_whole(prefix: str, one: int, other: int, gap: str) -> None:
    number = f"{prefix}{gap}{one:03}{gap}{other:04}"
    found = PHONE.search(f"Soita {number}, niin vastaamme.")
    assert found is not None
    assert found.group() == number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hyvä malli", "Hyvä malli"),
        ("Hyvä malli, onni(at)kunta.example", "Hyvä malli, …"),
        ("040 onni@kunta.example 555 0161", "040 … 555 0161"),
        ("+358 40 555 0161", "…"),
    ],
)
def test_a_text_can_be_shown_without_contact_details(text: str, shown: str) -> None:
    assert without_contacts(text) == shown


pieces = st.sampled_from(
    ["onni@kunta.example", "onni(at)kunta.fi", "040 555 0161", "+358 40", "555 0161", " ", "-", "@", ".fi", "a"]
)


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=10).map("".join)))
@settings(deadline=None)
def test_nothing_of_any_text_is_shown_that_is_a_contact_detail(text: str) -> None:
    assert not holds_contact(without_contacts(text))
    start, end = beside_contacts(text)
    assert 0 <= start <= end <= len(text)
    assert not holds_contact(text[start:end])
