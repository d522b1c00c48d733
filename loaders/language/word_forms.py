"""The inflected forms of one Finnish word, capitals kept.

Text is searched for these forms ("generate the inflected forms of every known name and look them up"), so a
redundant form does no harm; a form that is another word does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.language.noun_types import AGREEING_COMPOUNDS, Stems, find_stems, is_irregular
from loaders.language.paradigms import Paradigm, agree, flatten, singular_paradigm, unique
from loaders.language.phonology import VOWELS, harmonise, is_front, weaken
from loaders.language.plural_words import inflect_plural, is_plural

# What may follow the colon of an abbreviation; how the letters are read aloud decides between the harmonies.
_COLON_ENDINGS: dict[str, tuple[str, ...]] = {
    "nominative": ("",),
    "genitive": ("n", "in"),
    "partitive": ("a", "ä", "ta", "tä", "ia", "iä"),
    "illative": ("ään", "hen", "hon", "han", "hun", "hyn", "hön", "iin", "een", "aan", "oon", "uun"),
    "essive": ("na", "nä", "ina", "inä"),
    "inessive": ("ssa", "ssä", "issa", "issä"),
    "elative": ("sta", "stä", "ista", "istä"),
    "adessive": ("lla", "llä", "illa", "illä"),
    "ablative": ("lta", "ltä", "ilta", "iltä"),
    "allative": ("lle", "ille"),
    "translative": ("ksi", "iksi"),
}
_ABBREVIATION = re.compile(r"^(?:[^\W\d_]*[A-ZÅÄÖ0-9][^\W\d_]*[A-ZÅÄÖ0-9]|[A-ZÅÄÖ])$")
_LONGEST_ABBREVIATION = 7


@lru_cache(maxsize=32_768)
def inflect_word(
    word: str, *, genitive: str | None = None, plural: bool | None = None, proper: bool = False
) -> tuple[str, ...]:
    """Return the case forms of a nominal, the nominative first.

    Parameters: `word` in the nominative; `genitive`, where known, decides the type ("Loppi", "Lopen"); `plural` asks
    for plural forms (None: told from the word and its genitive: "palvelut", "Joroinen" with "Joroisten"); `proper`
    adds the forms of names that do not gradate or lengthen ("Eteva", "Muurame").
    """
    forms = flatten(find_paradigm(word, genitive=genitive, plural=plural, proper=proper))
    return unique((word, *forms))


def genitive_of(word: str) -> str:
    """Return the most usual genitive of a nominal in the nominative: "keskus" → "keskuksen"."""
    return find_paradigm(word)["genitive"][0]


def inflect_plural_of(word: str) -> tuple[str, ...]:
    """Return the plural forms of a singular nominal in the nominative: "kortti" → "kortit", "korttien", "kortteja" …."""
    return inflect_word(f"{genitive_of(word)[:-1]}t", plural=True)


@lru_cache(maxsize=32_768)
def find_paradigm(
    word: str, *, genitive: str | None = None, plural: bool | None = None, proper: bool = False
) -> Paradigm:
    """Return the forms by case; parameters as in `inflect_word`. Every paradigm has the same cases in one order."""
    lower = word.lower()
    if len(lower) != len(word) or not word[-1:].isalnum():
        return dict.fromkeys(_COLON_ENDINGS, (word,))
    if is_abbreviation(word) or not word[-1].isalpha():
        return _abbreviation_paradigm(word)
    paradigm = _lower_paradigm(lower, genitive.lower() if genitive else None, plural, proper)
    if word.isupper():
        return {case: tuple(form.upper() for form in forms) for case, forms in paradigm.items()}
    return {case: tuple(_recase(word, form) for form in forms) for case, forms in paradigm.items()}


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is inflected with a colon: "THL", "SeAMK", "KEVA" (longer words in capitals are words)."""
    return bool(_ABBREVIATION.match(word)) and (len(word) <= _LONGEST_ABBREVIATION or not word.isupper())


def colon_paradigm(word: str, *, front: bool | None = None) -> Paradigm:
    """Return the forms with a colon: "STM:n", "Oy:lle".

    `front` tells the harmony where the reading is known (legal suffixes); endings with a linking i are left out then.
    """
    return {
        case: tuple(f"{word}:{end}" if end else word for end in endings if front is None or _fits(end, front))
        for case, endings in _COLON_ENDINGS.items()
    }


def _fits(ending: str, front: bool) -> bool:
    return not ending.startswith("i") and not any(letter in ending for letter in ("aou" if front else "äöy"))


def _recase(word: str, form: str) -> str:
    """Give a lower-case form the capitals of the word it comes from, as far as the two are alike."""
    shared = 0
    for letter, formed in zip(word.lower(), form, strict=False):
        if letter != formed:
            break
        shared += 1
    return word[:shared] + form[shared:]


def _abbreviation_paradigm(word: str) -> Paradigm:
    """Return the forms with a colon and those of an abbreviation that is read as a word: "SeAMKin", "KEVAlta"."""
    with_colon = colon_paradigm(word)
    lower = word.lower()
    if len(word) < 3 or not lower[-1].isalpha() or not any(letter in VOWELS for letter in lower):
        return with_colon
    last, front = lower[-1], is_front(lower)
    stem = last if last in VOWELS else last + "i"
    endings = singular_paradigm(Stems(last, stem, stem, (stem + harmonise("a", front=front),), front))
    bare = {case: tuple(word + form[1:] for form in forms) for case, forms in endings.items()}
    if not (word.isupper() and len(word) > 3):
        return _merge(with_colon, bare)
    capitals = singular_paradigm(find_stems(lower))
    return _merge(with_colon, bare, {case: tuple(f.upper() for f in forms) for case, forms in capitals.items()})


def _lower_paradigm(word: str, genitive: str | None, plural: bool | None, proper: bool) -> Paradigm:
    area, hyphen, last = word.rpartition("-")
    if last in AGREEING_COMPOUNDS:
        first, second = (singular_paradigm(find_stems(part)) for part in AGREEING_COMPOUNDS[last])
        return {case: tuple(area + hyphen + form for form in forms) for case, forms in agree(first, second).items()}
    if plural or (plural is None and is_plural(word, genitive)):
        return inflect_plural(word, genitive)
    paradigm = singular_paradigm(find_stems(word, genitive))
    if not proper or genitive or is_irregular(word):
        return paradigm
    return _merge(paradigm, *(singular_paradigm(stems) for stems in _name_stems(word)))


def _name_stems(word: str) -> list[Stems]:
    """Return further stems of a name that may follow the foreign pattern: no gradation, -e without lengthening, -i-."""
    front = is_front(word)
    ending = harmonise("a", front=front)
    if word[-1] not in VOWELS:
        is_native = word.endswith(("nen", "uus", "yys"))
        return [] if is_native else [Stems(word, word + "i", word + "i", (word + "i" + ending,), front)]
    if word[-1] == "e" or weaken(word) != word:
        return [Stems(word, word, word, (word + ending,), front)]
    return []


def _merge(first: Paradigm, *others: Paradigm) -> Paradigm:
    return {case: unique((*forms, *(f for other in others for f in other[case]))) for case, forms in first.items()}
