"""A grammar of the dates and periods that Finnish and Swedish administrative documents print.

Dates come out as ISO 8601, as precise as the text: ``2019-01-01``, ``2019-01`` or ``2019``. The broken forms that
form systems produce are read as well: "1.9-.2015-31.12.2018", "1.1.31.12.2022", "01.10.201429.02.2016".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from loaders.model import Span

_MONTH_STEMS = (
    ("tammiku", "januari"),
    ("helmiku", "februari"),
    ("maalisku", "mars"),
    ("huhtiku", "april"),
    ("toukoku", "maj"),
    ("kesäku", "juni"),
    ("heinäku", "juli"),
    ("eloku", "augusti"),
    ("syysku", "september"),
    ("lokaku", "oktober"),
    ("marrasku", "november"),
    ("jouluku", "december"),
)
_DASH = r"\s*[-‐‑–—]\s*"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_FULL = rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_YEAR}"
_MONTH_YEAR = rf"\d{{1,2}}\s?/\s?{_YEAR}"
_NAMED_MONTH = (
    rf"(?:{'|'.join(stem + '[a-zäö]*' for stem, _ in _MONTH_STEMS)}|{'|'.join(sv for _, sv in _MONTH_STEMS)})\s+{_YEAR}"
)
_POINT = rf"(?:{_FULL}|{_MONTH_YEAR}|{_NAMED_MONTH}|{_YEAR})"


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed; `start` or `end` is ``None`` where the text leaves it open."""

    start: str | None
    end: str | None
    span: Span


def parse_date(text: str) -> str | None:
    """Return the first date in a text as ISO 8601, or ``None``.

    >>> parse_date("1.9.2015"), parse_date("8/2019"), parse_date("vuonna 2013"), parse_date("31.2.2015")
    ('2015-09-01', '2019-08', '2013', None)
    """
    found = re.search(rf"(?<!\d)({_FULL})(?!\d)", text)
    if found:
        day, month, year = (int(part) for part in re.split(r"\.\s?", found.group(1)))
        return _iso(year, month, day)
    found = re.search(rf"(?<!\d)(\d{{1,2}})\s?/\s?({_YEAR})(?!\d)", text)
    if found:
        return _iso(int(found.group(2)), int(found.group(1)))
    found = re.search(_NAMED_MONTH, text, re.IGNORECASE)
    if found:
        return _iso(int(found.group()[-4:]), _month_number(found.group()))
    found = re.search(rf"(?<![\d.,/-])({_YEAR})(?![\d/])", text)
    return found.group(1) if found else None


def _month_number(text: str) -> int:
    folded = text.casefold()
    return next(n for n, stems in enumerate(_MONTH_STEMS, 1) if folded.startswith(stems))


def _iso(year: int, month: int, day: int | None = None) -> str | None:
    try:
        return date(year, month, day or 1).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def _pair(match: re.Match[str]) -> tuple[str | None, str | None]:
    return parse_date(match.group(1)), parse_date(match.group(2))


def _shared_year(match: re.Match[str]) -> tuple[str | None, str | None]:
    end = parse_date(match.group(2))
    return (parse_date(f"{match.group(1).rstrip('.')}.{end[:4]}") if end else None), end


def _open_end(match: re.Match[str]) -> tuple[str | None, str | None]:
    return parse_date(match.group(1)), None


_Reader = Callable[[re.Match[str]], tuple[str | None, str | None]]
_PERIODS: tuple[tuple[str, _Reader], ...] = (
    # "Alkaa 1.1.2019 ja päättyy 31.12.2022"
    (rf"[Aa]lkaa\s+({_POINT})\s+ja\s+päättyy\s+({_POINT})", _pair),
    # a dash that slipped in before the year: "1.9-.2015-31.12.2018"
    (
        rf"(?<!\d)(\d{{1,2}}\.\d{{1,2}})-\.({_YEAR}){_DASH}({_FULL})",
        lambda m: (parse_date(f"{m[1]}.{m[2]}"), parse_date(m[3])),
    ),
    # the dash between two full dates lost: "01.10.201429.02.2016"
    (rf"(?<!\d)({_FULL})\s?({_FULL})(?!\d)", _pair),
    # the first year lost with the dash: "1.1.31.12.2022"
    (rf"(?<!\d)(\d{{1,2}}\.\d{{1,2}}\.)\s?({_FULL})(?!\d)", _shared_year),
    # one year for both: "1.1.–31.12.2022", "1.1.-31.12.2022"
    (rf"(?<!\d)(\d{{1,2}}\.\d{{1,2}}\.?){_DASH}({_FULL})(?!\d)", _shared_year),
    (rf"(?<![\d.])({_POINT}){_DASH}({_POINT})(?!\d)", _pair),
    (rf"(?<![\d.])({_FULL}|{_MONTH_YEAR})\s*[-–—]?\s*(?:lukien|alkaen|alkanut)", _open_end),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), reader) for pattern, reader in _PERIODS)


def find_periods(text: str, offset: int = 0) -> Iterator[Period]:
    """Yield the periods in a text, first come first; overlapping readings are dropped.

    Parameters
    ----------
    text : str
        Any text.
    offset : int
        Added to the spans, when `text` is a part of a longer text.
    """
    taken: list[Span] = []
    found: list[Period] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            span = Span(offset + match.start(), offset + match.end())
            start, end = reader(match)
            if (start or end) and not any(span.overlaps(other) for other in taken) and not _reversed(start, end):
                taken.append(span)
                found.append(Period(start, end, span))
    yield from sorted(found, key=lambda period: period.span.start)


def find_period(text: str, offset: int = 0) -> Period | None:
    """Return the first period in a text, or ``None``."""
    return next(find_periods(text, offset), None)


def find_dates(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the dates in a text, each by itself, as ISO 8601 with where it stands.

    >>> [date for date, _ in find_dates("1.9.2015 ja toukokuussa 2016")]
    ['2015-09-01', '2016-05']
    """
    for match in re.finditer(rf"(?<!\d)(?:{_POINT})(?!\d)", text, re.IGNORECASE):
        found = parse_date(match.group())
        if found:
            yield found, Span(match.start(), match.end())


def _reversed(start: str | None, end: str | None) -> bool:
    return bool(start and end and start[: len(end)] > end[: len(start)])
