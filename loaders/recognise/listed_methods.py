"""Methods that a sentence lists as such: "Menetelmiä ovat arvokeskustelu, Malliala ja lukemisen harjoitukset"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.find_first import Anchored
from loaders.model import Span
from loaders.text import Text

Candidate = tuple[str, Span, str, float]
_FOR_EXAMPLE = r"(?:[ ](?:muun muassa|mm\.|esimerkiksi|esim\.|muiden muassa|bland annat|bl\.a\.|till exempel|t\.ex\.))?"
# The list names the methods, or refers to a sentence that has just spoken of them: "Tällaisia ovat muun muassa …".
_OPENING = Anchored(
    rf"\b(?:(?P<named>menetelmiä|menetelminä|työtapoja|metoder)|tällaisia|niitä|sådana)[ ](?:ovat|olivat|är|var){_FOR_EXAMPLE}[ ]",
    re.IGNORECASE,
)
_METHODS = re.compile(r"menetelm|työtapo|työtap|metod", re.IGNORECASE)
_BETWEEN = re.compile(r",[ ](?:(?:ja|sekä|och)[ ])?|[ ](?:ja|sekä|och)[ ]")
_CLAUSE = re.compile(
    r"\bjo(?:ka|nka|ta|tka|hon|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|i\w+)\b|\b(?:että|som|on|ovat|oli|olivat|är|ne|se|kaikki)\b|^\w+n[eu][et]t?\b",
    re.IGNORECASE,
)
_MOST_WORDS = 4


def listed_methods(text: Text, region: Span) -> Iterator[Candidate]:
    """Yield the items of the lists of methods in a region: name, place, rule, confidence.

    Parameters
    ----------
    text : Text
        The document.
    region : Span
        The stretch of prose.
    """
    for match in _OPENING.finditer(text.text, region.start, region.end):
        sentence = text.sentence(Span(match.start(), match.end()))
        if match.group("named") or _METHODS.search(text.text, max(region.start, sentence.start - 160), sentence.start):
            yield from _items(text.text, match.end(), min(sentence.end, region.end))


def _items(text: str, start: int, end: int) -> Iterator[Candidate]:
    items = re.split(_BETWEEN, text[start:end].rstrip(" .!"))
    if len(items) < 2 or any(len(item.split()) > _MOST_WORDS or _CLAUSE.search(item) for item in items):
        return  # no plain list of names
    for item in items:
        begin = text.index(item, start, end)
        name = item.strip()
        if len(name) > 3:
            yield name, Span(begin, begin + len(item)), "listed-as-method", 0.7
        start = begin + len(item)
