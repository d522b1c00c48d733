"""What the rows of international lists have in common: a field's country, role, date or amount, and what is not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loaders.tables.columns import Row
from loaders.tables.model import Body, Name, Sum
from loaders.tables.names import spelt_out
from loaders.tables.places import municipality_of, region_of
from loaders.tables.values import (
    business_id,
    country_code,
    decimal,
    iso_date,
    looks_like_business_id,
    notation_of,
    participant_code,
)
from loaders.triples import status_notation

ACRONYM = "und"  # an acronym is of no language, and stands behind a title in one


def body_of(row: Row, name: str, country: str | None) -> Body:
    """Return the organisation of a row; only a Finnish one has a business id or a name with letters lost."""
    at_home = country in {None, "FI"}
    return Body(
        name=spelt_out(name) if at_home else name,
        business_id=business_id_of(row) if country == "FI" else None,
        country=country,
        participant_code=participant_code(row.get("pic")),
        type=type_of(row),
    )


def other_names(body: Body, *names: Name) -> tuple[Name, ...]:
    """Return the names of a row's organisation that are not the one it goes by."""
    return tuple(name for name in dict.fromkeys(names) if name.text and name.text != body.name)


def status_of(row: Row) -> str | None:
    """Return the status of a row's initiative as printed; one that is not understood is noted."""
    printed = row.get("status")
    if printed and status_notation(printed) is None:
        row.complain(printed, "no status understood")
    return printed or None


def country_of(row: Row) -> str | None:
    """Return the country of a row's organisation; one that is not understood is noted."""
    printed = row.get("country")
    found = country_code(printed)
    if printed and found is None:
        row.complain(printed, "no country understood")
    return found


def business_id_of(row: Row) -> str | None:
    """Return the Finnish business id of a row's organisation; one whose check digit is wrong is noted."""
    printed = row.get("vat")
    found = business_id(printed)
    if found is None and looks_like_business_id(printed):
        row.complain(printed, "no business id: its check digit is wrong")
    return found


def type_of(row: Row) -> str | None:
    """Return the type of a row's organisation; one that is not understood is noted."""
    printed = row.get("type")
    found = notation_of("organisation-types", printed) if printed else None
    if printed and found is None:
        row.complain(printed, "no organisation type understood")
    return found


def role_of(row: Row) -> str:
    """Return the role in a row; one that is not understood is noted, and the organisation counts as mentioned."""
    printed = row.get("role")
    found = notation_of("roles", printed)
    if found is None:
        row.complain(printed, "no role understood")
    return found or "mentioned"


def place_of(row: Row, country: str | None) -> str | None:
    """Return where a Finnish organisation is: its municipality, else its region; a foreign one is nowhere in Finland."""
    if country != "FI":
        return None
    return municipality_of(row.get("city")) or region_of(row.get("nuts"))


def date_of(row: Row, field: str) -> str | None:
    """Return a row's date; one that is not understood is noted."""
    printed = row.get(field)
    found = iso_date(printed)
    if printed and found is None:
        row.complain(printed, "no date understood")
    return found


def sums_of(
    row: Row, kinds: Mapping[str, tuple[str, Body | None, Body | None]], currency: str = "EUR"
) -> Iterator[Sum]:
    """Yield the amounts of a row by field: (kind, funder, recipient); one that is not understood is noted."""
    for field, (kind, funder, recipient) in kinds.items():
        printed = row.get(field)
        amount = decimal(printed)
        if printed and (amount is None or amount.startswith("-")):
            row.complain(printed, "no amount understood")
        elif amount and amount != "0":  # these lists print nothing known as 0
            yield Sum(kind, amount, currency, funder, recipient)
