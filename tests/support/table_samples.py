"""Rows of the tables that are read, written for tests and fuzzing in the form of the real exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

CORDIS_PROJECT_COLUMNS = [
    "id",
    "acronym",
    "status",
    "title",
    "startDate",
    "endDate",
    "totalCost",
    "ecMaxContribution",
    "legalBasis",
    "topics",
    "ecSignatureDate",
    "frameworkProgramme",
    "masterCall",
    "subCall",
    "fundingScheme",
    "nature",
    "objective",
    "contentUpdateDate",
    "rcn",
    "grantDoi",
]
CORDIS_ORGANISATION_COLUMNS = [
    "projectID",
    "projectAcronym",
    "organisationID",
    "vatNumber",
    "name",
    "shortName",
    "SME",
    "activityType",
    "street",
    "postCode",
    "city",
    "country",
    "nutsCode",
    "geolocation",
    "organizationURL",
    "contactForm",
    "contentUpdateDate",
    "rcn",
    "order",
    "role",
    "ecContribution",
    "netEcContribution",
    "totalCost",
    "endOfParticipation",
    "active",
]
CORDIS_PROJECT = {
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
CORDIS_ORGANISATION = {
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
    "contactForm": "https://contact.example/101999001/999900001",
    "role": "coordinator",
    "ecContribution": "299250,5",
    "totalCost": "310000",
    "endOfParticipation": "false",
}
KOHESIO = {
    "Operation_Unique_Identifier": "https://linkedopendata.eu/entity/Q9990001",
    "Operation_Local_Identifier": "",
    "Operation_Name_English": "Light for northern homes",
    "Operation_Name_Programme_Language": "Valoa pohjoisen koteihin",
    "Country": "Finland",
    "Operation_Start_Date": "01/03/2018",
    "Operation_End_Date": "31/12/2020",
    "Total_Eligible_Expenditure_amount": "250000.5",
    "Total_Eligible_Expenditure_Currency": "EUR",
    "Project_EU_Budget": "125000.25",
    "Beneficiary_Name": "OULUN AMMATTIKORKEAKOULU OY",
    "Fund_Code": "ERDF",
    "Programme_Name": "Kestävää kasvua ja työtä 2014–2020",
    "Programming_Period": "2014-2020",
    "NUTS3_Code": "FI1D9",
    "Category_Label": "Something",
}
KEEP_EU_PROGRAMME = "2014 - 2020 Interreg V-X Esimerkki"
KEEP_EU_PROJECTS = [
    ["Period", "Programme", "Project acronym", "Project ID (2021-2027 only)", "Project name in English",
     "Project name in language 2", "Project start", "Project end", "Project's total budget / expenditure",
     "Project's EU funding", "Description in English"],
    ["2014-2020", KEEP_EU_PROGRAMME, "KIERTO", "N.a.", "Circular towns", "Kiertävät kunnat", "2019-01-01", "N.a.", 2349367.02,
     1879493.6, "Towns and their streams"],
]  # fmt: skip
KEEP_EU_PARTNERS = [
    ["A list of partners"],
    [],
    ["Programme", "Project acronym", "Organisation in English", "Organisation in language 2", "Lead partner",
     "Country code", "Participant Identification Code", "Partner’s ID if not PIC", "Type of Organisation", "Town",
     "NUTS3 code (or equivalent)", "ERDF contribution (2014-2020 only)", "Contact person"],
    [KEEP_EU_PROGRAMME, "Kierto", "University of Oulu", "Oulun yliopisto", "Yes", "FI", 999900009, "0245895-5",
     "Higher education and research organisations", "Oulu", "FI1D9", 119846.0, "Aino Esimerkki"],
    [KEEP_EU_PROGRAMME, "KIERTO", "City of Esimerkki", "N.a.", "No", "EE", "N.a.", "N.a.", "Local public authority", "Tampere",
     "EE001", "N.a.", "N.a."],
    [KEEP_EU_PROGRAMME, "KIERTO", "N.a.", "N.a.", "No", "EE"],
    [KEEP_EU_PROGRAMME, "KIERTO", "Somebody", "N.a.", "Perhaps", "SE"],
]  # fmt: skip


def delimited(columns: Iterable[str], rows: Iterable[Mapping[str, str]], delimiter: str = ";") -> str:
    """Return rows as delimited text, every cell in quotation marks; other keys are left out, and what is missing is empty."""
    buffer = io.StringIO()
    writer = csv.DictWriter(
        buffer,
        list(columns),
        restval="",
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL,
        extrasaction="ignore",
        lineterminator="\n",
    )
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()
