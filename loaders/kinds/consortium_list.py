"""Consortium lists: one row a project of the structural funds, with its applicant and its partners in one cell.

The partners are parted by "||", each with its business id behind a comma: "Oulun yliopisto, 0245895-5||Turun yliopisto,
0245896-3". A cell of "-" names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.naming import type_of_label
from loaders.tables.columns import Columns, Row
from loaders.tables.fields import date_of, status_of
from loaders.tables.model import Body, Name, Participant, Record
from loaders.tables.sheet import Form, SheetKind
from loaders.tables.values import business_id

_COLUMNS = Columns(
    used={
        "code": ("code", "Hankekoodi"),
        "title": ("title", "Hankkeen nimi"),
        "start": ("start", "Alkaa"),
        "end": ("end", "Päättyy"),
        "status": ("status", "Toiminnan tila"),
        "authority": ("authority", "Vastuuviranomainen"),
        "applicant": ("applicant", "Hakijan virallinen nimi"),
        "type": ("org_type", "Organisaatiotyyppi"),
        "vat": ("business_id", "Y-tunnus"),
        "partners": ("partners", "Osatoteuttajat"),
    },
    required=frozenset({"code", "applicant", "partners"}),
    ignored=frozenset(["axis", "objective", "applicants_field", "Toimintalinja", "Erityistavoite"]),
)
_PARTNER = re.compile(r"(?P<name>.+?)(?:,\s*(?P<id>\d{7}-\d))?")
_NONE = frozenset({"", "-", "–"})


def _read(row: Row) -> Record | None:
    code = row.get("code")
    if not code:
        row.complain(row.quote, "a row without a project code")
        return None
    start, end = date_of(row, "start"), date_of(row, "end")
    parties = ((body, role) for role, bodies in _parties(row) for body in bodies)
    return Record(
        row=row.number,
        quote=row.quote,
        key=code,
        code=code,
        titles=(Name(row.get("title") or code, "fi"),),
        start=start,
        end=end,
        status=status_of(row),
        participants=tuple(Participant(body, role, start, end) for body, role in parties),
        sheet=row.sheet,
    )


def _parties(row: Row) -> Iterator[tuple[str, list[Body]]]:
    applicant, authority, printed = row.get("applicant"), row.get("authority"), row.get("type")
    kind = type_of_label(printed) if printed else None
    if applicant:
        yield "applicant", [Body(applicant, business_id(row.get("vat")), type=kind)]
    if authority:
        yield "authority", [Body(authority)]
    yield "partner", list(_partners(row))


def _partners(row: Row) -> Iterator[Body]:
    for printed in map(str.strip, row.get("partners").split("||")):
        found = _PARTNER.fullmatch(printed) if printed not in _NONE else None
        if found is None:
            continue
        number = business_id(found["id"] or "")
        if found["id"] and number is None:
            row.complain(printed, "no business id: its check digit is wrong")
        yield Body(found["name"], number)


CONSORTIUM_LIST = SheetKind("consortium-list/1", "fi", (Form(_COLUMNS, _read),))
