"""Other initiatives than the document's own, by the words that their names lean on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.model import Span
from loaders.recognise.related import name_start, related_initiatives
from loaders.text import Text


def related(text: str, own: str = "Oma malli") -> list[tuple[str, str, str | None, str | None, str | None]]:
    found = related_initiatives(Text(text), [Span(0, len(text))], own)
    return [(r.title, r.kind, r.code, r.start, r.end) for r in found]


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("Jatkona on Testattu arki -hanke (2018–2019).", ("Testattu arki", "project", None, "2018", "2019")),
        ("Apuna oli Koti ja keino -hankkeen (S20999) väki.", ("Koti ja keino", "project", "S20999", None, None)),
        ("Kunta selvitti Moninainen ohjaus -hankkeessa keinoja.", ("Moninainen ohjaus", "project", None, None, None)),
        ("Työ kuuluu Testivirta-ohjelmaan.", ("Testivirta", "programme", None, None, None)),
        ("Olimme mukana sotetesti-hankkeen alussa.", ("sotetesti", "project", None, None, None)),
    ],
)
def test_other_initiatives_are_named_with_a_hyphen(
    text: str, initiative: tuple[str, str, str | None, str | None, str | None]
) -> None:
    assert initiative in related(text)


@pytest.mark.parametrize(
    "text", ["Oma malli -hanke päättyi.", "ESR-hanke alkoi.", "Teimme jatkohankkeen.", "kehittämis-hanke", "hanke"]
)
def test_the_own_initiative_and_ordinary_words_are_no_other_one(text: str) -> None:
    assert related(text) == []


def test_evidence_of_a_related_initiative_stands_in_its_text() -> None:
    text = "Alku. Jatkona on Testattu arki -hanke. Loppu."
    (found,) = related_initiatives(Text(text), [Span(0, len(text))], "")
    assert found.evidence.surface == "Testattu arki -hanke"
    assert text[found.evidence.span.start : found.evidence.span.end] == found.evidence.quote


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Arkituki- ja Kotikulma-hankkeet jatkuvat.", ["Arkituki", "Kotikulma"]),
        ("Malli syntyi hankkeessa ”Hyvä aamu kaikille”.", ["Hyvä aamu kaikille"]),
        ("Malli syntyi ”Hyvä aamu kaikille” -hankkeessa.", ["Hyvä aamu kaikille"]),
        ("Kainuussa Hyvä arki -hanke jatkuu.", ["Hyvä arki"]),
        ("Aloitimme. Oulussa Testi 10 -hanke jatkuu.", ["Testi 10"]),
        ("Kotona kuntoon -hanke jatkuu.", ["Kotona kuntoon"]),
        ("Erfarenheterna kommer från Provlyft-projektet.", ["Provlyft"]),
        ("Vi deltog i projektet ”Lev och prova” under åren.", ["Lev och prova"]),
        ("It builds on the Better Mornings project of 2018.", ["Better Mornings"]),
        ("Tukena oli, Testattu - yhdessä enemmän - kehittämishanke.", ["Testattu - yhdessä enemmän"]),
    ],
)
def test_names_lean_on_a_word_for_initiative(text: str, titles: list[str]) -> None:
    assert [title for title, *_ in related(text)] == titles


def test_a_practice_and_the_project_of_its_name_are_two() -> None:
    text = "Työ tehtiin Oma malli -hankkeessa."
    found = related_initiatives(Text(text), [Span(0, len(text))], "Oma malli", "practice")
    assert [(r.title, r.kind) for r in found] == [("Oma malli", "project")]


@given(st.text(alphabet='aAöÖ1 -–,.!\n”"', max_size=60))
def test_a_name_begins_inside_the_text(before: str) -> None:
    assert 0 <= name_start(before) <= len(before)


@given(st.text(alphabet='aAöÖ1 -–,.!\n”"', max_size=60))
def test_evidence_stands_at_its_offsets_whatever_comes_before(before: str) -> None:
    text = f"{before}Testi arki -hanke ja projektet ”Prov” (S29999)"
    for found in related_initiatives(Text(text), [Span(0, len(text))], ""):
        span = found.evidence.span
        assert text[span.start : span.end] == found.evidence.quote


@pytest.mark.parametrize("before", ["!", "x!", "?! "])
def test_a_hyphen_behind_a_sign_names_nothing(before: str) -> None:
    text = f"{before}-hankkeessa"
    assert list(related_initiatives(Text(text), [Span(0, len(text))], "", "project")) == []
