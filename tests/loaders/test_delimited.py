"""Delimited text: quoting of every kind, rows over several lines, rows that are broken and take no others with them."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.tables.delimited import delimiter_of, one_line, split_line, split_rows

cell = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=10)
any_cell = st.one_of(cell, st.text(alphabet='a";, |\n', max_size=8))


@pytest.mark.parametrize(
    ("head", "delimiter"), [("a;b;c", ";"), ("a,b;,c", ","), ("a\tb\tc", "\t"), ('"a";"b, c";"d"', ";")]
)
def test_the_delimiter_is_the_one_that_stands_most_often(head: str, delimiter: str) -> None:
    assert delimiter_of(head + "\n1,2,3,4,5") == delimiter


@given(st.lists(cell, min_size=2, max_size=6), st.sampled_from([";", ",", "\t"]), st.booleans())
def test_what_csv_writes_comes_back(cells: list[str], delimiter: str, quote_all: bool) -> None:
    buffer = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(cells)
    assert split_line(buffer.getvalue(), delimiter) == cells


@given(st.lists(any_cell, min_size=1, max_size=6), st.sampled_from([";", ",", "\t"]))
def test_a_stored_line_comes_back_with_blanks_for_line_breaks(cells: list[str], delimiter: str) -> None:
    line = one_line(cells, delimiter)
    assert "\n" not in line
    assert [c.split() for c in split_line(line, delimiter)] == [c.split() for c in cells]


def test_a_field_that_opens_with_a_doubled_quotation_mark_keeps_what_it_holds() -> None:
    line = '"1";""The action; ""X"" works"";"9"'
    assert split_line(line, ";") == ["1", '"The action; "X" works"', "9"]
    assert split_line('"1";""X"" first and ""last"";"9"', ";") == ["1", '"X" first and "last"', "9"]
    assert split_line('"";"";"a"', ";") == ["", "", "a"]


@given(st.text(alphabet="ab; .", min_size=1, max_size=12).filter(lambda t: t[0] not in ";"))
def test_a_doubled_field_of_any_text_is_one_cell(text: str) -> None:
    assert split_line(f'"1";""{text}"";"9"', ";") == ["1", f'"{text}"', "9"]


def test_rows_over_several_lines_are_one_and_numbered_by_their_first() -> None:
    text = 'a;b;c\n"1";""The act\nion; ""X"""";"9"\n"2";"x\n\ny";"z"\n\n4;5;6\n'
    assert [(n, len(cells)) for n, cells in split_rows(text, ";")] == [(1, 3), (2, 3), (4, 3), (8, 3)]


def test_an_unclosed_quotation_mark_spoils_its_own_row_alone() -> None:
    text = 'a;b;c\n"3";"x;z\n4;5;6\n7;"q";8\n'
    assert [(n, cells) for n, cells in split_rows(text, ";")][2:] == [(3, ["4", "5", "6"]), (4, ["7", "q", "8"])]


@given(st.lists(st.text(alphabet='a";\n', max_size=9), max_size=12).map("".join))
@settings(deadline=None)
def test_any_text_gives_rows_in_order_and_each_line_at_most_once(text: str) -> None:
    numbers = [number for number, _ in split_rows(text, ";")]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= text.count("\n") + 1 for number in numbers)


@pytest.mark.parametrize("bad", ['1;"x;y\n', '1;""x;y\n', '1;"x"y";z\n', "1;" + '""x;' * 5 + "\n"])
def test_a_file_of_broken_rows_takes_linear_time(bad: str) -> None:
    started = time.perf_counter()
    assert sum(1 for _ in split_rows("a;b;c\n" + bad * 20_000, ";")) > 1_000
    assert time.perf_counter() - started < 20
