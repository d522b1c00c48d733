"""A journal comes back as it was written, and a damaged one says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.curation.journal import append_journal, escape, read_journal, rewrite_journal, unescape
from loaders.errors import ReadError

COLUMNS = ("when", "what")


@given(st.text())
def test_a_cell_stands_on_one_line_and_comes_back(cell: str) -> None:
    assert not set(escape(cell)) & set("\t\n\r")
    assert unescape(escape(cell)) == cell


def test_lines_are_added_and_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "curation" / "journal.tsv"
    assert read_journal(path, COLUMNS) == []
    rows = [{"when": "2026", "what": "yksi\tkaksi"}, {"when": "2027", "what": "ä\nö"}]
    append_journal(path, COLUMNS, rows[:1])
    append_journal(path, COLUMNS, rows[1:])
    assert read_journal(path, COLUMNS) == rows
    assert len(path.read_text("utf-8").splitlines()) == 3
    rewrite_journal(path, COLUMNS, rows[1:])
    assert read_journal(path, COLUMNS) == rows[1:]


def test_a_line_that_an_editor_left_without_an_end_is_not_joined_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "journal.tsv"
    path.write_text("when\twhat\n2026\tyksi", "utf-8")
    append_journal(path, COLUMNS, [{"when": "2027", "what": "kaksi"}])
    assert [row["what"] for row in read_journal(path, COLUMNS)] == ["yksi", "kaksi"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"what\twhen\n", ":1: the header is not when, what"),
        (b"when\twhat\n2026\n", ":2: 1 cells where 2 are expected"),
        (b"when\twhat\n\xff\n", "cannot be read as UTF-8"),
    ],
)
def test_damage_is_named_with_its_place(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "journal.tsv"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=problem):
        read_journal(path, COLUMNS)
