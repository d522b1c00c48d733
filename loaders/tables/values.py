"""Values as project lists print them: amounts, dates, countries, VAT numbers, and the many ways to print nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from stdnum.fi import ytunnus

from loaders.recognise.money import plain
from loaders.vocabulary import scheme

_EMPTY = frozenset({"", "n.a.", "n/a", "na", "none", "null", "nan", "-"})
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']+")
_NUMBER = re.compile(r"[-−]?\d{1,15}(?:[.,]\d{1,20})?")
_GROUPED = re.compile(r"[-−]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3}){0,4}(?:[.,]\d{1,20})?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_CODE_OF_COUNTRY = re.compile(r"[A-Z]{2}")
_VAT = re.compile(r"(?:FI)?(\d{7})-?(\d)")


def clean(cell: str) -> str:
    """Return a cell's text in one line; "N.a." and its like are empty."""
    text = " ".join(cell.split())
    return "" if text.casefold() in _EMPTY else text


def decimal(text: str) -> str | None:
    """Return an amount as a plain decimal, or ``None`` where it is none.

    The mark that stands once, or last, is the decimal one; a mark that stands several times groups thousands.

    >>> decimal("2073781,25"), decimal("1.234.567,5"), decimal("75 354 267"), decimal("1879493.600"), decimal("abc")
    ('2073781.25', '1234567.5', '75354267', '1879493.6', None)
    """
    bare = _BLANKS.sub("", text).removesuffix("€").removesuffix("EUR").replace("−", "-")
    if not _NUMBER.fullmatch(bare):
        found = _GROUPED.fullmatch(bare)
        if found is None or (bare.count(found[1]) == 1 and not set(".,") - {found[1]} & set(bare)):
            return None
        bare = bare.replace(found[1], "")
    value = plain(Decimal(bare.replace(",", ".")))
    return "0" if value in {"-0", "0"} else value


def iso_date(text: str) -> str | None:
    """Return a date as ISO 8601 ("2021-09-01", "16/03/2020", "1.9.2021"), or ``None`` where it is none or cannot be."""
    found = _ISO_DATE.fullmatch(text)
    day_first = None if found else _DAY_FIRST.fullmatch(text)
    if found:
        year, month, day = found.groups()
    elif day_first:
        day, month, year = day_first.groups()
    else:
        return text if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", text) else None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@cache
def _countries() -> Mapping[str, str]:
    names = {label.text.casefold(): c.notation for c in scheme("countries").values() for label in c.labels}
    return names | {notation.casefold(): notation for notation in scheme("countries")}


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 code of a country's name or code ("EL" → "GR", "Finland" → "FI"), or ``None``."""
    known = _countries().get(text.casefold())
    return known or (text if _CODE_OF_COUNTRY.fullmatch(text) else None)


def business_id(text: str) -> str | None:
    """Return the Finnish business id in a VAT number ("FI10158231" → "1015823-1"), or ``None`` where it is not valid."""
    found = _VAT.fullmatch(_BLANKS.sub("", text).upper())
    if found is None:
        return None
    number = f"{found[1]}-{found[2]}"
    return number if ytunnus.is_valid(number) else None


def looks_like_business_id(text: str) -> bool:
    """Return whether a text has the form of a Finnish business id or VAT number, whatever its check digit."""
    return _VAT.fullmatch(_BLANKS.sub("", text).upper()) is not None


def participant_code(text: str) -> str | None:
    """Return a participant identification code (nine digits, also as a number with ".0"), or ``None``."""
    digits = _BLANKS.sub("", text).removesuffix(".0")
    return digits if re.fullmatch(r"[0-9]{9}", digits) else None


@cache
def notation_of(vocabulary: str, printed: str) -> str | None:
    """Return the notation of the concept of a vocabulary that has a label (in any case), or ``None``."""
    return _labels(vocabulary).get(printed.casefold())


@cache
def _labels(vocabulary: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for concept in scheme(vocabulary).values():
        for label in concept.labels:
            found.setdefault(label.text.casefold(), concept.notation)
    return found
