"""A projection as a networkx graph, for everything that a user wants to do with a network."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR, Projection

Table = dict[str, dict[str, Any]]


def to_networkx(projection: Projection, *, isolates: bool = True) -> nx.Graph:
    """Return the network as an undirected graph whose nodes are IRIs of organisations, in sort order.

    A node has `label`, `type` (notation, "" where unknown), `initiatives` (how many it takes part in), `degree`
    (number of partners), `strength` (sum of the weights of its edges) and, for a unit, `unit_of` (IRI of its owner).
    An edge has `weight`, `count` (number of shared initiatives), `initiatives` (their IRIs) and, where known, `first`
    and `last` (the years they span). Without `isolates`, organisations that have no partner are left out.

    The graph itself has `weighting`, `period`, `undated` (see `Projection`), `type_labels` and `initiatives`: for each
    IRI its `title`, `code`, `kind`, `start` and `end` (years; absent where unknown), `share` (what it adds to the
    weight of an edge) and `roles` (organisation IRI → roles).
    """
    graph = nx.Graph(
        weighting=projection.weighting,
        period=list(projection.period),
        undated=projection.undated,
        type_labels=dict(sorted(projection.index.type_labels.items())),
        initiatives=_initiatives(projection),
    )
    _add_nodes(graph, projection, isolates)
    _add_edges(graph, projection)
    return graph


def _add_nodes(graph: nx.Graph, projection: Projection, isolates: bool) -> None:
    table, size = projection.index.organisations, len(projection.nodes)
    ends = np.concatenate([projection.sources, projection.targets])
    degrees = np.bincount(ends, minlength=size)
    strengths = np.bincount(ends, weights=np.tile(projection.weights, 2), minlength=size)
    for node, position in enumerate(projection.nodes.tolist()):
        if not isolates and degrees[node] == 0:
            continue
        owner = int(table.owners[position])
        graph.add_node(
            table.iris[position],
            label=table.labels[position],
            type=table.types[position],
            initiatives=len(projection.initiatives_of(node)),
            degree=int(degrees[node]),
            strength=float(strengths[node]),
            **({} if owner == NO_OWNER else {"unit_of": table.iris[owner]}),
        )


def _add_edges(graph: nx.Graph, projection: Projection) -> None:
    iris, initiatives = projection.index.organisations.iris, projection.index.initiatives
    ids = [iris[position] for position in projection.nodes.tolist()]
    sources, targets = projection.sources.tolist(), projection.targets.tolist()
    for edge, shared in enumerate(projection.all_shared()):
        graph.add_edge(
            ids[sources[edge]],
            ids[targets[edge]],
            weight=float(projection.weights[edge]),
            count=int(projection.counts[edge]),
            initiatives=[initiatives.iris[position] for position in shared.tolist()],
            **_span(np.concatenate([initiatives.starts[shared], initiatives.ends[shared]])),
        )


def _span(years: Any) -> dict[str, int]:
    known = years[years != UNKNOWN_YEAR]
    return {"first": int(known.min()), "last": int(known.max())} if len(known) else {}


def _initiatives(projection: Projection) -> Table:
    """Return the initiatives of the projection, with who does what in them."""
    index = projection.index
    rows = projection.members
    table: Table = {}
    columns = (index.participations.initiatives[rows], index.participations.roles[rows], projection.member_nodes)
    order = np.lexsort((columns[1], columns[2], columns[0]))
    for initiative, role, node in zip(*(column[order].tolist() for column in columns), strict=True):
        iri = index.initiatives.iris[initiative]
        if iri not in table:
            table[iri] = _describe(projection, initiative)
        roles = table[iri]["roles"].setdefault(index.organisations.iris[int(projection.nodes[node])], [])
        if index.roles[role] not in roles:
            roles.append(index.roles[role])
    return table


def _describe(projection: Projection, initiative: int) -> dict[str, Any]:
    table = projection.index.initiatives
    columns = {"start": table.starts, "end": table.ends, "published": table.published}
    years = {name: int(column[initiative]) for name, column in columns.items()}
    return {
        "title": table.titles[initiative],
        "code": table.codes[initiative],
        "kind": table.kinds[initiative],
        **{name: year for name, year in years.items() if year != UNKNOWN_YEAR},
        "share": float(projection.shares[initiative]),
        "roles": {},
    }
