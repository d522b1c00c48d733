"""Names that no vocabulary has, by their head noun: "Kallinpesän nuorisokoti", "Hoivakoti Rauhala", "Testijokisäätiö"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.authority import nominative_head, type_of_name
from loaders.find_first import Anchored
from loaders.gazetteer import gazetteer
from loaders.language.inflection import genitive_of, head_noun
from loaders.language.people import is_given_name
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.foreign_names import foreign_names
from loaders.recognise.local_cases import nominative_of_local_case
from loaders.recognise.mentions import LOCATIVE, Mention, has_weak_head, is_class_of_bodies, mention_of
from loaders.spans import Placed
from loaders.vocabulary import scheme, word_list, word_set

_HEAD_FIRST = re.compile(
    r"([A-ZÅÄÖ](?<![\w-].)[a-zåäö]{5,})(?= ([A-ZÅÄÖ][\wåäö-]{2,})(?: (ry|rf|sr|Oy|oy|Ab|osk))?(?![\w:-]))"
)


def _house_first() -> str:
    names = [concept.name for concept in scheme("house-kinds").values()]
    kinds = "|".join(f"[{name[0].upper()}{name[0]}]{name[1:]}" for name in names)
    return rf"(?<![\w-])(?P<kind>{kinds}) (?P<name>[A-ZÅÄÖ][\wåäö-]{{2,}})(?![\w:-])(?! [A-ZÅÄÖ])"


# What a house is, before its name: "palvelukoti Kotikallio", "päiväkoti Pikku-Metsä".
_HOUSE_FIRST = Anchored(_house_first)


def houses_by_name(text: str) -> Iterator[Mention]:
    """Yield the houses whose kind stands before their name: "palvelukoti Kotikallio" is Palvelukoti Kotikallio."""
    for match in _HOUSE_FIRST.finditer(text):
        kind, name = match.group("kind", "name")
        name = nominative_of_local_case(name) or name
        if not (LOCATIVE.search(name) or name.endswith("n") or is_given_name(name)):
            span = Span(match.start(), match.end())
            yield Mention(span, f"{kind.capitalize()} {name}", "house-by-name", 0.76, "sub_unit")


_NAMED_AFTER_HEAD = frozenset({"company", "sub_unit", "school", "association", "foundation", "church"})

# Where work is done: "Nuorisokeskus Mallilassa"; "Järjestö Mallilassa" is not a body called Mallila.
_HOUSES_AFTER_HEAD = frozenset({"sub_unit", "school", "public_body"})


def head_first(text: str) -> Iterator[Mention]:
    """Yield the bodies whose head noun comes first: "Hoivakoti Rauhalahti", "Osuuskauppa Hämeenmaa"."""
    for match in _HEAD_FIRST.finditer(text):
        head = head_noun(match.group(1))
        if head is None or head.plural or head.lemma != match.group(1).casefold() or has_weak_head(match.group(1)):
            continue
        legal = f" {match.group(3)}" if match.group(3) else ""
        kind = type_of_name(f"Malli{legal}") if legal else head.organisation_type
        own = match.group(2) if legal else nominative_of_local_case(match.group(2)) or match.group(2)
        inflected = own != match.group(2)
        if kind in (_HOUSES_AFTER_HEAD if inflected else _NAMED_AFTER_HEAD) and not LOCATIVE.search(own):
            span = Span(match.start(), match.end(2) + len(legal))
            yield Mention(span, f"{match.group(1)} {own}{legal}", "head-noun-first", 0.74, kind)


# "…, ja sen rahoittaa Liikunnan ja terveyden edistämissäätiö": the capital inside a sentence shows where the name begins.
_OF_TWO_MATTERS = Anchored(
    lambda: (
        rf"(?<=[a-zåäö,(] )([A-ZÅÄÖ][a-zåäö]+n) (?:ja|sekä) ([a-zåäö]+n) ([a-zåäö]*(?:{any_of(word_list('named-after-matters'))})[a-zåäö]*)"
        r"(?:[ ]([A-ZÅÄÖ][\wåäö]*[bcdfghjklmprstvxz])(?:i(?:n|ss[aä]|st[aä]|lle|lt[aä]|ll[aä]))?)?(?![\w-])"
    )
)


def of_two_matters(text: str) -> Iterator[Mention]:
    """Yield the bodies named after two matters: "Liikunnan ja terveyden edistämissäätiölle", "… säätiö Mallisin"."""
    for match in _OF_TWO_MATTERS.finditer(text):
        nominative = nominative_head(match.group(3))
        if nominative is None or is_class_of_bodies(nominative) or _names_place(match.group(1)):
            continue
        brand = match.group(4) if match.group(4) and not gazetteer().find(text[match.start(4) : match.end()]) else None
        name = f"{match.group(1)} ja {match.group(2)} {nominative}" + (f" {brand}" if brand else "")
        span = Span(match.start(), match.end() if brand else match.end(3))
        yield mention_of(name, span, "named-after-two-matters", 0.76, type_of_name(name))


def _names_place(word: str) -> bool:
    return any(hit.span == Span(0, len(word)) for hit in gazetteer().find(word, frozenset({"place"})))


_COMPOUND = re.compile(r"([A-ZÅÄÖ](?<=[a-zåäö,(] .)[a-zåäö]{8,})(?![\w-])")


_PROPER_COMPOUNDS = frozenset(
    {"foundation", "association", "state_agency", "public_body", "research_institute", "fund", "union"}
)


def capitalised_compounds(text: str) -> Iterator[Mention]:
    """Yield the compounds that a capital inside a sentence marks as names: "…, ja Testijokisäätiö tuki"."""
    for match in _COMPOUND.finditer(text):
        nominative = nominative_head(match.group(1))
        head = head_noun(nominative) if nominative else None
        if nominative is None or head is None or head.lemma == nominative.casefold() or head.plural:
            continue
        if head.organisation_type in _PROPER_COMPOUNDS and not has_weak_head(nominative):
            span = Span(match.start(1), match.end(1))
            yield Mention(span, nominative, "capitalised-compound", 0.72, head.organisation_type)


def with_foreign_head(text: str, known: list[Mention]) -> Iterator[Mention]:
    """Yield the names that a Swedish or English head noun marks and no known name cuts: "Example Nature Foundation"."""
    for found in foreign_names(text):
        cut = [m for m in known if found.span.overlaps(m.span) and not found.span.contains(m.span)]
        if cut or (not found.opens and any(m.span.end == found.span.end for m in known)):
            continue  # "Arbetet vid Helsingfors universitet" is a known name and what stands before it
        inside = [m for m in known if m.span.start == found.span.start and found.type == "sub_unit"]
        owner = inside[0].name if inside else None  # "Borgå stads äldreomsorg" is a unit of Porvoon kaupunki
        yield mention_of(found.name, found.span, "foreign-head-noun", 0.78, found.type, owner)


_GIVEN_BEFORE = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ][\w-]+(?: ja [A-ZÅÄÖ][\w-]+| [A-ZÅÄÖ][\w-]+)?) $"
)  # "Alli Mallin Säätiö"


_LEGAL_AFTER = re.compile(r"[ ](?:ry|rf|sr|Oy|oy|Ab)(?![\w:-])")


# The capital comes first in the expression, so that the search runs from capital to capital.
_PROPER = re.compile(r"([A-ZÅÄÖ](?<![\w-].)[a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?n)[ ]([A-Za-zÅÄÖåäö][\w-]+)(?![\w-])")


def proper_with_head(text: str, taken: list[Span]) -> Iterator[Mention]:
    placed = Placed((span, None) for span in taken)
    for match in _PROPER.finditer(text):
        span = Span(match.start(), match.end())
        word = match.group(2)
        nominative = nominative_head(word)
        if nominative is None or is_class_of_bodies(nominative) or placed.is_taken(span):
            continue
        if word[0].islower() and _starts_sentence(text, match.start()):
            continue
        if match.group(1).casefold() in word_set("generic-owner") or _goes_into_a_place(match.group(1)):
            continue
        legal = _LEGAL_AFTER.match(text, match.end()) if nominative == word else None
        first = _GIVEN_BEFORE.search(text[max(0, match.start() - 40) : match.start()]) if word[0].isupper() else None
        given = first.group(1) if first and is_given_name(first.group(1).split()[0]) else ""
        span = Span(match.start() - len(given) - bool(given), legal.end() if legal else match.end())
        name = f"{given} {match.group(1)} {nominative}{legal.group() if legal else ''}".strip()
        mention = mention_of(name, span, "proper-name-with-head-noun", 0.72, type_of_name(name))
        if mention.key or mention.type != "other":
            yield mention


def _goes_into_a_place(word: str) -> bool:
    """Return whether a word in -n is the illative of a place, no genitive: "luodaan Pohjois-Savoon verkosto"."""
    hits = [hit for hit in gazetteer().find(word, frozenset({"place"})) if hit.span == Span(0, len(word))]
    return bool(hits) and all(genitive_of(hit.label.text) != word for hit in hits) and word[-2] == word[-3]


def _starts_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 3) : offset].rstrip(" ")
    return not before or before[-1] in ".!?:\n•-"
