"""Words and names that are plurals: "palvelut", "Yrittäjät", "Joroinen" (Joroisten), and the singular behind them."""

from __future__ import annotations

import re

from loaders.language.noun_types import Stems, find_stems, is_plural_place
from loaders.language.paradigms import Paradigm, plural_paradigm, unique
from loaders.language.phonology import VOWELS, harmonise, is_front, strengthen

# Words of the singular that end like plurals.
_SINGULAR_IN_T = ("internet", "extranet", "intranet", "kevät", "olut", "lyhyt", "ohut", "market", "planet", "robot")
_PLURAL_ENDING = re.compile(r"(?:[aouyäöi]|[esdrln]e)t$")
_PLURAL_GENITIVE = re.compile(r"(?P<stem>.*?)(?P<ending>jen|iden|itten|ien|sten|ten|in)$")
# Plural-only names whose singular the plural does not tell: n ← nt, l ← lt, old genitives (Virrat : Virtain).
_SINGULARS = {
    "kunnat": "kunta",
    "virrat": "virta",
    "toiminnat": "toiminta",
    "asunnot": "asunto",
    "hallinnot": "hallinto",
    "opinnot": "opinto",
    "markkinat": "markkina",
    "naiset": "nainen",
    "lapset": "lapsi",
    "nuoret": "nuori",
    "miehet": "mies",
    "vanhemmat": "vanhempi",
    "invalidit": "invalidi",
    "herrat": "herra",
    "autot": "auto",
    "jäsenet": "jäsen",
    "lehdet": "lehti",
    "lahdet": "lahti",
    "vuodet": "vuosi",
    "tytöt": "tyttö",
    "pojat": "poika",
    "sisaret": "sisar",
    "päivät": "päivä",
    "kädet": "käsi",
    "vedet": "vesi",
}
_OLD_GENITIVES = {"virrat": "virtain"}


def is_plural(word: str, genitive: str | None = None) -> bool:
    """Tell whether a lower-case nominative is a plural, from its ending or its genitive (Joroinen : Joroisten)."""
    if word.endswith("nen"):
        return is_plural_place(word) if genitive is None else genitive.endswith("sten")
    return len(word) > 4 and bool(_PLURAL_ENDING.search(word)) and not word.endswith(_SINGULAR_IN_T)


def inflect_plural(word: str, genitive: str | None = None) -> Paradigm:
    """Return the plural forms; the word as given stays the first nominative (Joroinen : Joroisten)."""
    paradigm = plural_paradigm(_singular_stems(word, genitive))
    given = () if genitive is None else (genitive,)
    old = tuple(_swap(word, plural, form) for plural, form in _OLD_GENITIVES.items() if word.endswith(plural))
    return {
        **paradigm,
        "nominative": unique((word, *paradigm["nominative"])),
        "genitive": unique((*given, *old, *paradigm["genitive"])),
    }


def _swap(word: str, tail: str, replacement: str) -> str:
    return word[: len(word) - len(tail)] + replacement


def _singular_stems(word: str, genitive: str | None) -> Stems:
    """Return the stems of the singular that a plural belongs to: "setlementit" → "setlementti"."""
    if not word.endswith("t") or word[-2:-1] not in VOWELS:
        return find_stems(word)
    known = next((plural for plural in _SINGULARS if word.endswith(plural)), None)
    if known:
        return find_stems(_swap(word, known, _SINGULARS[known]))
    weak = word[:-1]
    front = is_front(weak)
    if weak.endswith(("ukse", "ykse", "okse", "ökse", "ikse")):
        return find_stems(weak[:-3] + "s")
    if weak.endswith("se"):
        return find_stems(weak[:-2] + "nen")
    if weak.endswith(("ude", "yde")):
        return find_stems(weak[:-2] + "s")
    strong = _strong_from_genitive(weak, genitive) if genitive else _strong_of(weak)
    return Stems(strong, strong, weak, (strong + harmonise("a", front=front),), front)


def _strong_of(weak: str) -> str:
    """Guess the strong grade of a plural's stem: t, k and p in a weak grade come from tt, kk and pp."""
    return weak if weak[-2:-1] in VOWELS else strengthen(weak)


def _strong_from_genitive(weak: str, genitive: str) -> str:
    match = _PLURAL_GENITIVE.match(genitive)
    if match is None or match["ending"] in {"sten", "ten", "iden", "itten"}:
        return _strong_of(weak)
    return match["stem"] if match["ending"] in {"jen", "in"} else match["stem"] + weak[-1]
