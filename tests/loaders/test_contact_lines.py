"""People in a field for contacts: blocks of lines, whole people on one line, several on one, titles first."""

from __future__ import annotations

import pytest

from loaders.recognise.contact_lines import contact_lines
from loaders.recognise.people import PersonMention
from loaders.text import Text


def people(printed: str, start: int = 0) -> list[PersonMention]:
    text = Text(printed)
    return list(contact_lines(text, text.lines, start))


def shown(printed: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(p.name, p.title, p.email, p.organisation) for p in people(printed)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Aino Malli", ("Aino Malli", None, None, None)),
        ("Aino Malli, lehtori", ("Aino Malli", "lehtori", None, None)),
        ("Aino Malli (aino.malli@x.example)", ("Aino Malli", None, "aino.malli@x.example", None)),
        ("• Aino Malli – projektipäällikkö", ("Aino Malli", "projektipäällikkö", None, None)),
        ("Aino Malli, puh. 040 555 0100", ("Aino Malli", None, None, None)),
        ("Aino Malli, Testin yliopisto", ("Aino Malli", None, None, "Testin yliopisto")),
        ("Lehtori Aino Malli, aino(at)x.example", ("Aino Malli", "Lehtori", "aino@x.example", None)),
        ("Malli Aino\naino.malli@x.example", ("Aino Malli", None, "aino.malli@x.example", None)),
        (
            "Aino Malli\nlehtori\naino@x.example\nTestin yliopisto",
            ("Aino Malli", "lehtori", "aino@x.example", "Testin yliopisto"),
        ),
        ("Aino Malli, lehtori\np. 040 555 0100\naino@x.example", ("Aino Malli", "lehtori", "aino@x.example", None)),
    ],
)
def test_one_person(printed: str, expected: tuple[str, str | None, str | None, str | None]) -> None:
    assert shown(printed) == [expected]


@pytest.mark.parametrize(
    "printed",
    [
        "Aino Malli, aino@x.example; Ville Malli, ville@x.example",
        "Aino Malli\naino@x.example\n\nVille Malli\nville@x.example",
        "Aino Malli, aino@x.example ja Ville Malli, ville@x.example",
    ],
)
def test_two_people(printed: str) -> None:
    assert [(p.name, p.email) for p in people(printed)] == [
        ("Aino Malli", "aino@x.example"),
        ("Ville Malli", "ville@x.example"),
    ]


def test_the_number_is_kept_and_the_name_alone_is_the_mention() -> None:
    printed = "Yhteyshenkilö: Aino Malli, puh. 040 555 0100"
    (person,) = people(printed, printed.index("Aino"))
    assert person.phone == "040 555 0100"
    assert printed[person.span.start : person.span.end] == "Aino Malli"


@pytest.mark.parametrize(
    "printed", ["Testin yliopisto", "aino@x.example", "Lisätietoja saa toimistosta", "Projektipäällikkö"]
)
def test_a_line_without_a_name_is_nobody(printed: str) -> None:
    assert people(printed) == []


def test_a_short_name_of_a_body_is_an_employer_and_an_address_confirms_a_name() -> None:
    assert shown("Professori Aino Malli (UEF)") == [("Aino Malli", "Professori", None, "UEF")]
    assert shown("tutkijatohtori Xerxes Malli, LUT, xerxes.malli@x.example") == [
        ("Xerxes Malli", "tutkijatohtori", "xerxes.malli@x.example", "LUT")
    ]
    assert shown("Xerxes Malli, xerxes.malli@x.example") == [("Xerxes Malli", None, "xerxes.malli@x.example", None)]
