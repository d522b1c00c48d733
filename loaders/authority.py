"""Looking a printed name up in the authority file, with typos repaired against known names only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loaders.language.foreign_heads import foreign_type
from loaders.language.inflection import head_noun, nominative_of
from loaders.vocabulary import Concept, organisations

LEGAL_FORM = re.compile(
    r"(?:,?\s{1,3}(?:oyj|oy\s+ab|ab\s+oy|oy\s+ltd|oy|ab|ry|r\.y\.|rf|r\.f\.|sr|rs|ky|osk|ltd|gmbh)\.?)+$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_DASH = re.compile(r"\s*[-‐‑‒–—]\s*")
_MIN_REPAIRED = 7


@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """Return what two spellings of one name share: case, dashes, quotes and a trailing legal form set aside."""
    bare = LEGAL_FORM.sub("", " ".join(re.sub(r"[\"'”“’´`]", " ", name).split()))
    return _DASH.sub("-", bare).casefold().strip(" .,;:")


@cache
def _index() -> Mapping[str, str]:
    # Preferred labels first: where two bodies share a name, the one that it belongs to most wins.
    ranks = {"preferred": 0, "alternative": 1, "abbreviation": 2, "hidden": 3}
    labels = [
        (ranks[label.kind], body.notation, label.text) for body in organisations().values() for label in body.labels
    ]
    index: dict[str, str] = {}
    for _, notation, text in sorted(labels):
        index.setdefault(name_key(text), notation)
    return index


@lru_cache(maxsize=32_768)
def find_body(name: str) -> Concept | None:
    """Return the body of the authority file that a name (nominative, any language) belongs to, or ``None``."""
    key = name_key(_BRACKETS.sub("", name)) or "-"
    notation = _index().get(key) or _index().get(_written_out(key))
    return organisations()[notation] if notation else None


_COUNTY = re.compile(r"^(.+) wellbeing services county$")


def _written_out(key: str) -> str:
    """Return the usual form of an English name: "Turku UAS", "Pirkanmaa Wellbeing Services County"."""
    county = _COUNTY.sub(r"wellbeing services county of \1", key)
    return county.removesuffix(" uas") + " university of applied sciences" if key.endswith(" uas") else county


@cache
def _business_ids() -> Mapping[str, str]:
    return {
        number: body.notation for body in organisations().values() for number in body.properties.get("businessId", ())
    }


def find_business_id(business_id: str) -> Concept | None:
    """Return the body with a business id, or ``None``."""
    notation = _business_ids().get(business_id)
    return organisations()[notation] if notation else None


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for key in _index() for word in key.split())


@cache
def _correctable_words() -> list[str]:
    return sorted(word for word in _known_words() if len(word) >= _MIN_REPAIRED - 1)


def repair(name: str) -> str | None:
    """Return a misspelt name put right, when the right one is in the authority file; else ``None``.

    Only words that occur in no known name are changed, and only by one or two letters (optimal string alignment):
    "Lappeenrannan teknillinen ylipisto" → "Lappeenrannan teknillinen yliopisto".
    """
    words = name_key(name).split()
    options = [[word] if word in _known_words() else _near(word) for word in words]
    if not words or any(not option for option in options):
        return None
    candidate = " ".join(option[0] for option in options)
    body = find_body(candidate)
    return body.name if body and candidate != name_key(name) else None


@cache
def _near(word: str) -> list[str]:
    if len(word) < _MIN_REPAIRED:
        return []
    limit = 1 if len(word) < 10 else 2
    near = process.extract(word, _correctable_words(), scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [known for known, _, _ in sorted(near, key=lambda match: (match[1], match[0]))][:1]


@lru_cache(maxsize=32_768)
def type_of_name(name: str, default: str = "other") -> str:
    """Return the organisation type that a name shows: its body's, its legal form's, or its head noun's."""
    body = find_body(name)
    if body is not None:
        return body.first("organisationType") or default
    legal = LEGAL_FORM.search(name)
    if legal and re.search(r"r\.?[yf]", legal.group(), re.IGNORECASE):
        return "association"
    bare = LEGAL_FORM.sub("", name)
    head = head_noun(bare)
    if head is not None and (not legal or head.organisation_type in {"uas", "university"}):
        return head.organisation_type
    foreign = foreign_type(bare)
    if foreign is not None:
        return foreign
    if legal and re.search(r"sr|rs", legal.group(), re.IGNORECASE):
        return "foundation"
    return "company" if legal else default


def nominative_head(word: str) -> str | None:
    """Return the nominative of an inflected word whose head noun is known, or ``None``."""
    found = nominative_of(word)
    return found[0] if found else None
