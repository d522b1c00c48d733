"""Finnish organisations that one participant code is printed with: one body under several spellings.

A code links names, as a business id does; it never joins two bodies of the authority file or two business ids, for
codes are typed by hand in some sources and may be another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from graph_api.identity.clusters import Clusters, link_all
from graph_api.identity.material import Mention
from graph_api.identity.rules import Reason
from loaders.vocabulary import organisations


class _Known(Protocol):
    @property
    def iri(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def business_id(self) -> str | None: ...

    @property
    def owner(self) -> object | None: ...


Entity = TypeVar("Entity", bound=_Known)
Spelling = tuple[Entity, tuple[Reason, ...]]


def same_by_code(mentions: Iterable[Mention], resolve: Callable[[Mention], Entity]) -> Mapping[str, Spelling[Entity]]:
    """Return, for the IRI of each entity that a code shows to be another's spelling, that entity and the reasons."""
    by_code: dict[str, dict[str, Entity]] = defaultdict(dict)
    for mention in mentions:
        if mention.participant_code:
            found = resolve(mention)
            if found.owner is None:  # a unit is printed with its owner's code
                by_code[mention.participant_code][found.iri] = found
    entities = {iri: entity for group in by_code.values() for iri, entity in group.items()}
    clusters: Clusters[str] = Clusters({iri: _facts(entity) for iri, entity in entities.items()})
    link_all(clusters, _links(by_code))
    return dict(_spellings(clusters, entities))


def _facts(entity: _Known) -> dict[str, str]:
    facts = {"business id": entity.business_id} if entity.business_id else {}
    return facts | ({"authority": entity.key} if entity.key in organisations() else {})


def _links(by_code: Mapping[str, Mapping[str, Entity]]) -> Iterator[tuple[str, str, Reason]]:
    for code, group in by_code.items():
        first, *others = sorted(group, key=lambda iri: _rank(group[iri]))
        yield from ((first, other, Reason(f"participant code {code}", "participant code")) for other in others)


def _rank(entity: _Known) -> tuple[bool, bool, bool, str, str]:
    known = entity.key in organisations()
    return not known, entity.business_id is None, entity.name.isupper(), entity.name, entity.iri


def _spellings(clusters: Clusters[str], entities: Mapping[str, Entity]) -> Iterator[tuple[str, Spelling[Entity]]]:
    for group in clusters.groups().values():
        best = min(group, key=lambda iri: _rank(entities[iri]))
        for iri in group:
            if iri != best:
                yield iri, (entities[best], tuple(clusters.why(best, iri)))
