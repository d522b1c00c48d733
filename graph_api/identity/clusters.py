"""Grouping names that mean one body: links with reasons, and what must never be in one group.

Groups are connected components (union–find, Tarjan 1975) of links that are taken in a fixed order, so that the result
depends on the set of names alone. A link that would join two bodies of the authority file, two legal kinds or two
business ids is refused.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from graph_api.identity.rules import Reason

Node = TypeVar("Node", bound=Hashable)


class Clusters(Generic[Node]):
    """Groups of nodes.

    Parameters
    ----------
    facts : mapping
        What is certain of each node; nodes that are not in it are not linked.
    """

    def __init__(self, facts: Mapping[Node, Mapping[str, str]]) -> None:
        self._parent: dict[Node, Node] = {node: node for node in facts}
        self._facts: dict[Node, dict[str, str]] = {node: dict(values) for node, values in facts.items()}
        self._edges: dict[Node, list[tuple[Node, Reason]]] = defaultdict(list)
        self._refused: dict[frozenset[Node], str] = {}

    def __contains__(self, node: Node) -> bool:
        return node in self._parent

    def find(self, node: Node) -> Node:
        """Return the node that stands for a node's group."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def link(self, first: Node, second: Node, reason: Reason) -> bool:
        """Join the groups of two nodes and return whether they are one group now."""
        if first not in self._parent or second not in self._parent:
            return False
        one, other = self.find(first), self.find(second)
        if one == other:
            return True
        known, more = self._facts[one], self._facts[other]
        against = next((kind for kind, value in more.items() if known.get(kind, value) != value), None)
        if against is not None:
            self._refused[frozenset({first, second})] = f"{reason}, but they differ in their {against}"
            return False
        self._parent[other] = one
        self._facts[one] = {**known, **more}
        self._edges[first].append((second, reason))
        self._edges[second].append((first, reason))
        return True

    def fact(self, node: Node, kind: str) -> str | None:
        """Return what is certain of a node's group."""
        return self._facts[self.find(node)].get(kind)

    def groups(self) -> dict[Node, list[Node]]:
        """Return the nodes of each group."""
        found: dict[Node, list[Node]] = defaultdict(list)
        for node in self._parent:
            found[self.find(node)].append(node)
        return found

    def conflict(self, first: Node, second: Node) -> str | None:
        """Return what is certain of two nodes' groups and differs, or ``None``."""
        if first not in self._parent or second not in self._parent:
            return None
        known, more = self._facts[self.find(first)], self._facts[self.find(second)]
        return next((kind for kind, value in sorted(more.items()) if known.get(kind, value) != value), None)

    def refused(self, first: Node, second: Node) -> str | None:
        """Return why a link between the two nodes was not taken, or ``None`` where none was proposed."""
        return self._refused.get(frozenset({first, second}))

    def beyond(self, first: Node, second: Node) -> set[Node]:
        """Return the second node and all that hangs on the first by it alone."""
        if first == second or second not in self._parent:
            return {second}
        reached = self._reach(second, set())
        return reached - self._reach(first, {second}) if first in reached else {second}

    def _reach(self, start: Node, closed: set[Node]) -> set[Node]:
        seen, queue = {start}, deque([start])
        while queue:
            for following, _ in self._edges[queue.popleft()]:
                if following not in seen and following not in closed:
                    seen.add(following)
                    queue.append(following)
        return seen

    def why(self, first: Node, second: Node) -> list[Reason]:
        """Return the reasons of the shortest chain of links between two nodes of a group."""
        came: dict[Node, tuple[Node, Reason]] = {}
        queue = deque([first])
        while queue and second not in came:
            node = queue.popleft()
            for following, reason in self._edges[node]:
                if following not in came and following != first:
                    came[following] = (node, reason)
                    queue.append(following)
        reasons: list[Reason] = []
        while second in came:
            second, reason = came[second]
            reasons.append(reason)
        return reasons[::-1]


def link_all(clusters: Clusters[Node], links: Iterable[tuple[Node, Node, Reason]]) -> None:
    """Take links in a fixed order, whatever order they were found in."""
    for first, second, reason in sorted(links, key=lambda link: (str(link[0]), str(link[1]), link[2])):
        clusters.link(first, second, reason)
