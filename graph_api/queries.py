"""Runs the named queries: arguments become terms, terms are bound into the text, the store answers.

Values enter a query as terms that pyoxigraph has built and written itself, never as the text that a person typed, so
an argument cannot change what a query does. (pyoxigraph's own `substitutions` reach only projected variables, and so
neither subqueries nor aggregates: hence the VALUES blocks.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples
from rapidfuzz import process

from graph_api.collaboration.finality import FINALITY
from graph_api.query_arguments import resolve_argument
from graph_api.query_catalogue import Column, NamedQuery, Parameter, catalogue
from graph_api.query_results import QueryTable, Row, table_format, write_table
from graph_api.stores.contract import View
from loaders.errors import DataError, UsageError
from loaders.iris import BASE

__all__ = [
    "Column",
    "NamedQuery",
    "Parameter",
    "QueryTable",
    "answer_query",
    "bind_terms",
    "catalogue",
    "find_query",
    "resolve_arguments",
    "run_query",
    "table_format",
    "write_table",
]

_CONDITIONAL = re.compile(r"^[ \t]*#IF (\w+)[ \t]*\n(.*?)^[ \t]*#END \1[ \t]*\n", re.MULTILINE | re.DOTALL)
_FINALITY = re.compile(r"^([ \t]*)#FINALITY (\w+) (\w+)[ \t]*$", re.MULTILINE)
_MARKER = re.compile(r"^([ \t]*)#(VALUES|LIMIT) (\w+)[ \t]*$", re.MULTILINE)


def run_query(store: View, name: str, arguments: Mapping[str, str]) -> QueryTable:
    """Run a named query over the union of all graphs and return its answer.

    Parameters: `store` is the graph, `name` a name from the catalogue, `arguments` what was given for its parameters,
    as text; parameters that are left out take their defaults.

    Raises:
        UsageError: the query or a parameter is not known, a required one is missing, or a value cannot be resolved.
    """
    return answer_query(store, find_query(name), arguments)


def answer_query(store: View, query: NamedQuery, arguments: Mapping[str, str]) -> QueryTable:
    """Run a query that need not be in the catalogue, as `run_query` does.

    Raises:
        DataError: the text is neither a SELECT nor a CONSTRUCT query.
        UsageError: a parameter is unknown or missing, or a value cannot be resolved.
    """
    terms = resolve_arguments(store, query, arguments)
    answer = store.query(bind_terms(query, terms), use_default_graph_as_union=True)
    return _table(query, answer, terms)


def find_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        UsageError: there is none; the nearest names are given.
    """
    queries = catalogue()
    if name not in queries:
        raise UsageError(f"There is no query called {name!r}{_nearest(name, queries)}. List them to see what there is.")
    return queries[name]


def resolve_arguments(store: View, query: NamedQuery, arguments: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the terms of all parameters that were given or have a default.

    Raises:
        UsageError: a parameter is unknown or missing, or a value cannot be resolved.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in arguments:
        if name not in names:
            takes = f"it takes {', '.join(names)}" if names else "it takes none"
            raise UsageError(f"The query {query.name} has no parameter {name!r}{_nearest(name, names)}; {takes}.")
    return {
        parameter.name: resolve_argument(store, parameter, text)
        for parameter in query.parameters
        if (text := _argument(query, parameter, arguments)) is not None
    }


def _argument(query: NamedQuery, parameter: Parameter, arguments: Mapping[str, str]) -> str | None:
    if parameter.required and parameter.name not in arguments:
        raise UsageError(f"The query {query.name} needs {parameter.name}: {parameter.description}")
    return arguments.get(parameter.name, parameter.default)


def bind_terms(query: NamedQuery, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Return the SPARQL text of a query with its terms in place of the markers."""

    def conditional(match: re.Match[str]) -> str:
        return match[2] if match[1] in terms else ""

    def marker(match: re.Match[str]) -> str:
        indent, keyword, name = match.groups()
        if name not in terms:
            return ""
        return f"{indent}{_bound(keyword, name, terms[name])}"

    return _FINALITY.sub(_finality, _MARKER.sub(marker, _CONDITIONAL.sub(conditional, query.text)))


def _finality(match: re.Match[str]) -> str:
    """Return the block that gives each status its rank, as text that sorts: the more final, the later."""
    indent, status, rank = match.groups()
    rows = " ".join(f'({NamedNode(f"{BASE}status/{name}")} "{place}")' for place, name in enumerate(FINALITY, 1))
    return f"{indent}OPTIONAL {{ VALUES (?{status} ?{rank}) {{ {rows} }} }}"


def _bound(keyword: str, name: str, term: NamedNode | Literal) -> str:
    if keyword == "VALUES":
        return f"VALUES ?{name} {{ {term} }}"
    rows = int(term.value)
    return f"LIMIT {rows}" if rows else ""


def _table(query: NamedQuery, answer: object, terms: Mapping[str, NamedNode | Literal]) -> QueryTable:
    columns = tuple(column.name for column in query.columns)
    if isinstance(answer, QueryTriples):
        triples = {(triple.subject, triple.predicate, triple.object) for triple in answer}
        rows: tuple[Row, ...] = tuple(sorted(triples, key=lambda row: tuple(map(str, row))))
        return QueryTable(query.name, columns, rows, are_triples=True)
    if not isinstance(answer, QuerySolutions):
        raise DataError(f"{query.name}.rq is neither a SELECT nor a CONSTRUCT query, so it has no rows.")
    rows = tuple(tuple(solution[column] for column in columns) for solution in answer)
    limit = terms.get("limit")
    return QueryTable(query.name, columns, rows, reached_limit=limit is not None and len(rows) == int(limit.value))


def _nearest(name: str, known: Mapping[str, object] | list[str]) -> str:
    found = process.extract(name, sorted(known), limit=3, score_cutoff=60)
    return f"; did you mean {' or '.join(choice for choice, _score, _index in found)}?" if found else ""
