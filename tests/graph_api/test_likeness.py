"""Which name a person means: sure forms are taken, what is merely alike is offered once a thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.likeness import alike, meant

NAMES = [
    ("Lapin yliopisto", "lapland"),
    ("Lapin Yliopisto", "lapland"),
    ("University of Lapland", "lapland"),
    ("Tornion kaupunki", "tornio"),
    ("Torneå stad", "tornio"),
    ("Turun kaupunki", "turku"),
    ("Innobyn Oy", "innobyn"),
    ("Lean", "lean"),
]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("LAPIN YLIOPISTO", "lapland"),
        ("Lapin yliopistolla", "lapland"),
        ("lapin yliopistossa", "lapland"),
        ("Tornion kaupungin", "tornio"),
        ("torneå stad", "tornio"),
        ("lean", "lean"),
    ],
)
def test_sure_forms_are_taken(text: str, thing: str) -> None:
    assert meant(text, NAMES) == [thing]


@pytest.mark.parametrize("text", ["Tornion kapunki", "Tornio", "yliopisto", "Lapin", "Lapin yliopiston kirjasto", ""])
def test_what_is_not_sure_is_not_taken(text: str) -> None:
    assert meant(text, NAMES) == []


def test_a_name_of_two_things_means_both() -> None:
    assert meant("sama oy", [("Sama Oy", "b"), ("SAMA OY", "a")]) == ["a", "b"]


def test_each_thing_is_offered_once_the_most_alike_first() -> None:
    assert alike("Lapin yliopsto", NAMES) == ["lapland"]
    assert alike("Tornion kapunki", NAMES)[0] == "tornio"
    assert alike("tornio", NAMES) == ["tornio"]
    assert alike("Nobody", NAMES) == []


@given(st.text(max_size=30), st.permutations(NAMES))
def test_the_order_of_names_does_not_matter(text: str, order: list[tuple[str, str]]) -> None:
    assert meant(text, order) == meant(text, NAMES)
    assert alike(text, order) == alike(text, NAMES)
