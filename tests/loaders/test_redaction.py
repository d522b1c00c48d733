"""Blanking the people who are to be forgotten: in every case form and order, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.redaction import BLANK, Redactor, digests_of, plain_number

KEY = b"0123456789abcdef"
REDACTOR = Redactor(KEY, digests_of(KEY, "Aino Maria Mallirinne", ["Oma.Osoite@example.fi", "+358 40 123 4567"]))


@pytest.mark.parametrize(
    "text",
    [
        "Aino Mallirinne",
        "Maria Mallirinne",
        "MALLIRINNE AINO MARIA",
        "Mallirinne, Aino",
        "Aino Mallirinteen",
        "Aino Mallirinteelle",
        "aino.mallirinne@kunta.example",
        "mallirinne.aino@kunta.example",
        "aino.mallirinne(at)kunta.example",
        "oma.osoite@example.fi",
        "040 123 4567",
        "+358401234567",
    ],
)
def test_every_trace_is_blanked_and_the_length_stays(text: str) -> None:
    found = REDACTOR.redact(f"Soita: {text} pian")
    assert len(found) == len(f"Soita: {text} pian")
    assert found.startswith("Soita: ")
    assert found.endswith(" pian")
    left = found.removeprefix("Soita: ").removesuffix(" pian")
    assert BLANK in left
    assert "allirin" not in left.casefold().replace("@", "")
    assert "osoite" not in left
    assert "4567" not in left


@pytest.mark.parametrize(
    "text",
    ["Aino Toinen", "Mallirinne Oy", "Liisa Mallirinne", "aino.toinen@kunta.example", "040 765 4321", "Mallirinteellä"],
)
def test_others_stay(text: str) -> None:
    assert REDACTOR.redact(text) == text


def test_a_surname_alone_is_blanked_where_the_text_names_the_person() -> None:
    assert "Mallirin" not in REDACTOR.redact("Aino Mallirinne johti työtä. Mallirinteen mukaan se onnistui.")


def test_the_list_of_the_forgotten_names_nobody() -> None:
    assert all(len(d) == 32 and int(d, 16) >= 0 for d in REDACTOR.digests)
    assert digests_of(b"another key 1234", "Aino Mallirinne").isdisjoint(REDACTOR.digests)


@pytest.mark.parametrize("name", ["", "Aino", "12 34"])
def test_a_name_that_is_not_whole_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a whole name"):
        digests_of(KEY, name)


@given(st.text(max_size=80))
def test_any_text_keeps_its_length_and_its_blanks(text: str) -> None:
    found = REDACTOR.redact(text + " Aino Mallirinne")
    assert len(found) == len(text) + len(" Aino Mallirinne")
    assert [c.isspace() for c in found] == [c.isspace() for c in text + " Aino Mallirinne"]
    assert not found.endswith("Mallirinne")


@pytest.mark.parametrize("number", ["+358 40 123 4567", "00358401234567", "040-1234567", "(040) 123 4567"])
def test_a_number_is_known_in_every_notation(number: str) -> None:
    assert plain_number(number) == "0401234567"
