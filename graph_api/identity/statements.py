"""Identity as statements: decisions as edges, in the graph of identity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph_api.identity.decisions import Decision
from graph_api.identity.resolver import Resolver
from loaders.iris import DCTERMS, HV, IDENTITY_GRAPH, PROV, XSD, digest, entity
from loaders.nquads import GraphLines, decimal_literal, iri, literal
from loaders.triples import hv, text_literal

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def identity_lines(resolver: Resolver) -> Iterator[str]:
    """Yield the decisions in force as N-Quads lines, and the IRIs that they have taken out of use."""
    out = GraphLines(IDENTITY_GRAPH)
    for decision in resolver.decisions.all:
        _add(out, resolver, decision)
    for iris in resolver.groups.values():
        for name in iris:
            found = resolver.entity_of(name)
            if found is not None and found.iri != name:
                out.add(iri(name), iri(DCTERMS + "isReplacedBy"), iri(found.iri))
    yield from out.lines()


def _add(out: GraphLines, resolver: Resolver, decision: Decision) -> None:
    node = iri(entity("decision", digest(decision.judgement, *decision.pair)))
    out.types(node, [HV + "IdentityDecision", PROV + "Activity"])
    out.add(node, hv("judgement"), literal(decision.judgement))
    for name in decision.pair:
        out.add(node, hv("decidedName"), text_literal(name))
        found = resolver.refer(name)
        if found is not None:
            out.add(node, hv("decidedEntity"), iri(found.iri))
    out.add(node, hv("decidedBy"), text_literal(decision.who))
    if _MOMENT.fullmatch(decision.when):
        out.add(node, iri(PROV + "endedAtTime"), literal(decision.when, datatype=XSD + "dateTime"))
    if decision.why:
        out.add(node, iri(DCTERMS + "description"), text_literal(decision.why))
    if decision.score:
        out.add(node, hv("score"), decimal_literal(decision.score))
