"""Amounts in prose and in budget fields, each with the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.language.money import find_amounts
from loaders.model import Money, Span, Standing
from loaders.text import Text

_KINDS = (
    ("own-share", re.compile(r"omarahoit|omavastuu|oma osuus|osuus(?! 70)", re.IGNORECASE)),
    ("eu-share", re.compile(r"\bE[SU]R?\b|ESR|EAKR|EU-|EU:n", re.IGNORECASE)),
    ("total-budget", re.compile(r"kustannusarvio|budjetti|kokonais|rahoitus:|budget", re.IGNORECASE)),
)
_PERCENT = re.compile(r"\d+\s?%")
# What is not spent is no money of the work: "säästö on 40 000 euroa vuodessa".
_SAVED = re.compile(r"\bsääst(?:ö|ää|ivät|i|yi|etty|ettiin|änyt)", re.IGNORECASE)
_VAGUE = re.compile(r"muutam\w+\s+$", re.IGNORECASE)


def money_in(text: Text, span: Span, standing: Standing = Standing.INFERRED) -> Iterator[Money]:
    """Yield the amounts in a stretch of text with their labels: "ESR osuus 70 % 450 410 €" → "ESR osuus"."""
    body = text.text
    previous = span.start
    for amount in find_amounts(body[span.start : span.end], span.start):
        label = _label(body[previous : amount.span.start])
        previous = amount.span.end
        if _SAVED.search(label):
            continue
        if not _VAGUE.search(body[max(span.start, amount.span.start - 12) : amount.span.start]):
            confidence = 0.9 if standing is Standing.ASSERTED else 0.75
            yield Money(
                label=label or "rahoitus",
                amount=plain(amount.value),
                kind=kind_of(label),
                evidence=text.evidence(amount.span, "amount-in-text", confidence, standing),
            )


def kind_of(label: str) -> str:
    """Return the kind of money that a label in prose speaks of."""
    return next(
        (kind for kind, pattern in reversed(_KINDS) if pattern.search(label)),
        "own-share" if "osuus" in label else "other",
    )


def plain(value: Decimal) -> str:
    """Return an amount without an exponent or trailing zeros: 1365804, 79867.2."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _label(before: str) -> str:
    clause = re.split(r"[.;,(\n]|\bja\b|\bjosta\b", _PERCENT.sub("", before))[-1]
    words = [
        word
        for word in re.sub(r"[^\w\s:–-]", " ", clause).split()
        if word not in {"on", "oli", "yhteensä", "noin", "–", "-"}
    ]
    return " ".join(words[-4:]).strip(" :-–")
