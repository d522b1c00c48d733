"""The words of titles, as themes: inflected forms of a word become one stem.

A stem is the word without its longest ending that is a case of Finnish, with at least four letters left, and no more
than the first ten letters of that: "kotihoidossa" and "kotihoidosta", "kiertotalouden" and "kiertotaloutta" meet.
On real project lists stems found more of what belongs together than whole words, and than the nominatives that
generated forms lead back to; runs of five letters found a little more still, at eight times the size
(docs/decisions/020-theme-words.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from loaders.vocabulary import scheme

_WORD = re.compile(r"[^\W\d_]{3,}")
_LEAST, _LONGEST = 4, 10
_CASES = (
    "issa issä ista istä illa illä ilta iltä ille iksi ssa ssä sta stä lla llä lta ltä lle ksi iin een aan ään oon "
    "uun yyn öön hin jen ien ten den tten sten ita itä ja jä na nä ta tä n t a ä i en in an än"
)
_ENDINGS = sorted(_CASES.split(), key=len, reverse=True)
# Consonant gradation: a strong grade near the end of a word and its weak one are written alike.
_WEAK = {"d": "t", "tt": "t", "kk": "k", "pp": "p", "nt": "nn", "lt": "ll", "rt": "rr", "nk": "ng", "mp": "mm"}
_GRADES = re.compile("|".join(sorted(_WEAK, key=len, reverse=True)))
_TAIL = 4
# What stands in titles of any theme.
_EVERYWHERE = frozenset({"hange", "hangk", "hankee", "projekt", "project", "kehittämin", "kehittämis"})


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of a word in lower case.

    >>> stem("kotihoidossa"), stem("kotihoito"), stem("lean")
    ('kotihoito', 'kotihoito', 'lean')
    """
    bare = next((word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST), word)
    return (bare[:-_TAIL] + _GRADES.sub(lambda grade: _WEAK[grade.group()], bare[-_TAIL:]))[:_LONGEST]


def printed_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that may tell its theme, as they are printed, each with its stem."""
    for word in _WORD.findall(text):
        lower = word.lower()
        if lower not in _function_words():
            found = stem(lower)
            if found not in _EVERYWHERE:
                yield word, found


def stems(text: str) -> set[str]:
    """Return the stems of the words of a text that may tell its theme."""
    return {found for _, found in printed_words(text)}


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(label.text for concept in scheme("function-words").values() for label in concept.labels)
