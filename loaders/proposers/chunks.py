"""A long text in pieces that a model can take, cut between paragraphs, lines or sentences; the offsets stay known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.model import Span

_CUTS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?]\s", r"\s"))


def chunks(text: str, size: int) -> Iterator[Span]:
    """Yield spans that cover a text without gap or overlap, none longer than `size`.

    Each ends at the last paragraph, else line, else sentence, else word that ends in its second half.
    """
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= size else _cut(text, start, size)
        yield Span(start, end)
        start = end


def _cut(text: str, start: int, size: int) -> int:
    earliest, latest = start + size // 2, start + size
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, earliest, latest)]
        if ends:
            return ends[-1]
    return latest
