"""What clients of the reconciliation API send, as its schemas have it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from graph_api.reconciliation.matcher import Query

_MOST = 50


class EntityValue(BaseModel):
    """A value that is an entity, matched before."""

    id: str
    name: str = ""


Value = str | bool | int | float | EntityValue


class GivenProperty(BaseModel):
    """A property of what is looked for, with its value or values."""

    pid: str
    v: Value | list[Value]

    def texts(self) -> tuple[str, ...]:
        """Return the values as texts or identifiers."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return tuple(value.id if isinstance(value, EntityValue) else str(value) for value in values)


class SentQuery(BaseModel):
    """A query as it is sent: a text, or properties, or both."""

    query: str = ""
    type: str | list[str] = ""
    limit: float = Field(default=5, ge=0)
    properties: list[GivenProperty] = []
    type_strict: Literal["any", "should", "all"] = "any"

    def as_query(self) -> Query:
        """Return what is asked."""
        types = (self.type,) if isinstance(self.type, str) else tuple(self.type)
        return Query(
            text=self.query.strip(),
            types=tuple(filter(None, types)),
            all_types=self.type_strict == "all",
            most=min(int(self.limit) or 5, _MOST),
            given=tuple((item.pid, item.texts()) for item in self.properties),
        )


Batch = dict[Annotated[str, Field(max_length=100)], SentQuery]


class WantedProperty(BaseModel):
    """A property to be fetched."""

    id: str


class Extension(BaseModel):
    """Entities, and the properties to be fetched of them."""

    ids: list[str]
    properties: list[WantedProperty]
