"""What is for stewards alone: contact details of people, and the audit log."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph_api.audit import read_audit
from graph_api.contacts import read_contacts
from graph_api.server.access import Holder, require
from graph_api.server.auditing import auditing
from graph_api.server.dependencies import SettingsOf
from graph_api.server.problems import documented
from graph_api.store import current
from graph_api.tokens import Role
from loaders.errors import BusyError

router = APIRouter(prefix="/api", tags=["stewardship"])
Steward = Annotated[Holder, require(Role.STEWARD)]
_ATTEMPTS = 3


class ContactDetail(BaseModel):
    """An e-mail address or a telephone number, where it was read, and until when it is kept."""

    person: str = Field(examples=["Aino Esimerkki"])
    organisation: str = Field(examples=["Sysmän kunta"])
    kind: str = Field(description="email or phone", examples=["email"])
    value: str = Field(examples=["somebody@example.org"])
    document: str = Field(description="The name of the document.", examples=["liaani"])
    first_seen: str = Field(examples=["2026-01-31"])
    kept_until: str = Field(examples=["2028-01-31"])


class Contacts(BaseModel):
    """Contact details that may still be kept."""

    contacts: list[ContactDetail]


class Line(BaseModel):
    """A line of the audit log; further members tell details of what was done."""

    model_config = ConfigDict(extra="allow")

    when: str = Field(examples=["2026-11-26T15:42:04.009Z"])
    who: str = Field(description="The name of a token, or who ran a command.", examples=["reading-room"])
    role: str = Field(examples=["steward"])
    what: str = Field(examples=["update"])
    outcome: str = Field(description="begun, done or failed", examples=["done"])


class Audit(BaseModel):
    """The latest lines of the audit log, the last one first."""

    lines: list[Line]


@router.get("/contacts", summary="Contact details of people", responses=documented(400, 401, 403, 422, 429, 503))
async def get_contacts(
    request: Request,
    settings: SettingsOf,
    response: Response,
    holder: Steward,
    person: Annotated[str | None, Query(max_length=200, description="A person's whole name.")] = None,
) -> Contacts:
    """Return contact details, from the store of their own, which no query reaches; that they were read is written down."""
    response.headers["Cache-Control"] = "no-store"
    async with auditing(request, holder, "contacts.read") as outcome:
        found = await asyncio.to_thread(_contacts, settings.store, person)
        outcome["number"] = len(found)
    return Contacts(contacts=found)


def _contacts(store: Path, person: str | None) -> list[ContactDetail]:
    for _ in range(_ATTEMPTS):
        generation = current(store)
        names = {item["key"]: item["name"] for item in generation.manifest()["documents"]}
        found = read_contacts(generation.contacts, datetime.now(UTC).date(), person)
        if current(store) == generation:  # else its files may have gone while they were read
            return [
                ContactDetail(
                    person=contact.person,
                    organisation=contact.organisation,
                    kind=contact.kind,
                    value=contact.value,
                    document=names.get(contact.document, contact.document),
                    first_seen=contact.first_seen,
                    kept_until=contact.expires,
                )
                for contact in found
            ]
    raise BusyError("The store changes too fast to be read. Try again.")


@router.get("/audit", summary="Who wrote what", responses=documented(401, 403, 422, 429, 503))
async def get_audit(
    request: Request,
    response: Response,
    _holder: Steward,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 100,
) -> Audit:
    """Return the latest lines of the audit log."""
    response.headers["Cache-Control"] = "no-store"
    lines: list[dict[str, Any]] = await asyncio.to_thread(read_audit, request.app.state.audit, limit)
    return Audit(lines=[Line.model_validate(line) for line in lines])
