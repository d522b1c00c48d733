"""Titles of initiatives: what two spellings of one title share."""

from __future__ import annotations

_HEADS = frozenset(
    {"hanke", "projekti", "kehittämishanke", "kehittämisprojekti", "yhteishanke", "projekt", "projektet", "project"}
)


def title_key(title: str) -> str:
    """Return what spellings of a title share: case, punctuation and a closing "-hanke" or "project" are set aside."""
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    while len(words) > 1 and words[-1] in _HEADS:
        words.pop()
    return " ".join(words)
