"""An organisation as identity sees it."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.language.foreign_heads import name_language


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation.

    `key` is what its IRI is made of; `name` its canonical name; `type` a notation; `reason` says how it was told;
    `stated_language` is the language of the name where it is not told by the name itself ("und": nobody knows).
    """

    iri: str
    key: str
    name: str
    type: str
    business_id: str | None
    owner: Entity | None
    reason: str
    stated_language: str | None = None

    @property
    def language(self) -> str:
        """Return the language of the name."""
        return self.stated_language or name_language(self.name)
