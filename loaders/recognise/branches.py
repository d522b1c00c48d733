"""Regional branches of national bodies: "MTK Keski-Suomi", "ProAgria Etelä-Suomi", "Visit Parainen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from loaders.gazetteer import Hit
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.mentions import LOCATIVE, Mention, mention_of
from loaders.vocabulary import organisations, scheme

_BRANCHING = frozenset({"association", "union", "employer_org"})
_LONGEST = 40


@cache
def _completed() -> Mapping[str, str]:
    """Return the names that a place completes, whatever the body, with the type: "Visit …" is always of some place."""
    concepts = scheme("place-completed-names").values()
    return {
        label.text.removesuffix(" …"): c.first("organisationType") or "other" for c in concepts for label in c.labels
    }


@cache
def _before_place() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({any_of(_completed())}) $")


def regional_branches(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the branches that a body's short name and a place make; "Ohjaamo Satakunnassa" is Ohjaamo Satakunta.

    Parameters
    ----------
    text : str
        Any text.
    hits : list of Hit
        The known names in it.
    """
    ends = {hit.span.end: hit for hit in hits if hit.kind == "organisation"}
    for place in hits:
        if place.kind != "place" or text[place.span.start - 1 : place.span.start] != " ":
            continue
        body = ends.get(place.span.start - 1)
        if body is not None:
            yield from _branch(text, body, place)
            continue
        completed = _before_place().search(text[max(0, place.span.start - _LONGEST) : place.span.start])
        name = _nominative_of(text[place.span.start : place.span.end], place.notation) if completed else None
        if completed and name:
            span = Span(place.span.start - 1 - len(completed.group(1)), place.span.end)
            kind = _completed()[completed.group(1)]
            yield mention_of(f"{completed.group(1)} {name}", span, "regional-branch", 0.85, kind)


def _branch(text: str, body: Hit, place: Hit) -> Iterator[Mention]:
    short = body.label.kind == "abbreviation" or text[body.span.start : body.span.end].isupper()
    kind = organisations()[body.notation].first("organisationType")
    printed = text[place.span.start : place.span.end]
    if short and kind in _BRANCHING and printed in _nominatives(place.notation):
        yield _named(text, Span(body.span.start, place.span.end), kind)


def _named(text: str, span: Span, kind: str) -> Mention:
    name = " ".join(text[span.start : span.end].split())
    return mention_of(name, span, "regional-branch", 0.85, kind)


def _nominative_of(printed: str, notation: str) -> str | None:
    """Return a place as a name has it, where it is printed so or in a local case: "Satakunnassa" is Satakunta."""
    if printed in _nominatives(notation):
        return printed
    return scheme("places")[notation].name if LOCATIVE.search(printed) else None


def _nominatives(notation: str) -> set[str]:
    concept = scheme("places").get(notation)
    return {label.text for label in concept.labels} if concept else set()
