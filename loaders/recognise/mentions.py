"""An organisation named in a text, and what several recognisers ask of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from loaders.authority import find_body
from loaders.language.inflection import head_noun
from loaders.model import Span
from loaders.vocabulary import organisations, owner_name, scheme

NEXT_WORD = re.compile(r"[ \u00a0]{1,2}((?:4H-(?=[a-zåäö]))?[^\W\d_][\w’'-]*(?:&\w+)?|&)")
LOCATIVE = re.compile(r"(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in the text: canonical (nominative) name, authority notation, type and owner."""

    span: Span
    name: str
    rule: str
    confidence: float
    type: str
    key: str | None = None
    owner: str | None = None


def known_mention(notation: str, span: Span, rule: str = "known-name", confidence: float = 0.97) -> Mention:
    """Return a mention of a body of the authority file."""
    body = organisations()[notation]
    return Mention(
        span=span,
        name=body.name,
        rule=rule,
        confidence=confidence,
        type=body.first("organisationType") or "other",
        key=notation,
        owner=owner_name(body),
    )


def mention_of(name: str, span: Span, rule: str, confidence: float, kind: str, owner: str | None = None) -> Mention:
    """Return a mention of the body of the authority file that has a name, else of a new one.

    Parameters
    ----------
    name : str
        The name in the nominative.
    span : Span
        Where it stands.
    rule, confidence, kind, owner
        What is said of a body that is new; a known one is a known name, of its own type.
    """
    body = find_body(name)
    return known_mention(body.notation, span) if body else Mention(span, name, rule, confidence, kind, None, owner)


def is_genitive(text: str, span: Span) -> bool:
    """Return whether a known name stands in the genitive (and so may be followed by what it owns)."""
    surface = text[span.start : span.end]
    return surface.endswith("n") and len(surface) > 3


@cache
def _weak_heads() -> frozenset[str]:
    return frozenset(c.name for c in scheme("head-nouns").values() if c.first("recognition") == "weak")


def has_weak_head(name: str) -> bool:
    """Return whether a name ends in a head noun that is an ordinary word too."""
    head = head_noun(name)
    return head is not None and head.lemma in _weak_heads()


_BODIES = {
    "municipality",
    "university",
    "uas",
    "ely",
    "ministry",
    "wellbeing_county",
    "regional_council",
    "joint_authority",
}


def is_class_of_bodies(head: str) -> bool:
    """Return whether a plural head noun means bodies of a kind, not one body: "Pohjois-Savon kunnat"."""
    noun = head_noun(head)
    return noun is not None and noun.plural and noun.organisation_type in _BODIES


_MUNICIPAL_UNITS = {"sub_unit", "school", "public_body"}


def municipal_owner(place: str, kind: str) -> str | None:
    body = organisations().get(place)
    return body.name if body is not None and kind in _MUNICIPAL_UNITS else None
