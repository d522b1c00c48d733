"""Validation against `ontology/shapes.ttl`: by queries over a store, or by pySHACL as the reference.

A build of tens of thousands of projects is checked by queries derived from the shapes (`shape_queries`) in seconds;
pySHACL, which takes minutes for that, says in the tests that both find the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph_api.shape_queries import SH, ShapeQuery, ShapeReader, Term
from loaders.resources import read_text

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SHOWN = 5


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks a shape.

    `path` is the property, or empty where the node as a whole is wrong; `value` is the value at fault, or empty where
    values are missing or too many; `shape` is the IRI of the node shape.
    """

    focus: str
    path: str
    message: str
    value: str
    shape: str


def validate_store(store: ox.Store) -> list[Violation]:
    """Return what breaks the shapes in the union of a store's graphs, sorted.

    Parameters
    ----------
    store : pyoxigraph.Store
        Any store; it is only read.
    """
    return sorted({violation for query in _shipped_queries() for violation in _run(store, query)})


@cache
def _shipped_queries() -> tuple[ShapeQuery, ...]:
    return tuple(ShapeReader(read_text("ontology", "shapes.ttl")).queries())


def _run(store: ox.Store, query: ShapeQuery) -> list[Violation]:
    if query.suspects and not any(True for _ in _select(store, query.suspects)):
        return []
    rows = _select(store, query.query)
    has_value = any(variable.value == "value" for variable in rows.variables)
    return [
        Violation(
            _term(row["this"]), query.path, query.message, _term(row["value"] if has_value else None), query.shape
        )
        for row in rows
    ]


def _select(store: ox.Store, query: str) -> ox.QuerySolutions:
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - every query of a shape is a SELECT
    return rows


def _term(term: Term | None) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return "" if term is None else "(blank node)"


def validate_with_pyshacl(graph: rdflib.Graph) -> list[Violation]:
    """Return what breaks the shapes in a graph, sorted, as pySHACL finds it.

    Parameters
    ----------
    graph : rdflib.Graph
        All triples together; pySHACL reads one graph.
    """
    # Imported here: half a second that no other command should pay.
    import pyshacl  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    shapes = _shapes_graph()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)  # noqa: S101 - a string is returned only where asked for
    results = report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return sorted({_from_result(report, shapes, result) for result in results})


@cache
def _shapes_graph() -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    return rdflib.Graph().parse(data=read_text("ontology", "shapes.ttl"), format="turtle")


def _from_result(report: rdflib.Graph, shapes: rdflib.Graph, result: Node) -> Violation:
    import rdflib  # noqa: PLC0415

    def read(name: str) -> str:
        value = report.value(result, rdflib.URIRef(SH + name))
        return "(blank node)" if isinstance(value, rdflib.BNode) else "" if value is None else str(value)

    source = report.value(result, rdflib.URIRef(SH + "sourceShape"))
    owner = shapes.value(None, rdflib.URIRef(SH + "property"), source) or source
    return Violation(read("focusNode"), read("resultPath"), read("resultMessage"), read("value"), str(owner))


def readable_report(violations: list[Violation]) -> str:
    """Return a report for people: each rule that was broken, how often, and where first.

    Parameters
    ----------
    violations : list of Violation
        As the validators return them.
    """
    if not violations:
        return "The graph is valid."
    by_message: dict[str, list[Violation]] = {}
    for violation in violations:
        by_message.setdefault(violation.message, []).append(violation)
    ranked = sorted(by_message.items(), key=lambda item: (-len(item[1]), item[0]))
    noun = "place breaks" if len(violations) == 1 else "places break"
    lines = [f"{len(violations)} {noun} the shapes of the ontology:"]
    for message, found in ranked:
        lines += [f"- {message} ({len(found)}×)", *(f"    {_where(item)}" for item in found[:_SHOWN])]
        if len(found) > _SHOWN:
            lines.append(f"    … and {len(found) - _SHOWN} more")
    return "\n".join(lines)


def _where(violation: Violation) -> str:
    shown = "" if violation.value in {"", violation.focus} else f": {violation.value[:120]!r}"
    return f"{violation.focus}{shown}"
