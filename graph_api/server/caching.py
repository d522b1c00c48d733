"""Validators for caches: an answer changes when the generation does, so that clients ask again and mostly get 304."""

from __future__ import annotations

import hashlib
import re

# An answer with one of these differs from one time to the next, and so does what another endpoint says.
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b", re.IGNORECASE)
_TAG = re.compile(r'(?:W/)?("[^"]*")')


def entity_tag(generation: str, *parts: object) -> str:
    """Return a weak tag of an answer: what was asked, over which generation."""
    asked = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:24]
    return f'W/"{generation}-{asked}"'


def is_stable(query: str) -> bool:
    """Say whether the same query over the same graph always has the same answer."""
    return _VOLATILE.search(query) is None


def has_tag(if_none_match: str | None, tag: str) -> bool:
    """Say whether a client holds the answer of that tag (weak comparison)."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(if_none_match)


def cache_headers(tag: str | None) -> dict[str, str]:
    """Return the headers of an answer: kept and asked again each time, or not kept."""
    if tag is None:
        return {"Cache-Control": "no-store", "Vary": "Accept"}
    return {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept"}
