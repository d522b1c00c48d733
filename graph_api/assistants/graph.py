"""The generation in force of a store, open for the tools, with what may be said of people in it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph_api.partners.desk import Desk, open_desk
from graph_api.search.index import SearchIndex, open_index
from graph_api.store import change_mark, current, open_database
from loaders.errors import CannotRunError
from loaders.iris import FOAF
from loaders.language.contacts import without_contacts
from loaders.redaction import Redactor, digests_of


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation: its graph, its read model, and the names of its people (as digests)."""

    graph: ox.Store
    index: SearchIndex
    people: Redactor

    def discreet(self, text: str) -> str:
        """Return a text with the names of people blanked, in any case form, and without contact details."""
        return without_contacts(self.people.redact(text))


class LiveGraph:
    """A store whose changes are followed.

    Parameters
    ----------
    store : Path
        The folder of the store.
    """

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._opened: tuple[tuple[int, int], Opened] | None = None
        self._desk: tuple[Opened, Desk] | None = None

    def opened(self) -> Opened:
        """Return the generation in force.

        Raises
        ------
        CannotRunError
            There is no store, or it is damaged.
        """
        with self._lock:
            mark = change_mark(self.store)
            if mark is None:
                raise CannotRunError(f"There is no store at {self.store}. Make one with: hankeverkko build")
            if self._opened is None or self._opened[0] != mark:
                self._opened = (mark, _open(self.store))
            return self._opened[1]

    def desk(self) -> Desk:
        """Return the desk of partner finding over the generation in force; its index is made with the first question.

        Raises
        ------
        CannotRunError
            There is no store, or it is damaged.
        """
        opened = self.opened()
        with self._lock:
            if self._desk is None or self._desk[0] is not opened:
                self._desk = (opened, open_desk(self.store))
            return self._desk[1]


def _open(store: Path) -> Opened:
    graph = open_database(current(store).graph, store)
    names = {quad.object.value for quad in graph.quads_for_pattern(None, ox.NamedNode(FOAF + "name"), None)
             if isinstance(quad.object, ox.Literal)}  # fmt: skip
    digests = (digests_of(b"", name) for name in sorted(names) if len(name.split()) > 1)
    return Opened(graph, open_index(store), Redactor(digests=frozenset().union(*digests)))
