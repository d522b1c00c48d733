"""Consortium lists: an applicant and its partners in one cell, each with its business id."""

from __future__ import annotations

from pathlib import Path

from loaders.tables.model import Body
from loaders.tables.read import kind_of, read_table

HEADER = "code\ttitle\taxis\tstart\tend\tstatus\tauthority\tapplicant\torg_type\tbusiness_id\tpartners"


def read(folder: Path, *rows: str) -> tuple[list[tuple[str, Body]], list[str]]:
    path = folder / "anything.tsv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    table = read_table(path)
    assert table is not None
    assert table.kind == "consortium-list/1"
    found = [(p.role, p.body) for record in kind_of(table).records(table.text) for p in record.participants]
    return found, [item.reason for item in table.unread]


def test_applicant_authority_and_partners(tmp_path: Path) -> None:
    found, unread = read(
        tmp_path,
        "A79999\tMallikierto\t2. Tieto\t1.6.2018\t30.6.2020\tToiminnassa\tLapin liitto\tOulun yliopisto\tYliopisto\t0245895-5"
        "\tTurun yliopisto, 0245896-3||Testi Oy",
    )
    assert unread == []
    assert found == [
        ("applicant", Body("Oulun yliopisto", "0245895-5", type="university")),
        ("authority", Body("Lapin liitto")),
        ("partner", Body("Turun yliopisto", "0245896-3")),
        ("partner", Body("Testi Oy")),
    ]


def test_a_dash_names_nobody_and_a_wrong_number_is_reported(tmp_path: Path) -> None:
    found, unread = read(
        tmp_path,
        "A79998\tYksin\t\t1.6.2018\t\tToiminnassa\t\tOulun yliopisto\t\t\t-",
        "A79997\tVäärin\t\t1.6.2018\t\tToiminnassa\t\tOulun yliopisto\t\t\tTurun yliopisto, 0245896-4",
    )
    assert [(role, body.business_id) for role, body in found] == [
        ("applicant", None),
        ("applicant", None),
        ("partner", None),
    ]
    assert unread == ["no business id: its check digit is wrong"]
