"""The graph as of today: organisations that others carry on give way to those, in a view of the graph.

What an organisation did is said of the one that carries on its work today (`hv:currentForm`), with its evidence; its
names become other names of that one, so that questions by the old name are answered. One that was divided stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

import pyoxigraph as ox

from loaders.iris import DCTERMS, HV, IDENTITY_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, RDF, SKOS, VOCABULARY_GRAPH

_CURRENT_FORM = ox.NamedNode(HV + "currentForm")
_TYPE, _PREF, _ALT = ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")
_LABELS = frozenset({_PREF, _ALT, ox.NamedNode(SKOS + "hiddenLabel")})
_KIND = ox.NamedNode(HV + "organisationType")
_NOTE = ox.NamedNode(SKOS + "changeNote")
_SUBJECT, _PREDICATE = ox.NamedNode(RDF + "subject"), ox.NamedNode(RDF + "predicate")
_ORGANISATION, _FUNDER = ox.NamedNode(HV + "Organisation"), ox.NamedNode(HV + "Funder")
_SHARED = frozenset(map(ox.NamedNode, (ONTOLOGY_GRAPH, VOCABULARY_GRAPH, IDENTITY_GRAPH, INFERRED_GRAPH)))
# What describes an organisation itself, and so says nothing of the one that came after it.
_OWN = frozenset(
    ox.NamedNode(name)
    for name in (HV + "organisationType", HV + "businessId", HV + "unitOf", HV + "locatedIn", HV + "predecessorOf",
                 HV + "currentForm", HV + "endedOn", SKOS + "changeNote", DCTERMS + "isReplacedBy")
)  # fmt: skip


def bring_to_today(graph: ox.Store) -> int:
    """Let the organisations of today stand in a graph for those they carry on; returns how many gave way."""
    present = _present_forms(graph)
    for earlier in sorted(present, key=lambda node: node.value):
        _rename(graph, earlier, present)
    return len(present)


def _present_forms(graph: ox.Store) -> dict[ox.NamedNode, ox.NamedNode]:
    found: dict[ox.NamedNode, ox.NamedNode] = {}
    for quad in graph.quads_for_pattern(None, _CURRENT_FORM, None):
        if _is_named(quad.subject) and _is_named(quad.object):
            found[quad.subject] = quad.object
    return found


def _is_named(term: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def _rename(graph: ox.Store, earlier: ox.NamedNode, present: Mapping[ox.NamedNode, ox.NamedNode]) -> None:
    later, graphs = present[earlier], set[ox.NamedNode]()
    for quad in list(graph.quads_for_pattern(None, None, earlier)):
        if _is_named(quad.graph_name) and quad.graph_name not in _SHARED and quad.predicate not in {_SUBJECT}:
            graph.remove(quad)
            graph.add(ox.Quad(quad.subject, quad.predicate, later, quad.graph_name))
            graphs.add(quad.graph_name)
    for quad in list(graph.quads_for_pattern(None, _SUBJECT, earlier)):
        if _is_named(quad.subject) and _is_named(quad.graph_name) and quad.graph_name not in _SHARED:
            _rename_evidence(graph, quad.subject, later, quad.graph_name)
    for quad in list(graph.quads_for_pattern(earlier, None, None)):
        if _is_named(quad.graph_name):
            if quad.graph_name not in _SHARED:
                graphs.add(quad.graph_name)
            _rename_statement(graph, quad, later)
    for name in sorted(graphs, key=lambda node: node.value):
        _describe(graph, later, name)


def _rename_evidence(graph: ox.Store, evidence: ox.NamedNode, later: ox.NamedNode, source: ox.NamedNode) -> None:
    """Let evidence speak of the later organisation; evidence of what the earlier one was goes with that."""
    of_itself = any(q.object in _OWN for q in graph.quads_for_pattern(evidence, _PREDICATE, None, source))
    for quad in list(graph.quads_for_pattern(evidence, None if of_itself else _SUBJECT, None, source)):
        graph.remove(quad)
    if not of_itself:
        graph.add(ox.Quad(evidence, _SUBJECT, later, source))


def _rename_statement(graph: ox.Store, quad: ox.Quad, later: ox.NamedNode) -> None:
    if quad.predicate in _LABELS:
        graph.remove(quad)
        graph.add(ox.Quad(later, _ALT, quad.object, quad.graph_name))
    elif quad.graph_name in _SHARED:
        return
    else:
        graph.remove(quad)
        is_own = quad.predicate in _OWN or (quad.predicate == _TYPE and quad.object not in {_ORGANISATION, _FUNDER})
        if not is_own:
            graph.add(ox.Quad(later, quad.predicate, quad.object, quad.graph_name))


def _describe(graph: ox.Store, later: ox.NamedNode, source: ox.NamedNode) -> None:
    """Add what is said of an organisation wherever it is named, as far as the vocabularies know."""
    graph.add(ox.Quad(later, _TYPE, _ORGANISATION, source))
    for predicate in (_PREF, _KIND):
        for quad in list(graph.quads_for_pattern(later, predicate, None, ox.NamedNode(VOCABULARY_GRAPH))):
            if predicate != _PREF or getattr(quad.object, "language", None) == "fi":
                graph.add(ox.Quad(later, predicate, quad.object, source))


@dataclass(frozen=True, slots=True)
class Divided:
    """An organisation that several carry on, and the note that names them."""

    iri: str
    name: str
    note: str


def divided(graph: ox.Store) -> list[Divided]:
    """Return the organisations of a graph that stay as they were, since several carry them on."""
    found = []
    for quad in graph.quads_for_pattern(None, _NOTE, None, ox.NamedNode(INFERRED_GRAPH)):
        if isinstance(quad.object, ox.Literal) and quad.object.language == "en" and _is_named(quad.subject):
            labels = (q.object for q in graph.quads_for_pattern(quad.subject, _PREF, None))
            names = sorted((x.language != "fi", x.value) for x in labels if isinstance(x, ox.Literal))
            found.append(Divided(quad.subject.value, names[0][1] if names else quad.subject.value, quad.object.value))
    return sorted(found, key=lambda item: item.name)
