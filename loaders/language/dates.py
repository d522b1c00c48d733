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
    ("tammiku", "januari", "january"),
    ("helmiku", "februari", "february"),
    ("maalisku", "mars", "march"),
    ("huhtiku", "april", "april"),
    ("toukoku", "maj", "may"),
    ("kesäku", "juni", "june"),
    ("heinäku", "juli", "july"),
    ("eloku", "augusti", "august"),
    ("syysku", "september", "september"),
    ("lokaku", "oktober", "october"),
    ("marrasku", "november", "november"),
    ("jouluku", "december", "december"),
)
_DASH = r"\s*[-‐‑–—]\s*"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_FULL = rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_YEAR}"
_MONTH_YEAR = rf"\d{{1,2}}\s?/\s?{_YEAR}"
_MONTH_NAME = rf"\b(?:{'|'.join(stem + '[a-zäö]*' for stem, _, _ in _MONTH_STEMS)}|{'|'.join(sorted({name for _, *names in _MONTH_STEMS for name in names}))})"
_SHORT_MONTH = rf"\b(?:{'|'.join(stem.removesuffix('ku') for stem, _, _ in _MONTH_STEMS)})"
_NAMED_MONTH = rf"{_MONTH_NAME}\s+{_YEAR}"
_DAY = r"\d{1,2}(?:\.|st\b|nd\b|rd\b|th\b)?"
_NAMED_DAY = rf"(?:{_DAY}\s+(?:of\s+)?{_NAMED_MONTH}|{_MONTH_NAME}\s+{_DAY},\s*{_YEAR})"
_ISO_DAY = rf"{_YEAR}-\d\d-\d\d"
_SLASHED = rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}"
_POINT = rf"(?:{_ISO_DAY}|{_FULL}|{_SLASHED}|{_NAMED_DAY}|{_MONTH_YEAR}|{_NAMED_MONTH}|{_YEAR})"
_UNTIL = rf"(?:{_DASH}|\s+(?:to|until|till|till och med|t\.o\.m\.|asti)\s+)"


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
    if written := _day_in_words_or_order(text):
        return written
    found = re.search(rf"(?<!\d)(\d{{1,2}})\s?/\s?({_YEAR})(?!\d)", text)
    if found:
        return _iso(int(found.group(2)), int(found.group(1)))
    found = re.search(_NAMED_MONTH, text, re.IGNORECASE)
    if found:
        return _iso(int(found.group()[-4:]), _month_number(found.group()))
    found = re.search(rf"(?<![\d.,/-])({_YEAR})(?![\d/])", text)
    return found.group(1) if found else None


def _day_in_words_or_order(text: str) -> str | None:
    """Return the first date with a month's name ("15 maj 2020", "May 15, 2020"), in ISO order, or with slashes."""
    if found := re.search(_ISO_DAY, text):
        return _iso(*(int(part) for part in found.group().split("-")))
    if found := re.search(rf"(?<!\d)(?:{_NAMED_DAY})", text, re.IGNORECASE):
        name = re.search(_MONTH_NAME, found.group(), re.IGNORECASE)
        day = re.search(r"\d{1,2}", found.group())
        return _iso(int(found.group()[-4:]), _month_number(name.group()), int(day.group())) if name and day else None
    if found := re.search(rf"(?<![\d/]){_SLASHED}(?!\d)", text):
        first, second, year = (int(part) for part in found.group().split("/"))
        # The day goes first, as all over Europe, unless it cannot: "10/31/2021".
        return _iso(year, first, second) if second > 12 else _iso(year, second, first)
    return None


def _month_number(text: str) -> int:
    folded = text.casefold()
    return next(n for n, stems in enumerate(_MONTH_STEMS, 1) if folded.startswith(stems))


def _iso(year: int, month: int, day: int | None = None) -> str | None:
    try:
        return date(year, month, day or 1).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def _pair(match: re.Match[str]) -> tuple[str | None, str | None]:
    numbers = [match[group].split("/") for group in (1, 2) if match[group].count("/") == 2]
    if len(numbers) == 2 and any(int(second) > 12 for _, second, _ in numbers):
        # One date of the two shows that the month goes first: "1/2/2018 - 10/31/2021".
        start, end = (_iso(int(year), int(month), int(day)) for month, day, year in numbers)
        return start, end
    return parse_date(match.group(1)), parse_date(match.group(2))


def _shared_year(match: re.Match[str]) -> tuple[str | None, str | None]:
    end = parse_date(match.group(2))
    return (parse_date(f"{match.group(1).rstrip('.')}.{end[:4]}") if end else None), end


def _shared_year_in_words(match: re.Match[str]) -> tuple[str | None, str | None]:
    end = parse_date(match.group(2))
    short = re.search(_MONTH_NAME, match.group(1), re.IGNORECASE) is None
    return (parse_date(f"{match.group(1)}{'kuu' if short else ''} {end[:4]}") if end else None), end


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
    # the same in words: "1 March – 31 August 2021", "mars–augusti 2021", "maalis–elokuu 2021"
    (
        rf"(?<![\d.])((?:{_DAY}\s+)?(?:{_MONTH_NAME}|{_SHORT_MONTH})){_UNTIL}((?:{_DAY}\s+)?{_NAMED_MONTH})(?!\d)",
        _shared_year_in_words,
    ),
    (rf"(?<![\d.])({_POINT}){_UNTIL}({_POINT})(?!\d)", _pair),
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
