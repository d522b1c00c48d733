"""Proper names that no vocabulary has, taken out of a local case: "Nuorisokeskus Mallilassa" is Nuorisokeskus Mallila."""

from __future__ import annotations

import re

from loaders.authority import nominative_head
from loaders.gazetteer import gazetteer

_PLACE = frozenset({"place"})
# A case ending after a single consonant that no gradation changes: "Mallilassa", not "Mäessä" or "Lahdessa".
_ENDING = re.compile(r"(?<=[aeiouyäö][lrnshmj][aouyäö])(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle)$")


def nominative_of_local_case(word: str) -> str | None:
    """Return the nominative of one capitalised word in a local case, or ``None`` where it is none or may be several.

    A known place in a local case says where something is: "päiväkoti Oulussa" has no name.

    >>> nominative_of_local_case("Mallilassa"), nominative_of_local_case("Mallikotiin"), nominative_of_local_case("Mallila")
    ('Mallila', 'Mallikoti', None)
    """
    if any(hit.span.end == len(word) for hit in gazetteer().find(word, _PLACE)):
        return None
    nominative = nominative_head(word)
    if nominative is not None:
        return nominative if nominative != word and not _is_genitive(word, nominative) else None
    bare, count = _ENDING.subn("", word)
    return bare if count and len(bare) > 3 else None


def _is_genitive(word: str, nominative: str) -> bool:
    """Return whether a form in -n is the genitive ("Mallikodin"), no illative ("Mallikotiin")."""
    return word.endswith("n") and word[-2:-1] != word[-3:-2] and len(word) <= len(nominative) + 1
