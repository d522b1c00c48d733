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


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("FunderBusiness Finland", ("funder", ["Business Finland"])),
        ("Duration of project1.1.2018–31.12.2020", ("period", ["1.1.2018–31.12.2020"])),
        ("• Project managerHanna Keksitty", ("leader", ["Hanna Keksitty"])),
        ("Rahoittaja – Lapin liitto", ("funder", ["Lapin liitto"])),
        ("Rahoittaja\tLapin liitto", ("funder", ["Lapin liitto"])),
        ("Rahoittaja | Lapin liitto", ("funder", ["Lapin liitto"])),
        ("Duration (päivämäärinä): 1.1.2020 – 31.7.2023", ("period", ["1.1.2020 – 31.7.2023"])),
        ("Rahoittaja / Funder: Lapin liitto", ("funder", ["Lapin liitto"])),
        ("Ratkaisun perusidea **", None),
        ("Partnership was good", None),
        ("Rahoitus – näin haet sitä", None),
        ("Budjettiin kuuluu paljon", None),
    ],
)
def test_a_label_is_parted_from_its_value_in_other_ways(line: str, field: tuple[str, list[str]] | None) -> None:
    assert values(line) == ([field] if field else [])


def test_an_empty_field_takes_no_prose() -> None:
    text = "Rahoittaja\n\nHankkeessa selvitetään laajasti, miten taide voi tukea työkyvyn palautumista eri puolilla maata.\n"
    assert values(text) == [("funder", [])]
    assert values(
        "Toimintamallin lyhyt kuvaus\nTaide tulee taloon. Se on iloinen asia kaikille, jotka talossa ovat aina."
    ) == [("description", ["Taide tulee taloon. Se on iloinen asia kaikille, jotka talossa ovat aina."])]


def test_a_list_goes_on_below_its_first_line() -> None:
    text = "Partners: University of Oulu\nCity of Rovaniemi\nExample Rehab Ltd\nThe work began early."
    assert values(text) == [("partners", ["University of Oulu", "City of Rovaniemi", "Example Rehab Ltd"])]
    assert values("Kumppanit: Debora Oy\nKerromme tästä") == [("partners", ["Debora Oy"])]


def test_a_title_below_a_name_is_no_label() -> None:
    text = (
        "Kontaktpersoner\nAnnika Modell\nprojektledare\nannika@x.example\nAntti Malli\nProjektipäällikkö\n040 555 0100"
    )
    assert [name for name, _ in values(text)] == ["contact"]
    text = "Yhteyshenkilö\nAnnika Modell\nProjektipäällikkö\nAntti Malli\n"
    assert values(text) == [("contact", ["Annika Modell"]), ("leader", ["Antti Malli"])]


def test_a_heading_may_be_asked_of_one_kind_of_document() -> None:
    line = Text("Tausta").lines[0]
    assert heading(line) == "page-section"
    assert heading(line, "card") is None


@given(
    st.lists(
        st.sampled_from(
            [
                "Hankekoodi:",
                "Hankekoodi: S1",
                "FunderLapin liitto",
                "Kumppanit: Debora Oy",
                "Lapin liitto, Tuki ry",
                "Yhteyshenkilö",
                "Aino Malli",
                "lehtori",
                "Osatoteuttajat",
                "Debora Oy",
                "",
                " Ratkaisu ",
                "x",
            ]
        )
    )
)
@settings(deadline=None)
def test_every_value_stands_at_its_offsets(lines: list[str]) -> None:
    text = "\n".join(lines)
    for field in fields(Text(text)):
        for value, span in field.values:
            assert text[span.start : span.end] == value
        assert text[field.span.start : field.span.end].strip()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Julkaistu 14.2.2024", [("created", ["14.2.2024"])]),
        ("Julkaistu 5. marraskuuta 2019 klo 9.15", [("created", ["5. marraskuuta 2019 klo 9.15"])]),
        ("Viimeksi muokattu 3.9.2024", [("modified", ["3.9.2024"])]),
        ("Alkaa 1.9.2020 ja päättyy 31.12.2022", []),
        ("Julkaistu opas 14.2.2024", []),
    ],
)
def test_a_page_prints_its_own_dates_without_a_colon(line: str, expected: list[tuple[str, list[str]]]) -> None:
    assert values(line) == expected
