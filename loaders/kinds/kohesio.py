"""Kohesio: one row an operation of the cohesion policy, with its beneficiary, fund, programme and place.

The identifier is an address of the EU Knowledge Graph, of which the last part is the code; a local identifier that ends
in a code of the Finnish structural funds ("A75000") is that code, so that the operation meets the same project in the
Finnish lists. English names are translations; the name in the programme's language has the language of its country.
"""

from __future__ import annotations

import re

from loaders.authority import find_body
from loaders.tables.columns import Columns, Row
from loaders.tables.fields import body_of, country_of, date_of, other_names, sums_of
from loaders.tables.model import Body, Name, Participant, Record
from loaders.tables.names import programme_of
from loaders.tables.places import region_of
from loaders.tables.sheet import Form, SheetKind
from loaders.vocabulary import scheme

_FINNISH_CODE = re.compile(r"(?:^|[_/ -])([A-Z]\d{5,6})$")
_SEVERAL = re.compile(r"\s*[|;]\s*")
_CURRENCY = re.compile(r"[A-Z]{3}")

_COLUMNS = Columns(
    used={
        "id": ("Operation_Unique_Identifier",),
        "local": ("Operation_Local_Identifier",),
        "english": ("Operation_Name_English",),
        "title": ("Operation_Name_Programme_Language",),
        "country": ("Country", "CountryCode", "CountryID"),
        "start": ("Operation_Start_Date",),
        "end": ("Operation_End_Date",),
        "total": ("Total_Eligible_Expenditure_amount",),
        "currency": ("Total_Eligible_Expenditure_Currency",),
        "granted": ("Project_EU_Budget",),
        "name": ("Beneficiary_Name", "Beneficiary_Name_English"),
        "vat": ("Beneficiary_Local_Identifier",),
        "fund": ("Fund_Code", "Fund_Name"),
        "programme": ("Programme_Name",),
        "nuts": ("NUTS3_Code",),
    },
    required=frozenset({"id", "title", "country", "granted"}),
    ignored=frozenset(
        [
            "Postal_Code",
            "Cofinancing_Rate",
            "Beneficiary_Unique_Identifier",
            "Location_Indicator_latitude_longitude",
            "Category_Of_Intervention",
            "Category_Label",
            "Thematic_Objective_ID",
            "Thematic_Objective_Label",
            "Policy_Objective_ID",
            "Policy_Objective_Label",
            "Programme_Code",
            "Programming_Period",
            "Region",
            "NUTS1_Code",
            "NUTS2_Code",
            "NUTS1_Label",
            "NUTS2_Label",
            "NUTS3_Label",
            "LAU_Labels",
            "Operation_Summary_English",
            "Operation_Summary_Programme_Language",
            "ManagingAuthority",
            "Managing_Authority",
            "Image_URL",
            "InfoRegio_ID",
            "InfoRegio_URL",
        ]
    ),
)


def _read(row: Row) -> Record | None:
    code = _code(row)
    if not code:
        row.complain(row.quote, "a row without an identifier")
        return None
    country = country_of(row)
    funders = _funders(row)
    kinds = {
        "total": ("total-budget", None, None),
        "granted": ("granted-eu", funders[0] if len(funders) == 1 else None, None),
    }
    places = [region_of(nuts) for nuts in _SEVERAL.split(row.get("nuts"))] if country == "FI" else []
    return Record(
        row=row.number,
        quote=row.quote,
        key=code,
        code=code,
        titles=_titles(row, country) or (Name(code, "und"),),
        start=date_of(row, "start"),
        end=date_of(row, "end"),
        programme=programme_of(row.get("programme")),
        places=tuple(place for place in places if place),
        participants=(*_beneficiary(row, country), *(Participant(fund, "funder") for fund in funders)),
        sums=tuple(sums_of(row, kinds, _currency(row))),
        sheet=row.sheet,
    )


def _code(row: Row) -> str:
    local = _FINNISH_CODE.search(row.get("local"))
    return local[1] if local else row.get("id").rstrip("/").rpartition("/")[2] or row.get("local")


def _titles(row: Row, country: str | None) -> tuple[Name, ...]:
    known = scheme("countries").get(country or "")
    language = "sv" if row.get("nuts") == "FI200" else known.first("language") if known else None
    titles = (Name(row.get("title"), language), Name(row.get("english"), "en"))
    return tuple(title for title in titles if title.text)


def _beneficiary(row: Row, country: str | None) -> tuple[Participant, ...]:
    name = row.get("name")
    if not name:
        return ()
    body = body_of(row, name, country)
    names = other_names(body, *map(Name, row.each("name")))
    return (Participant(body, "applicant", date_of(row, "start"), date_of(row, "end"), names=names),)


def _funders(row: Row) -> list[Body]:
    found = [find_body(printed) for printed in _SEVERAL.split(row.get("fund")) if printed]
    if row.get("fund") and None in found:
        row.complain(row.get("fund"), "no fund understood")
    return [Body(body.name) for body in found if body]


def _currency(row: Row) -> str:
    printed = row.get("currency").upper()
    if printed and not _CURRENCY.fullmatch(printed):
        row.complain(printed, "no currency understood")
    return printed if _CURRENCY.fullmatch(printed) else "EUR"


KOHESIO = SheetKind("kohesio/1", "en", (Form(_COLUMNS, _read),))
