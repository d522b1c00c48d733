"""Evaluates a question over an open database and writes the answer as it comes.

This is the one place where a text from outside meets the engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from graph_api.sparql.datasets import as_graph, graphs_of_query, names_dataset
from graph_api.sparql.inspection import called_services, check_depth, refuse_addresses
from loaders.errors import CannotRunError, FormatError, NotFoundError, QueryError

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.STREAMING_JSON_LD,
}
PREFIXES = {
    "hv": "https://w3id.org/hankeverkko/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_POSITION = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a query, or a whole graph.

    `results` and `rdf` name the forms in which rows and triples may be written (None: in none that was asked for).
    `default_graphs` and `named_graphs` are the dataset of the protocol, which overrides FROM; both None where it names none.
    `services` are the endpoints that SERVICE may call. With `head`, nothing but the kind of the answer is wanted.
    `task` names what else a worker can do (`graph_api.server.tasks`), with `arguments`.
    """

    query: str = ""
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: str | None = "json"
    rdf: str | None = "turtle"
    services: tuple[str, ...] = ()
    head: bool = False
    whole_graph: bool = False
    graph: str | None = None
    task: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()


class Output(Protocol):
    """Where an answer goes: first the form it is written in, then its bytes."""

    def begin(self, form: str) -> None:
        """Say in which form the answer is written."""

    def write(self, data: bytes, /) -> int:
        """Take bytes of the answer."""

    def flush(self) -> None:
        """Do nothing: the engine asks for it."""


def answer(store: ox.Store, question: Question, output: Output) -> None:
    """Evaluate a question.

    Raises
    ------
    QueryError
        The text cannot be read or evaluated.
    RefusedError
        It calls a service that is not allowed, or names a graph by an address nearby.
    FormatError
        The answer is of a kind for which no form was asked.
    NotFoundError
        There is no such graph.
    """
    if question.whole_graph:
        _write_graph(store, question, output)
    else:
        check_depth(question.query)
        called_services(question.query, question.services)
        protocol = [*(question.default_graphs or ()), *(question.named_graphs or ())]
        refuse_addresses(store, [*graphs_of_query(question.query), *protocol])
        _write_answer(evaluate(store, question), question, output)


def evaluate(store: ox.Store, question: Question) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    """Return what the engine makes of a query; rows are computed as they are taken.

    Raises
    ------
    QueryError
        The text cannot be read or evaluated.
    """
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None
    if question.default_graphs is not None or question.named_graphs is not None:
        default = [as_graph(iri) for iri in question.default_graphs or ()]
        named = [as_graph(iri) for iri in question.named_graphs or ()]
    try:
        return store.query(
            question.query,
            base_iri=question.base,
            use_default_graph_as_union=default is None and not names_dataset(question.query),
            default_graph=default,
            named_graphs=named,
        )
    except SyntaxError as error:
        raise QueryError(readable_syntax_error(error, "query")) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from error


def readable_syntax_error(error: SyntaxError, what: str) -> str:
    """Return a sentence that says where a text cannot be read, and what the engine expected there."""
    match = _POSITION.match(str(error))
    if match is None:
        return f"The {what} cannot be read: {_shortened(str(error))}."
    line, column, reason = match.groups()
    return f"The {what} cannot be read at line {line}, column {column}: {_shortened(reason)}."


def _shortened(reason: str) -> str:
    """Leave out the classes of characters among what was expected, and what is too long to read."""
    plain = re.sub(r",?\s*\[[^\]]*'\.\.[^\]]*\]|,?\s*\['.*", "", reason, flags=re.DOTALL).strip()
    plain = " ".join((plain or reason).split()).replace(", [_]", "")
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rpartition(" ")[0].rstrip(",") + " …"


def _write_answer(
    found: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, question: Question, output: Output
) -> None:
    is_rdf = isinstance(found, ox.QueryTriples)
    form = question.rdf if is_rdf else question.results
    if form is None:
        raise FormatError(
            "A CONSTRUCT or DESCRIBE query answers with RDF, a SELECT or ASK query with a table. "
            f"The Accept header has no form for {'RDF' if is_rdf else 'tables'} that is offered here."
        )
    output.begin(form)
    if question.head:
        return
    try:
        if isinstance(found, ox.QueryTriples):
            prefixes = PREFIXES if form in {"turtle", "trig", "rdfxml"} else None
            ox.serialize(found, output, RDF_FORMATS[form], prefixes=prefixes)  # type: ignore[arg-type]
        else:
            found.serialize(output, RESULT_FORMATS[form])  # type: ignore[arg-type]
    except (ValueError, RuntimeError) as error:
        raise CannotRunError(f"The answer could not be computed to its end: {error}.") from error


def _write_graph(store: ox.Store, question: Question, output: Output) -> None:
    if question.rdf is None:
        raise FormatError("A graph is RDF, and the Accept header has no form of RDF that is offered here.")
    if question.graph is None:
        everything = Question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", rdf=question.rdf, head=question.head)
        _write_answer(evaluate(store, everything), question, output)
        return
    name = as_graph(question.graph)
    if not store.contains_named_graph(name):
        raise NotFoundError(f"There is no graph <{question.graph}> here.")
    output.begin(question.rdf)
    if not question.head:
        prefixes = PREFIXES if question.rdf in {"turtle", "trig", "rdfxml"} else None
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
        ox.serialize(triples, output, RDF_FORMATS[question.rdf], prefixes=prefixes)  # type: ignore[arg-type]
