"""The graphs that an update would write, read from its text: those derived from documents are not to be written.

This guards against mistakes of those who may write; who may write at all is decided before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox

from graph_api.sparql.datasets import Operation, operations
from graph_api.sparql.tokens import Token
from loaders.errors import QueryError, RefusedError
from loaders.iris import GRAPH_BASE

_NAMED = {"iri", "prefixed"}


def check_targets(store: ox.Store, update: str, base: str | None) -> None:
    """Check that an update writes no graph that is derived.

    Raises
    ------
    RefusedError
        It does, or it writes graphs that only a variable, ALL or NAMED tells while there are derived graphs.
    """
    for graph in written_graphs(update, base):
        if graph is None and not _has_derived(store):
            continue
        if graph is None or graph.startswith(GRAPH_BASE):
            what = "Graphs that are not named in the update" if graph is None else f"The graph <{graph}>"
            raise RefusedError(
                f"{what} may be derived from documents and vocabularies, and changes there would be lost at the next build. "
                "Name a graph of your own outside "
                f"<{GRAPH_BASE}>."
            )


def _has_derived(store: ox.Store) -> bool:
    return any(graph.value.startswith(GRAPH_BASE) for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))


def written_graphs(update: str, base: str | None = None) -> Iterator[str | None]:
    """Yield the IRIs of the graphs that an update writes; None for those that it does not name."""
    prologue = ""
    for operation in operations(update):
        prologue += _declarations(operation)
        for token in _targets(operation):
            yield _iri(token, prologue, base) if token.kind in _NAMED else None


def _declarations(operation: Operation) -> str:
    """Return the PREFIX and BASE declarations before an operation."""
    found, top = "", operation.top
    for index, token in enumerate(top):
        if token.is_word("PREFIX"):
            found += " ".join(["PREFIX", *(part.text for part in top[index + 1 : index + 3])]) + "\n"
        elif token.is_word("BASE") and index + 1 < len(top):
            found += f"BASE {top[index + 1].text}\n"
    return found


def _targets(operation: Operation) -> Iterator[Token]:
    top = operation.top
    verb = next((token for token in top if token.is_word("CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD")), None)
    if verb is not None:
        yield from _managed(verb, top[top.index(verb) + 1 :])
        return
    for before, token in pairwise(top):
        if before.is_word("WITH"):
            yield token
    where = None if operation.is_delete_where else operation.word("WHERE")
    for opening, inner in operation.inner:
        if where is None or opening.start < where.start:
            yield from (token for before, token in pairwise(inner) if before.is_word("GRAPH"))


def _managed(verb: Token, rest: list[Token]) -> Iterator[Token]:
    """Yield the graphs that an operation on whole graphs writes: DEFAULT is nobody's, and may be."""
    names = [token for token in rest if token.kind in _NAMED or token.is_word("DEFAULT", "NAMED", "ALL")]
    written = names if verb.is_word("MOVE", "CLEAR", "DROP", "CREATE") else names[-1:]
    yield from (token for token in written if not token.is_word("DEFAULT"))


def _iri(token: Token, prologue: str, base: str | None) -> str:
    """Let the engine itself say which IRI is meant."""
    try:
        rows = ox.Store().query(f"{prologue} SELECT ({token.text} AS ?iri) {{}}", base_iri=base)
        term = next(iter(rows))["iri"] if isinstance(rows, ox.QuerySolutions) else None
    except SyntaxError as error:
        raise QueryError(f"The graph {token.text} of the update cannot be read. Is its prefix declared?") from error
    return term.value if isinstance(term, ox.NamedNode) else ""
