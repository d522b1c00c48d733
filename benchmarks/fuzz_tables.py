"""Small tables of every kind, for `fuzz.py` to damage."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

_KOHESIO = {
    "Operation_Unique_Identifier": "https://linkedopendata.eu/entity/Q9990001",
    "Operation_Name_English": "Light for northern homes",
    "Operation_Name_Programme_Language": "Valoa pohjoisen koteihin",
    "Country": "Finland",
    "Operation_Start_Date": "01/03/2018",
    "Operation_End_Date": "31/12/2020",
    "Total_Eligible_Expenditure_amount": "250000.5",
    "Project_EU_Budget": "125000.25",
    "Beneficiary_Name": "OULUN AMMATTIKORKEAKOULU OY",
    "Fund_Code": "ERDF",
    "Programme_Name": "Kestävää kasvua ja työtä 2014–2020",
    "Programming_Period": "2014-2020",
    "NUTS3_Code": "FI1D9",
}
_PROJECT = {
    "id": "101999001",
    "acronym": "KIERTO",
    "status": "SIGNED",
    "title": "Circular everyday life in small towns",
    "startDate": "2023-01-01",
    "endDate": "2026-12-31",
    "totalCost": "2073781,25",
    "ecMaxContribution": "1900000",
    "frameworkProgramme": "HORIZON",
    "objective": "Small towns; they test\nthings.",
}
_ORGANISATION = {
    "projectID": "101999001",
    "projectAcronym": "KIERTO",
    "organisationID": "999900001",
    "vatNumber": "FI28445618",
    "name": "TAMPEREEN KORKEAKOULUSAATIO SR",
    "shortName": "TAU",
    "activityType": "HES",
    "city": "HAMEENLINNA",
    "country": "FI",
    "nutsCode": "FI1C2",
    "role": "coordinator",
    "ecContribution": "299250,5",
    "totalCost": "310000",
    "endOfParticipation": "false",
}
# As a workbook that a spreadsheet program wrote; its cells hold their texts.
_KEEP = {
    "Projects": [
        ["Period", "Programme", "Project acronym", "Project name in English", "Project start", "Project end"],
        ["2014-2020", "Interreg V-X Esimerkki", "KIERTO", "Circular towns", "2019-01-01", "N.a."],
    ],
    "Partners": [
        ["Programme", "Project acronym", "Organisation in English", "Organisation in language 2", "Lead partner",
         "Country code", "Partner’s ID if not PIC", "Type of Organisation", "Town", "NUTS3 code (or equivalent)"],
        ["Interreg V-X Esimerkki", "Kierto", "University of Oulu", "Oulun yliopisto", "Yes", "FI", "0245895-5",
         "Higher education and research organisations", "Oulu", "FI1D9"],
        ["Interreg V-X Esimerkki", "KIERTO", "City of Esimerkki", "N.a.", "No", "EE", "N.a.", "Local public authority",
         "Tampere", "EE001"],
    ],
}  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def lists(repository: Path) -> dict[str, list[str]]:
    """Return tables as delimited text, by the name of the target."""
    return {
        "project-list": [path.read_text("utf-8") for path in sorted((repository / "data" / "lists").glob("*.csv"))],
        "cordis-project": [_text([_PROJECT] * 4, ";")],
        "cordis-organisation": [_text([_ORGANISATION] * 4, ";")],
        "kohesio": [_text([_KOHESIO] * 4, ",")],
    }


def workbooks(damage: random.Random) -> Iterator[bytes]:
    """Yield workbooks of keep.eu with damaged cells, markup or bytes."""
    while True:
        sheets = [_sheet(rows, damage) for rows in _KEEP.values()]
        data = bytearray(_workbook(list(_KEEP), sheets))
        for _ in range(damage.choice([0, 0, 1, 4])):
            data[damage.randrange(len(data))] = damage.randrange(256)
        yield bytes(data)


def _text(rows: list[dict[str, str]], delimiter: str) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _sheet(rows: list[list[str]], damage: random.Random) -> str:
    """Return a sheet whose cells are now and then lost, doubled, odd, or no text."""
    written = []
    for row in rows * damage.choice([1, 1, 3]):
        cells = [cell if damage.random() > 0.03 else _odd(damage) for cell in row]
        cells += cells[: damage.choice([0, 0, 0, 1, 5])]
        written.append("<row>" + "".join(_cell(cell, damage) for cell in cells) + "</row>")
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'
    if damage.random() < 0.1:
        at = damage.randrange(len(sheet))
        sheet = sheet[:at] + damage.choice(["<c>", "</row>", "&x;", "<", ""]) + sheet[at + damage.choice([0, 1, 40]) :]
    return sheet


def _cell(text: str, damage: random.Random) -> str:
    if damage.random() < 0.02:
        return f"<c><v>{damage.choice(['1e400', 'nan', '-1', '44000.5', '', 'x'])}</v></c>"
    return f'<c t="inlineStr"><is><t>{text.replace("&", "&amp;").replace("<", "&lt;")}</t></is></c>'


def _odd(damage: random.Random) -> str:
    return damage.choice(
        [
            "",
            "=1+1",
            "\n",
            "x" * 5000,
            "9" * 400,
            "31.2.2019",
            "0000-00-00",
            "a@b.fi",
            "İ",
            "a\u0308",
            "N.a.",
            "FI",
            "-1",
        ]
    )


def _workbook(names: list[str], sheets: list[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        packed.writestr("_rels/.rels", _relations("officeDocument", ["xl/workbook.xml"]))
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        files = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
        packed.writestr("xl/_rels/workbook.xml.rels", _relations("worksheet", files))
        for file, sheet in zip(files, sheets, strict=True):
            packed.writestr(f"xl/{file}", sheet)
    return buffer.getvalue()


def _relations(kind: str, targets: list[str]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'
