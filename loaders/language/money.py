"""Amounts of money as Finnish documents print them: "1 365 804", "79.867,20", "1,3 miljoonaa", "643 444 €"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.model import Span

_BLANK = r"[ \u00a0\u202f\u2009]"
# Thousands apart by a blank, a point or (in English) a comma; decimals after a comma, or after a point before a scale.
_NUMBER = rf"(?:[1-9]\d{{0,2}}(?:,\d{{3}}){{1,4}}(?!\d)|(?:\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,4}}|\d{{1,3}}(?:\.\d{{3}}){{1,4}}|\d{{1,15}})(?:,\d{{1,2}})?)"
_UNIT = r"(?:€|eur(?:o|oa|on|ot|oja|ojen|olla|osta|olle)?\b|e(?![\w:-]|\.\w)|,-(?!\d))"
_SCALES = {"m": Decimal(1_000_000), "t": Decimal(1_000), "k": Decimal(1_000)}
_MILLIONS = r"(?:milj(?:oona(?:a|n|lla|sta|lta|ksi)|oner|on|\.)?|mn\b|million(?:er|s)?\b)"
_SCALE = rf"(?:{_MILLIONS}|M(?={_BLANK}?(?:€|EUR\b))|tuha(?:tta|nnen|nnella|nnesta|nteen)|tusen|thousand|t(?={_BLANK}?(?:€|EUR\b))|k(?={_BLANK}?(?:€|EUR\b)))"
_AFTER = rf"(?:{_MILLIONS}|(?:M|k)(?![\w€])|thousand\b|tuha(?:tta|nnen|nnella)\b|tusen\b)"
_SCALED = r"\d{1,4}[.,]\d{1,3}"
# "40 000-50 000 €" is a range, not an amount; its tail "000 €" must not be read as one.
_NOT_INSIDE = "".join(rf"(?<![-–—]\d{{{digits}}}{_BLANK})" for digits in (1, 2, 3))
AMOUNT = re.compile(
    rf"(?<![\d.,/-])(?<!\d[–—]){_NOT_INSIDE}(?:({_NUMBER}){_BLANK}?({_SCALE})?|({_SCALED}){_BLANK}?({_SCALE})){_BLANK}?({_UNIT})"
    rf"|(?:€|\bEUR\b){_BLANK}?(?:({_SCALED}|{_NUMBER}){_BLANK}?({_AFTER})|({_NUMBER})(?![\d%]))",
    re.IGNORECASE,
)
# Every amount holds this or a currency before it, which are looked for first.
_HINT = re.compile(rf"\d{_BLANK}?(?:{_SCALE}{_BLANK}?)?(?:€|e|,-)", re.IGNORECASE)
_BARE = re.compile(
    rf"^\s*(?P<minus>[-−–])?{_BLANK}?({_NUMBER}|\d{{1,15}}\.\d{{1,2}}){_BLANK}?({_SCALE})?{_BLANK}?(?:{_UNIT})?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros and where it stands."""

    value: Decimal
    span: Span


def parse_amount(text: str) -> Decimal | None:
    """Return a labelled field's amount ("1 365 804", "79.867,20", "133301.44", "45000 €"), or ``None`` when it is none.

    >>> parse_amount("1 365 804"), parse_amount("79.867,20"), parse_amount("-")
    (Decimal('1365804'), Decimal('79867.20'), None)
    """
    found = _BARE.match(text)
    if found:
        value = _decimal(found.group(2)) * _factor(found.group(3))
        return -value if found.group("minus") else value  # realised money can be negative: paid back
    amount = next(find_amounts(text), None)
    return amount.value if amount else None


def find_amounts(text: str, offset: int = 0) -> Iterator[Amount]:
    """Yield the amounts in prose; a number counts only with a currency beside it."""
    for match in AMOUNT.finditer(text) if _may_hold_amount(text) else ():
        plain, scale, scaled, of_scaled, _, before, of_before, alone = match.groups()
        number = _scaled(scaled or before) if scaled or before else _decimal(plain or alone)
        factor = _factor(scale or of_scaled or of_before)
        yield Amount(number * factor, Span(offset + match.start(), offset + match.end()))


def _may_hold_amount(text: str) -> bool:
    return "€" in text or _HINT.search(text) is not None or "eur" in text.lower()


def _factor(scale: str | None) -> Decimal:
    printed = (scale or "").casefold()
    return next((factor for stem, factor in _SCALES.items() if printed.startswith(stem)), Decimal(1))


def _scaled(printed: str) -> Decimal:
    """Return the number before a scale, where a point is a decimal point: "1.2 million", "2.385 M€"."""
    decimal = re.fullmatch(_SCALED, printed)
    return Decimal(printed.replace(",", ".")) if decimal else _decimal(printed)


def _decimal(printed: str) -> Decimal:
    if re.fullmatch(r"\d+\.\d{1,2}", printed):
        return Decimal(printed)  # a decimal point: three digits after it would be thousands
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", printed):
        return Decimal(printed.replace(",", ""))  # English thousands: at most two digits follow a decimal comma
    whole, comma, cents = printed.partition(",")
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{cents}") if comma else Decimal(digits)
