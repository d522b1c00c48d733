"""People in prose (a title or an address beside the name) and in contact blocks with lines missing or in any order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.recognise.people import contact_block, people_in_prose
from loaders.text import Text


def prose(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(p.name, p.title, p.email, p.phone) for p in people_in_prose(Text(text), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Työtä veti kehittämispäällikkö Virpi Malli – Testaaja.",
            ("Virpi Malli-Testaaja", "kehittämispäällikkö", None, None),
        ),
        (
            "Kysy: Maija Mallila (maija.mallila@kunta.example), puh. 040 555 0161, Kuopio.",
            ("Maija Mallila", None, "maija.mallila@kunta.example", "040 555 0161"),
        ),
        (
            "Projektipäällikkö Matti Mallila, matti.mallila(at)kunta.example",
            ("Matti Mallila", "Projektipäällikkö", "matti.mallila@kunta.example", None),
        ),
        (
            "Projektikoordinaattori Sari Testaaja, etunimi.sukunimi@kunta.example",
            ("Sari Testaaja", "Projektikoordinaattori", "sari.testaaja@kunta.example", None),
        ),
        ("Maija Mallila, projektipäällikkö", ("Maija Mallila", "projektipäällikkö", None, None)),
        (
            "Kuopion kaupungin henkilöstöjohtaja Aino Mallila avasi päivän.",
            ("Aino Mallila", "kaupungin henkilöstöjohtaja", None, None),
        ),
        ("Rehtori Antti Mallila kiitti.", ("Antti Mallila", "Rehtori", None, None)),
    ],
)
def test_a_title_or_an_address_marks_a_person(
    text: str, person: tuple[str, str | None, str | None, str | None]
) -> None:
    assert prose(text) == [person]


@pytest.mark.parametrize(
    "text",
    [
        "Maija Mallila kertoi tuloksista.",
        "Projektipäällikkö. Maija Mallila tuli.",
        "Etelä-Savon Maakunta päätti.",
        "projektipäällikkö Hyvä Malli",
        "",
    ],
)
def test_a_name_alone_or_no_name_is_not_taken(text: str) -> None:
    assert prose(text) == []


def test_the_span_is_the_name_alone() -> None:
    text = "Projektipäällikkö Matti Mallila, matti.mallila@kunta.example"
    (found,) = people_in_prose(Text(text), 0, len(text))
    assert text[found.span.start : found.span.end] == "Matti Mallila"


BLOCK = """Sari Testaaja
sari.testaaja(at)yliopisto.example
Projektipäällikkö
Lapin yliopisto

MALLILA VILLE
puh. 040 555 0162
Tornion kaupunki"""


def block(text: str) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    return [(p.name, p.title, p.email, p.phone, p.organisation) for p in contact_block(Text(text).lines)]


SARI = ("Sari Testaaja", "Projektipäällikkö", "sari.testaaja@yliopisto.example", None, "Lapin yliopisto")
VILLE = ("Ville Mallila", None, None, "040 555 0162", "Tornion kaupunki")


def test_a_contact_block_has_a_line_for_each_thing() -> None:
    assert block(BLOCK) == [SARI, VILLE]


def test_a_block_printed_twice_gives_each_twice() -> None:
    assert block(BLOCK + "\n" + BLOCK) == [SARI, VILLE, SARI, VILLE]


def test_what_stands_before_the_first_name_is_left_out() -> None:
    assert block("Ota yhteyttä!\nLapin yliopisto\n" + BLOCK) == [SARI, VILLE]


def test_an_organisation_has_its_own_span() -> None:
    found = next(contact_block(Text(BLOCK).lines))
    assert found.organisation_span is not None
    assert BLOCK[found.organisation_span.start : found.organisation_span.end] == "Lapin yliopisto"


def test_a_pattern_address_is_filled_in_from_the_name_line() -> None:
    assert block("Ville Mallila\netunimi.sukunimi(at)kunta.example")[0][2] == "ville.mallila@kunta.example"


def test_a_pattern_address_of_an_inverted_name_has_the_given_name_first() -> None:
    found = block("MALLILA VILLE\netunimi.sukunimi@kunta.example")[0]
    assert (found[0], found[2]) == ("Ville Mallila", "ville.mallila@kunta.example")


def test_an_inverted_name_is_turned_by_its_address() -> None:
    assert block("Mallila Ville\nville.mallila@kunta.example")[0][0] == "Ville Mallila"


@given(st.permutations(["sari.testaaja(at)yliopisto.example", "Projektipäällikkö", "Lapin yliopisto", "040 555 0162"]))
@settings(deadline=None)
def test_the_lines_after_a_name_come_in_any_order(lines: list[str]) -> None:
    assert block("\n".join(["Sari Testaaja", *lines])) == [(*SARI[:3], "040 555 0162", "Lapin yliopisto")]


@given(st.text(max_size=150), st.text(max_size=150))
@settings(deadline=None)
def test_any_text_can_be_read(before: str, after: str) -> None:
    text = Text(f"{before}\nSari Testaaja\n{after}")
    for person in [*contact_block(text.lines), *people_in_prose(text, 0, len(text.text))]:
        assert text.text[person.span.start : person.span.end].strip()
        assert person.name


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("HIRVONEN Eeva-Liisa", "eeva-liisa.hirvonen(at)x.fi", "diakoni"), "Eeva-Liisa Hirvonen"),
        (("MALLI AINO ANNELI", "aino.malli@x.fi", "diakoni"), "Aino Malli"),
        (("LAAKSO, Marketta", "marketta.laakso@x.fi", "diakoni"), "Marketta Laakso"),
        (("dos. Aino Malli", "aino.malli@x.fi", "diakoni"), "Aino Malli"),
        (("Zqwerta Malli", "zqwerta.malli @ x.fi", "diakoni"), "Zqwerta Malli"),
    ],
)
def test_a_contact_line_is_put_in_order(lines: tuple[str, ...], found: str) -> None:
    ((name, title, email, *_),) = block("\n".join(lines))
    assert (name, title) == (found, "diakoni")
    assert email is not None
    assert email.endswith("@x.fi")


def test_a_name_ends_where_a_bodys_name_begins() -> None:
    text = Text("Puhetta johti kulttuurijohtaja Aino Malli Oulun kaupungista.")
    assert [p.name for p in people_in_prose(text, 0, len(text.text))] == ["Aino Malli"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tutkijatohtori Xerxes Mallila, xerxes.mallila@kunta.example", "Xerxes Mallila"),
        ("Luottamusmies Aino Mallila Virroilta huomauttaa, että tauko auttaa.", "Aino Mallila"),
    ],
)
def test_an_address_confirms_a_name_and_a_town_ends_it(text: str, name: str) -> None:
    assert [person for person, *_ in prose(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Kysy: Niilo Mäki Instituutti, aino.mallila@kunta.example",
        "Senior Scientist, firstname.lastname@kunta.example",
    ],
)
def test_a_body_or_a_pattern_of_an_address_makes_no_person(text: str) -> None:
    assert prose(text) == []
