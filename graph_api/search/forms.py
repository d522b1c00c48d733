"""The inflected forms of the words that names are made of, so that a form finds the word: "Limingan" finds "Liminka".

Forms stand in a table of words, each word once, and not in the index of names: a graph of a hundred thousand titles has
some ten thousand words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph_api.search.entities import SEARCHED, Entity
from graph_api.search.folding import fold, words
from graph_api.search.reading import literals
from loaders.iris import HV
from loaders.language.inflection import inflect_word

_SHORTEST = 4
_LONGEST = 40


def read_genitives(store: ox.Store) -> dict[str, str]:
    """Return the genitives that vocabularies state, by the entity's IRI."""
    return {iri: literal.value for iri, literal, _ in literals(store, HV + "genitive")}


def word_forms(entities: Iterable[Entity], genitives: dict[str, str]) -> dict[str, set[str]]:
    """Return the words of names, folded, each with its folded forms."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        if entity.kind not in SEARCHED:
            continue
        for name in sorted(entity.names):
            if name.language in {"", "fi"}:
                for word, genitive in _with_genitive(name.text, genitives.get(entity.iri)):
                    _add(found, word, genitive)
    return {word: forms for word, forms in found.items() if forms}


def _with_genitive(name: str, genitive: str | None) -> Iterator[tuple[str, str | None]]:
    said, stated = name.split(), (genitive or "").split()
    if len(said) == len(stated):
        yield from ((word, form if form != word else None) for word, form in zip(said, stated, strict=True))
        return
    yield from ((word, None) for word in words(name))


def _add(found: dict[str, set[str]], word: str, genitive: str | None) -> None:
    key = fold(word)
    if (key in found and genitive is None) or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return
    forms = {fold(form) for form in inflect_word(word, genitive=genitive, proper=word[0].isupper())}
    found.setdefault(key, set()).update(forms - {key})
