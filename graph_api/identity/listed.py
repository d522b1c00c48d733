"""Names of a list, each with the organisation it means, and whether that is known: to the vocabularies, or to a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from graph_api.identity.entities import Entity
from graph_api.identity.explanation import explain_name
from graph_api.identity.resolver import Mention, Resolver
from graph_api.identity.spelling import squash
from loaders.vocabulary import Concept, organisations, scheme

_LIKE = 85  # of 100: about one letter in seven differs


@dataclass(frozen=True, slots=True)
class Listed:
    """What a name of a list means.

    `score` says how sure it is that the name means a known organisation (.5 to 1); ``None`` where nobody knows one, and
    the entity is a new one, which spellings of the same list share. `perhaps` is a known one that may be meant.
    """

    mention: str
    entity: Entity
    score: float | None
    reason: str
    perhaps: Concept | None = None

    @property
    def is_known(self) -> bool:
        """Return whether the organisation is in the vocabularies or in the store."""
        return self.score is not None


def find_listed(names: Iterable[str], store: Resolver, listed: Resolver, known: Iterable[Mention]) -> Iterator[Listed]:
    """Yield what each name means.

    Parameters
    ----------
    names : iterable of str
        The list.
    store : Resolver
        Identity as the store has it, so that its own IRIs are given; without names where there is none.
    listed : Resolver
        Identity over the names of both, in which new names of the list are told from each other.
    known : iterable of Mention
        The names of the store.
    """
    mentions = list(known)
    in_store = {store.of(mention).iri for mention in mentions}
    beside_list = {listed.of(mention).iri: store.of(mention) for mention in mentions}
    for name in names:
        found = explain_name(store, name)
        entity: Entity | None = found.entity
        if found.entity.iri not in in_store and found.entity.key not in organisations():
            found = explain_name(listed, name)
            is_body = found.entity.key in organisations()
            entity = beside_list.get(found.entity.iri, found.entity if is_body else None)
        if entity is not None:
            yield Listed(name, entity, found.score, found.reason)
        else:
            perhaps = _perhaps(name)
            yield Listed(name, found.entity, None, _new(found.entity, perhaps), perhaps)


def _new(entity: Entity, perhaps: Concept | None) -> str:
    below = f", a unit of “{entity.owner.name}”" if entity.owner is not None else ""
    like = f"; “{perhaps.name}” may be meant" if perhaps is not None else ""
    return f"new{below}: no known organisation has this name{like}"


def _perhaps(name: str) -> Concept | None:
    """Return the body that a name which nobody has may mean: a town's bare name its city's, a misspelt one the likest."""
    key = squash(name)
    if key in _towns():
        return _towns()[key]
    near = process.extractOne(key, list(_bodies()), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return _bodies()[near[0]] if near is not None else None


@cache
def _towns() -> dict[str, Concept]:
    places = scheme("places")
    return {
        squash(label.text): body
        for notation, body in organisations().items()
        if notation in places
        for label in places[notation].labels
    }


@cache
def _bodies() -> dict[str, Concept]:
    return {squash(label.text): body for body in organisations().values() for label in body.labels}
