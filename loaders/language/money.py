"""Amounts of money as Finnish documents print them: "1 365 804", "79.867,20", "1,3 miljoonaa", "643 444 €"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.model import Span

_BLANK = r"[ \u00a0\u202f\u2009]"
_NUMBER = rf"(?:\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d{{1,2}})?"
_UNIT = r"(?:€|eur(?:oa|on|o|ot)?\b|EUR\b|euroa?\b)"
_SCALES = {"milj": Decimal(1_000_000), "mn": Decimal(1_000_000), "t": Decimal(1_000), "tuha": Decimal(1_000)}
_SCALE = rf"(?:milj(?:oonaa|oonan|\.)?|M(?={_BLANK}?€)|tuhatta|t(?={_BLANK}?€))"
AMOUNT = re.compile(
    rf"(?<![\d.,/-])({_NUMBER}){_BLANK}?({_SCALE})?{_BLANK}?({_UNIT})|€{_BLANK}?({_NUMBER})(?![\d%])", re.IGNORECASE
)
_BARE = re.compile(rf"^\s*({_NUMBER}){_BLANK}?(?:{_UNIT})?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros and where it stands."""

    value: Decimal
    span: Span


def parse_amount(text: str) -> Decimal | None:
    """Return a labelled field's amount ("1 365 804", "79.867,20", "45000 €"), or ``None`` when it is not one.

    >>> parse_amount("1 365 804"), parse_amount("79.867,20"), parse_amount("-")
    (Decimal('1365804'), Decimal('79867.20'), None)
    """
    found = _BARE.match(text)
    if found:
        return _decimal(found.group(1))
    amount = next(find_amounts(text), None)
    return amount.value if amount else None


def find_amounts(text: str, offset: int = 0) -> Iterator[Amount]:
    """Yield the amounts in prose; a number counts only with a currency beside it."""
    for match in AMOUNT.finditer(text):
        number = _decimal(match.group(1) or match.group(4))
        scale = (match.group(2) or "").casefold()
        factor = next((f for stem, f in _SCALES.items() if scale.startswith(stem)), Decimal(1))
        if scale == "m":
            factor = Decimal(1_000_000)
        yield Amount(number * factor, Span(offset + match.start(), offset + match.end()))


def _decimal(printed: str) -> Decimal:
    whole, comma, cents = printed.partition(",")
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{cents}") if comma else Decimal(digits)
