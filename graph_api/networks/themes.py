"""Themes of initiatives: the words that their titles share.

A word counts in its first eight letters, which joins the inflected forms of most Finnish words ("hyvinvointi",
"hyvinvoinnin") at no cost; truncation comes close to lemmas in Finnish retrieval (K. Kettunen, T. Kunttu and K. Järvelin,
"To stem or lemmatize a highly inflectional language in a probabilistic IR environment?", Journal of Documentation 61(4),
2005). A theme is a word of at least two initiatives and of no more than a twentieth of them (or ten, where that is more).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from graph_api.networks.material import Pairs, Things
from loaders.iris import BASE
from loaders.vocabulary import word_list

LETTERS = 8
_WORD = re.compile(r"[^\W\d_]{5,}")


@cache
def _fillers() -> frozenset[str]:
    """Return the words of titles that tell no theme, as stems."""
    return frozenset(map(stem, word_list("title-filler")))


def stem(word: str) -> str:
    """Return the form in which a word counts: "Hyvinvoinnin" → "hyvinvoi"."""
    return word.casefold()[:LETTERS]


def words_of(text: str) -> set[str]:
    """Return the words of a text that can be themes, as stems."""
    return {stem(word) for word in _WORD.findall(text)} - _fillers()


def read_themes(titles: Sequence[str]) -> tuple[Things, Pairs]:
    """Return the themes of titles, labelled with their commonest form, and their links to the titles' positions."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, list[int]] = defaultdict(list)
    for position, title in enumerate(titles):
        for word in words_of(title):
            found[word].append(position)
        for word in _WORD.findall(title):
            forms[stem(word)][word.casefold()] += 1
    most = max(10, len(titles) // 20)
    stems = sorted(word for word, positions in found.items() if 2 <= len(positions) <= most)
    labels = [min(forms[word].items(), key=lambda item: (-item[1], item[0]))[0] for word in stems]
    things = Things([f"{BASE}theme/{word}" for word in stems], labels, [""] * len(stems))
    left = np.array([number for number, word in enumerate(stems) for _ in found[word]], np.int32)
    right = np.array([position for word in stems for position in found[word]], np.int32)
    return things, Pairs(left, right)
