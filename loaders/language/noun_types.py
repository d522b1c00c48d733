"""Which stems a Finnish nominal has: the type of declension, told from its ending, its genitive, or a table.

The types follow the general description of Finnish declension (Iso suomen kielioppi, §§ 63–81). A table of final
members of compounds holds what the ending does not tell: "lahti" has the stem "lahte-", "pankki" has "pankki-".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from loaders.language.irregular_nouns import IRREGULAR_STEMS
from loaders.language.phonology import VOWELS, harmonise, is_front, is_monosyllable, strengthen, weaken


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of one nominal, in lower case.

    `strong` carries essive and illative ("lahte"), `weak` the other cases ("lahde"), `partitives` are whole forms.
    """

    nominative: str
    strong: str
    weak: str
    partitives: tuple[str, ...]
    front: bool


# Places in -nen whose name is a plural: Joroinen : Joroisten.
_PLURAL_PLACE = re.compile(
    "(?:huitti|ikaali|jokioi|joroi|kaski|kauniai|kuhmoi|nousiai|oulai|parai|pornai|siikai|uurai)nen"
)
# Compounds whose first member is inflected too: Uusikaupunki : Uudenkaupungin.
AGREEING_COMPOUNDS: Mapping[str, tuple[str, str]] = {
    "uusikaupunki": ("uusi", "kaupunki"),
    "uusimaa": ("uusi", "maa"),
    "uusikaarlepyy": ("uusi", "kaarlepyy"),
    "isokyrö": ("iso", "kyrö"),
    "vähäkyrö": ("vähä", "kyrö"),
}
_LONG = ("aa", "ää", "oo", "öö", "uu", "yy", "ee", "ii")
_TWO_PARTITIVES = ("ea", "eä")


def find_stems(word: str, genitive: str | None = None) -> Stems:
    """Return the stems of a lower-case nominal in nominative singular.

    Parameters: `word`, e.g. "keskus"; `genitive`, its genitive singular where it is known ("loppi", "lopen"), which
    then decides between the types that the ending leaves open.
    """
    found = _irregular(word) or _by_ending(word)
    if genitive and genitive.endswith("n") and genitive[:-1] != found.weak:
        return _by_genitive(found, genitive[:-1])
    return found


def is_plural_place(word: str) -> bool:
    """Tell whether a lower-case word is a place in -nen that inflects as a plural: "joroinen"."""
    return bool(_PLURAL_PLACE.fullmatch(word))


def is_irregular(word: str) -> bool:
    """Tell whether the table of irregular final members covers the lower-case word."""
    return _table_entry(word) is not None


def _table_entry(word: str) -> tuple[str, str] | None:
    """Return (prefix, final member) of the longest table entry at the end of the word, or None."""
    starts = (start for start in range(len(word) - 1) if start != 1)
    return next(((word[:start], word[start:]) for start in starts if word[start:] in IRREGULAR_STEMS), None)


def _irregular(word: str) -> Stems | None:
    entry = _table_entry(word)
    if entry is None:
        return None
    prefix, head = entry
    strong, weak, *consonant = IRREGULAR_STEMS[head]
    front = is_front(word)
    partitive = (
        (prefix + consonant[0] + harmonise("ta", front=front),) if consonant else _partitives(prefix + strong, front)
    )
    return Stems(word, prefix + strong, prefix + weak, partitive, front)


def _by_ending(word: str) -> Stems:
    front = is_front(word)
    final = word[-1:]
    if final not in VOWELS:
        strong, weak, consonant = _consonant_type(word)
    elif final == "e" and not is_monosyllable(word) and not word.endswith(("ee", "ie")):
        strong = weak = (word[:-2] + "te" if word.endswith("nne") else strengthen(word)) + "e"
        consonant = word + "t"
    else:
        strong, weak, consonant = word, weaken(word), ""
    partitives = (consonant + harmonise("ta", front=front),) if consonant else _partitives(strong, front)
    return Stems(word, strong, weak, partitives, front)


def _consonant_type(word: str) -> tuple[str, str, str]:
    """Return strong stem, weak stem and consonant stem of a word in a consonant ("" where it has none)."""
    if word.endswith("s"):
        return _type_in_s(word)
    if len(word) > 4 and word.endswith("nen"):
        return (stem := word[:-3] + "se"), stem, word[:-3] + "s"
    if len(word) > 3 and word.endswith("in"):
        return (stem := strengthen(word[:-1])[:-1] + "ime"), stem, word
    if len(word) > 4 and word.endswith(("ton", "tön")):
        stem = word[:-3] + "tt" + word[-2] + "m" + harmonise("a", front=is_front(word))
        return stem, stem, word
    return (stem := word + "i"), stem, ""


def _type_in_s(word: str) -> tuple[str, str, str]:
    """Tell apart oikeus : oikeuden, asiakas : asiakkaan and keskus : keskuksen."""
    if word.endswith(("uus", "yys", "eus", "eys")):
        return word[:-1] + "te", word[:-1] + "de", word[:-1] + "t"
    if len(word) > 3 and word.endswith(("as", "äs")):
        return (stem := strengthen(word[:-1]) + word[-2]), stem, word
    if len(word) > 3 and word[-2] in VOWELS:
        return (stem := word[:-1] + "kse"), stem, word
    return (stem := word + "i"), stem, ""


def _partitives(strong: str, front: bool) -> tuple[str, ...]:
    """Return the partitives on a vowel stem: -a after a short vowel, -ta after two vowels (both for -ea)."""
    short, long = strong + harmonise("a", front=front), strong + harmonise("ta", front=front)
    if strong.endswith(_TWO_PARTITIVES):
        return short, long
    two_vowels = len(strong) > 1 and strong[-2] in VOWELS
    if two_vowels and (strong.endswith((*_LONG, "o", "ö", "ie")) or is_monosyllable(strong)):
        return (long,)
    return (short,)


def _by_genitive(stems: Stems, weak: str) -> Stems:
    """Return the stems that a known genitive tells, where it differs from what the ending made likely."""
    word, front = stems.nominative, stems.front
    if weak.endswith(("ude", "yde")) and word.endswith("s"):
        strong = weak[:-2] + "te"
        return Stems(word, strong, weak, (weak[:-2] + "t" + harmonise("ta", front=front),), front)
    if word[-1:] not in VOWELS:
        vowel_only = weak == word + "i"
        partitives = _partitives(weak, front) if vowel_only else (word + harmonise("ta", front=front),)
        return Stems(word, weak, weak, partitives, front)
    if word.endswith("e") and weak.endswith("ee"):
        return Stems(word, weak, weak, (word + "t" + harmonise("ta", front=front),), front)
    strong = word[:-2] + "te" if word.endswith("si") and weak.endswith("de") else word[:-1] + weak[-1:]
    return replace(stems, strong=strong, weak=weak, partitives=_partitives(strong, front))
