"""The words of the word lists (`ontology/vocabularies/word-lists.ttl`) as expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DOTS = "…"
_REST_OF_COMPOUND = r"\w{3,}"  # no part of a compound is shorter, but for a few that none of the lists needs


def any_of(words: Iterable[str]) -> str:
    """Return an expression for any of some words as they are written, to stand inside another expression."""
    return "|".join(map(re.escape, words))


def words_pattern(words: Iterable[str]) -> str:
    """Return an expression for any of some words.

    Parameters
    ----------
    words : iterable of str
        Words as a list has them. Dots before or after a word stand for any letters, inside a word for another part of
        the compound: "…tulos…", "…kokeilut", "pilotti…t".
    """
    return f"(?:{'|'.join(map(_pattern, words))})"


def _pattern(word: str) -> str:
    begins, ends = ("" if word.startswith(_DOTS) else r"\b"), ("" if word.endswith(_DOTS) else r"\b")
    return begins + _REST_OF_COMPOUND.join(map(re.escape, word.strip(_DOTS).split(_DOTS))) + ends
