"""Whether a text supports what a proposer says: the quote stands in it, and the quote holds the name, date or amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from loaders.authority import find_body
from loaders.gazetteer import Hit, gazetteer
from loaders.language.dates import find_dates, find_periods
from loaders.language.inflection import inflect_name
from loaders.language.money import find_amounts
from loaders.model import Span
from loaders.vocabulary import scheme

MAX_WORDS = 60
CAPITALISED = frozenset({"organisation", "person", "place"})
_SCHEMES = {"place": "places", "method": "methods", "programme": "programmes"}


def find_quote(text: str, quote: str, window: Span) -> Span | None:
    r"""Return where a quote stands in a stretch of a text; blanks and line breaks may differ, nothing else may.

    >>> find_quote("Mukana on Oulun\nyliopisto.", "Oulun yliopisto", Span(0, 26))
    Span(start=10, end=25)
    """
    words = quote.split()
    if not words:
        return None
    start = text.find(quote.strip(), window.start, window.end)
    if start >= 0:
        return Span(start, start + len(quote.strip()))
    found = re.compile(r"\s+".join(map(re.escape, words))).search(text, window.start, window.end)
    return Span(found.start(), found.end()) if found else None


def find_words(words: str, quote: str, *, capital: bool = False) -> Span | None:
    """Return where words stand in a quote as whole words, in any case; blanks may differ.

    With `capital` only where they begin with a capital or a digit, as a name does.
    """
    parts = words.split()
    if not parts or len(parts) > MAX_WORDS:
        return None
    middle = r"\s+".join(map(re.escape, parts))
    for found in re.finditer(rf"(?<!\w){middle}(?!\w)", quote, re.IGNORECASE):
        if not capital or not found.group()[0].islower():
            return Span(found.start(), found.end())
    return None


def find_name(name: str, kind: str, quote: str) -> Span | None:
    """Return where a quote names something: the name itself, one of its inflected forms, or another name of the same body.

    Parameters
    ----------
    name : str
        The name in the nominative.
    kind : str
        A kind of proposal; what is in a vocabulary may be named in any way that the vocabulary knows.
    quote : str
        A piece of the text.
    """
    capital = kind in CAPITALISED and not name[:1].islower()
    spelled = (find_words(form, quote, capital=capital) for form in (name, *_forms(name)))
    return _first(spelled) or _known(name, kind, quote)


def _first(found: Iterable[Span | None]) -> Span | None:
    return next((span for span in found if span is not None), None)


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, ...]:
    """Return the inflected forms of a name, the longest first: "Oulun" must not be found where "Oulunsalon" stands."""
    words = name.split()
    if not 0 < len(words) <= 12:
        return ()
    return tuple(sorted(inflect_name(" ".join(words)), key=lambda form: (-len(form), form)))


def _known(name: str, kind: str, quote: str) -> Span | None:
    notation = notation_of(name, kind)
    return next((hit.span for hit in _hits(quote, kind) if hit.notation == notation), None) if notation else None


def _hits(quote: str, kind: str) -> Iterator[Hit]:
    yield from gazetteer().find(quote, frozenset({kind}))


def notation_of(name: str, kind: str) -> str | None:
    """Return the notation of a name in the vocabulary of its kind, or ``None``."""
    if kind == "organisation":
        body = find_body(name)
        return body.notation if body else None
    if kind not in _SCHEMES:
        return None
    return next(
        (hit.notation for hit in gazetteer().find(name, frozenset({kind})) if hit.span == Span(0, len(name))), None
    )


def preferred_name(notation: str, kind: str) -> str:
    """Return the name that a vocabulary prefers for a notation."""
    return scheme(_SCHEMES[kind])[notation].name


def find_date(value: str, quote: str) -> Span | None:
    """Return where a quote says a date (ISO 8601, as precise as the text), by itself or as an end of a period."""
    alone = [span for date, span in find_dates(quote) if date == value]
    within = [period.span for period in find_periods(quote) if value in {period.start, period.end}]
    return _first([*alone, *within])


def find_amount(value: str, quote: str) -> tuple[Decimal, Span] | None:
    """Return an amount in euros and where a quote says it."""
    try:
        wanted = Decimal(value.replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        return None
    return next(((amount.value, amount.span) for amount in find_amounts(quote) if amount.value == wanted), None)
