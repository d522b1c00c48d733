"""A language told at a glance is the one that the statistical identifier tells."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from loaders.language.detection import _identifier
from loaders.language.function_words import evident_language, is_evidently_finnish
from loaders.readers.html import html_to_text

FINNISH = "Hankkeessa kehitetään palveluja, jotka tukevat perheitä ja joiden avulla arki sujuu. Myös kunnat ovat mukana, ja työ tehdään yhdessä. "
SWEDISH = "Projektet utvecklar tjänster som stöder familjer och gör att vardagen fungerar. Även kommunerna deltar, och arbetet görs med dem på orten. "
ENGLISH = "The project develops services that support families and by which daily life is easier. Municipalities are part of it, and the work is done with them. "


@pytest.mark.parametrize(("text", "language"), [(FINNISH, "fi"), (SWEDISH, "sv"), (ENGLISH, "en")])
def test_a_text_in_one_language_is_evident(text: str, language: str) -> None:
    assert evident_language(text * 3) == language


@pytest.mark.parametrize(
    "text", ["", "Karelia Oy 2019", FINNISH + SWEDISH, SWEDISH * 2 + FINNISH * 2, ENGLISH + FINNISH]
)
def test_a_short_or_mixed_text_is_not_evident(text: str) -> None:
    assert evident_language(text) is None


def told(text: str) -> str:
    return str(_identifier().classify(text)[0])


def check(texts: list[str]) -> int:
    answers = [(text, evident_language(text)) for text in texts]
    wrong = [(text[:80], answer) for text, answer in answers if answer is not None and answer != told(text)]
    assert wrong == []
    return sum(answer is not None for _, answer in answers)


def pieces_of(folder: Path) -> list[str]:
    chance = random.Random(1)
    pieces: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in {".txt", ".html"}:
            continue
        text = path.read_text("utf-8", errors="replace")
        text = html_to_text(text)[0] if path.suffix == ".html" else text
        pieces.append(text[:6000])
        for _ in range(10):
            start = chance.randrange(max(1, len(text) - 400))
            pieces.append(text[start : start + chance.choice((400, 1500, 6000))])
    return pieces


def test_what_is_evident_is_what_the_identifier_says(repository: Path) -> None:
    pieces = pieces_of(repository / "data" / "documents")
    assert check(pieces) > len(pieces) / 3


@pytest.mark.acceptance
def test_what_is_evident_is_what_the_identifier_says_of_real_pages(acceptance: Path) -> None:
    pieces = [*pieces_of(acceptance / "seeds"), *pieces_of(acceptance / "docs" / "dev")]
    assert check(pieces) > len(pieces) / 3


@pytest.mark.parametrize(
    ("title", "finnish"),
    [
        ("Parempi arki kotihoidossa", True),
        ("Työhyvinvoinnin kehittäminen ja johtaminen", True),
        ("Invest in Lapland", False),
        ("Byaskolan blir samlingsplats", False),
        ("Circular Economy Goes East and West", False),
        ("2019", False),
    ],
)
def test_words_are_finnish_by_their_spelling(title: str, finnish: bool) -> None:
    assert is_evidently_finnish(title) is finnish
