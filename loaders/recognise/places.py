"""Places in running text: known municipalities, regions and sub-regions outside the names of organisations and people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.gazetteer import Hit, gazetteer
from loaders.model import Named, Span, Standing
from loaders.text import Text
from loaders.vocabulary import scheme

_NEXT_NAME = re.compile(r"[ ](?!(?:Oy|ry)\b)[A-ZÅÄÖ][a-zåäö]")


def places_in_prose(text: Text, hits: list[Hit], regions: list[Span], taken: list[Span]) -> Iterator[Named]:
    """Yield the places that a text names; spans in `taken` (organisations, people, titles) are left alone."""
    for hit in hits:
        if hit.kind != "place" or not any(region.contains(hit.span) for region in regions):
            continue
        concept = scheme("places")[hit.notation]
        if concept.first("placeKind") == "country" or any(hit.span.overlaps(other) for other in taken):
            continue
        surface = text.text[hit.span.start : hit.span.end]
        if surface.endswith("n") and _NEXT_NAME.match(text.text, hit.span.end):
            continue  # the place is part of a longer, unknown name
        yield Named(concept.name, text.evidence(hit.span, "place-in-prose", 0.85), hit.notation)


def place_of_value(text: Text, value: str, span: Span, rule: str) -> Named | None:
    """Return the place that a whole field value names ("Vantaa"), or ``None`` ("Helsingin yliopisto")."""
    for hit in gazetteer().find(value, frozenset({"place"})):
        concept = scheme("places")[hit.notation]
        if hit.span == Span(0, len(value)) and concept.first("placeKind") != "country":
            return Named(concept.name, text.evidence(span, rule, 0.95, Standing.ASSERTED), hit.notation)
    return None
