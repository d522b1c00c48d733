"""Covers the names of people in what the public reads: in quotes, at the same length, and in statements as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph_api.search.reading import literals
from loaders.iris import FOAF, HV, RDF
from loaders.language.contacts import without_contacts
from loaders.redaction import Redactor, digests_of

_NAME, _QUOTE = ox.NamedNode(FOAF + "name"), ox.NamedNode(HV + "quote")
_PREDICATE, _OBJECT = ox.NamedNode(RDF + "predicate"), ox.NamedNode(RDF + "object")


class Cover:
    """Knows the people of a graph by the graphs that name them."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.people: dict[str, set[str]] = {}
        for _, name, graph in literals(store, FOAF + "name"):
            self.people.setdefault(graph.rpartition("/")[2], set()).add(name.value)
        self._redactors: dict[str | None, Redactor] = {}

    def text(self, text: str, document: str | None = None) -> str:
        """Return a text with the names of people covered: those of one document (by the end of its IRI), or all."""
        if document not in self._redactors:
            names = set().union(*self.people.values()) if document is None else self.people.get(document, set())
            digests = [digests_of(b"", name) for name in names if len(name.split()) > 1]
            self._redactors[document] = Redactor(digests=frozenset().union(*digests))
        return without_contacts(self._redactors[document].redact(text))

    def quads(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield statements without people's names, and quotes with the names covered."""
        for quad in quads:
            if quad.predicate == _NAME:
                continue
            if quad.predicate == _OBJECT and self._is_of_name(quad):
                continue
            if quad.predicate == _QUOTE and isinstance(quad.object, ox.Literal):
                document = getattr(quad.graph_name, "value", "").rpartition("/")[2]
                covered = self.text(quad.object.value, document)
                yield ox.Quad(quad.subject, quad.predicate, ox.Literal(covered), quad.graph_name)
            else:
                yield quad

    def _is_of_name(self, quad: ox.Quad) -> bool:
        if isinstance(quad.object, ox.NamedNode):
            return False
        return any(self.store.quads_for_pattern(quad.subject, _PREDICATE, _NAME))
