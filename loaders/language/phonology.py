"""Sounds of Finnish that inflection rests on: vowel harmony and consonant gradation.

The rules are those of any grammar of Finnish (Iso suomen kielioppi, §§ 14–19 and 41–48): they are facts of the
language, written here as suffix rules over lower-case words. Exceptions live in `noun_types`.
"""

from __future__ import annotations

import re

VOWELS = "aeiouyäöåéü"
_BACK = "aouå"
_FRONT = "äöyü"

# Final members of compounds that have neither back nor front vowels: the whole word takes front endings, whatever
# the first part has ("sairaanhoitopiirissä", "Joutsaniemessä").
_NEUTRAL_HEAD = re.compile(
    "(?:hetki|hissi|kieli|kirje|kivi|leiri|lehti|liike|meri|metri|mies|ministeri|neiti|niemi|nimi|peli|perhe|piiri|piste"
    "|rekisteri|retki|riihi|rinki|rinne|rivi|siipi|tie|tiede|tiimi|tili|veli|vesi|viesti|viite|virhe)$"
)

# Long clusters first: the first pattern that fits decides. Geminates lose a consonant, a stop after a sonant
# assimilates, a lone stop softens or falls out.
_WEAKENINGS = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("mp", "mm"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("ht", "hd"),
    ("lp", "lv"),
    ("rp", "rv"),
    ("lk", "l"),
    ("rk", "r"),
)
_SINGLE = {"p": "v", "t": "d", "k": ""}
_STRENGTHENINGS = (("ng", "nk"), ("rr", "rt"), ("hd", "ht"))
_BREAK = re.compile(r"[-\s]")
_ONE_VOWEL_GROUP = re.compile(rf"^[^{VOWELS}]*[{VOWELS}]{{1,2}}$")


def is_front(word: str) -> bool:
    """Tell whether a lower-case word takes front endings (-ssä, not -ssa); the last member of a compound decides."""
    last = _BREAK.split(word)[-1] or word
    if _NEUTRAL_HEAD.search(last):
        return True
    deciding = next((letter for letter in reversed(last) if letter in _BACK + _FRONT), "e")
    return deciding not in _BACK


def harmonise(endings: str, *, front: bool) -> str:
    """Return an ending written with back vowels as the word's harmony wants it: "ssa" → "ssä"."""
    return endings.translate(str.maketrans("aou", "äöy")) if front else endings


def weaken(stem: str) -> str:
    """Return the weak grade of a stem that ends in a single vowel: "kaupunki" → "kaupungi", "liitto" → "liito"."""
    body, vowel = stem[:-1], stem[-1:]
    if len(body) < 2 or body[-1] in VOWELS:
        return stem
    for strong, weak in _WEAKENINGS:
        if body.endswith(strong):
            return body[: -len(strong)] + weak + vowel
    if body[-1] in _SINGLE and body[-2] in VOWELS:
        return _weaken_single(body, vowel)
    return stem


def _weaken_single(body: str, vowel: str) -> str:
    """Soften a lone stop between vowels; between two u or y a k turns into v ("luku" → "luvu")."""
    before, stop = body[:-1], body[-1]
    if stop == "k" and vowel in "uy" and before.endswith(vowel) and not before.endswith(vowel * 2):
        return before + "v" + vowel
    if stop == "k" and before.endswith(vowel * 2):
        return before + "'" + vowel
    return before + _SINGLE[stop] + vowel


def strengthen(stem: str) -> str:
    """Return the strong grade of a weak stem's consonants: "laite" → "laitte", "asiaka" → "asiakka"."""
    body, vowel = stem[:-1], stem[-1:]
    for weak, strong in _STRENGTHENINGS:
        if body.endswith(weak):
            return body[: -len(weak)] + strong + vowel
    if len(body) < 2:
        return stem
    if body[-1] == "d":
        return body[:-1] + "t" + vowel
    if body[-1] in "kpt" and body[-2] in VOWELS + "lrnm":
        return body + body[-1] + vowel
    return stem


def is_monosyllable(word: str) -> bool:
    """Tell whether a word that ends in vowels has a single run of vowels: "työ", "maa", "suu" (not "alue")."""
    return bool(_ONE_VOWEL_GROUP.match(word))
