"""A network as Turtle: its nodes with their names, and each tie as a resource with its weight and what it stands on.

Ties have IRIs of their own, made from their ends. What a network computes (weight, degree, community, …) has terms in
a namespace of its own, since it depends on filters and weighting and is no fact of a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from graph_api.collaboration.cells import cells, sort
from loaders.iris import digest, entity

NETWORK = "https://w3id.org/hankeverkko/network#"
_PREFIXES = {
    "hvn": NETWORK,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_UNSAFE = str.maketrans({character: f"%{ord(character):02X}" for character in '<>"{}|^`\\ \t\n\r'})


def turtle(graph: nx.Graph) -> bytes:
    """Return the network as Turtle. Nodes whose name is no IRI are named under ``…/id/node/``."""
    return "".join(f"{line}\n" for line in _lines(sort(graph))).encode()


def _lines(graph: nx.Graph) -> Iterator[str]:
    for prefix, namespace in _PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> ."
    for node, data in graph.nodes(data=True):
        yield ""
        label = [f"skos:prefLabel {_text(str(data['label']))}"] if "label" in data else []
        yield _resource(_iri(node), ["a hvn:Node", *label, *_values(data, leave={"label"})])
    for source, target, data in graph.edges(data=True):
        yield ""
        ends = [f"rdf:subject {_iri(source)}", f"rdf:object {_iri(target)}"]
        stands = data.get("shared", data.get("initiatives", []))
        derived = [f"prov:wasDerivedFrom {' , '.join(map(_iri, stands))}"] if stands else []
        tie = f"<{entity('tie', digest(source, target))}>"
        yield _resource(
            tie, ["a hvn:Tie", *ends, *_values(data, leave={"shared", "initiatives", "evidence"}), *derived]
        )


def _resource(subject: str, statements: list[str]) -> str:
    return f"{subject} " + " ;\n  ".join(statements) + " ."


def _values(data: Mapping[str, Any], leave: set[str]) -> Iterator[str]:
    for name, value in cells(data).items():
        if name in leave or value == "":
            continue
        if isinstance(value, str):
            yield f"hvn:{_local(name)} {_text(value)}"
        elif isinstance(value, bool):
            yield f"hvn:{_local(name)} {str(value).lower()}"
        else:
            kind = "integer" if isinstance(value, int) else "double"
            yield f'hvn:{_local(name)} "{value!r}"^^xsd:{kind}'


def _local(name: str) -> str:
    return "".join(character if character.isalnum() and character.isascii() else "_" for character in name)


def _iri(name: object) -> str:
    text = str(name)
    return f"<{(text if '://' in text else entity('node', text)).translate(_UNSAFE)}>"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON's escapes are among those of Turtle
