"""What stands in a labelled field or on a line of a page: a value, the site's own words, or the word for no value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.labels import Field
from loaders.model import Span
from loaders.vocabulary import scheme

_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*|[•·▪●]\s*|^[*–-]\s+")


@cache
def _furniture(notation: str) -> frozenset[str]:
    return frozenset(label.text.casefold() for label in scheme("page-furniture")[notation].labels)


def is_navigation(printed: str) -> bool:
    """Return whether a line belongs to the site and not to the document: "Siirry sisältöön", "Meny"."""
    bare = printed.strip(" •·|›»<>").casefold()
    words = bare.split()
    known = _furniture("navigation")
    return bare in known or (len(words) > 1 and all(word in known for word in words))


def has_no_value(printed: str) -> bool:
    """Return whether what stands in a field says that it has no value: "-", "Ei erillisrahoitusta", "Saknas"."""
    return printed.strip().rstrip(".").casefold() in _furniture("no-value") or not printed.strip(" .-–—")


def printed_values(field: Field) -> Iterator[tuple[str, Span]]:
    """Yield the values of a field without bullets and web addresses, each with its offsets."""
    for printed, span in field.values:
        address = _ADDRESS.search(printed)
        bare, start = printed, span.start
        while address is not None:
            if address.start() > 0:
                bare = bare[: address.start()]
                break
            start += address.end()
            bare = bare[address.end() :]
            address = _ADDRESS.search(bare)
        start += len(bare) - len(bare.lstrip())
        bare = bare.strip()
        if bare and not has_no_value(bare):
            yield bare, Span(start, start + len(bare))
