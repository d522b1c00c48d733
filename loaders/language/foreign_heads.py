"""The head nouns of Swedish and English names of organisations: "… stiftelse", "University of …".

The table is the vocabulary `ontology/vocabularies/foreign-head-nouns.ttl`; its dots stand for the proper name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.find_first import Anchored
from loaders.vocabulary import scheme

_DOTS = "…"


@dataclass(frozen=True, slots=True)
class ForeignHead:
    """A head noun: its language, the type it suggests, and whether it opens the name."""

    text: str
    language: str
    organisation_type: str
    opens: bool


@cache
def foreign_heads() -> tuple[ForeignHead, ...]:
    """Return the head nouns, longest first."""
    return tuple(sorted(_heads(), key=lambda head: (-len(head.text), head.text)))


def _heads() -> Iterator[ForeignHead]:
    for concept in scheme("foreign-head-nouns").values():
        kind = concept.first("organisationType") or "other"
        for label in concept.labels:
            if _DOTS in label.text:
                text = label.text.strip(f"{_DOTS} ")
                yield ForeignHead(text, label.language, kind, label.text.endswith(_DOTS))


def _any(*, opens: bool, language: str) -> str:
    return "|".join(re.escape(h.text) for h in foreign_heads() if h.opens is opens and h.language == language)


@cache
def opening() -> Anchored:
    """Return what finds a head noun that opens a name, as it is written: "University of"."""
    return Anchored(
        rf"(?<![\w-])(?:{_any(opens=True, language='en')}|{_any(opens=True, language='sv')})(?=[ ](?!Applied Sciences)[A-ZÅÄÖÉ])"
    )


@cache
def closing() -> Anchored:
    """Return what finds a head noun that closes a name; a Swedish one may be the tail of a compound."""
    swedish = _any(opens=False, language="sv")
    return Anchored(
        rf"(?<=[ ])(?:(?:{_any(opens=False, language='en')})(?! of\b)|(?:[\w-]*?(?i:{swedish}))s?)(?![\w-])"
    )


def foreign_type(name: str) -> str | None:
    """Return the organisation type that a Swedish or English name (without legal form) shows, or ``None``."""
    if opening().match(name):
        return _type_of(opening().match(name), opens=True)
    last = next((match for match in closing().finditer(name) if match.end() == len(name)), None)
    return _type_of(last, opens=False)


def _type_of(match: re.Match[str] | None, *, opens: bool) -> str | None:
    if match is None:
        return None
    printed = match.group().casefold()
    heads = [head for head in foreign_heads() if head.opens is opens]
    found = next((h for h in heads if printed.removesuffix("s").endswith(h.text.casefold().removesuffix("s"))), None)
    return found.organisation_type if found else None


_SWEDISH_FORM = re.compile(r"[ ]r\.?f\.?$")


def name_language(name: str) -> str:
    """Return the language of a body's canonical name: ``fi`` unless its head noun or legal form is Swedish or English."""
    if _SWEDISH_FORM.search(name):
        return "sv"
    match = opening().match(name) or next((m for m in closing().finditer(name) if m.end() == len(name)), None)
    printed = match.group().casefold() if match else ""
    heads = (head for head in foreign_heads() if printed and printed.endswith(head.text.casefold()))
    return next((head.language for head in heads), "fi")
