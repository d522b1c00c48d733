"""The words that names of methods end in, and how far each can be trusted to make a name of what stands before it.

The heads and the ordinary compounds of each are the vocabulary `ontology/vocabularies/method-heads.ttl`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from loaders.language.inflection import inflect_plural_of, inflect_word
from loaders.vocabulary import scheme

_SHORTEST_FIRST_PART = 4


@cache
def method_heads() -> dict[str, str | None]:
    """Return the heads, each with how far its closed compounds name methods.

    After a proper name and a hyphen each head names a method or tool: "Toimiva arki -valmennus", "Miro-alusta". A closed
    compound does wherever it stands (``strong``), where the text says that it is made or used (``weak``), or never
    (``None``).
    """
    return {concept.name: concept.first("recognition") for concept in scheme("method-heads").values()}


@cache
def _lemmas() -> dict[str, str]:
    return {form: head for head in method_heads() for form in _forms(head)}


def _forms(head: str) -> Iterable[str]:
    return (*inflect_word(head), *inflect_plural_of(head))


@cache
def _longest() -> int:
    return max(map(len, _lemmas()))


@cache
def split_head(word: str) -> tuple[str, str] | None:
    """Return the first part and the head, in the nominative, of a word in any case; ``None`` where it has no such head.

    ``split_head("osallisuusmittarilla")`` is ``("osallisuus", "mittari")``.
    """
    lemmas = _lemmas()
    for start in range(max(0, len(word) - _longest()), len(word) - 2):
        if word[start:] in lemmas:
            return word[:start], lemmas[word[start:]]
    return None


@cache
def stems_of_compounds() -> tuple[str, ...]:
    """Return what all forms of a head begin with, for the heads whose closed compounds may name methods."""
    heads = [head for head, recognition in method_heads().items() if recognition]
    return tuple(os.path.commonprefix(list(_forms(head))) for head in heads)  # noqa: RUF071 - of words, not of paths


@cache
def _ordinary() -> dict[str, tuple[str, ...]]:
    """Return the compounds of each head that mean ordinary things or whole kinds of methods."""
    lists = scheme("ordinary-compounds")
    heads = scheme("method-heads").items()
    return {head.name: lists[notation].words for notation, head in heads if notation in lists}


def names_method(first: str, head: str) -> bool:
    """Return whether a closed compound says more than its head: "osallisuusmittari" does, "sähkömittari" does not."""
    return len(first) >= _SHORTEST_FIRST_PART and not f"{first.lower()}{head}".endswith(_ordinary().get(head, ()))
