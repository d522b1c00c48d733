"""The embedded store behind the contract: a change is a new generation, so that all graphs of it change at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph_api.store import next_generation, open_graph, replace_graphs


class EmbeddedStore:
    """The store in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def view(self) -> ox.Store:
        """Return the generation in force, open for reading."""
        return open_graph(self.folder)

    def replace_graphs(self, dropped: Iterable[str], files: Iterable[Path]) -> None:
        """Drop graphs, and put the statements of N-Quads files in the place of what their graphs held."""
        listed = list(files)
        with next_generation(self.folder) as (before, generation):
            quads = replace_graphs(generation, {*dropped, *_graphs_of(listed)}, listed)
            generation.write_manifest({**before.manifest(), "quads": quads})


def _graphs_of(files: Iterable[Path]) -> set[str]:
    return {
        quad.graph_name.value
        for file in files
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
