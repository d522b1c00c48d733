"""CORDIS: projects and organisations in two files, in any order of columns, with every oddity of the exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from table_samples import CORDIS_ORGANISATION as FINNISH
from table_samples import CORDIS_ORGANISATION_COLUMNS as ORGANISATION_COLUMNS
from table_samples import CORDIS_PROJECT as PROJECT
from table_samples import CORDIS_PROJECT_COLUMNS as PROJECT_COLUMNS
from table_samples import delimited

from loaders.errors import ReadError
from loaders.tables.model import Body, Name, Participant, Record, Table
from loaders.tables.read import kind_of, read_table

FOREIGN = {
    **FINNISH,
    "organisationID": "999900003",
    "vatNumber": "EL123456789",
    "name": "DIMOS ESIMERKKI",
    "shortName": "",
    "activityType": "PUB",
    "city": "TAMPERE",
    "country": "EL",
    "nutsCode": "EL303",
    "role": "associatedPartner",
    "ecContribution": "",
    "totalCost": "0",
    "endOfParticipation": "true",
}


def read(folder: Path, text: str, name: str = "anything.csv") -> Table:
    path = folder / name
    path.write_text(text, "utf-8")
    table = read_table(path)
    assert table is not None
    return table


def records(table: Table) -> list[Record]:
    return list(kind_of(table).records(table.text))


def complaints(table: Table) -> list[tuple[int, str]]:
    return [(unread.line, unread.reason) for unread in table.unread]


def test_a_project(tmp_path: Path) -> None:
    table = read(tmp_path, delimited(PROJECT_COLUMNS, [PROJECT]))
    (record,) = records(table)
    assert (table.kind, table.count, table.unread) == ("cordis-project/1", 1, [])
    assert (record.key, record.code, record.status) == ("101999001", "101999001", "SIGNED")
    assert (record.start, record.end) == ("2023-01-01", "2026-12-31")
    assert record.titles == (Name("Circular everyday life in small towns", "en"), Name("KIERTO", "und"))
    assert record.programme is not None
    assert record.programme.key == "horisontti-eurooppa"
    assert [(money.kind, money.amount, money.funder and money.funder.name) for money in record.sums] == [
        ("total-budget", "2073781.25", None),
        ("granted-eu", "1900000", "Euroopan komissio"),
    ]
    assert [(p.body.name, p.role) for p in record.participants] == [("Euroopan komissio", "funder")]


def test_organisations(tmp_path: Path) -> None:
    table = read(tmp_path, delimited(ORGANISATION_COLUMNS, [FINNISH, FOREIGN]))
    finnish, foreign = records(table)
    assert (table.kind, table.unread) == ("cordis-organisation/1", [])
    body = Body("Tampereen korkeakoulusäätiö sr", "2844561-8", "FI", "999900001", "university")
    names = (Name("TAMPEREEN KORKEAKOULUSAATIO SR"), Name("TAU"))
    assert finnish.participants[0] == Participant(body, "applicant", names=names, place="kunta-109")
    assert finnish.participants[1].role == "funder"
    assert [(m.kind, m.amount, m.recipient) for m in finnish.sums] == [
        ("participant-granted-eu", "299250.5", body),
        ("participant-budget", "310000", body),
    ]
    abroad = Body("DIMOS ESIMERKKI", None, "GR", "999900003", "public_body")
    assert foreign.participants == (Participant(abroad, "partner", ended_early=True),)
    assert foreign.sums == ()
    assert {record.key for record in (finnish, foreign)} == {"101999001"}


def test_the_end_of_a_participation_may_be_a_date(tmp_path: Path) -> None:
    (record,) = records(
        read(tmp_path, delimited(ORGANISATION_COLUMNS, [FINNISH | {"endOfParticipation": "2024-06-30"}]))
    )
    assert (record.participants[0].end, record.participants[0].ended_early) == ("2024-06-30", False)


def test_older_columns_other_orders_and_delimiters_are_the_same(tmp_path: Path) -> None:
    renamed = {"projectID": "projectReference", "organisationID": "id"}
    columns = [renamed.get(name, name) for name in reversed(ORGANISATION_COLUMNS)]
    rows = [{renamed.get(name, name): value for name, value in FINNISH.items()}]
    for delimiter in (";", ",", "\t"):
        table = read(tmp_path, delimited(columns, rows, delimiter))
        (record,) = records(table)
        (expected,) = records(read(tmp_path, delimited(ORGANISATION_COLUMNS, [FINNISH])))
        assert record.participants == expected.participants
        assert record.sums == expected.sums


def test_the_columns_of_the_seventh_framework_programme(tmp_path: Path) -> None:
    columns = [
        "rcn",
        "reference",
        "acronym",
        "status",
        "programme",
        "topics",
        "frameworkProgramme",
        "title",
        "startDate",
        "endDate",
        "projectUrl",
        "objective",
        "totalCost",
        "ecMaxContribution",
        "call",
        "fundingScheme",
        "coordinator",
        "coordinatorCountry",
        "participants",
        "participantCountries",
        "subjects",
    ]
    table = read(
        tmp_path, delimited(columns, [PROJECT | {"reference": "299001", "status": "CLO", "frameworkProgramme": "FP7"}])
    )
    (record,) = records(table)
    assert (record.key, table.unread) == ("299001", [])
    assert record.programme is not None
    assert record.programme.key == "seitsemas-puiteohjelma"


def test_every_column_is_used_ignored_or_reported_once(tmp_path: Path) -> None:
    columns = [*ORGANISATION_COLUMNS, "shoeSize", "contactEmail"]
    row = FINNISH | {"shoeSize": "44", "contactEmail": "aino.esimerkki@example.fi"}
    table = read(tmp_path, delimited(columns, [row, FOREIGN]))
    assert [(item.line, item.text, item.reason) for item in table.unread] == [
        (1, "shoeSize", "an unknown column, left out")
    ]


@pytest.mark.parametrize("column", ["contactForm", "contactEmail", "contactTelephoneNumber", "contactLastNames"])
def test_contact_columns_are_not_stored_and_not_quoted(tmp_path: Path, column: str) -> None:
    columns = [*ORGANISATION_COLUMNS, *({column} - set(ORGANISATION_COLUMNS))]
    table = read(tmp_path, delimited(columns, [FINNISH | {column: "Aino Esimerkki, 040 555 0162"}]))
    assert "Esimerkki" not in table.text
    assert "555" not in table.text


def test_an_address_in_any_cell_is_not_quoted(tmp_path: Path) -> None:
    table = read(tmp_path, delimited(ORGANISATION_COLUMNS, [FINNISH | {"shortName": "aino.esimerkki@example.fi"}]))
    (record,) = records(table)
    assert record.quote == "101999001"


def test_a_quote_stands_in_its_line_without_the_long_prose(tmp_path: Path) -> None:
    table = read(tmp_path, delimited(PROJECT_COLUMNS, [PROJECT, PROJECT | {"id": "101999002"}]))
    lines = table.text.split("\n")
    found = records(table)
    assert [record.row for record in found] == [2, 4]  # the first takes two lines of the file
    for record in found:
        assert record.quote in lines[record.row - 1]
        assert "Small towns" not in record.quote


def test_a_title_that_opens_with_a_doubled_quotation_mark(tmp_path: Path) -> None:
    plain = delimited(PROJECT_COLUMNS, [PROJECT])
    text = plain.replace('"Circular everyday life in small towns"', '""Light; ""and"" warmth""')
    assert text != plain
    (record,) = records(read(tmp_path, text))
    assert record.titles[0].text == '"Light; "and" warmth"'


@pytest.mark.parametrize(
    ("change", "reason", "loaded"),
    [
        ({"projectID": ""}, "a row without a project id", 1),
        ({"name": ""}, "a row without an organisation", 1),
        ({"role": "juggler"}, "no role understood", 2),
        ({"country": "Atlantis"}, "no country understood", 2),
        ({"activityType": "XYZ"}, "no organisation type understood", 2),
        ({"ecContribution": "much"}, "no amount understood", 2),
        ({"vatNumber": "FI28445619"}, "no business id: its check digit is wrong", 2),
        ({"endOfParticipation": "perhaps"}, "no date understood", 2),
    ],
)
def test_what_is_not_understood_is_reported_with_its_row(
    tmp_path: Path, change: dict[str, str], reason: str, loaded: int
) -> None:
    table = read(tmp_path, delimited(ORGANISATION_COLUMNS, [FOREIGN, FINNISH | change]))
    assert complaints(table) == [(3, reason)]
    assert table.count == loaded


def test_a_row_of_another_width_is_reported_and_the_others_loaded(tmp_path: Path) -> None:
    header, first, second = delimited(ORGANISATION_COLUMNS, [FINNISH, FOREIGN]).splitlines()
    table = read(tmp_path, "\n".join([header, first, '"1";"2";"3"', second]))
    assert complaints(table) == [(3, "a row of 3 cells where 25 are expected")]
    assert [record.row for record in records(table)] == [2, 4]


def test_the_name_of_the_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, delimited(PROJECT_COLUMNS, [PROJECT]), "organization.txt").kind == "cordis-project/1"
    other = tmp_path / "project.csv"
    other.write_text("id;what;else;more\n1;2;3;4\n", "utf-8")
    assert read_table(other) is None


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no project that can be read"):
        read(tmp_path, delimited(PROJECT_COLUMNS, []))


def test_what_a_table_stores_gives_the_same_records_again(tmp_path: Path) -> None:
    table = read(tmp_path, delimited(PROJECT_COLUMNS, [PROJECT]))
    assert kind_of(table).store(table.text, []) == table.text
