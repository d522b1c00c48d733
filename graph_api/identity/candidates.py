"""Pairs that a steward should look at: those that nearly were one organisation, and merges that hang on little.

Names are compared only within blocks (a rare word, the beginning of the name, an abbreviation, a word that is a letter
off), one name for each entity and spelling key; blocks of many names are left out, since what they share says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from graph_api.identity import authority
from graph_api.identity.explanation import Judgement, judge, nearness
from graph_api.identity.features import features, meant
from graph_api.identity.resolver import Resolver
from graph_api.identity.signs import head_type
from graph_api.identity.spelling import squash

NEAR = 0.3
"""Two organisations below this are not worth a look; the most that two score is .49."""
SURE = 0.82
"""A merge below this is worth a look."""
_LARGEST_BLOCK = 12
_BEGINNING = 7


def candidates(resolver: Resolver, *, near: float = NEAR, sure: float = SURE) -> list[Judgement]:
    """Return pairs that the scorer is unsure of and nobody has decided on, the likeliest of two first, then weak merges.

    Parameters
    ----------
    resolver : Resolver
        The material.
    near : float
        Leave out pairs of two organisations that score less.
    sure : float
        Leave out merges that score this or more.
    """
    found = [*_near_pairs(resolver, near), *_weak_merges(resolver, sure)]
    undecided = [j for j in found if resolver.decisions.about(j.first, j.second) is None]
    return sorted(undecided, key=lambda j: (j.judgement == "same", -j.score if j.judgement == "different" else j.score,
                                            j.first, j.second))  # fmt: skip


def _representatives(resolver: Resolver) -> dict[str, dict[str, str]]:
    """Return the names of each entity, one for each spelling key: IRI → key → name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in resolver.material.names:
        found[resolver.resolve(name).iri].setdefault(squash(name), name)
    return found


def _near_pairs(resolver: Resolver, near: float) -> Iterator[Judgement]:
    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    names = [(iri, name) for iri, spelt in _representatives(resolver).items() for name in spelt.values()]
    for members in _blocks(resolver, names):
        for (one, first), (other, second) in combinations(members, 2):
            if one == other:
                continue
            places = resolver.material.place(first), resolver.material.place(second)
            score = nearness(places, tuple(features(resolver.material, (first, second), places)))
            pair = (min(one, other), max(one, other))
            if score >= near and (score, first, second) > best.get(pair, (0.0, "", "")):
                best[pair] = (score, first, second)
    for _, first, second in best.values():
        found = judge(resolver, first, second)
        if found.judgement == "different" and found.score >= near and found.rule != "authority file":
            yield found


def _blocks(resolver: Resolver, names: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    blocks: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for iri, name in names:
        place = resolver.material.place(name)
        title, kind = meant(place), head_type(meant(place))
        owner = squash(place.institution.text) if place.units else ""
        for word in set(authority.words_of(title.text)):
            if len(word) > 3:
                blocks["word", word, owner].append((iri, name))
        blocks["beginning", title.key[:_BEGINNING], owner].append((iri, name))
        if len(title.key) > _BEGINNING:
            blocks["end", title.key[-_BEGINNING:], kind, owner].append((iri, name))
    for members in blocks.values():
        if 1 < len(members) <= _LARGEST_BLOCK:
            yield sorted(members)


def _weak_merges(resolver: Resolver, sure: float) -> Iterator[Judgement]:
    for spelt in _representatives(resolver).values():
        names = sorted(spelt.values())
        if len(names) < 2:
            continue
        shown = max(names, key=lambda name: (resolver.resolve(name).name == name, -len(name), name))
        for name in names:
            if name != shown and (found := judge(resolver, shown, name)).score < sure:
                yield found
