"""Reading a graph by predicate: subjects are IRIs; blank nodes and quoted triples, which the product writes none of, are passed over."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

Term = ox.NamedNode | ox.Literal


def said_with(store: ox.Store, predicate: str, value: ox.NamedNode | None = None) -> Iterator[tuple[str, Term, str]]:
    """Yield subject, object and graph ("" for the default graph) of each statement with a predicate."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), value):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, Term):
            yield quad.subject.value, quad.object, getattr(quad.graph_name, "value", "")


def said_of(store: ox.Store, subject: str) -> Iterator[tuple[str, Term]]:
    """Yield predicate and object of each statement about a subject."""
    for quad in store.quads_for_pattern(ox.NamedNode(subject), None, None):
        if isinstance(quad.object, Term):
            yield quad.predicate.value, quad.object


def literals(store: ox.Store, predicate: str) -> Iterator[tuple[str, ox.Literal, str]]:
    """Yield subject, literal and graph of each statement with a predicate and a literal."""
    for subject, value, graph in said_with(store, predicate):
        if isinstance(value, ox.Literal):
            yield subject, value, graph
