"""Putting decisions into force on what the rules say: names set aside, and entities joined.

The rules give every reference of a decision an entity. "same" joins entities. Where two that were decided to be different
still hang together (by a rule, an alias of the authority file, a business id), the chain between them is cut at a name:
the one with the weaker claim to its entity is set aside as an entity of its own, with the names that hang on it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from graph_api.identity.decisions import Decision, Decisions
from loaders.errors import DataError


class Applying:
    """Puts decisions into force.

    Parameters
    ----------
    decisions : Decisions
        What was decided.
    meaning : callable
        Returns the IRI that the rules give a reference, or ``None``; it is asked again after a name was set aside.
    set_aside : callable
        Sets the name (first) aside from what holds another (second, or an IRI), for a decision; returns whether that
        is possible: an IRI or a business id is what it is.
    claim : callable
        Returns how weak a name's claim to its entity is (greater is weaker).
    """

    def __init__(
        self,
        decisions: Decisions,
        meaning: Callable[[str], str | None],
        set_aside: Callable[[str, str, Decision], bool],
        claim: Callable[[str], tuple[object, ...]],
    ) -> None:
        self._decisions = decisions
        self._meaning = meaning
        self._set_aside = set_aside
        self._claim = claim

    def apply(self) -> dict[str, list[str]]:
        """Return the IRIs that are joined, in groups.

        Raises
        ------
        DataError
            Two that are to be kept apart are named by what cannot be set apart.
        """
        for decision in self._decisions.apart:
            while path := self._path(*decision.pair):
                self._cut(path, decision)
        return self._groups()

    def _edges(self) -> dict[str, list[str]]:
        """Return the graph of references and IRIs: what the rules say and what was decided to be the same."""
        edges: dict[str, list[str]] = defaultdict(list)
        for name in self._decisions.references:
            iri = self._meaning(name)
            if iri is not None and iri != name:
                edges[name].append(iri)
                edges[iri].append(name)
            for other, _ in self._decisions.same_as(name):
                edges[name].append(other)
        return edges

    def _path(self, first: str, second: str) -> list[str]:
        edges, came, queue = self._edges(), {first: first}, deque([first])
        while queue and second not in came:
            node = queue.popleft()
            for following in edges.get(node, ()):
                if following not in came:
                    came[following] = node
                    queue.append(following)
        if second not in came:
            return []
        path = [second]
        while path[-1] != first:
            path.append(came[path[-1]])
        return path[::-1]

    def _cut(self, path: list[str], decision: Decision) -> None:
        """Set aside the name on a path with the weakest claim to the entity beside it."""
        held = [(name, other) for name, other in _neighbours(path) if self._meaning(name) == other]
        for name, _ in sorted(held, key=lambda pair: (self._claim(pair[0]), pair[0]), reverse=True):
            others = [other for other, iri in held if other != name and iri == self._meaning(name)]
            if self._set_aside(name, others[0] if others else "", decision):
                return
        raise DataError(
            f"“{decision.first}” and “{decision.second}” cannot be kept apart: they are IRIs or business ids of one "
            "organisation. Name at least one of them as it is printed, and withdraw this decision."
        )

    def _groups(self) -> dict[str, list[str]]:
        edges, groups, seen = self._edges(), {}, set[str]()
        for start in sorted(edges):
            if start in seen:
                continue
            members, queue = {start}, deque([start])
            while queue:
                for following in edges.get(queue.popleft(), ()):
                    if following not in members:
                        members.add(following)
                        queue.append(following)
            seen |= members
            iris = sorted({iri for name in members if (iri := self._meaning(name)) is not None})
            if len(iris) > 1:
                groups[iris[0]] = iris
        return groups


def _neighbours(path: list[str]) -> Iterable[tuple[str, str]]:
    for one, other in itertools.pairwise(path):
        yield one, other
        yield other, one
