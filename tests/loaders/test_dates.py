"""Dates and periods as forms print them: whole, broken, shared, open; and the round trip of every notation."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.language.dates import find_period, find_periods, parse_date

MONTHS = [
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "January February March April May June July August September October November December",
]
DASHES = ["-", "–", " - ", " – ", "—", "‑"]
days = st.dates(date(1995, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("1.9.2015", "2015-09-01"),
        ("01.09.2015", "2015-09-01"),
        ("1. 9. 2015", "2015-09-01"),
        ("Julkaistu 31.12.2018 Kuopiossa", "2018-12-31"),
        ("8/2019", "2019-08"),
        ("08 / 2019", "2019-08"),
        ("tammikuussa 2017", "2017-01"),
        ("Toukokuu 2018", "2018-05"),
        ("augusti 2021", "2021-08"),
        ("vuonna 2013", "2013"),
        ("syksyllä 2019", "2019"),
        ("1 March 2019", "2019-03-01"),
        ("5th of May 2019", "2019-05-05"),
        ("May 15, 2020", "2020-05-15"),
        ("den 15 maj 2020", "2020-05-15"),
        ("15. toukokuuta 2020", "2020-05-15"),
        ("2019-03-01", "2019-03-01"),
        ("01/03/2019", "2019-03-01"),
        ("10/31/2021", "2021-10-31"),
    ],
)
def test_a_date_is_as_precise_as_the_text(printed: str, iso: str) -> None:
    assert parse_date(printed) == iso


@pytest.mark.parametrize("printed", ["", "pian", "31.2.2015", "13/2019", "32.1.2019", "1234567", "S20180", "0220266-9"])
def test_what_is_no_date_gives_none(printed: str) -> None:
    assert parse_date(printed) is None


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("Alkaa 1.3.2016 ja päättyy 31.8.2018", "2016-03-01", "2018-08-31"),
        ("1.3.2016 - 31.8.2018", "2016-03-01", "2018-08-31"),
        ("8/2019 - 1/2023", "2019-08", "2023-01"),
        ("tammikuu 2019 – kesäkuu 2020", "2019-01", "2020-06"),
        ("maj 2018 – augusti 2019", "2018-05", "2019-08"),
        ("2017–2019", "2017", "2019"),
        ("1.6.2018 – 2020", "2018-06-01", "2020"),
        ("March 2019 – August 2021", "2019-03", "2021-08"),
        ("1 March 2019 to 31 August 2021", "2019-03-01", "2021-08-31"),
        ("1.3.2019 till 31.8.2021", "2019-03-01", "2021-08-31"),
        ("1 mars – 31 augusti 2021", "2021-03-01", "2021-08-31"),
        ("March–August 2021", "2021-03", "2021-08"),
        ("maalis–elokuu 2021", "2021-03", "2021-08"),
        ("2019-03-01 – 2021-08-31", "2019-03-01", "2021-08-31"),
        ("1/2/2018 - 10/31/2021", "2018-01-02", "2021-10-31"),
        ("01/03/2019 - 31/08/2021", "2019-03-01", "2021-08-31"),
    ],
    ids=str,
)
def test_a_period_has_both_ends(printed: str, start: str, end: str) -> None:
    period = find_period(printed)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        pytest.param("1.2-.2016-30.11.2018", "2016-02-01", "2018-11-30", id="a dash before the year"),
        pytest.param("1.2.30.11.2018", "2018-02-01", "2018-11-30", id="year and dash lost"),
        pytest.param("01.02.201630.11.2018", "2016-02-01", "2018-11-30", id="dash lost"),
        pytest.param("1.2.–30.11.2018", "2018-02-01", "2018-11-30", id="one year for both"),
        pytest.param("1.2-30.11.2018", "2018-02-01", "2018-11-30", id="one year, one full stop lost"),
    ],
)
def test_broken_periods_are_read(printed: str, start: str, end: str) -> None:
    period = find_period(printed)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("printed", ["1.3.2019 alkaen", "1.3.2019 lukien", "1.3.2019- alkaen"])
def test_a_period_may_be_open(printed: str) -> None:
    period = find_period(printed)
    assert period is not None
    assert (period.start, period.end) == ("2019-03-01", None)


@pytest.mark.parametrize("printed", ["31.12.2018-1.1.2017", "2020–2018", "p. 040-5550161", "klo 8-16", "2844561-8"])
def test_what_is_no_period_gives_none(printed: str) -> None:
    assert find_period(printed) is None


def test_an_impossible_day_leaves_that_end_open() -> None:
    period = find_period("31.2.2016 - 31.12.2018")
    assert period is not None
    assert (period.start, period.end) == (None, "2018-12-31")


def test_periods_come_in_order_and_do_not_overlap() -> None:
    text = "Kesto 1.2.2016–30.11.2018, esiselvitys 2014–2015, jatko 1/2019-12/2019."
    found = list(find_periods(text))
    assert [(p.start, p.end) for p in found] == [
        ("2016-02-01", "2018-11-30"),
        ("2014", "2015"),
        ("2019-01", "2019-12"),
    ]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_spans_are_moved_by_the_offset() -> None:
    text = "Aika: 2017–2019."
    period = find_period(text[6:], offset=6)
    assert period is not None
    assert text[period.span.start : period.span.end] == "2017–2019"


@given(days, st.booleans(), st.sampled_from(["", " "]))
def test_a_full_date_comes_back(day: date, padded: bool, blank: str) -> None:
    printed = f"{day:%d}.{blank}{day:%m}.{blank}{day.year}" if padded else f"{day.day}.{blank}{day.month}.{day.year}"
    assert parse_date(printed) == day.isoformat()


@given(days, st.sampled_from(MONTHS), st.sampled_from(["{}/{}", "{:02}/{}", "{} / {}"]))
def test_a_month_comes_back(day: date, names: str, notation: str) -> None:
    iso = day.isoformat()[:7]
    assert parse_date(notation.format(day.month, day.year)) == iso
    assert parse_date(f"{names.split()[day.month - 1]} {day.year}") == iso
    name = names.split()[day.month - 1].replace("kuu", "kuuta")
    assert parse_date(f"{day.day}. {name} {day.year}") == day.isoformat()


@given(days, days, st.sampled_from(DASHES))
def test_a_period_in_any_notation_comes_back(one: date, other: date, dash: str) -> None:
    first, last = sorted((one, other))
    notations = {
        f"{first.day}.{first.month}.{first.year}{dash}{last.day}.{last.month}.{last.year}": 10,
        f"{first:%d.%m.%Y}{last:%d.%m.%Y}": 10,
        f"{first.day}.{first.month}-.{first.year}{dash}{last.day}.{last.month}.{last.year}": 10,
        f"Alkaa {first:%d.%m.%Y} ja päättyy {last:%d.%m.%Y}": 10,
        f"{first.month}/{first.year}{dash}{last.month}/{last.year}": 7,
        f"{first.year}{dash}{last.year}": 4,
        f"{first.isoformat()}{dash}{last.isoformat()}": 10,
        f"{first:%d/%m/%Y}{dash}{last:%d/%m/%Y}": 10,
    }
    for printed, precision in notations.items():
        period = find_period(printed)
        assert period is not None, printed
        assert (period.start, period.end) == (first.isoformat()[:precision], last.isoformat()[:precision]), printed
        assert (period.span.start, period.span.end) == (0, len(printed))


@given(st.text(alphabet="0123456789./- –—tamikuoj\n", max_size=60))
def test_a_period_is_never_reversed_and_stands_in_its_text(text: str) -> None:
    for period in find_periods(text):
        assert 0 <= period.span.start < period.span.end <= len(text)
        assert period.start or period.end
        if period.start and period.end:
            shared = min(len(period.start), len(period.end))
            assert period.start[:shared] <= period.end[:shared]
