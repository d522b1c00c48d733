"""Which of many names a person means, who writes one in other letters, inflected or misspelt.

Only what is sure is taken: the same name in other cases of letters, or a form of Finnish of every word that differs
("Lapin yliopistolla" is Lapin yliopisto, "Torniossa" is Tornio). What is merely alike is offered, each thing once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from loaders.language.inflection import inflect_word

_ALIKE = 70.0
"""The least likeness, of 100, at which a name is offered."""

_BEGINNING = 3
"""A Finnish word and its forms begin with the same letters, at least so many."""

Named = tuple[str, str]
"""A name, and what it is the name of."""


def meant(text: str, names: Iterable[Named]) -> list[str]:
    """Return what is surely called so, sorted: by the same letters in any case, else by inflected forms.

    >>> meant("lapin yliopistolla", [("Lapin yliopisto", "a"), ("Oulun yliopisto", "b")])
    ['a']
    """
    wanted, known = text.casefold(), list(names)
    same = {thing for name, thing in known if name.casefold() == wanted}
    return sorted(same or {thing for name, thing in known if _is_form(wanted, name)})


def alike(text: str, names: Iterable[Named], most: int = 3) -> list[str]:
    """Return what has a name most like a text, the most alike first, each thing once."""
    known = sorted(names)
    found = process.extract(
        text.casefold(),
        [name.casefold() for name, _ in known],
        scorer=fuzz.WRatio,
        limit=12 * most,
        score_cutoff=_ALIKE,
    )
    return list(dict.fromkeys(known[place][1] for _, _, place in found))[:most]


def _is_form(wanted: str, name: str) -> bool:
    """Say whether a text in small letters is an inflected form of a name."""
    if wanted[:_BEGINNING] != name[:_BEGINNING].casefold():
        return False
    said, words = wanted.split(), name.split()
    if len(said) != len(words):
        return False
    return all(one == word.casefold() or one in _forms(word) for one, word in zip(said, words, strict=True))


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    if not word.isalpha() or len(word) <= _BEGINNING:
        return frozenset()
    return frozenset(form.casefold() for form in inflect_word(word, proper=word[0].isupper()))
