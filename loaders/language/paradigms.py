"""Case forms on the stems of a nominal: the endings of the Finnish cases, singular and plural.

Endings after Iso suomen kielioppi, §§ 81–94. All words here are in lower case; `word_forms` restores capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from loaders.language.noun_types import Stems
from loaders.language.phonology import VOWELS, harmonise, is_monosyllable

# The forms of each case, most usual first. Cases come in one order, so that two paradigms can be walked together.
Paradigm = Mapping[str, tuple[str, ...]]

_ON_WEAK = {
    "inessive": "ssa",
    "elative": "sta",
    "adessive": "lla",
    "ablative": "lta",
    "allative": "lle",
    "translative": "ksi",
}
_CONTRACTING_HEADS = ("maa", "pää", "suu", "työ", "tie", "suo", "yö", "puu", "kuu", "jää", "luu", "sää", "tee", "pyy")
# Longer nouns in -a that have -oi- in the plural ("sairaaloissa"); the others have -i- ("opettajissa").
_ROUNDING_ENDINGS = ("ija", "la", "na", "ra", "kka", "ia", "tsa")
_VOWEL_GROUP = re.compile(f"[{VOWELS}]+")


def unique(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the non-empty forms once each, in order of first appearance."""
    return tuple(dict.fromkeys(form for form in forms if form))


def flatten(paradigm: Paradigm) -> tuple[str, ...]:
    """Return all forms of a paradigm, each once, the nominative first."""
    return unique(form for forms in paradigm.values() for form in forms)


def singular_paradigm(stems: Stems) -> Paradigm:
    """Return the singular case forms of a nominal."""
    weak = {case: (stems.weak + harmonise(end, front=stems.front),) for case, end in _ON_WEAK.items()}
    return {
        "nominative": (stems.nominative,),
        "genitive": (stems.weak + "n",),
        "partitive": stems.partitives,
        "illative": _singular_illatives(stems.strong),
        "essive": (stems.strong + harmonise("na", front=stems.front),),
        **weak,
    }


def plural_paradigm(stems: Stems) -> Paradigm:
    """Return the plural case forms of a nominal, given the stems of its singular."""
    weak, strong = (_plural_stem(stem, stems) for stem in (stems.weak, stems.strong))
    oblique = {case: (weak + harmonise(end, front=stems.front),) for case, end in _ON_WEAK.items()}
    return {
        "nominative": (stems.weak + "t",),
        "genitive": unique(_plural_genitives(stems, weak, strong)),
        "partitive": unique(_plural_partitives(stems, weak, strong)),
        "illative": unique(_plural_illatives(stems, strong)),
        "essive": (strong + harmonise("na", front=stems.front),),
        **oblique,
    }


def agree(first: Paradigm, second: Paradigm, separator: str = "") -> Paradigm:
    """Join two paradigms case by case: "Sininen" and "Nauha" → "Sinisen Nauhan", "Sinisellä Nauhalla"."""
    return {case: tuple(f"{a}{separator}{b}" for a in first[case] for b in second[case]) for case in first}


def _singular_illatives(strong: str) -> tuple[str, ...]:
    vowel = strong[-1:]
    if is_monosyllable(strong) and strong[-2:-1] in VOWELS:
        return (strong + "h" + vowel + "n",)
    if strong.endswith(_CONTRACTING_HEADS):
        return strong + "h" + vowel + "n", strong + "seen"
    if strong[-2:] == vowel * 2:
        return (strong + "seen",)
    return (strong + vowel + "n",)


def _plural_stem(stem: str, stems: Stems) -> str:
    """Return the plural stem with its i on a singular stem: "palvelu" → "palvelui", "kunta" → "kunti"."""
    vowel = stem[-1:]
    if stem[-2:] == vowel * 2:
        return stem[:-1] + "i"
    if is_monosyllable(stem) and stem.endswith(("uo", "yö", "ie")):
        return stem[:-2] + vowel + "i"
    if vowel == "e":
        return _plural_e_stem(stem, stems.nominative)
    if vowel in "aä":
        return stem[:-1] + _plural_vowels(stems.strong)
    return stem[:-1] + "ei" if vowel == "i" else stem + "i"


def _plural_e_stem(stem: str, nominative: str) -> str:
    """Return the plural of a stem in -e: oikeude → oikeuksi, vede → vesi (its nominative), naise → naisi."""
    if stem.endswith(("ude", "yde", "ute", "yte")) and nominative.endswith("s"):
        return stem[:-2] + "ksi"
    if stem.endswith(("de", "te")) and nominative.endswith("si"):
        return stem[:-2] + "si"
    return stem[:-1] + "i"


def _plural_vowels(strong: str) -> str:
    """Return what a final a or ä turns into in the plural: i in "kunnissa", oi in "seuroissa", öi in "tekijöissä"."""
    if strong.endswith("ä"):
        return "öi" if strong.endswith("ijä") else "i"
    return "oi" if _rounds(strong) else "i"


def _rounds(stem: str) -> bool:
    """Tell whether a stem in -a has -oi- in the plural: short words by their first vowel, longer ones by ending."""
    vowel_groups = _VOWEL_GROUP.findall(stem)
    if len(vowel_groups) <= 2:
        return bool(vowel_groups) and vowel_groups[0][0] in "aei"
    return stem.endswith(_ROUNDING_ENDINGS)


def _plural_genitives(stems: Stems, weak: str, strong: str) -> list[str]:
    """Return the plural genitives, the most usual first: palvelujen, palveluiden; naisten; kuntien; perheiden."""
    if stems.strong.endswith("i"):
        return [stems.strong + "en"]
    if strong[-2:-1] not in VOWELS:
        return [*_consonant_genitive(stems), strong + "en"]
    if stems.strong[-2:-1] in VOWELS:
        return [weak + "den", weak + "tten"]
    return [strong[:-1] + "jen", weak + "den", weak + "tten"]


def _consonant_genitive(stems: Stems) -> list[str]:
    """Return the plural genitive on the stem of the partitive: naista → naisten, nuorta → nuorten (not kuntaa)."""
    partitive = stems.partitives[0]
    has_stem = stems.strong.endswith("e") and partitive[-2] == "t" and partitive[-3] not in VOWELS + "t"
    return [partitive[:-1] + "en"] if has_stem else []


def _plural_partitives(stems: Stems, weak: str, strong: str) -> list[str]:
    short, long = harmonise("a", front=stems.front), harmonise("ta", front=stems.front)
    if strong[-2:-1] not in VOWELS:
        return [strong + short]
    if stems.strong.endswith("i"):
        return [strong[:-1] + "j" + short]
    if stems.strong[-2:-1] in VOWELS:
        return [weak + long]
    return [strong[:-1] + "j" + short, weak + long]


def _plural_illatives(stems: Stems, strong: str) -> list[str]:
    if strong[-2:-1] not in VOWELS:
        return [strong + "in"]
    contracted = stems.strong.endswith(("aa", "ää", "ee")) and not is_monosyllable(stems.strong)
    return [strong + "hin", strong + "siin"] if contracted else [strong + "hin"]
