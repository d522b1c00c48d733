"""Misspelt head nouns after a known owner: "Kemin kaupungin lastensuohelu" → lastensuojelu.

Only the head nouns of the vocabulary are candidates, and only after an owner or place in the genitive, so that an
ordinary word is never bent into an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loaders.authority import nominative_head, type_of_name
from loaders.gazetteer import gazetteer
from loaders.model import Span
from loaders.recognise.mentions import Mention, is_genitive
from loaders.vocabulary import organisations, scheme

_WORD = re.compile(r"[ ]([a-zåäö-]{8,})(?![\w-])")
_MAX_DISTANCE = 1


@cache
def _head_nouns() -> tuple[str, ...]:
    return tuple(sorted(concept.name for concept in scheme("head-nouns").values()))


def nearest_head(word: str) -> str | None:
    """Return the head noun that a word misspells by one letter (optimal string alignment), or ``None``."""
    if nominative_head(word) is not None:
        return None
    near = process.extract(word, _head_nouns(), scorer=OSA.distance, score_cutoff=_MAX_DISTANCE, limit=None)
    return near[0][0] if len(near) == 1 else None


def repaired_units(text: str) -> Iterator[Mention]:
    """Yield the units whose head noun is misspelt."""
    for hit in gazetteer().find(text, frozenset({"organisation"})):
        match = _WORD.match(text, hit.span.end)
        if match is None or not is_genitive(text, hit.span):
            continue
        head = nearest_head(match.group(1))
        if head is not None:
            name = f"{text[hit.span.start : hit.span.end]} {head}"
            owner = organisations()[hit.notation].name
            yield Mention(
                Span(hit.span.start, match.end()), name, "repaired-head-noun", 0.75, type_of_name(name), None, owner
            )
