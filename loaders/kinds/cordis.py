"""CORDIS: `project.csv` and `organization.csv` of the framework programmes, which meet in the project's id.

Columns are those of the exports since 2021 (Horizon Europe, Horizon 2020, FP7) and of the older ones ("projectReference",
"projectRcn", "coordinator" …). Amounts have a decimal comma; Greece and the United Kingdom are EL and UK.
"""

from __future__ import annotations

from loaders.tables.columns import Columns, Row
from loaders.tables.fields import (
    ACRONYM,
    body_of,
    country_of,
    date_of,
    other_names,
    place_of,
    role_of,
    status_of,
    sums_of,
)
from loaders.tables.model import Body, Name, Participant, Record
from loaders.tables.names import programme_of
from loaders.tables.sheet import Form, SheetKind

COMMISSION = Body("Euroopan komissio")
_LEFT, _STAYED = frozenset({"true", "1", "yes"}), frozenset({"", "false", "0", "no"})

_PROJECT = Columns(
    used={
        "id": ("id", "reference"),
        "acronym": ("acronym",),
        "status": ("status",),
        "title": ("title",),
        "start": ("startDate",),
        "end": ("endDate",),
        "total": ("totalCost",),
        "granted": ("ecMaxContribution",),
        "framework": ("frameworkProgramme",),
    },
    required=frozenset({"id", "acronym", "title", "granted"}),
    ignored=frozenset(
        [
            "legalBasis",
            "topics",
            "ecSignatureDate",
            "masterCall",
            "subCall",
            "call",
            "fundingScheme",
            "nature",
            "objective",
            "contentUpdateDate",
            "rcn",
            "grantDoi",
            "keywords",
            "programme",
            "projectUrl",
            "subjects",
            "coordinator",
            "coordinatorCountry",
            "participants",
            "participantCountries",
            "Human-validated",
        ]
    ),
)
_ORGANISATION = Columns(
    used={
        "project": ("projectID", "projectReference"),
        "acronym": ("projectAcronym",),
        "pic": ("organisationID", "id"),
        "vat": ("vatNumber",),
        "name": ("name",),
        "short": ("shortName",),
        "type": ("activityType",),
        "city": ("city",),
        "country": ("country",),
        "nuts": ("nutsCode",),
        "role": ("role",),
        "contribution": ("ecContribution", "netEcContribution"),
        "total": ("totalCost",),
        "left": ("endOfParticipation",),
    },
    required=frozenset({"project", "name", "role", "country"}),
    ignored=frozenset(
        [
            "SME",
            "street",
            "postCode",
            "geolocation",
            "organizationURL",
            "organizationUrl",
            "contentUpdateDate",
            "rcn",
            "order",
            "active",
            "projectRcn",
            "organisationRcn",
        ]
    ),
)


def _read_project(row: Row) -> Record | None:
    code = row.get("id")
    if not code.isalnum():
        row.complain(code or row.quote, "a row without a project id")
        return None
    title, acronym = row.get("title"), row.get("acronym")
    names = (Name(title, "en"), Name(acronym, ACRONYM)) if title else (Name(acronym or code, ACRONYM),)
    return Record(
        row=row.number,
        quote=row.quote,
        key=code,
        code=code,
        titles=tuple(name for name in names if name.text),
        status=status_of(row),
        start=date_of(row, "start"),
        end=date_of(row, "end"),
        programme=programme_of(row.get("framework"), "en"),
        participants=(Participant(COMMISSION, "funder"),),
        sums=tuple(sums_of(row, _SUMS)),
        sheet=row.sheet,
    )


def _read_organisation(row: Row) -> Record | None:
    code, name = row.get("project"), row.get("name")
    if not code.isalnum() or not name:
        row.complain(row.quote, "a row without a project id" if name else "a row without an organisation")
        return None
    body = body_of(row, name, country_of(row))
    participant = Participant(
        body,
        role_of(row),
        end=_left_on(row),
        ended_early=row.get("left").casefold() in _LEFT,
        names=other_names(body, Name(name), Name(row.get("short"))),
        place=place_of(row, body.country),
    )
    kinds = {"contribution": ("participant-granted-eu", COMMISSION, body), "total": ("participant-budget", None, body)}
    sums = tuple(sums_of(row, kinds))
    funders = (Participant(COMMISSION, "funder"),) if any(money.funder for money in sums) else ()
    return Record(
        row=row.number,
        quote=row.quote,
        key=code,
        code=code,
        titles=(Name(row.get("acronym") or code, ACRONYM),),
        participants=(participant, *funders),
        sums=sums,
        sheet=row.sheet,
    )


def _left_on(row: Row) -> str | None:
    """Return when an organisation left; most exports say only that it did."""
    printed = row.get("left")
    if printed.casefold() in _LEFT | _STAYED:
        return None
    return date_of(row, "left")


_SUMS = {"total": ("total-budget", None, None), "granted": ("granted-eu", COMMISSION, None)}
CORDIS_PROJECT = SheetKind("cordis-project/1", "en", (Form(_PROJECT, _read_project),))
CORDIS_ORGANISATION = SheetKind("cordis-organisation/1", "en", (Form(_ORGANISATION, _read_organisation),))
