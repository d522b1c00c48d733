"""Names that no vocabulary has, by their head noun: "Kallinpesän nuorisokoti", "Hoivakoti Rauhala", "Testijokisäätiö"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.authority import find_body, nominative_head, type_of_name
from loaders.language.inflection import head_noun
from loaders.language.people import is_given_name
from loaders.model import Span
from loaders.recognise.foreign_names import foreign_names
from loaders.recognise.mentions import LOCATIVE, NOT_NAMES, Mention, has_weak_head, is_class_of_bodies, known_mention
from loaders.spans import Placed

_HEAD_FIRST = re.compile(
    r"([A-ZÅÄÖ](?<![\w-].)[a-zåäö]{5,}) ([A-ZÅÄÖ][\wåäö-]{2,})(?: (ry|rf|sr|Oy|oy|Ab|osk))?(?![\w:-])"
)


_NAMED_AFTER_HEAD = frozenset({"company", "sub_unit", "school", "association", "foundation", "church"})


def head_first(text: str) -> Iterator[Mention]:
    """Yield the bodies whose head noun comes first: "Hoivakoti Rauhalahti", "Osuuskauppa Hämeenmaa"."""
    for match in _HEAD_FIRST.finditer(text):
        head = head_noun(match.group(1))
        if head is None or head.plural or head.lemma != match.group(1).casefold() or has_weak_head(match.group(1)):
            continue
        legal = f" {match.group(3)}" if match.group(3) else ""
        kind = type_of_name(f"Malli{legal}") if legal else head.organisation_type
        if kind in _NAMED_AFTER_HEAD and not LOCATIVE.search(match.group(2)):
            span = Span(match.start(), match.end())
            yield Mention(span, " ".join(match.group().split()), "head-noun-first", 0.74, kind)


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


def with_foreign_head(text: str, known: list[Span]) -> Iterator[Mention]:
    """Yield the names that a Swedish or English head noun marks and no known name cuts: "Example Nature Foundation"."""
    for found in foreign_names(text):
        cut = [span for span in known if found.span.overlaps(span) and not found.span.contains(span)]
        if cut or (not found.opens and any(span.end == found.span.end for span in known)):
            continue  # "Arbetet vid Helsingfors universitet" is a known name and what stands before it
        body = find_body(found.name)
        if body is not None:
            yield known_mention(body.notation, found.span)
        else:
            yield Mention(found.span, found.name, "foreign-head-noun", 0.78, found.type)


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
        if match.group(1).casefold() in NOT_NAMES or (word[0].islower() and _starts_sentence(text, match.start())):
            continue
        legal = _LEGAL_AFTER.match(text, match.end()) if nominative == word else None
        first = _GIVEN_BEFORE.search(text[max(0, match.start() - 40) : match.start()]) if word[0].isupper() else None
        given = first.group(1) if first and is_given_name(first.group(1).split()[0]) else ""
        span = Span(match.start() - len(given) - bool(given), legal.end() if legal else match.end())
        name = f"{given} {match.group(1)} {nominative}{legal.group() if legal else ''}".strip()
        body = find_body(name)
        if body is not None:
            yield known_mention(body.notation, span)
        elif type_of_name(name) != "other":
            yield Mention(span, name, "proper-name-with-head-noun", 0.72, type_of_name(name))


def _starts_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 3) : offset].rstrip(" ")
    return not before or before[-1] in ".!?:\n•-"
