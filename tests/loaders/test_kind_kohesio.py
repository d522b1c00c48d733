"""Kohesio: one row an operation, with two names, a beneficiary, a fund and a region."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from table_samples import KOHESIO

from graph_api.corpus import mentions_of_table
from graph_api.identity.resolver import Resolver
from loaders.table_triples import TableWriter
from loaders.tables.model import Body, Name, Record
from loaders.tables.read import kind_of, read_table


def read(folder: Path, **changes: str) -> tuple[Record, list[str]]:
    row = KOHESIO | changes
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(row), lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(row)
    path = folder / "latest_FI.csv"
    path.write_text(buffer.getvalue(), "utf-8", newline="")
    table = read_table(path)
    assert table is not None
    assert table.kind == "kohesio/1"
    (record,) = kind_of(table).records(table.text)
    return record, [item.reason for item in table.unread]


def test_an_operation(tmp_path: Path) -> None:
    record, unread = read(tmp_path)
    assert unread == []
    assert (record.key, record.start, record.end) == ("Q9990001", "2018-03-01", "2020-12-31")
    assert record.titles == (Name("Valoa pohjoisen koteihin", "fi"), Name("Light for northern homes", "en"))
    assert record.places == ("maakunta-17",)
    assert record.programme is not None
    assert record.programme.key == "kestavaa-kasvua-ja-tyota"
    assert [(p.body, p.role) for p in record.participants] == [
        (Body("OULUN AMMATTIKORKEAKOULU OY", country="FI"), "applicant"),
        (Body("Euroopan aluekehitysrahasto"), "funder"),
    ]
    assert [(m.kind, m.amount, m.funder and m.funder.name) for m in record.sums] == [
        ("total-budget", "250000.5", None),
        ("granted-eu", "125000.25", "Euroopan aluekehitysrahasto"),
    ]


def test_a_local_identifier_that_is_a_code_of_the_finnish_lists_is_the_code(tmp_path: Path) -> None:
    assert read(tmp_path, Operation_Local_Identifier="2014FI16M2OP001_A79991")[0].key == "A79991"
    assert read(tmp_path, Operation_Local_Identifier="2014/0001")[0].key == "Q9990001"


@pytest.mark.parametrize(
    ("country", "nuts", "language", "places"),
    [
        ("Finland", "FI200", "sv", ("maakunta-21",)),
        ("Estonia", "EE001", "et", ()),
        ("Belgium", "FI1D9", None, ()),
        ("Finland", "FI1D9|FI1D7", "fi", ("maakunta-17", "maakunta-19")),
    ],
)
def test_a_title_has_the_language_of_the_programme_and_a_region_is_finnish(
    tmp_path: Path, country: str, nuts: str, language: str | None, places: tuple[str, ...]
) -> None:
    record, _ = read(tmp_path, Country=country, NUTS3_Code=nuts)
    assert record.titles[0].language == language
    assert record.places == places


def test_two_funds_and_none_that_is_known(tmp_path: Path) -> None:
    record, unread = read(tmp_path, Fund_Code="ERDF|ESF+")
    assert [p.body.name for p in record.participants if p.role == "funder"] == [
        "Euroopan aluekehitysrahasto",
        "Euroopan sosiaalirahasto plus",
    ]
    assert [money.funder for money in record.sums] == [None, None]
    assert unread == []
    assert read(tmp_path, Fund_Code="XYZ")[1] == ["no fund understood"]


def test_another_currency_is_kept(tmp_path: Path) -> None:
    record, _ = read(tmp_path, Total_Eligible_Expenditure_Currency="SEK")
    assert {money.currency for money in record.sums} == {"SEK"}
    assert read(tmp_path, Total_Eligible_Expenditure_Currency="crowns")[1] == ["no currency understood"]


def test_a_row_without_a_beneficiary_says_the_rest(tmp_path: Path) -> None:
    record, unread = read(tmp_path, Beneficiary_Name="")
    assert [p.role for p in record.participants] == ["funder"]
    assert unread == []


def test_an_address_in_the_place_of_a_code_does_not_enter_the_graph(tmp_path: Path) -> None:
    read(tmp_path, Operation_Local_Identifier="a.malli@example.fi")
    table = read_table(tmp_path / "latest_FI.csv")
    assert table is not None
    resolver = Resolver(list(mentions_of_table(table)))
    assert "example.fi" not in "".join(TableWriter(table, resolver).lines())
