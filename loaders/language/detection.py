"""The language of a document, and of a title that may be in another than its page (py3langid, Lui & Baldwin 2012)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from loaders.language.function_words import evident_language, is_evidently_finnish

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# How much likelier (natural logarithm) a language must be than the page's for so short a text as a title.
_MARGIN = 15.0
_PARTS = re.compile(r"\s+[-–—/|]\s+|[:(]")


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - a second to load, and seldom needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fi", "sv", "en"])
    return identifier


def language_of(text: str) -> str:
    """Return the language of a text: ``fi``, ``sv`` or ``en``."""
    beginning = text[:6000]
    evident = evident_language(beginning)
    return evident if evident is not None else str(_identifier().classify(beginning)[0])


def language_of_title(title: str, page: str) -> str:
    """Return the language of a title: the page's, unless the words clearly are of another one.

    Parameters
    ----------
    title : str
        The title; one in several languages ("Leva och lära – Oppia ikä kaikki") is of the page's.
    page : str
        The language of the page.
    """
    found = {_of_words(part, page) for part in _PARTS.split(title) if " " in part.strip()}
    return found.pop() if len(found) == 1 else page if found else _of_words(title, page)


def _of_words(words: str, page: str) -> str:
    if page == "fi" and is_evidently_finnish(words):
        return page
    ranks = {str(language): float(score) for language, score in _identifier().rank(words)}
    best = max(ranks, key=lambda language: ranks[language])
    return best if ranks[best] - ranks[page] > _MARGIN else page
