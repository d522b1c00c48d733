"""keep.eu: the projects and partners of Interreg, in two sheets of one workbook.

A project is known by its programme and acronym, which both sheets print ("N.a." is nothing). The lead partner is the
applicant. Names stand in English and in other languages, which the export does not name.
"""

from __future__ import annotations

from loaders.iris import digest
from loaders.tables.columns import Columns, Row
from loaders.tables.fields import ACRONYM, body_of, country_of, date_of, other_names, place_of, status_of, sums_of
from loaders.tables.model import Body, Name, Participant, Record
from loaders.tables.names import programme_of, readable_key
from loaders.tables.sheet import Form, SheetKind

UNION = Body("Euroopan unioni")
_LEADS = {"yes": "applicant", "no": "partner"}
_KEY = {
    "programme": ("Programme", "Programme name"),
    "acronym": ("Project acronym", "Acronym"),
    "id": ("Project ID",),
}

_PROJECT = Columns(
    used={
        **_KEY,
        "english": ("Project name in English", "Project name"),
        "title": tuple(f"Project name in language {n}" for n in range(2, 7)),
        "status": ("Project status",),
        "start": ("Project start", "Project start date"),
        "end": ("Project end", "Project end date"),
        "total": ("Project's total budget / expenditure", "Project's total budget", "Total budget/expenditure"),
        "granted": ("Project's EU funding", "EU funding"),
    },
    required=frozenset({"programme", "acronym", "english", "total"}),
    ignored=frozenset(
        [
            *("Period", "Programming period", "Call serial number", "Website", "Project website", "Union co-financing rate"),
            *("Co-financing rate", "Themes", "Theme 1", "Theme 2", "Theme 3", "Thematic objective", "Specific objective"),
            *("Priority", "Investment Priority", "Type of intervention", "Description", "Link to keep.eu", "Keep link"),
            *(f"{what} in {language}" for what in ("Description", "Expected Achievements", "Actual Achievements")
              for language in ("English", *(f"language {n}" for n in range(2, 7)))),
        ]
    ),
)  # fmt: skip
_PARTNER = Columns(
    used={
        **_KEY,
        "english": ("Organisation in English", "Organisation"),
        "name": (*(f"Organisation in language {n}" for n in range(2, 7)), "Organisation in original language"),
        "lead": ("Lead partner",),
        "country": ("Country code", "Country"),
        "pic": ("Participant Identification Code", "PIC"),
        "vat": ("Partner's ID if not PIC",),
        "type": ("Type of Organisation",),
        "city": ("Town", "City"),
        "nuts": ("NUTS3 code (or equivalent)", "NUTS 3 code", "NUTS3"),
        "total": ("Partner's total eligible budget / expenditure", "Partner's total budget"),
        "granted": ("Partner's programme co-financing (EUR)", "ERDF contribution", "Partner's EU funding"),
    },
    required=frozenset({"programme", "acronym", "lead", "country"}),
    ignored=frozenset(
        [
            *("Period", "Programming period", "Department", "Street", "Address", "Postal code", "Postcode", "Website"),
            *("Legal status", "Project name in English", "NUTS1 code (or equivalent)", "NUTS2 code (or equivalent)"),
            *("Country name", "Region", "Latitude", "Longitude", "ENI contribution", "IPA contribution"),
            *("Other contribution", "Organisation abbreviation"),
        ]
    ),
)
_SUMS = {"total": ("total-budget", None, None), "granted": ("granted-eu", UNION, None)}


def _key(row: Row) -> str:
    programme, acronym, number = row.get("programme"), row.get("acronym"), row.get("id")
    if not programme or not (acronym or number):
        row.complain(row.quote, "a row without a programme and an acronym")
        return ""
    own = acronym or number
    return f"{readable_key(own)}-{digest(programme.casefold(), own.casefold(), length=8)}"


def _titles(row: Row) -> tuple[Name, ...]:
    acronym = Name(row.get("acronym") or row.get("id"), ACRONYM)
    return tuple(dict.fromkeys((Name(row.get("english"), "en"), *map(Name, row.each("title")), acronym)))


def _read_project(row: Row) -> Record | None:
    key = _key(row)
    if not key:
        return None
    return Record(
        row=row.number,
        quote=row.quote,
        key=key,
        code=row.get("id") or None,
        titles=tuple(name for name in _titles(row) if name.text),
        status=status_of(row),
        start=date_of(row, "start"),
        end=date_of(row, "end"),
        programme=programme_of(row.get("programme"), "en"),
        participants=(Participant(UNION, "funder"),),
        sums=tuple(sums_of(row, _SUMS)),
        sheet=row.sheet,
    )


def _read_partner(row: Row) -> Record | None:
    key = _key(row)
    names = [Name(row.get("english"), "en"), *map(Name, row.each("name"))]
    named = [name for name in names if name.text]
    if not key or not named:
        if key:
            row.complain(row.quote, "a row without an organisation")
        return None
    body = body_of(row, named[0].text, country_of(row))
    place = place_of(row, body.country)
    participant = Participant(body, _role(row), names=other_names(body, *named), place=place)
    kinds = {"granted": ("participant-granted-eu", UNION, body), "total": ("participant-budget", None, body)}
    return Record(
        row=row.number,
        quote=row.quote,
        key=key,
        code=row.get("id") or None,
        titles=(Name(row.get("acronym") or row.get("id"), ACRONYM),),
        programme=programme_of(row.get("programme"), "en"),
        participants=(participant, Participant(UNION, "funder")),
        sums=tuple(sums_of(row, kinds)),
        sheet=row.sheet,
    )


def _role(row: Row) -> str:
    printed = row.get("lead")
    role = _LEADS.get(printed.casefold())
    if role is None:
        row.complain(printed, "neither Yes nor No as lead partner")
    return role or "partner"


KEEP_EU = SheetKind("keep-eu/1", "en", (Form(_PARTNER, _read_partner), Form(_PROJECT, _read_project)))
