"""Labelled fields and headings: after a colon, on the next line, empty, several lines, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.labels import fields, heading, is_label, label_of
from loaders.text import Text


def values(text: str) -> list[tuple[str, list[str]]]:
    return [(field.name, [value for value, _ in field.values]) for field in fields(Text(text))]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Hankekoodi", "code"),
        ("hankekoodi :", "code"),
        ("Projektikoodi", "code"),
        ("Projektnummer", "code"),
        ("Suunnitelman  mukainen toteutusaika", "period"),
        ("Startdatum", "start"),
        ("Yhteyshenkilön sähköpostisoite", "contact-email"),
        ("Samarbetspartners", "partners"),
        ("Lead partner", "applicant"),
        ("Myönnetty EU- ja valtion rahoitus", "amount"),
        ("Toteutunut julkinen rahoitus yhteensä", "amount"),
        ("Kerromme hankkeesta", None),
        ("", None),
    ],
)
def test_a_label_is_known_in_any_spelling(printed: str, name: str | None) -> None:
    assert label_of(printed) == name


@pytest.mark.parametrize(
    ("printed", "section"),
    [
        ("3 Suunnitelman mukainen tiivistelmä toteutuksesta", "summary"),
        ("Tiivistelmä", "summary"),
        ("4.1 Varsinaiset kohderyhmät", "target-groups"),
        ("Tarve ja tavoitteet", "need"),
        ("Ratkaisu:", "solution"),
        ("Kehittämiseen ovat osallistuneet", "participants"),
        ("Ratkaisu löytyi yhdessä", None),
    ],
)
def test_a_heading_tells_its_section(printed: str, section: str | None) -> None:
    assert heading(Text(printed).lines[0]) == section


def test_a_value_stands_after_the_colon() -> None:
    assert values("Hankekoodi: S12345\nHankkeen nimi: Malli: toinen osa") == [
        ("code", ["S12345"]),
        ("title", ["Malli: toinen osa"]),
    ]


def test_a_value_stands_on_the_next_line() -> None:
    assert values("Startdatum\n1.1.2019\nSlutdatum\n\n31.12.2020\n") == [
        ("start", ["1.1.2019"]),
        ("end", ["31.12.2020"]),
    ]


def test_an_empty_field_does_not_take_the_next_label() -> None:
    assert values("Jakeluosoite:\nPostinumero:\nPostitoimipaikka: Kuopio") == [
        ("street", []),
        ("postcode", []),
        ("post-town", ["Kuopio"]),
    ]


def test_empty_partners_do_not_take_the_next_section() -> None:
    assert values("Osatoteuttajat\n\n3 Tiivistelmä\n\nTeksti alkaa.") == [("partners", [])]


def test_partners_are_several_lines_up_to_a_blank_one() -> None:
    text = "Osatoteuttajat\n\nDebora Oy, 1234567-1\nKuopion kaupunki\n\nHankkeessa kehitetään."
    assert values(text) == [("partners", ["Debora Oy, 1234567-1", "Kuopion kaupunki"])]


def test_other_fields_take_one_line() -> None:
    assert values("Hankkeen nimi\nHyvä malli\nKerromme siitä.") == [("title", ["Hyvä malli"])]


def test_a_page_without_blank_lines_is_divided_by_its_labels() -> None:
    text = "Hankekoodi: S12345\nOsatoteuttajat\nDebora Oy\nMyönnetty EU- ja valtion rahoitus: 5 000\nTiivistelmä\nAlku."
    assert values(text) == [("code", ["S12345"]), ("partners", ["Debora Oy"]), ("amount", ["5 000"])]


def test_a_sentence_with_a_colon_is_no_label() -> None:
    assert not is_label(Text("Kumppanit kertoivat: hyvin meni").lines[0])
    assert is_label(Text("Kumppanit: Debora Oy").lines[0])


@given(
    st.lists(st.sampled_from(["Hankekoodi:", "Hankekoodi: S1", "Osatoteuttajat", "Debora Oy", "", " Ratkaisu ", "x"]))
)
@settings(deadline=None)
def test_every_value_stands_at_its_offsets(lines: list[str]) -> None:
    text = "\n".join(lines)
    for field in fields(Text(text)):
        for value, span in field.values:
            assert text[span.start : span.end] == value
        assert text[field.span.start : field.span.end].strip()
