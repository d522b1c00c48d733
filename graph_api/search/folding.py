"""Text as it is compared: without capitals, accents and differences of typography."""

from __future__ import annotations

import re
import unicodedata

SHORTEST_TRIGRAM = 3
_WORD = re.compile(r"\w+(?:[:'’-]\w+)*")
_LIKE_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "’": "'", "–": "-", "\u00ad": ""})


def fold(text: str) -> str:
    """Return a text in the form in which it is compared: "Järvenpää" and "JARVENPAA" are both "jarvenpaa"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.casefold().translate(_LIKE_LETTERS).split())


def words(text: str) -> list[str]:
    """Return the words of a text, each once, in order."""
    return list(dict.fromkeys(_WORD.findall(text)))


def whole_and_parts(word: str) -> list[str]:
    """Return a word and what its hyphens join: "työ-hanke" gives "työ-hanke", "työ" and "hanke"."""
    parts = re.split(r"[-:'’]", word)
    return [word] if len(parts) == 1 else [word, *(part for part in parts if part)]
