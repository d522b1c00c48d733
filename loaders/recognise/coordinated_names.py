"""Coordinated names taken apart: one plural head for several places or names, one postposition for several places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from loaders.authority import find_body, nominative_head, type_of_name
from loaders.find_first import Anchored
from loaders.gazetteer import Hit
from loaders.language.inflection import head_noun
from loaders.model import Span
from loaders.recognise.mentions import (
    NEXT_WORD,
    Mention,
    has_weak_head,
    is_class_of_bodies,
    is_genitive,
    known_mention,
    municipal_owner,
)
from loaders.vocabulary import organisations, scheme, word_set

_CLASSES = ("yritys", "yrittäjä", "tila")  # "Kuusamon ja Sallan matkailuyritykset" are many, and nobody in particular


def coordinated_places(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the bodies in "Kiteen, Tohmajärven ja Rääkkylän seurakunnat": one plural head, several places."""
    places = [hit for hit in hits if hit.kind == "place" and is_genitive(text, hit.span)]
    for run in _runs(text, places):
        match = NEXT_WORD.match(text, run[-1].span.end)
        head = _singular(match.group(1)) if match else None
        if match is None or head is None or head.casefold().endswith(_CLASSES):
            continue
        for place in run:
            span = Span(place.span.start, match.end() if place is run[-1] else place.span.end)
            yield _of_place(f"{text[place.span.start : place.span.end]} {head}", place, span)


_PROPER_PAIR = re.compile(
    r"([A-ZÅÄÖ](?<![\w-].)[a-zåäö]+n)(?:, ([A-ZÅÄÖ][a-zåäö]+n))? (?:ja|sekä) ([A-ZÅÄÖ][a-zåäö]+n) ([a-zåäö][\w-]+)(?![\w-])"
)


def coordinated_proper_names(text: str) -> Iterator[Mention]:
    """Yield the bodies in "Mallilan ja Testilän päiväkodeissa", whose places no vocabulary has."""
    for match in _PROPER_PAIR.finditer(text):
        head = _singular(match.group(4))
        noun = head_noun(head) if head else None
        if head is None or noun is None or noun.plural or is_class_of_bodies(head) or has_weak_head(head):
            continue
        if head.casefold().endswith(_CLASSES):
            continue
        for group in (1, 2, 3):
            if match.group(group) and match.group(group).casefold() not in word_set("generic-owner"):
                end = match.end() if group == 3 else match.end(group)
                name = f"{match.group(group)} {head}"
                yield Mention(Span(match.start(group), end), name, "coordinated-names", 0.75, type_of_name(name))


def _runs(text: str, places: list[Hit]) -> Iterator[list[Hit]]:
    """Yield the runs of places that commas and one conjunction join: "A:n, B:n ja C:n"."""
    run: list[Hit] = []
    for first, last in pairwise(places):
        between = text[first.span.end : last.span.start]
        run = [*run, last] if run and run[-1] is first else [first, last]
        if between.strip() in {"ja", "sekä", "och"}:
            yield run
            run = []
        elif between.strip() != ",":
            run = []


_ACTING = re.compile(r" (?:ovat|olivat|[a-zåäö]{3,}(?:vat|vät|ivat|ivät)) ")


def municipalities_acting(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the municipalities that act together under their bare names: "Hollola, Orimattila ja Asikkala ovat …"."""
    places = [h for h in hits if h.kind == "place" and h.notation in organisations() and _is_bare(text, h)]
    for run in _runs(text, places):
        if _ACTING.match(text, run[-1].span.end):
            yield from (known_mention(h.notation, h.span, "municipality-by-place", 0.8) for h in run)


def _is_bare(text: str, hit: Hit) -> bool:
    return any(label.text == text[hit.span.start : hit.span.end] for label in scheme("places")[hit.notation].labels)


_TOGETHER = re.compile(r" kanssa\b")


def municipalities_together(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the municipalities that work is done with: "Testilän ja Mallilan kanssa on sovittu"."""
    places = [h for h in hits if h.kind == "place" and is_genitive(text, h.span) and h.notation in organisations()]
    runs = [run for run in _runs(text, places) if _TOGETHER.match(text, run[-1].span.end)]
    single = [[h] for h in places if _TOGETHER.match(text, h.span.end) and not any(h in run for run in runs)]
    for run in (*runs, *single):
        yield from (known_mention(h.notation, h.span, "municipality-by-place", 0.8) for h in run)


def _of_place(name: str, place: Hit, span: Span) -> Mention:
    body = find_body(name)
    if body is not None:
        return known_mention(body.notation, span, "coordinated-names", 0.9)
    kind = type_of_name(name)
    return Mention(span, name, "coordinated-names", 0.89, kind, owner=municipal_owner(place.notation, kind))


_HANGING = Anchored(
    r"(?<![\w-])([A-ZÅÄÖ][\w]*)(?:-, ([A-ZÅÄÖ][\w]*))?-[ ](?:ja|sekä)[ ]([A-ZÅÄÖ][\w]*)-([a-zåäö][\w]{6,})(?![\w-])"
)


def hanging_names(text: str) -> Iterator[Mention]:
    """Yield the bodies in "Karelia- ja LAB-ammattikorkeakoulut": one plural head, several names with a hyphen."""
    for match in _HANGING.finditer(text):
        head = _singular(match.group(4))
        for group in (1, 2, 3) if head else ():
            body = find_body(f"{match.group(group)}-{head}") if match.group(group) else None
            if body is not None:
                end = match.end() if group == 3 else match.end(group)
                yield known_mention(body.notation, Span(match.start(group), end), "coordinated-names", 0.9)


_PLURAL = re.compile(r"(?:t|jen|ien|issa|issä|ille|ista|istä|ihin|illa|illä)$")


def _singular(word: str) -> str | None:
    """Return the nominative singular of a head noun in the plural: "seurakuntien" → "seurakunta"."""
    plural = nominative_head(word)
    stem, count = _PLURAL.subn("", plural if plural and plural.endswith("t") else word)
    return nominative_head(stem + "n") if count else None
