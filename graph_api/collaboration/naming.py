"""The names of what an index holds, in each language; they are kept beside it, and one language's are in it at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph_api.collaboration.columns import Texts
from graph_api.collaboration.reading import Names
from graph_api.collaboration.tables import CollaborationIndex
from loaders.iris import BASE


@dataclass(frozen=True, slots=True, eq=False)
class NamesIn:
    """The names that things of an index have in one language, each in the order of its table."""

    organisations: Texts
    initiatives: Texts
    methods: Texts
    places: Texts
    type_labels: dict[str, str]


def names_in(language: str, index: CollaborationIndex, labels: Names, titles: Names) -> NamesIn:
    """Return the names in a language; what has none is called by its code or the end of its IRI."""

    def named(iris: Iterable[str]) -> Texts:
        known = list(iris)
        return Texts.of(name or _tail(iri) for name, iri in zip(labels.of(known, language), known, strict=True))

    initiatives = list(index.initiatives.iris)
    found = zip(titles.of(initiatives, language), index.initiatives.codes, initiatives, strict=True)
    types = list(index.organisations.types.names)
    spoken = labels.of([f"{BASE}organisation-type/{name}" for name in types], language)
    return NamesIn(
        organisations=named(index.organisations.iris),
        initiatives=Texts.of(title or code or _tail(iri) for title, code, iri in found),
        methods=named(index.methods.iris),
        places=named(index.places.iris),
        type_labels={name: label or name for name, label in zip(types, spoken, strict=True)},
    )


def with_names(index: CollaborationIndex, names: dict[str, NamesIn], language: str) -> CollaborationIndex:
    """Return the index with the names of one language (Finnish where it has none in that); places keep all of theirs."""
    chosen = names.get(language, names["fi"])
    return replace(
        index,
        organisations=replace(index.organisations, labels=chosen.organisations),
        initiatives=replace(index.initiatives, titles=chosen.initiatives),
        methods=replace(index.methods, labels=chosen.methods),
        places=replace(index.places, labels=chosen.places, names=tuple(each.places for each in names.values())),
        type_labels=chosen.type_labels,
    )


def _tail(iri: str) -> str:
    return iri.rpartition("/")[2]
