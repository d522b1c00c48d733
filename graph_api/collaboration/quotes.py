"""The sentence behind each participation of a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.tables import Projection
from loaders.iris import DCTERMS, HV, PROV

_STANDINGS = ("reviewed", "asserted", "inferred")


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A quotation and the title (else the identifier, else the IRI) of the document that it stands in."""

    text: str
    document: str


def read_quotes(store: ox.Store, projection: Projection) -> dict[tuple[str, str], Quote]:
    """Return the best quote for each pair (organisation IRI, initiative IRI) of a projection that has one.

    What a person reviewed comes first, then a labelled field, then prose; then the higher confidence; then the
    smallest IRI of the evidence, so that the choice is the same on every run. Organisations that no edge joins to
    another are passed over.
    """
    index = projection.index
    best: dict[tuple[str, str], tuple[int, float, str, Quote]] = {}
    joined = np.isin(projection.member_nodes, np.concatenate([projection.sources, projection.targets]))
    rows, nodes = projection.members[joined], projection.member_nodes[joined]
    for row, node in zip(rows.tolist(), nodes.tolist(), strict=True):
        organisation = index.organisations.iris[int(projection.nodes[node])]
        key = (organisation, index.initiatives.iris[int(index.participations.initiatives[row])])
        for found in _evidence(store, index.participations.iris[row]):
            best[key] = min(best.get(key, found), found)
    return {key: found[3] for key, found in sorted(best.items())}


def _evidence(store: ox.Store, participation: str) -> Iterator[tuple[int, float, str, Quote]]:
    supports = ox.NamedNode(HV + "supports")
    for quad in store.quads_for_pattern(None, supports, ox.NamedNode(participation), None):
        evidence = quad.subject
        if not isinstance(evidence, ox.NamedNode):
            continue
        text = _value(store, evidence, HV + "quote")
        if text is None:
            continue
        standing = _value(store, evidence, HV + "standing")
        rank = _STANDINGS.index(standing) if standing in _STANDINGS else len(_STANDINGS)
        confidence = float(_value(store, evidence, HV + "confidence") or 0)
        yield rank, -confidence, evidence.value, Quote(text, _document(store, evidence))


def _document(store: ox.Store, evidence: ox.NamedNode) -> str:
    document = _value(store, evidence, PROV + "wasDerivedFrom")
    if document is None:
        return ""
    node = ox.NamedNode(document)
    return _value(store, node, DCTERMS + "title") or _value(store, node, DCTERMS + "identifier") or document


def _value(store: ox.Store, subject: ox.NamedNode, predicate: str) -> str | None:
    objects = (quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None))
    return min((found.value for found in objects if not isinstance(found, ox.Triple)), default=None)
