"""Names of people as forms print them, and the job titles beside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.language.people import (
    is_given_name,
    is_job_title,
    job_title_heads,
    job_titles,
    normalise_name,
)

SURNAMES = ["Testaaja", "Kuvitteinen", "Mallila", "Esimerkkilä", "Paperinen-Kynä"]
GIVEN_NAMES = ["Anna", "Antti", "Maija", "Matti", "Sari", "Ville", "Anna-Liisa"]


@pytest.mark.parametrize(
    ("printed", "email", "name"),
    [
        pytest.param("TESTAAJA KATRI ANNELI", None, "Katri Anneli Testaaja", id="capitals and inverted"),
        pytest.param("TESTAAJA-MALLI MARJA", None, "Marja Testaaja-Malli", id="capitals with a hyphen"),
        pytest.param("Kuvitteinen Hanna", None, "Hanna Kuvitteinen", id="inverted"),
        pytest.param("Kuvitteinen, Hanna", None, "Hanna Kuvitteinen", id="inverted with a comma"),
        pytest.param("Hanna Kuvitteinen", None, "Hanna Kuvitteinen", id="in order"),
        pytest.param("Virpi Malli – Testaaja", None, "Virpi Malli-Testaaja", id="spaced hyphen"),
        pytest.param("Kuvitteinen Anna-Liisa", None, "Anna-Liisa Kuvitteinen", id="double given name"),
        pytest.param("Mallila Zorro", "zorro.mallila@kunta.example", "Zorro Mallila", id="the address tells"),
        pytest.param("Antti Heikki", "antti.heikki@kunta.example", "Antti Heikki", id="the address confirms"),
        pytest.param("Heikki Antti", "antti.heikki@kunta.example", "Antti Heikki", id="two given names, turned"),
        pytest.param("Hanna   Kuvitteinen", None, "Hanna Kuvitteinen", id="double blanks"),
        pytest.param("Hanna", None, "Hanna", id="one word"),
        pytest.param("", None, "", id="nothing"),
    ],
)
def test_a_name_is_written_given_name_first(printed: str, email: str | None, name: str) -> None:
    assert normalise_name(printed, email) == name


@given(st.sampled_from(GIVEN_NAMES), st.sampled_from(SURNAMES))
@settings(deadline=None)
def test_every_order_and_case_gives_the_same_name(given_name: str, surname: str) -> None:
    expected = f"{given_name} {surname}"
    assert normalise_name(expected) == expected
    for printed in (f"{surname} {given_name}", f"{surname}, {given_name}", f"{surname} {given_name}".upper()):
        assert normalise_name(printed) == expected
    assert normalise_name(normalise_name(f"{surname} {given_name}")) == expected


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_can_be_normalised_and_keeps_one_line(text: str) -> None:
    assert "  " not in normalise_name(text)


def test_given_names_are_known_by_their_first_part() -> None:
    assert is_given_name("Maija")
    assert is_given_name("anna-liisa")
    assert not is_given_name("Projektipäällikkö")


@pytest.mark.parametrize(
    "text", ["Projektipäällikkö", "Yliopistotutkija, dosentti", "HR-kehittämispäällikkö", "Projektledare", "rehtori"]
)
def test_a_compound_is_a_job_title_by_its_head(text: str) -> None:
    assert is_job_title(text)


@pytest.mark.parametrize("text", ["", "Tampereen yliopisto", "onni@johtaja.example", "johtajuus", "johtaja " * 20])
def test_what_is_no_job_title(text: str) -> None:
    assert not is_job_title(text)


def test_titles_are_found_in_order() -> None:
    found = job_titles("suunnittelija ja projektipäällikkö Anna Testaaja")
    assert [match.group() for match in found] == ["suunnittelija", "projektipäällikkö"]


def test_longer_heads_come_first_so_that_a_short_one_does_not_cut_them() -> None:
    lengths = [len(head) for head in job_title_heads()]
    assert lengths == sorted(lengths, reverse=True)
