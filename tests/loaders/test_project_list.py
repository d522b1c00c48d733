"""Project lists: both headers, both encodings, damaged rows put together again or reported, never dropped in silence."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.kinds.project_list import (
    EURA2007_LIST,
    EURA2014_LIST,
    ListedProject,
    listed_projects,
    repair_row,
    restore_commas,
)
from loaders.readers.text import GUESSED
from loaders.tables.model import Table
from loaders.tables.read import read_table

HEADER = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
OLD_HEADER = HEADER.replace("Hankkeen nimi,Tl", "Projektin nimi,Ohjelma / osio,Tl")
ROW = "A79991,EAKR,Malli,2,Lapin liitto,Toiminnassa,1.3.2019,31.5.2021,Testaus Oy,250500,133301.44,343590,"


def read(folder: Path, text: str, encoding: str = "utf-8") -> Table:
    path = folder / "lista.csv"
    path.write_bytes(text.encode(encoding))
    found = read_table(path)
    assert found is not None
    return found


def projects(table: Table) -> list[ListedProject]:
    return list(listed_projects(table.text, []))


def project(folder: Path, row: str, header: str = HEADER) -> ListedProject:
    (found,) = projects(read(folder, f"{header}\n{row}\n"))
    return found


def test_a_row_is_a_project(tmp_path: Path) -> None:
    assert project(tmp_path, ROW) == ListedProject(
        row=2,
        raw=ROW,
        code="A79991",
        fund="EAKR",
        title="Malli",
        axis="2",
        authority="Lapin liitto",
        status="Toiminnassa",
        start="2019-03-01",
        end="2021-05-31",
        applicant="Testaus Oy",
        amounts=("250500", "133301.44", "343590", None),
    )


def test_the_older_list_has_a_programme_column(tmp_path: Path) -> None:
    found = project(tmp_path, ROW.replace("Malli,2", "Malli,Valtakunnallinen osio,2"), OLD_HEADER)
    assert (found.title, found.axis, found.applicant) == ("Malli", "2", "Testaus Oy")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_both_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    row = ROW.replace("Lapin liitto", "Hämeen liitto")
    assert projects(read(tmp_path, f"{HEADER}\n{row}", encoding))[0].authority == "Hämeen liitto"


def test_gzip_is_read_and_the_name_is_bare(tmp_path: Path) -> None:
    path = tmp_path / "hankkeet.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\r\n{ROW}\r\n".encode()))
    found = read_table(path)
    assert found is not None
    assert (found.name, found.kind, found.count) == ("hankkeet", "eura2014-list/1", 1)


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("Malli", '"Malli, toinen osa"', "title", "Malli, toinen osa"),
        ("Malli", "Malli, toinen, osa", "title", "Malli, toinen, osa"),
        ("Malli", "Malli |toinen osa", "title", "Malli, toinen osa"),
        ("Malli", "Malli  toinen osa", "title", "Malli, toinen osa"),
        ("Lapin liitto", "Hämeen elinkeino-, liikenne- ja ympäristökeskus", "authority", None),
        ("Testaus Oy", "Testaus, Oy", "applicant", "Testaus,Oy"),
        ("1.3.2019,31.5.2021", ",", "start", None),
        ("1.3.2019,31.5.2021", ",31.5.2021", "end", "2021-05-31"),
        ("Testaus Oy", "TESTAUS OYTESTING LTD (aiemmin Malli)", "applicant", "TESTAUS OYTESTING LTD (aiemmin Malli)"),
        ("250500,133301.44,343590,", ",,,", "amounts", (None, None, None, None)),
    ],
)
def test_damage_of_every_kind_is_read(
    tmp_path: Path, old: str, new: str, field: str, value: str | tuple[None, ...] | None
) -> None:
    found = project(tmp_path, ROW.replace(old, new))
    assert found.code == "A79991"
    if field == "authority":
        assert found.authority.replace(", ", ",") == "Hämeen elinkeino-,liikenne- ja ympäristökeskus"
    else:
        read_value = getattr(found, field)
        assert (read_value.replace(", ", ",") if isinstance(read_value, str) else read_value) == (
            value.replace(", ", ",") if isinstance(value, str) else value
        )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A79992,EAKR,Malli,2", "a row of 4 cells where 13 are expected"),
        ("A79992,EAKR" + ",x" * 20, "a row of 22 cells where 13 are expected"),
        (ROW.replace("A79991", "yhteensä"), "a row without a project code"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_the_others_loaded(tmp_path: Path, row: str, reason: str) -> None:
    found = read(tmp_path, f"{HEADER}\n{row}\n\n{ROW}\n")
    assert [(unread.line, unread.reason) for unread in found.unread] == [(2, reason)]
    assert [listed.row for listed in projects(found)] == [4]


def test_a_cell_that_is_not_understood_is_reported_and_the_row_loaded(tmp_path: Path) -> None:
    row = ROW.replace("1.3.2019", "7560").replace("250500", "paljon")
    found = read(tmp_path, f"{HEADER}\n{row}\n")
    assert [(unread.line, unread.text, unread.reason) for unread in found.unread] == [
        (2, "7560", "no date understood"),
        (2, "paljon", "no amount understood"),
    ]
    assert (projects(found)[0].start, projects(found)[0].end) == (None, "2021-05-31")
    assert projects(found)[0].amounts == (None, "133301.44", "343590", None)


def test_money_paid_back_is_negative(tmp_path: Path) -> None:
    assert project(tmp_path, ROW.replace("133301.44", "-876")).amounts[1] == "-876"


def test_another_file_is_no_project_list(tmp_path: Path) -> None:
    path = tmp_path / "muu.csv"
    path.write_text("a,b,c\n1,2,3\n", "utf-8")
    assert read_table(path) is None
    assert not any(kind.recognises("") for kind in (EURA2007_LIST, EURA2014_LIST))


def test_a_list_without_a_readable_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tyhja.csv"
    path.write_text(HEADER + "\n", "utf-8")
    with pytest.raises(ReadError, match=r"tyhja\.csv: has the header of a project list and no project"):
        read_table(path)


def test_a_header_with_more_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="15 columns where there are 13 or 14"):
        read(tmp_path, f"{HEADER},a,b\n{ROW},,\n")


def test_a_cell_beyond_all_measure_is_reported(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ROW}\n{ROW.replace('Malli', 'x' * 140_000)}\n")
    assert found.count == 1
    assert [item.reason for item in found.unread] == ["a row of 0 cells where 13 are expected"]


def test_an_encoding_that_was_guessed_is_noted(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ROW}\n", "latin-1")
    assert [item.reason for item in found.unread] == [GUESSED]


@pytest.mark.parametrize(
    ("printed", "restored"),
    [
        ("elinkeino-  liikenne- ja ympäristökeskus", "elinkeino-, liikenne- ja ympäristökeskus"),
        ("prosessit |kemikaalit ja (muut)", "prosessit, kemikaalit ja (muut)"),
        (" Malli ", "Malli"),
        ("Malli, osa", "Malli, osa"),
    ],
)
def test_lost_commas_are_restored(printed: str, restored: str) -> None:
    assert restore_commas(printed) == restored


plain_words = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=8)
names = st.lists(plain_words, min_size=1, max_size=4)
optional_dates = st.sampled_from([("1.3.2019", "31.5.2021"), ("1.3.2019", ""), ("", "31.5.2021")])
amounts = st.lists(st.sampled_from(["", "250500", "133301.44"]), min_size=4, max_size=4)


@given(names, names, names, optional_dates, amounts, st.booleans())
@settings(deadline=None)
def test_a_row_with_unquoted_commas_comes_back(
    title: list[str], authority: list[str], applicant: list[str], dates: tuple[str, str], money: list[str], older: bool
) -> None:
    programme = ["Valtakunnallinen osio"] if older else []
    joined = [",".join(part) for part in (title, authority, applicant)]
    row = ["S29999", "ESR", joined[0], *programme, "3", joined[1], "Toiminnassa", *dates, joined[2], *money]
    cells = next(csv.reader([",".join(row)]))
    assert repair_row(cells, len(row)) == row


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=13, max_size=13))
@settings(deadline=None)
def test_a_quoted_row_of_any_text_is_left_as_it_is_or_reported(cells: list[str]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    assert next(csv.reader([buffer.getvalue()])) == cells
    repaired = repair_row(cells, 13)
    assert repaired is None or repaired == cells


@given(st.lists(st.text(max_size=6), max_size=30), st.sampled_from([13, 14]))
@settings(deadline=None)
def test_any_cells_give_a_row_of_the_right_width_or_none(cells: list[str], width: int) -> None:
    repaired = repair_row(cells, width)
    assert repaired is None or (len(repaired) == width and ",".join(repaired) == ",".join(cells))
