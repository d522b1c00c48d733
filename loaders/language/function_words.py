"""The language of a text told at a glance, where there is no doubt: by function words, by how words are spelt.

Where there is doubt the answer is ``None``, and a statistical identifier is asked, which takes a second to load.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.vocabulary import scheme

_FEWEST = 8
_SHARE_OF_OTHERS = 0.1
_WORD = re.compile(r"[^\W\d_]+")
# Letters, beginnings and endings that Finnish words have not, and what Swedish and English ones have not.
_FOREIGN = re.compile(
    r"[åbcfgqwxz]|sh|th|[^nstaeiouyäölr\d\W]$|^(?:d|[dkpt][lr]|s[ktp])|tion|ing|ment|^(?:och|i|and|in|on|to|of|on|med|en|ett)$"
)
_FINNISH = re.compile(
    r"aa|ii|uu|yy|ää|öö|yö|uo|äy|hd|tk|lk[aeiä]|[aeiouyäö]nen$|(?:[aeiouyäö]|is|us|ks)[eaä]n$|ss[aä]$|ll[aä]$|ksi$|tus$|minen$"
    r"|jen$|inen|ist[eoö]|kk[eiuoaä]|tt[aäeiuoy]|pp[aiuoä]"
)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {c.notation: frozenset(label.text for label in c.labels) for c in scheme("function-words").values()}


def evident_language(text: str) -> str | None:
    """Return the language of a document whose function words are almost all of one language, else ``None``."""
    words = text.lower().split()
    counts = {language: sum(map(known.__contains__, words)) for language, known in _function_words().items()}
    best = max(counts, key=lambda language: counts[language])
    others = sum(counts.values()) - counts[best]
    return best if counts[best] >= _FEWEST and others <= _SHARE_OF_OTHERS * counts[best] else None


def is_evidently_finnish(words: str) -> bool:
    """Return whether some words are spelt as Finnish ones are; ``False`` is no answer.

    >>> is_evidently_finnish("Parempi arki kotihoidossa"), is_evidently_finnish("Invest in Lapland")
    (True, False)
    """
    found = [word for word in _WORD.findall(words.lower()) if len(word) > 1]
    foreign = {word for word in found if _FOREIGN.search(word)}
    finnish = sum(1 for word in found if word not in foreign and _FINNISH.search(word))
    return bool(found) and (not foreign or finnish > len(foreign))
