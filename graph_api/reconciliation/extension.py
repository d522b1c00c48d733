"""Data extension: the values of properties of a list of entities, as queries and as the cells that come of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from graph_api.query_arguments import PREFIXES
from graph_api.reconciliation.properties import Property
from graph_api.reconciliation.types import FOLDERS
from loaders.iris import BASE

Cell = Mapping[str, str | int | float]
_LANGUAGES = ("fi", "sv", "en")
_MOST_VALUES = 200
"""More values of one property of one entity are no row of a table."""


def as_node(identifier: str) -> ox.NamedNode | None:
    """Return the entity of an identifier or IRI; ``None`` for what cannot be one, so that no text enters a query."""
    path = identifier.removeprefix(BASE)
    if path.partition("/")[0] not in FOLDERS:
        return None
    try:
        return ox.NamedNode(BASE + path)
    except ValueError:
        return None


def extension_query(item: Property, identifiers: Iterable[str]) -> str:
    """Return the query for the values of a property: ?s, ?v, and names (?name) of values that are entities."""
    nodes = " ".join(str(node) for node in map(as_node, identifiers) if node is not None)
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
    if item.number == "count":
        counted = f"SELECT ?s (COUNT(DISTINCT ?v) AS ?number) WHERE {{ VALUES ?s {{ {nodes} }} FILTER EXISTS {{ ?s ?p ?o }} OPTIONAL {{ {item.pattern} }} }}"
        return f"{prefixes}SELECT ?s (?number AS ?v) WHERE {{ {{ {counted} GROUP BY ?s }} }}"
    names = " OPTIONAL { ?v skos:prefLabel|dcterms:title ?name }" if item.target else ""
    return f"{prefixes}SELECT DISTINCT * WHERE {{ VALUES ?s {{ {nodes} }} {item.pattern}{names} }}"


def read_cells(item: Property, answer: bytes) -> dict[str, list[Cell]]:
    """Return the cells of a property by identifier, in a stable order, from the answer (SPARQL JSON) to its query."""
    bindings = json.loads(answer)["results"]["bindings"]
    if item.target:
        return _entities(bindings)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in bindings:
        found[row["s"]["value"].removeprefix(BASE)][row["v"]["value"]] = None
    return {identifier: [_cell(item, v) for v in sorted(values)[:_MOST_VALUES]] for identifier, values in found.items()}


def _cell(item: Property, value: str) -> Cell:
    if item.number == "count":
        return {"int": int(value)}
    return {"float": float(value)} if item.number == "float" else {"str": value}


def _entities(bindings: Sequence[Mapping[str, Mapping[str, str]]]) -> dict[str, list[Cell]]:
    names: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for row in bindings:
        pair = (row["s"]["value"].removeprefix(BASE), row["v"]["value"].removeprefix(BASE))
        name = row.get("name", {})
        language = name.get("xml:lang", "")
        rank = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
        names[pair].append((rank, name.get("value", pair[1])))
    found: dict[str, list[Cell]] = defaultdict(list)
    for (identifier, value), known in sorted(names.items(), key=lambda one: (one[0][0], min(one[1])[1])):
        if len(found[identifier]) < _MOST_VALUES:
            found[identifier].append({"id": value, "name": min(known)[1]})
    return dict(found)
