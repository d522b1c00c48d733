"""Methods that a sentence lists, and lists that are of something else."""

from __future__ import annotations

import pytest

from loaders.model import Span
from loaders.recognise.listed_methods import listed_methods
from loaders.text import Text


def listed(text: str) -> list[str]:
    return [name for name, *_ in listed_methods(Text(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Menetelmiä ovat muun muassa arvokeskustelu, Mallipeli ja ääneen lukeminen.",
            ["arvokeskustelu", "Mallipeli", "ääneen lukeminen"],
        ),
        (
            "Suosimme menetelmiä, joista on näyttöä. Tällaisia ovat esimerkiksi luontokävely sekä pariluku.",
            ["luontokävely", "pariluku"],
        ),
        ("Metoder är bland annat högläsning och parläsning.", ["högläsning", "parläsning"]),
    ],
)
def test_the_items_of_a_list_of_methods_are_methods(text: str, names: list[str]) -> None:
    assert listed(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Kunnat ovat pieniä. Tällaisia ovat esimerkiksi Mallila ja Testola.",
        "Menetelmiä ovat ne, joita kunta käyttää, ja kaikki muut.",
        "Menetelmiä ovat kehittäneet kunnat yhdessä asukkaiden ja yritysten kanssa vuosien aikana.",
        "Menetelmiä ovat luoneet.",
    ],
)
def test_other_lists_and_sentences_are_none(text: str) -> None:
    assert listed(text) == []


def test_each_item_stands_at_its_offsets() -> None:
    text = "Menetelmiä ovat pariluku, luku ja pariluku ääneen."
    for name, span, _, _ in listed_methods(Text(text), Span(0, len(text))):
        assert text[span.start : span.end] == name
