"""JSON-LD 1.1 with the product's own context, in which properties and classes have their short names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from graph_api.search.facts import TOLD
from loaders.iris import BASE, DCTERMS, FOAF, GEO, HV, OWL, PROV, RDF, RDFS, SKOS, XSD
from loaders.resources import read_text

CONTEXT_PATH = "/context.jsonld"
_PREFIXES = {
    "hv": HV,
    "id": BASE,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "foaf": FOAF,
    "owl": OWL,
    "geo": GEO,
    "xsd": XSD,
}
_MORE = {
    "prefLabel": SKOS,
    "altLabel": SKOS,
    "title": DCTERMS,
    "wasDerivedFrom": PROV,
    **dict.fromkeys(["subject", "predicate", "object"], RDF),
}


@cache
def terms() -> dict[str, str]:
    """Return the terms of the context: short names with their IRIs."""
    found = {name: namespace + name for name, namespace in {**TOLD, **_MORE}.items()}
    for term in Graph().parse(data=read_text("ontology", "core.ttl"), format="turtle").subjects():
        name = str(term).removeprefix(HV)
        if str(term).startswith(HV) and name.isidentifier():
            found.setdefault(name, str(term))
    return dict(sorted(found.items()))


def context() -> dict[str, Any]:
    """Return the context as it is served."""
    return {"@context": {"@version": 1.1, "iri": "@id", "type": "@type", **_PREFIXES, **terms()}}


def write_jsonld(triples: Iterable[ox.Triple], context_url: str) -> bytes:
    """Return triples as one JSON-LD document that names the context by its address; values are never coerced."""
    names = {iri: name for name, iri in terms().items()}
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
        node = nodes.setdefault(subject, {"iri": subject})
        if triple.predicate.value == RDF + "type":
            node.setdefault("type", []).append(names.get(str(getattr(triple.object, "value", "")), _iri(triple.object)))
        else:
            node.setdefault(names.get(triple.predicate.value, triple.predicate.value), []).append(_value(triple.object))
    document = {"@context": context_url, "@graph": [nodes[iri] for iri in sorted(nodes)]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: object) -> object:
    if not isinstance(term, ox.Literal):
        return {"iri": _iri(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return term.value if term.datatype.value == XSD + "string" else {"@value": term.value, "type": term.datatype.value}
