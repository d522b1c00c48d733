"""The labels that tell kinds of documents apart: `ontology/vocabularies/document-kinds.ttl`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from loaders.labels import fields
from loaders.text import Text
from loaders.vocabulary import scheme


@dataclass(frozen=True, slots=True)
class TellingLabels:
    """The labels of a kind in small letters: those that hardly any other kind prints, and those that it shares."""

    own: frozenset[str]
    shared: frozenset[str]


@cache
def telling_labels(kind: str) -> TellingLabels:
    """Return the labels that tell a kind of document, by the kind's name."""
    concept = scheme("document-kinds")[kind]
    own = (label.text for label in concept.labels if label.kind == "alternative")
    return TellingLabels(frozenset(map(str.casefold, own)), frozenset(map(str.casefold, concept.words)))


def labels_seen(text: Text, kind: str) -> tuple[int, int]:
    """Return how many of a kind's own labels, and of those that it shares with others, a text prints."""
    seen = {field.label.casefold() for field in fields(text)}
    known = telling_labels(kind)
    return len(seen & known.own), len(seen & known.shared)
