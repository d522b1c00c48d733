"""What a SPARQL text would do that must not be done: fetch from elsewhere, or nest until the engine's stack is full."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

import pyoxigraph as ox

from graph_api.sparql.tokens import Token, every_token, token_at, tokens
from loaders.errors import QueryError, RefusedError

DEEPEST = 100
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_depth(text: str) -> None:
    """Check that brackets do not nest so deeply that the engine would crash (it does at about 1,500).

    Raises
    ------
    QueryError
        They do.
    """
    depth = 0
    for token in tokens(text):
        if token.kind != "sign":
            continue
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start) + 1
            raise QueryError(f"Brackets nest more than {DEEPEST} deep in line {line}. Write the query flatter.")


def called_services(text: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Return the endpoints that a text calls with SERVICE, all of which are allowed.

    Raises
    ------
    RefusedError
        It calls another endpoint, or one that only a variable or a prefixed name tells.
    """
    return tuple(sorted({_endpoint(text, token, allowed) for token in _keyword_uses(text, "service")}))


def refuse_load(text: str) -> None:
    """Check that an update loads nothing from elsewhere.

    Raises
    ------
    RefusedError
        It does.
    """
    if next(_keyword_uses(text, "load"), None) is not None:
        raise RefusedError("LOAD is never carried out here. Insert the triples with INSERT DATA.")


def refuse_addresses(store: ox.Store, graphs: Iterable[str]) -> None:
    """Check that no graph that is not here is named by the address of a file or of a machine nearby.

    Nothing would be fetched; but who names such a graph means that it should be, and is told.

    Raises
    ------
    RefusedError
        One is.
    """
    for iri in graphs:
        if _is_address_nearby(iri) and not store.contains_named_graph(ox.NamedNode(iri)):
            raise RefusedError(
                "FROM names graphs of this store, and fetches nothing: there is no graph of that address here."
            )


def _is_address_nearby(iri: str) -> bool:
    try:
        parts = urlsplit(iri)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme.lower() == "file" or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _keyword_uses(text: str, keyword: str) -> Iterator[Token]:
    """Yield the tokens, of any reading, that a parser may take for a keyword.

    Parsers glue: ``SERVICESILENT``, ``1SERVICE`` and ``SERVICEex:a`` all are read as the keyword. A name that merely
    holds it before its colon is refused as well.
    """
    if keyword not in text.lower() and keyword not in _unescaped(text).lower():
        return
    for token in every_token(text):
        before_colon = token.text.partition(":")[0].lower()
        if token.kind in {"word", "prefixed"} and keyword in before_colon:
            yield token
        if token.kind == "sign" and text.startswith(("\\u", "\\U"), token.start):
            raise RefusedError("Escapes (\\u…) may stand only in strings and IRIs. Write the character itself.")


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number <= 0x10FFFF else ""

    return _CODE_POINT.sub(character, text)


def _endpoint(text: str, keyword: Token, allowed: Collection[str]) -> str:
    if not allowed:
        raise RefusedError("SERVICE is not allowed here: this endpoint answers from its own graph alone. Leave it out.")
    token = token_at(text, keyword.end)
    if token is not None and token.is_word("SILENT"):
        token = token_at(text, token.end)
    if keyword.text.upper() == "SERVICE" and token is not None and token.kind == "iri" and token.text[1:-1] in allowed:
        return token.text[1:-1]
    named = ", ".join(f"<{endpoint}>" for endpoint in sorted(allowed))
    raise RefusedError(f"SERVICE may call only {named}, each written as a whole IRI.")
