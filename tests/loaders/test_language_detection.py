"""The language of a page and of its title, and how they are told apart in the triples."""

from __future__ import annotations

import pytest

from graph_api.identity.resolver import Resolver
from loaders.extract import extract_source
from loaders.language.detection import language_of, language_of_title
from loaders.model import Source
from loaders.triples import DocumentWriter, label_language

MIXED = """Byaskolan blir samlingsplats

Kylissä tarvittiin paikka, jossa kaikenikäiset tapaavat. Vanha koulu kunnostettiin talkoilla, ja kyläläiset
suunnittelivat ohjelman itse. Hankkeessa oli mukana Österbottens förbund.

Projektägare: Mallby hembygdsförening rf
"""


@pytest.mark.parametrize(
    ("title", "page", "language"),
    [
        ("Byaskolan blir samlingsplats", "fi", "sv"),
        ("Remote Rehabilitation in the North", "fi", "en"),
        ("Kylätalo kaikille", "sv", "fi"),
        ("Kylätalo kaikille", "fi", "fi"),
        ("SmartFarm 2.0", "fi", "fi"),
        ("Green Care", "fi", "fi"),
        ("Leva och Lära - Oppia ikä kaikki - Live and Learn", "sv", "sv"),
        ("", "en", "en"),
    ],
)
def test_a_title_is_of_its_page_unless_its_words_clearly_are_not(title: str, page: str, language: str) -> None:
    assert language_of_title(title, page) == language


def test_a_page_is_of_the_language_of_most_of_its_words() -> None:
    assert language_of(MIXED) == "fi"


@pytest.mark.parametrize(
    ("printed", "language"),
    [("Österbottens förbund", "sv"), ("University of Oulu", "en"), ("Oulun yliopisto", "fi"), ("Mallila Oy", None)],
)
def test_a_label_has_the_language_in_which_it_is_known(printed: str, language: str | None) -> None:
    assert label_language(printed) == language


def test_titles_and_names_are_tagged_in_the_triples() -> None:
    facts = extract_source(Source("kyla", "ab" * 32, "text/plain", MIXED))
    lines = "".join(DocumentWriter(facts, Resolver([])).write())
    assert '"Byaskolan blir samlingsplats"@sv' in lines
    assert '"Byaskolan blir samlingsplats"@fi' not in lines
    assert '"Österbottens förbund"@sv' in lines
    assert '"Mallby hembygdsförening"@sv' in lines
