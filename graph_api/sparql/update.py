"""Carries out an update as a new generation of a store: all of it comes into force, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph_api.sparql.datasets import with_dataset
from graph_api.sparql.engine import readable_syntax_error
from graph_api.sparql.inspection import called_services, check_depth, refuse_load
from graph_api.sparql.targets import check_targets
from graph_api.store import next_generation, open_graph
from loaders.errors import QueryError


@dataclass(frozen=True, slots=True)
class Change:
    """An update: its text, the base of its IRIs, the protocol's dataset, and whether it may write derived graphs."""

    update: str
    base: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    may_write_derived: bool = False


def apply_update(store: Path, change: Change) -> int:
    """Carry out an update; returns the number of statements in the store after it.

    Raises
    ------
    QueryError
        The update cannot be read.
    RefusedError
        It would fetch from elsewhere, or write a derived graph.
    CannotRunError
        Another command is changing the store.
    """
    check_depth(change.update)
    called_services(change.update)
    refuse_load(change.update)
    if not change.may_write_derived:
        check_targets(open_graph(store), change.update, change.base)
    text = with_dataset(change.update, change.using, change.using_named)
    with next_generation(store) as (before, generation):
        graph = ox.Store(str(generation.graph))
        run_update(graph, text, change.base)
        graph.flush()
        quads = len(graph)
        generation.write_manifest({**before.manifest(), "quads": quads})
    return quads


def run_update(graph: ox.Store, text: str, base: str | None) -> None:
    """Run an update on an open database.

    Raises
    ------
    QueryError
        It cannot be read or evaluated; the database is as it was.
    """
    try:
        graph.update(text, base_iri=base)
    except SyntaxError as error:
        raise QueryError(readable_syntax_error(error, "update")) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"The update cannot be carried out: {error}.") from error
