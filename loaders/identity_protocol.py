"""What the writers of triples need to know of identity: which entity a name means. Implemented in `graph_api.identity`."""

from __future__ import annotations

from typing import Protocol


class Entity(Protocol):
    """An organisation as identity sees it."""

    @property
    def iri(self) -> str:
        """Return the IRI."""

    @property
    def name(self) -> str:
        """Return the canonical name."""

    @property
    def language(self) -> str:
        """Return the language of the name: "fi", or "und" for one from abroad of which nobody knows."""

    @property
    def type(self) -> str:
        """Return the organisation type (a notation)."""

    @property
    def business_id(self) -> str | None:
        """Return the business id."""

    @property
    def owner(self) -> Entity | None:
        """Return the owner of a unit."""


class Resolver(Protocol):
    """Answers which entity a name means, the same whatever was asked before."""

    def resolve(
        self,
        name: str,
        business_id: str | None = None,
        *,
        country: str | None = None,
        participant_code: str | None = None,
    ) -> Entity:
        """Return the entity that a name means, with what is printed beside it."""
