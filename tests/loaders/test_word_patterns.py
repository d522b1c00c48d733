"""Words of the word lists as expressions: whole words, and dots for what may stand before, after or inside them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.language.word_patterns import any_of, words_pattern


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("pilotit", "Muut pilotit olivat:", "pilotit"),
        ("pilotit", "Etäpilotit olivat:", None),
        ("…pilotit", "Etäpilotit olivat:", "pilotit"),
        ("…pilotit", "Etäpilotitkin olivat:", None),
        ("…tulos…", "Lopputulosten arvio:", "tulos"),
        ("pilotti…t", "Pilottikunnat ovat", "Pilottikunnat"),
        ("pilotti…t", "Pilottit ovat", None),
        ("…kokeilu…t", "Etäkokeilusatamat:", "kokeilusatamat"),
        ("pilot sites", "The pilot sites were:", "pilot sites"),
        ("e-mail", "by e-mail:", "e-mail"),
    ],
)
def test_dots_stand_for_letters(word: str, text: str, found: str | None) -> None:
    match = re.search(words_pattern([word]), text, re.IGNORECASE)
    assert (match.group() if match else None) == found


@given(st.lists(st.text(min_size=1), min_size=1))
def test_each_word_is_found_as_it_is_written(words: list[str]) -> None:
    assert all(re.fullmatch(any_of(words), word) for word in words)


def test_one_of_several_words_is_enough() -> None:
    assert re.fullmatch(words_pattern(["prövar vi", "testas"]), "prövar vi")
