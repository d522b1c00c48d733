"""What two spellings of one organisation's name share: characters, legal forms, and the key that names are compared by.

The legal forms are the vocabulary `ontology/vocabularies/legal-forms.ttl`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.vocabulary import scheme

_SAME = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("\"”“„»«’‘´`'", ""), "|": ",", "\u00a0": " "})
_NOT_KEY = re.compile(r"[^\w&+@]|_")
_AND = re.compile(r"(?<=[\s-])(?:ja|sekä|och|samt|o|and|et)(?=\s)")
_ZERO_FOR_O = re.compile(r"\b0(?=[Yy]\b)")
_SPACED_INITIALS = re.compile(r"\s+([.,;:])")
# Letters that a Finnish keyboard or a list in capitals loses; å, ä and ö are letters of their own.
_KEPT = frozenset("åäö")


@dataclass(frozen=True, slots=True)
class Title:
    """A name without its legal form. `kind` is the notation of the legal form ("company"), or empty."""

    text: str
    kind: str

    @property
    def key(self) -> str:
        """Return what its spellings share (without the legal form)."""
        return squash(self.text)


@lru_cache(maxsize=65_536)
def clean(name: str) -> str:
    """Return a name in NFC with plain dashes and blanks, without quotation marks, "|" as a comma, "0Y" as "OY"."""
    plain = unicodedata.normalize("NFC", name).translate(_SAME)
    plain = _ZERO_FOR_O.sub("O", plain)
    return _SPACED_INITIALS.sub(r"\1", " ".join(plain.split())).strip(" ,;:-/")


@lru_cache(maxsize=65_536)
def squash(text: str) -> str:
    """Return the letters and digits of a text, case folded: blanks, hyphens and points are no difference.

    "KLAS 1-YHTIÖT" and "Klas1-yhtiöt" are one; so are "Hollmén" and "HOLLMEN", "och" and "&".
    """
    folded = _AND.sub("&", text.casefold())
    return _NOT_KEY.sub("", folded if folded.isascii() else folded.translate(_FOLDED))


class _Folding(dict[int, str]):
    """A table for `str.translate` that fills itself: letters without their marks."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter in _KEPT else unicodedata.normalize("NFKD", letter)[0]
        return self[code]


_FOLDED = _Folding()


@cache
def legal_forms() -> Mapping[str, str]:
    """Return the kind of each legal form by its case-folded spelling: {"oy": "company", "r.y.": "association"}."""
    return {label.text.casefold(): form.notation for form in scheme("legal-forms").values() for label in form.labels}


@cache
def legal_pattern() -> str:
    """Return an expression (no groups) for one legal form, longest first."""
    spellings = sorted(legal_forms(), key=len, reverse=True)
    return r"(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in spellings) + r")"


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    form = legal_pattern()
    trailing = re.compile(rf"(?:[,\s/]+(?P<form>{form})\.?)(?::\w+)?$", re.IGNORECASE)
    leading = re.compile(rf"^(?P<form>{form})\.?\s+(?=\S)", re.IGNORECASE)
    return trailing, leading


@lru_cache(maxsize=65_536)
def strip_legal_form(name: str) -> Title:
    """Return a name without the legal forms it begins and ends with: "Oy Östman Trading Ab" → "Östman Trading"."""
    trailing, leading = _ends()
    found: list[str] = []
    text = name.strip(" ,.;")
    while (match := trailing.search(text)) and match.start() > 0:
        found.append(match["form"])
        text = text[: match.start()].rstrip(" ,.;")
    while match := leading.match(text):
        found.append(match["form"])
        text = text[match.end() :]
    kinds = [legal_forms()[" ".join(form.casefold().split())] for form in found]
    return Title(text, next(iter(sorted(kinds)), ""))
