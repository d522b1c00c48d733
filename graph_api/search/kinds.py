"""Kinds of entities, the collections in which they are listed, and where each has its address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from loaders.iris import BASE


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of entities of one kind; `folder` is the part of their IRIs that says the kind."""

    name: str
    kind: str
    folder: str
    funders_only: bool = False


COLLECTIONS = {
    collection.name: collection
    for collection in (
        Collection("organisations", "organisation", "organisation"),
        Collection("initiatives", "initiative", "initiative"),
        Collection("pilots", "pilot", "pilot"),
        Collection("methods", "method", "method"),
        Collection("funders", "organisation", "organisation", funders_only=True),
        Collection("places", "place", "place"),
        Collection("persons", "person", "person"),
        Collection("documents", "document", "document"),
    )
}
_OF_KIND = {c.kind: c for c in COLLECTIONS.values() if not c.funders_only} | {
    "evidence": Collection("evidence", "evidence", "evidence")
}


@lru_cache(maxsize=65_536)
def api_path(iri: str, kind: str) -> str:
    """Return the path of an entity in the API: that in its collection, or that by its IRI."""
    collection = _OF_KIND.get(kind)
    start = f"{BASE}{collection.folder}/" if collection else ""
    if collection and iri.startswith(start) and len(iri) > len(start):
        return f"/api/{collection.name}/{quote(iri.removeprefix(start), safe='')}"
    return f"/api/entity?iri={quote(iri, safe='')}"


def page_path(iri: str) -> str | None:
    """Return the path of an entity's page; None where its IRI is not one of this graph's."""
    return f"/page/{quote(iri.removeprefix(BASE), safe='/')}" if iri.startswith(BASE) else None
