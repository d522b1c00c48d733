"""Letters in lower case without a change of offsets."""

from __future__ import annotations


def lower_in_place(text: str) -> str:
    """Return a text in lower case, of the same length: a letter whose small form is two ("İ") stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
