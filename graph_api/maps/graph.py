"""What a map shows of a network: organisations, the initiatives they share, and the sentence behind each part in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.tables import NO_OWNER, STANDINGS, UNKNOWN_YEAR, CollaborationIndex
from graph_api.networks.graphs import home_of, span_of
from graph_api.networks.material import NO_EVIDENCE
from graph_api.networks.views import Network
from loaders.iris import HV

Table = dict[str, dict[str, Any]]
_QUOTE = ox.NamedNode(HV + "quote")


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A quotation and the title (else the identifier) of the document that it stands in."""

    text: str
    document: str


def map_graph(network: Network) -> nx.Graph:
    """Return a network of organisations through initiatives as an undirected graph; nodes are IRIs, in sort order.

    A node has `label`, `type` (notation, "" where unknown), `initiatives` (how many it takes part in), `degree`
    (number of partners), `strength` (sum of the weights of its edges) and, for a unit, `unit_of` (IRI of its owner).
    An edge has `weight`, `count` (number of shared initiatives), `initiatives` (their IRIs) and, where known, `first`
    and `last` (the years they span).

    The graph itself has `weighting`, `period`, `undated` (initiatives left out for want of a date), `type_labels` and
    `initiatives`: for each IRI its `title`, `code`, `kind`, `start`, `end` and `published` (years; absent where unknown), `share`
    (what it adds to the weight of an edge) and `roles` (organisation IRI → roles).
    """
    graph = nx.Graph(
        weighting=network.weighting,
        period=list(network.filters.period),
        undated=network.selection.undated,
        type_labels=dict(sorted(network.material.type_labels.items())),
        initiatives=_initiatives(network),
    )
    _add_nodes(graph, network)
    _add_edges(graph, network)
    return graph


def _add_nodes(graph: nx.Graph, network: Network) -> None:
    degrees, strengths = np.diff(network.pattern.indptr), network.adjacency.sum(axis=1)
    shared = np.diff(network.incidence.indptr)
    for node, position in enumerate(network.nodes.tolist()):
        owner = home_of(network, position).get("unit_of")
        graph.add_node(
            network.things.iris[position],
            label=network.things.labels[position],
            type=network.things.types[position],
            initiatives=int(shared[node]),
            degree=int(degrees[node]),
            strength=float(strengths[node]),
            **({"unit_of": owner} if owner else {}),
        )


def _add_edges(graph: nx.Graph, network: Network) -> None:
    ids, initiatives = network.iris, network.material.things["initiative"].iris
    for edge, (source, target) in enumerate(zip(network.sources.tolist(), network.targets.tolist(), strict=True)):
        shared = network.events[network.shared(edge)]
        graph.add_edge(
            ids[source],
            ids[target],
            weight=float(network.weights[edge]),
            count=int(network.counts[edge]),
            initiatives=[initiatives[position] for position in shared.tolist()],
            **span_of(network.material, shared),
        )


def _initiatives(network: Network) -> Table:
    """Return the initiatives of the network, with who does what in them."""
    rows, material = network.selection.ties, network.material
    shares = dict(zip(network.events.tolist(), network.shares.tolist(), strict=True))
    organisations, initiatives = network.things.iris, material.things["initiative"]
    table: Table = {}
    order = np.lexsort((rows.roles, rows.things, rows.initiatives))
    for row in order[np.isin(rows.initiatives[order], network.events)].tolist():
        place = int(rows.initiatives[row])
        entry = table.setdefault(initiatives.iris[place], _describe(network, place, shares[place]))
        roles = entry["roles"].setdefault(organisations[int(rows.things[row])], [])
        if (role := material.roles[rows.roles[row]]) not in roles:
            roles.append(role)
    return table


def _describe(network: Network, place: int, share: float) -> dict[str, Any]:
    material = network.material
    columns = {"start": material.starts, "end": material.ends, "published": material.published}
    years = {name: int(column[place]) for name, column in columns.items() if column is not None}
    return {
        "title": material.things["initiative"].labels[place],
        "code": material.codes[place],
        "kind": material.kinds[place],
        **{name: year for name, year in years.items() if year != UNKNOWN_YEAR},
        "share": float(share),
        "roles": {},
    }


def read_quotes(store: ox.Store, index: CollaborationIndex, network: Network) -> dict[tuple[str, str], Quote]:
    """Return the quote of the best evidence for each pair (organisation IRI, initiative IRI) of a network that has one.

    `index` is what the network was made of: it knows the best evidence of each row and its document. Organisations that
    no edge joins to another are passed over.
    """
    rows, joined = network.selection.ties, network.nodes[np.union1d(network.sources, network.targets)]
    best: dict[tuple[str, str], tuple[int, float, int]] = {}
    for row in np.flatnonzero(np.isin(rows.things, joined) & (rows.evidence != NO_EVIDENCE)).tolist():
        key = network.things.iris[int(rows.things[row])], index.initiatives.iris[int(rows.initiatives[row])]
        piece = _ranked(index, int(rows.evidence[row]))
        best[key] = min(best.get(key, piece), piece)
    return {key: quote for key, (*_, piece) in sorted(best.items()) if (quote := _quote(store, index, piece))}


def _ranked(index: CollaborationIndex, piece: int) -> tuple[int, float, int]:
    """Return a piece of evidence so that the best sorts first: reviewed, asserted, inferred; then the more certain."""
    return STANDINGS.index(index.evidence.standings[piece]), -float(index.evidence.confidences[piece]), piece


def _quote(store: ox.Store, index: CollaborationIndex, piece: int) -> Quote | None:
    evidence, document = ox.NamedNode(index.evidence.iris[piece]), int(index.evidence.documents[piece])
    texts = [
        quad.object.value
        for quad in store.quads_for_pattern(evidence, _QUOTE, None, None)
        if isinstance(quad.object, ox.Literal)
    ]
    if not texts:
        return None
    return Quote(min(texts), index.documents.titles[document] if document != NO_OWNER else "")
