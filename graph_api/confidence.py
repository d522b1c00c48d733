"""The graph without what is less certain than asked: a view of a generation, made once for each threshold.

A statement stands when its most certain evidence in the same document reaches the threshold; statements that need no
evidence (labels, types, vocabularies) stand with the entity they describe. A participation, funding, person, pilot or
other entity goes when every evidenced statement about it has gone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph_api.store import Generation, current, open_database
from graph_api.today import bring_to_today
from loaders.errors import UsageError
from loaders.iris import HV, RDF

_CONFIDENCE, _SUPPORTS = ox.NamedNode(HV + "confidence"), ox.NamedNode(HV + "supports")
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_PARTICIPANT, _IN_INITIATIVE = ox.NamedNode(HV + "participant"), ox.NamedNode(HV + "inInitiative")
_JOINS = (ox.NamedNode(HV + "participatesIn"), ox.NamedNode(HV + "funds"))
_EXACT = 1e-9
Node = ox.NamedNode
Statement = tuple[ox.Quad, Node]


def open_confident(store: Path, minimum: float | None, *, today: bool = False) -> ox.Store:
    """Open the graph in force, without what is less certain than `minimum` (0–1; ``None`` for everything).

    With `today`, organisations that others carry on give way to those (see `graph_api.today`).

    Raises
    ------
    UsageError
        The threshold is not between 0 and 1.
    CannotRunError
        There is no store.
    """
    return open_database(database_folder(store, minimum, today=today), store)


def database_folder(store: Path, minimum: float | None, *, today: bool = False) -> Path:
    """Return the folder of the database that `open_confident` opens; a view is made where it is missing.

    Raises
    ------
    UsageError
        The threshold is not between 0 and 1.
    CannotRunError
        There is no store.
    """
    generation = current(store)
    if not minimum and not today:
        return generation.graph
    if not 0 <= (minimum or 0) <= 1:
        raise UsageError(f"A confidence of {minimum:g} is not possible. Give a number from 0 to 1.")
    view = generation.views / f"{minimum or 0:.4f}{'-today' if today else ''}"
    if not view.is_dir():
        _make_view(generation, store, view, minimum or 0, today=today)
    return view


def _make_view(generation: Generation, store: Path, view: Path, minimum: float, *, today: bool) -> None:
    generation.views.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=generation.views))
    try:
        open_database(generation.graph, store).backup(str(draft / "graph"))
        graph = ox.Store(str(draft / "graph"))
        if minimum:
            drop_below(graph, minimum)
        if today:
            bring_to_today(graph)
        graph.flush()
        del graph
        os.rename(draft / "graph", view)  # noqa: PTH104 - fails, as it should, when another process was first
    except OSError:
        if not view.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def drop_below(graph: ox.Store, minimum: float) -> int:
    """Remove from a graph what is less certain than `minimum`; returns how many pieces of evidence went."""
    weak = [
        quad
        for quad in graph.quads_for_pattern(None, _CONFIDENCE, None)
        if isinstance(quad.object, ox.Literal) and float(quad.object.value) < minimum - _EXACT
    ]
    touched: set[tuple[Node, Node]] = set()
    for quad in weak:
        evidence, source = _named(quad.subject), _named(quad.graph_name)
        touched |= {(node, source) for node in _drop_evidence(graph, evidence, source)}
    for node, source in sorted(touched, key=lambda pair: (pair[1].value, pair[0].value)):
        if not _has_evidence(graph, node, source):
            _drop_entity(graph, node, source)
    return len(weak)


def _named(term: object) -> Node:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} is not an IRI, and the graph has no blank nodes")
    return term


def _drop_evidence(graph: ox.Store, evidence: Node, source: Node) -> Iterator[Node]:
    """Remove a piece of evidence, and its statement where no other evidence holds it; yield what it was about."""
    quads = list(graph.quads_for_pattern(evidence, None, None, source))
    parts = {quad.predicate: quad.object for quad in quads if quad.predicate != _SUPPORTS}
    supported = [_named(quad.object) for quad in quads if quad.predicate == _SUPPORTS]
    for quad in quads:
        graph.remove(quad)
    yield from supported
    subject, predicate, value = parts.get(_SUBJECT), parts.get(_PREDICATE), parts.get(_OBJECT)
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode) or value is None:
        return
    statement = ox.Quad(subject, predicate, value, source)
    if not _is_stated(graph, statement):
        graph.remove(statement)
    yield subject
    if isinstance(value, ox.NamedNode):
        yield value


def _is_stated(graph: ox.Store, statement: ox.Quad) -> bool:
    source = statement.graph_name
    return any(
        any(True for _ in graph.quads_for_pattern(quad.subject, _PREDICATE, statement.predicate, source))
        and any(True for _ in graph.quads_for_pattern(quad.subject, _OBJECT, statement.object, source))
        for quad in graph.quads_for_pattern(None, _SUBJECT, statement.subject, source)
    )


def _has_evidence(graph: ox.Store, node: Node, source: Node) -> bool:
    return any(
        True
        for predicate in (_SUBJECT, _OBJECT, _SUPPORTS)
        for _ in graph.quads_for_pattern(None, predicate, node, source)
    )


def _drop_entity(graph: ox.Store, node: Node, source: Node) -> None:
    for participant in list(graph.quads_for_pattern(node, _PARTICIPANT, None, source)):
        for initiative in list(graph.quads_for_pattern(node, _IN_INITIATIVE, None, source)):
            for join in _JOINS:
                statement = ox.Quad(_named(participant.object), join, initiative.object, source)
                if not _is_stated(graph, statement):
                    graph.remove(statement)
    for quad in list(graph.quads_for_pattern(node, None, None, source)):
        graph.remove(quad)
