"""The description of the service (SPARQL 1.1 Service Description), as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pyoxigraph as ox
from fastapi import Request
from starlette.responses import Response

from graph_api.server.negotiation import RDF_OFFERS, negotiate
from graph_api.settings import Settings
from graph_api.sparql.engine import RDF_FORMATS
from loaders.errors import FormatError
from loaders.iris import DCTERMS, RDF

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_OFFERED = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
_IRI = ox.NamedNode


def describe_service(request: Request, settings: Settings, *, updates: bool) -> Response:
    """Return the description in the form that the client likes best.

    Raises
    ------
    FormatError
        It likes none of those there are.
    """
    offer = negotiate(request.headers.get("accept"), RDF_OFFERS)
    if offer is None:
        raise FormatError("The description of the service is RDF: ask for text/turtle, for instance, or give a query.")
    endpoint = str(request.url.replace(query="", fragment=""))
    content = ox.serialize(
        service_triples(endpoint, updates=updates, services=bool(settings.service_endpoints)),
        format=RDF_FORMATS[offer.form],
        prefixes={"sd": SD, "dcterms": DCTERMS} if offer.form in {"turtle", "trig", "rdfxml"} else None,
    )
    headers = {"Content-Type": offer.content_type, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(content, HTTPStatus.OK, headers)


def service_triples(endpoint: str, *, updates: bool, services: bool) -> Iterator[ox.Triple]:
    """Yield what there is to say: languages, features, forms, and that the default graph is the union of all graphs."""
    service, dataset, graph = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("graph")
    languages = ["SPARQL11Query"] + ["SPARQL11Update"] * updates
    features = ["UnionDefaultGraph"] + ["BasicFederatedQuery"] * services
    yield ox.Triple(service, _IRI(RDF + "type"), _IRI(SD + "Service"))
    yield ox.Triple(service, _IRI(SD + "endpoint"), _IRI(endpoint))
    yield from (ox.Triple(service, _IRI(SD + "supportedLanguage"), _IRI(SD + name)) for name in languages)
    yield from (ox.Triple(service, _IRI(SD + "feature"), _IRI(SD + name)) for name in features)
    yield from (ox.Triple(service, _IRI(SD + "resultFormat"), _IRI(_FORMATS + name)) for name in _OFFERED)
    yield ox.Triple(service, _IRI(SD + "defaultDataset"), dataset)
    yield ox.Triple(dataset, _IRI(RDF + "type"), _IRI(SD + "Dataset"))
    yield ox.Triple(dataset, _IRI(SD + "defaultGraph"), graph)
    yield ox.Triple(graph, _IRI(RDF + "type"), _IRI(SD + "Graph"))
    title = "The union of all graphs: one graph a document, the vocabularies, identity, and what was inferred"
    yield ox.Triple(graph, _IRI(DCTERMS + "title"), ox.Literal(title, language="en"))
