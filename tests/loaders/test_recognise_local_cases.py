"""Proper names in local cases, by themselves and in names of bodies."""

from __future__ import annotations

import pytest

from loaders.recognise.local_cases import nominative_of_local_case
from loaders.recognise.organisations import find_organisations


@pytest.mark.parametrize(
    ("word", "nominative"),
    [
        ("Mallilassa", "Mallila"),
        ("Testolalle", "Testola"),
        ("Mallikotiin", "Mallikoti"),
        ("Mallikodissa", "Mallikoti"),
        ("Satakunnassa", None),  # where something is
        ("Mallila", None),
        ("Mallilan", None),
        ("Mallikodin", None),
        ("Satakunta", None),
        ("Mäessä", None),  # the nominative may be "Mäki" or "Mäe"
    ],
)
def test_a_name_leaves_its_case_only_where_one_nominative_is_possible(word: str, nominative: str | None) -> None:
    assert nominative_of_local_case(word) == nominative


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kokeilu tehtiin Oulussa Nuorisokeskus Mallilassa.", "Nuorisokeskus Mallila"),
        ("Teoksia viedään asumisyksikkö Mallikotiin.", "Asumisyksikkö Mallikoti"),
        ("Lapin hyvinvointialueen asumisyksikkö Mallikodissa", "Lapin hyvinvointialueen asumisyksikkö Mallikoti"),
        ("Ohjaamo Kainuussa pidettiin ryhmiä.", "Ohjaamo Kainuu"),
    ],
)
def test_a_house_is_named_in_the_nominative(text: str, name: str) -> None:
    assert name in [mention.name for mention in find_organisations(text)]


@pytest.mark.parametrize("text", ["Kumppanina oli Järjestö Mallilassa.", "Business Kainuun alueella"])
def test_a_place_behind_another_word_makes_no_body(text: str) -> None:
    assert not [m for m in find_organisations(text) if m.rule in {"head-noun-first", "regional-branch"}]
