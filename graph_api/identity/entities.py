"""An organisation as identity sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation.

    `key` is what its IRI is made of; `name` its canonical name; `type` a notation; `reason` says how it was told.
    """

    iri: str
    key: str
    name: str
    type: str
    business_id: str | None
    owner: Entity | None
    reason: str
