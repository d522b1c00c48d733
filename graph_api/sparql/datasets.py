"""The dataset of a query or update: whether the text names one, and how a protocol's dataset is written into an update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph_api.sparql.tokens import Token, tokens
from loaders.errors import QueryError

_OPENING, _CLOSING = "([{", ")]}"


def names_dataset(text: str) -> bool:
    """Say whether a query has a FROM clause of its own (the keyword stands outside all brackets)."""
    return "from" in text.lower() and any(token.is_word("FROM") for token, depth in _with_depth(text) if depth == 0)


def graphs_of_query(text: str) -> Iterator[str]:
    """Yield the graphs that a query's FROM clauses name as whole IRIs."""
    before: Token | None = None
    for token, depth in _with_depth(text) if "from" in text.lower() else ():
        if depth == 0 and token.kind == "iri" and before is not None and before.is_word("FROM", "NAMED"):
            yield token.text[1:-1]
        before = token


def as_graph(iri: str) -> ox.NamedNode:
    """Return a graph's name as a term.

    Raises
    ------
    QueryError
        It is not an IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is not the IRI of a graph ({error}). Give an absolute IRI.") from error


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose WHERE clauses use the graphs of the protocol (using-graph-uri, using-named-graph-uri).

    Raises
    ------
    QueryError
        The update names graphs itself (USING, WITH), which the protocol forbids, or an IRI is none.
    """
    if not default and not named:
        return update
    clauses = [f"USING {as_graph(iri)}" for iri in default] + [f"USING NAMED {as_graph(iri)}" for iri in named]
    using, parts, written = " ".join(clauses), [], 0
    for operation in operations(update):
        if operation.uses("USING", "WITH"):
            raise QueryError("The update has USING or WITH, so using-graph-uri and using-named-graph-uri are too much.")
        where = operation.word("WHERE")
        if where is None:
            continue
        if operation.is_delete_where:
            pattern = update[where.end : operation.end]
            parts.append(f"{update[written : where.start]}{pattern} {using} WHERE{pattern}")
            written = operation.end
        else:
            parts.append(f"{update[written : where.start]}{using} ")
            written = where.start
    return "".join([*parts, update[written:]])


@dataclass(slots=True)
class Operation:
    """One operation of an update: its tokens outside brackets, its groups in braces, and where it ends."""

    top: list[Token] = field(default_factory=list)
    inner: list[tuple[Token, list[Token]]] = field(default_factory=list)
    end: int = 0

    def word(self, name: str) -> Token | None:
        """Return the first use of a keyword outside brackets."""
        return next((token for token in self.top if token.is_word(name)), None)

    def uses(self, *names: str) -> bool:
        """Say whether a keyword stands outside brackets."""
        return any(token.is_word(*names) for token in self.top)

    @property
    def is_delete_where(self) -> bool:
        """Say whether the operation is of the short form DELETE WHERE { … }."""
        words = [token.text.upper() for token in self.top if token.kind == "word"]
        return words[-2:] == ["DELETE", "WHERE"]


def operations(update: str) -> Iterator[Operation]:
    """Yield the operations of an update (the prologue is part of the one after it)."""
    operation = Operation()
    for token, depth in _with_depth(update):
        if depth == 0 and token.kind == "sign" and token.text == ";":
            yield operation
            operation = Operation()
            continue
        operation.end = token.end
        if depth == 0:
            operation.top.append(token)
            if token.text == "{":
                operation.inner.append((token, []))
        elif operation.inner:
            operation.inner[-1][1].append(token)
    if operation.top:
        yield operation


def _with_depth(text: str) -> Iterator[tuple[Token, int]]:
    """Yield each token with the number of brackets around it; a bracket stands outside its own pair."""
    depth = 0
    for token in tokens(text):
        is_sign = token.kind == "sign"
        if is_sign and token.text in _CLOSING:
            depth = max(0, depth - 1)
        yield token, depth
        if is_sign and token.text in _OPENING:
            depth += 1
