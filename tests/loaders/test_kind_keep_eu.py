"""keep.eu: projects and partners in two sheets, joined by programme and acronym."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from table_samples import KEEP_EU_PARTNERS as PARTNERS
from table_samples import KEEP_EU_PROGRAMME as PROGRAMME
from table_samples import KEEP_EU_PROJECTS as PROJECTS

from loaders.tables.model import Body, Name, Record, Table
from loaders.tables.read import kind_of, read_table

Make = Callable[[Mapping[str, Sequence[Sequence[str | float]]]], bytes]


def read(folder: Path, make: Make, sheets: Mapping[str, Sequence[Sequence[str | float]]]) -> Table:
    path = folder / "keep.xlsx"
    path.write_bytes(make(sheets))
    table = read_table(path)
    assert table is not None
    return table


def records(table: Table) -> list[Record]:
    return list(kind_of(table).records(table.text))


def test_projects_and_partners_meet(make_workbook: Make, tmp_path: Path) -> None:
    table = read(tmp_path, make_workbook, {"Info": [["Export"]], "Projects": PROJECTS, "Partners": PARTNERS})
    project, lead, partner, other = records(table)
    assert {record.key for record in records(table)} == {project.key}
    assert project.key.startswith("kierto-")
    assert (table.kind, table.name) == ("keep-eu/1", "keep")
    assert [(record.sheet, record.row) for record in records(table)] == [
        ("Projects", 2), ("Partners", 4), ("Partners", 5), ("Partners", 7),
    ]  # fmt: skip
    assert (project.start, project.end, project.code) == ("2019-01-01", None, None)
    assert project.titles == (Name("Circular towns", "en"), Name("Kiertävät kunnat"), Name("KIERTO", "und"))
    assert [(m.kind, m.amount) for m in project.sums] == [("total-budget", "2349367.02"), ("granted-eu", "1879493.6")]
    assert project.programme is not None
    assert project.programme.name == Name(PROGRAMME, "en")
    body = Body("University of Oulu", "0245895-5", "FI", "999900009", "university")
    assert (lead.participants[0].body, lead.participants[0].role) == (body, "applicant")
    assert (lead.participants[0].names, lead.participants[0].place) == ((Name("Oulun yliopisto"),), "kunta-564")
    assert [(m.kind, m.amount, m.recipient) for m in lead.sums] == [("participant-granted-eu", "119846", body)]
    abroad = Body("City of Esimerkki", None, "EE", None, "municipality")
    assert (partner.participants[0].body, partner.participants[0].role) == (abroad, "partner")
    assert partner.participants[0].place is None
    assert other.participants[0].role == "partner"


def test_what_is_not_understood_is_reported_with_sheet_and_row(make_workbook: Make, tmp_path: Path) -> None:
    table = read(tmp_path, make_workbook, {"Projects": PROJECTS, "Partners": PARTNERS})
    assert [(item.line, item.reason) for item in table.unread] == [
        (6, "a row without an organisation (sheet Partners)"),
        (7, "neither Yes nor No as lead partner (sheet Partners)"),
    ]


def test_quotes_stand_in_their_rows_and_contacts_nowhere(make_workbook: Make, tmp_path: Path) -> None:
    table = read(tmp_path, make_workbook, {"Projects": PROJECTS, "Partners": PARTNERS})
    lines = table.text.split("\n")
    for record in records(table):
        assert record.quote
        assert record.quote in lines[record.row - 1]
    assert "Aino" not in table.text


def test_sheets_and_columns_come_in_any_order(make_workbook: Make, tmp_path: Path) -> None:
    turned = [list(reversed(row + [""] * (13 - len(row)))) for row in PARTNERS]
    first = read(tmp_path, make_workbook, {"Projects": PROJECTS, "Partners": PARTNERS})
    second = read(tmp_path, make_workbook, {"B": turned, "A": PROJECTS})
    assert {(r.key, r.participants, r.sums) for r in records(first)} == {
        (r.key, r.participants, r.sums) for r in records(second)
    }


def test_one_sheet_alone_is_enough(make_workbook: Make, tmp_path: Path) -> None:
    table = read(tmp_path, make_workbook, {"Partners": PARTNERS})
    assert table.count == 3
    assert all(record.titles for record in records(table))


def test_a_long_workbook_is_known_by_its_first_rows(make_workbook: Make, tmp_path: Path) -> None:
    long = [*PARTNERS, *([PARTNERS[4]] * 40)]
    assert read(tmp_path, make_workbook, {"Projects": PROJECTS, "Partners": long}).count == 44
