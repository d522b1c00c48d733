"""What a worker does besides SPARQL: named queries, exports of the graph, and all statements about one entity.

These are for everybody: names of people are left out or covered (roles and organisations stay).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox

from graph_api.queries import run_query, write_table
from graph_api.query_results import QueryTable, Term, table_format
from graph_api.search.covering import Cover
from graph_api.server.jsonld import write_jsonld
from graph_api.sparql.engine import PREFIXES, RDF_FORMATS, Output, Question
from loaders.errors import NotFoundError
from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS, VOCABULARY_GRAPH

_MOST = 2000
_PARTS = tuple(
    ox.NamedNode(HV + name) for name in ("participant", "inInitiative", "funder", "recipient", "fundedInitiative")
)
_GROUNDS = (ox.NamedNode(HV + "supports"), ox.NamedNode(RDF + "subject"))
_LABELS = tuple(ox.NamedNode(name) for name in (SKOS + "prefLabel", DCTERMS + "title"))


def do_task(store: ox.Store, question: Question, output: Output) -> None:
    """Do what a question names as its task.

    Raises
    ------
    UsageError
        An argument of a named query cannot be understood.
    NotFoundError
        The graph does not hold the entity.
    """
    _TASKS[question.task or ""](store, question, output)


def _named_query(store: ox.Store, question: Question, output: Output) -> None:
    name, *_ = (value for key, value in question.arguments if key == "name")
    given = {key.removeprefix("argument:"): value for key, value in question.arguments if key != "name"}
    table = _covered(run_query(store, name, given), Cover(store))
    form = question.results or "json"
    output.begin(form)
    stream = io.StringIO(newline="")
    write_table(table, table_format(form), stream)
    output.write(stream.getvalue().encode())


def _covered(table: QueryTable, cover: Cover) -> QueryTable:
    def covered(term: Term | None) -> Term | None:
        if not isinstance(term, ox.Literal) or term.datatype.value.endswith(("integer", "decimal", "date")):
            return term
        text = cover.text(term.value)
        if text == term.value:
            return term
        return ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)

    return replace(table, rows=tuple(tuple(covered(term) for term in row) for row in table.rows))


def _export(store: ox.Store, question: Question, output: Output) -> None:
    quads = Cover(store).quads(store.quads_for_pattern(None, None, None))
    output.begin(question.rdf or "nquads")
    if question.head:
        return
    if question.rdf in {"nquads", "jsonld"}:
        ox.serialize(quads, output, RDF_FORMATS[question.rdf])  # type: ignore[arg-type]
    else:
        _write_triples((quad.triple for quad in quads), question.rdf or "turtle", output)


def _write_triples(triples: Iterator[ox.Triple], form: str, output: Output) -> None:
    prefixes = {**PREFIXES, "id": BASE} if form in {"turtle", "rdfxml"} else None
    ox.serialize(triples, output, RDF_FORMATS[form], prefixes=prefixes)  # type: ignore[arg-type]


def _entity(store: ox.Store, question: Question, output: Output) -> None:
    arguments = dict(question.arguments)
    triples = list(dict.fromkeys(quad.triple for quad in Cover(store).quads(about(store, arguments["iri"]))))
    if not triples:
        raise NotFoundError(
            f"The graph knows nothing of <{arguments['iri']}>. Look for what there is with /api/search."
        )
    form = question.rdf or "turtle"
    output.begin(form)
    if form == "jsonld":
        output.write(write_jsonld(triples, arguments["context"]))
    else:
        _write_triples(iter(triples), form, output)


def about(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    """Yield what is said of an entity, what points to it, its participations and fundings, the evidence, and names.

    There are at most two thousand statements that point to it, and as many of evidence.
    """
    entity = ox.NamedNode(iri)
    own = list(store.quads_for_pattern(entity, None, None))
    pointing = [quad for _, quad in zip(range(_MOST), store.quads_for_pattern(None, None, entity), strict=False)]
    parts = {quad.subject for quad in pointing if quad.predicate in _PARTS}
    of_parts = [quad for part in sorted(parts, key=str) for quad in store.quads_for_pattern(part, None, None)]
    yield from [*own, *pointing, *of_parts]
    named = {quad.object for quad in [*own, *of_parts] if isinstance(quad.object, ox.NamedNode)}
    named |= {quad.subject for quad in pointing if isinstance(quad.subject, ox.NamedNode)}
    yield from _names(store, named - {entity})
    grounds = {quad.subject for of in _GROUNDS for quad in store.quads_for_pattern(None, of, entity)}
    for piece in sorted(grounds, key=str)[: _MOST // 10]:
        yield from store.quads_for_pattern(piece, None, None)


def _names(store: ox.Store, named: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    for node in sorted(named, key=str):
        for label in _LABELS:
            quads = list(store.quads_for_pattern(node, label, None))
            ours = [quad for quad in quads if getattr(quad.graph_name, "value", "") == VOCABULARY_GRAPH]
            yield from ours or quads


_TASKS: dict[str, Callable[[ox.Store, Question, Output], None]] = {
    "query": _named_query,
    "export": _export,
    "entity": _entity,
}
