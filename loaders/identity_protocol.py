"""What the writers of triples need to know of identity: which entity a name means. Implemented in `graph_api.identity`."""

from __future__ import annotations

from dataclasses import dataclass
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
        """Return the language of the name: as the name itself tells, or "und" for one from abroad."""

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


@dataclass(frozen=True, slots=True)
class InitiativeMention:
    """An initiative as a document names it.

    `organisations` are the IRIs of the bodies that the document connects with it; dates are as precise as printed.
    """

    title: str
    kind: str
    code: str | None = None
    start: str | None = None
    end: str | None = None
    organisations: frozenset[str] = frozenset()


class InitiativeResolver(Protocol):
    """Answers which coded initiative a mention means."""

    def code_of(self, mention: InitiativeMention) -> str | None:
        """Return the code of the initiative that is meant, or ``None`` where the mention stands for itself."""


class NoInitiatives:
    """Knows of no other documents: a mention without a code stands for itself."""

    def code_of(self, mention: InitiativeMention) -> str | None:
        """Return the code that is printed."""
        return mention.code
