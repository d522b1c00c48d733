"""What a store must be able to do: be read (View), and take graphs (Writer). One test runs over every implementation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class View(Protocol):
    """One state of a graph, for reading. An open pyoxigraph store is one."""

    def query(self, query: str, *, use_default_graph_as_union: bool = False) -> Answer:
        """Answer a query; with `use_default_graph_as_union` over the union of all graphs."""

    def quads_for_pattern(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: ox.NamedNode | ox.Literal | None, /
    ) -> Iterator[ox.Quad]:
        """Yield the statements, of any graph, that fit; None fits everything."""

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Yield the names of the graphs."""


class Writer(Protocol):
    """Takes graphs; each is replaced at once: whoever reads sees it as it was or as it will be."""

    def replace_graphs(self, dropped: Iterable[str], files: Iterable[Path]) -> None:
        """Drop graphs, and put the statements of N-Quads files in the place of what their graphs held."""

    def view(self) -> View:
        """Return the present state."""
