"""Telling whether two names are one name in two languages."""

from __future__ import annotations

import re

from graph_api.identity.spelling import strip_legal_form
from loaders.language.inflection import head_noun

_SWEDISH = re.compile(
    r"\b(?:för|och|vid|av|stad|staden|kommun|förbund|förbundet|förening|föreningen|högskola|yrkeshögskola|"
    r"utveckling|läroverk|handelsläroverk|turism|museiförbund|kommunförbund|samkommun|samfällighet|stiftelse|stiftelsen|"
    r"universitet|universitetet|centralen|yrkesinstitut|region|sällskap|läder|hårdsten|kyrkliga|sammanslutning)\b"
    r"|\w(?:förbund|högskola|förening|förbundet|samkommun|läroverk|institutet|regionens|nejdens|skola)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:of|the|and|for|university|centre|center|institute|association|city|finnish|finland|foundation|marina|technology|"
    r"trading|training|technique|offices|polytechnic)\b",
    re.IGNORECASE,
)


def language_of(name: str) -> str:
    """Return ``sv``, ``en`` or ``fi`` by the words of a name, or "" where none tells."""
    if _SWEDISH.search(name):
        return "sv"
    if head_noun(strip_legal_form(name).text) is not None:
        return "fi"
    return "en" if _ENGLISH.search(name) else ""


def are_finnish_and_swedish(left: str, right: str) -> bool:
    """Return whether one name is Finnish and the other Swedish."""
    return {language_of(left), language_of(right)} == {"fi", "sv"}


def is_two_languages(left: str, right: str) -> bool:
    """Return whether one of two names is Finnish and the other Swedish or English, or both have a legal form."""
    first, second = strip_legal_form(left), strip_legal_form(right)
    if not first.text or not second.text:
        return False
    languages = language_of(left), language_of(right)
    if first.kind and first.kind == second.kind and " " in left and " " in right:
        return True
    return (
        "" not in languages and languages[0] != languages[1] and ("sv" in languages or bool(first.kind or second.kind))
    )
