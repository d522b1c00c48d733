"""Which organisation a name means: business id, authority file, normalised names, units below owners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.authority import find_body, find_business_id, name_key, type_of_name
from loaders.iris import digest, entity
from loaders.naming import read_name
from loaders.vocabulary import Concept, organisations


@dataclass(frozen=True, slots=True)
class Mention:
    name: str
    business_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    iri: str
    key: str
    name: str
    type: str
    business_id: str | None
    owner: "Entity | None"
    reason: str


class Resolver:
    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._ids: dict[str, set[str]] = {}
        self._cache: dict[tuple[str, str | None], Entity] = {}
        for m in mentions:
            if m.business_id:
                self._ids.setdefault(name_key(m.name), set()).add(m.business_id)

    def resolve(self, name: str, business_id: str | None = None) -> Entity:
        key = (name, business_id)
        if key not in self._cache:
            self._cache[key] = self._resolve(name, business_id)
        return self._cache[key]

    def _resolve(self, name: str, business_id: str | None) -> Entity:
        body = find_body(name) or (find_business_id(business_id) if business_id else None)
        if body is not None:
            return self._body(body)
        ids = self._ids.get(name_key(name), set())
        number = business_id or (next(iter(ids)) if len(ids) == 1 else None)
        path = read_name(name)
        owner = self.resolve(path[-1].owner) if path and path[-1].owner else None
        last = path[-1].name if path else name
        if find_body(last) is not None:
            return self._body(find_body(last))  # type: ignore[arg-type]
        notation = f"y-{number}" if number else f"n-{digest(name_key(last), owner.iri if owner else '')}"
        return Entity(
            entity("organisation", notation),
            notation,
            last,
            path[-1].type if path else type_of_name(last),
            number,
            owner,
            "name",
        )

    def _body(self, body: Concept) -> Entity:
        owner = organisations().get(body.first("unitOf") or "")
        return Entity(
            body.iri,
            body.notation,
            body.name,
            body.first("organisationType") or "other",
            body.first("businessId"),
            self._body(owner) if owner else None,
            "authority",
        )


def reconcile(names: list[str]) -> list[tuple[str, str]]:
    resolver = Resolver(Mention(n) for n in names)
    return [(n, resolver.resolve(n).iri) for n in names]
