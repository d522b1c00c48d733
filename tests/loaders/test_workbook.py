"""Workbooks are read in a limited process of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loaders.errors import ReadError
from loaders.readers.formats import Format
from loaders.readers.limits import MEBIBYTE, Limits
from loaders.readers.process import Readers
from loaders.tables.workbook import read_text, text_of_workbook

Make = Callable[..., bytes]


def test_the_text_is_that_of_reading_in_this_process(make_workbook: Make) -> None:
    data = make_workbook({"Yksi": [["a", "b"], [1, 2.5]], "Kaksi": [["ä"]]})
    assert text_of_workbook(data) == read_text(data).text
    assert text_of_workbook(data).startswith("a\tb\x1eä\n1\t2.5\x1e\n")


def test_a_damaged_one_is_a_sentence_and_the_next_is_read(make_workbook: Make) -> None:
    data = make_workbook({"A": [["x"]]})
    with pytest.raises(ReadError, match="damaged workbook"):
        text_of_workbook(data[:-30])
    assert text_of_workbook(data)


def test_one_that_needs_more_memory_than_it_is_given(make_workbook: Make) -> None:
    readers = Readers(Limits(memory=200 * MEBIBYTE))
    try:
        with pytest.raises(ReadError, match="memory"):
            readers.read(Format.XLSX, make_workbook({"A": [["some cell"] * 100] * 20_000}))
    finally:
        readers.close()
