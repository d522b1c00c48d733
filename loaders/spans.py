"""Spans by where they are: what overlaps a span is found without looking at all the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from loaders.model import Span

_STRETCH = 64
T = TypeVar("T")


class Placed(Generic[T]):
    """Things with the spans that they take, kept by stretches of the text."""

    def __init__(self, things: Iterable[tuple[Span, T]] = ()) -> None:
        self._stretches: dict[int, list[tuple[Span, T]]] = {}
        for span, thing in things:
            self.add(span, thing)

    def add(self, span: Span, thing: T) -> None:
        """Add a thing with its span."""
        for stretch in _stretches(span):
            self._stretches.setdefault(stretch, []).append((span, thing))

    def overlapping(self, span: Span) -> Iterator[T]:
        """Yield the things whose spans share a code point with a span; a long one may come more than once."""
        for stretch in _stretches(span):
            for other, thing in self._stretches.get(stretch, ()):
                if other.overlaps(span):
                    yield thing

    def is_taken(self, span: Span) -> bool:
        """Return whether anything overlaps a span."""
        return any(True for _ in self.overlapping(span))


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, max(span.start, span.end - 1) // _STRETCH + 1)
