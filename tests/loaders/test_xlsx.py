"""Workbooks: values as text, rows with their numbers; bombs, damage and passwords end in one sentence and little time."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.readers import xlsx
from loaders.readers.xlsx import as_text, is_workbook, read_workbook
from loaders.tables.read import read_table
from loaders.tables.sheet import join_sheets, split_sheets

Make = Callable[[Mapping[str, Sequence[Sequence[str | float]]]], bytes]


def test_cells_are_text_and_rows_keep_their_numbers(make_workbook: Make) -> None:
    data = make_workbook({"Notes": [["x"]], "Empty": [], "Data": [[], ["", "a & <b>", 12.0, 1.5], [], ["last"]]})
    assert is_workbook(data)
    assert read_workbook(data) == [
        ("Notes", [["x"]]),
        ("Data", [[], ["", "a & <b>", "12", "1.5"], [], ["last"]]),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (12.0, "12"),
        (0.1, "0.1"),
        (datetime(2020, 1, 2), "2020-01-02"),
        (date(2020, 1, 2), "2020-01-02"),
        (7, "7"),
        (None, ""),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert as_text(value) == text


def test_something_else_is_no_workbook() -> None:
    assert not is_workbook(b"a;b;c")
    assert not is_workbook(b"PK\x03\x04 a zip of something else, an xl/ by chance")
    assert not is_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2]


def encrypted(_: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


def without_workbook(_: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("xl/nothing.xml", "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (damaged, "a damaged workbook"),
        (encrypted, "an encrypted Office file"),
        (without_workbook, "not a workbook that can be read"),
    ],
)
def test_a_bad_workbook_ends_in_one_sentence(
    make_workbook: Make, change: Callable[[bytes], bytes], sentence: str
) -> None:
    with pytest.raises(ReadError, match=sentence):
        read_workbook(change(make_workbook({"A": [["x"] * 5] * 50})))


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            new.writestr(item, content if item == name else old.read(item))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r = '1'><c r = 'A1'><v>1</v></c></row><row r = '900000'><c r = 'ALL900000'><v>1</v></c></row>",
        b'<row><c><v>1</v></c></row>' + b"<row/>" * 200_000 + b"<row>" + b"<c><v>1</v></c>" * 2_000 + b"</row>",
    ],
)  # fmt: skip
def test_a_cell_in_the_far_corner_costs_nothing(make_workbook: Make, cells: bytes) -> None:
    data = replaced(make_workbook({"A": [["x"]]}), SHEET, OPEN + cells + CLOSE)
    started = time.perf_counter()
    with pytest.raises(ReadError, match="a workbook larger than"):
        read_workbook(data)
    assert time.perf_counter() - started < 10


def test_cells_without_references_are_read(make_workbook: Make) -> None:
    rows = b"<row>" + b'<c t="inlineStr"><is><t>x</t></is></c>' * 5 + b"</row>"
    data = replaced(make_workbook({"A": [["x"]]}), SHEET, OPEN + rows * 3_000 + CLOSE)
    assert read_workbook(data) == [("A", [["x"] * 5] * 3_000)]


def test_a_bomb_is_refused_before_it_is_unpacked(make_workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_BYTES", 1_000_000)
    bomb = replaced(make_workbook({"A": [["x"]]}), SHEET, OPEN + b" " * 2_000_000 + CLOSE)
    assert len(bomb) < 10_000
    with pytest.raises(ReadError, match="a workbook larger than"):
        read_workbook(bomb)


def test_a_zip_that_lies_about_its_sizes_is_refused(make_workbook: Make) -> None:
    data = replaced(make_workbook({"A": [["x"]]}), SHEET, OPEN + b" " * 3_000_000 + CLOSE)
    true_size = (len(OPEN) + 3_000_000 + len(CLOSE)).to_bytes(4, "little")
    with pytest.raises(ReadError):
        read_workbook(data.replace(true_size, (100).to_bytes(4, "little")))


def test_cells_beyond_the_limit_are_refused(make_workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CHARACTERS", 100)
    with pytest.raises(ReadError, match="a workbook larger than"):
        read_workbook(make_workbook({"A": [["x" * 50], ["y" * 51]]}))


def test_a_workbook_of_no_known_kind_is_named(make_workbook: Make, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(make_workbook({"A": [["x", "y"]]}))
    with pytest.raises(ReadError, match=r"other\.xlsx: a workbook without a sheet that is known"):
        read_table(path)


def test_a_bad_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(encrypted(b""))
    with pytest.raises(ReadError, match=r"locked\.xlsx: an encrypted Office file"):
        read_table(path)


cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=6).map(
    lambda t: " ".join(t.split())
)
rows = st.lists(st.lists(cells, max_size=4), max_size=4)


@given(st.dictionaries(cells.filter(bool), rows, min_size=1, max_size=3))
@settings(deadline=None)
def test_the_text_of_a_workbook_gives_its_sheets_back(sheets: dict[str, list[list[str]]]) -> None:
    text = join_sheets(list(sheets.items()))
    for (name, found), (expected_name, expected) in zip(split_sheets(text), sheets.items(), strict=True):
        assert name == expected_name
        padded = found[: len(expected)]
        assert [[c for c in row if c] for row in padded] == [[c for c in row if c] for row in expected]
        assert not any(any(row) for row in found[len(expected) :])


def test_line_n_of_the_text_is_row_n_of_every_sheet() -> None:
    lines = join_sheets([("A", [["a1"], ["a2"]]), ("B", [["b1"], ["b2"], ["b3"]])]).split("\n")
    assert "b3" in lines[2]
    assert "a2" in lines[1]
    assert "b2" in lines[1]
