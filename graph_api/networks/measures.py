"""The measures by name, each with its definition and source; computed for a network and kept in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks import brokerage, centrality, paths, whole
from graph_api.networks.views import Network
from loaders.errors import UsageError

Values = NDArray[Any]
Grouping = Callable[[Network], IntArray]

SAMPLE = 1000
"""Sources of sampled betweenness."""

NODE_MEASURES: Mapping[str, Callable[[Network], Values]] = {
    "degree": lambda network: centrality.degree(network.pattern),
    "strength": lambda network: centrality.strength(network.adjacency),
    "betweenness": lambda network: paths.betweenness(network.pattern),
    "closeness": lambda network: paths.closeness(network.pattern),
    "pagerank": lambda network: centrality.pagerank(network.adjacency),
    "eigenvector": lambda network: centrality.eigenvector(network.adjacency),
    "core": lambda network: centrality.core(network.pattern),
    "clustering": lambda network: centrality.clustering(network.pattern),
    "constraint": lambda network: brokerage.constraint(network.adjacency),
    "effective_size": lambda network: brokerage.effective_size(network.adjacency),
    "component": lambda network: paths.components(network.pattern),
}
"""Measures of a node that need nothing but the network."""

GROUP_MEASURES = ("participation", *brokerage.ROLES)
"""Measures of a node that need groups of nodes as well."""

SAMPLED = "sampled_betweenness"
MEASURES = (*NODE_MEASURES, SAMPLED, *GROUP_MEASURES)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure says, and where it is defined."""

    name: str
    says: str
    function: Callable[..., Any]

    @property
    def source(self) -> str:
        """Return the definition and its source, as the function that computes it gives them."""
        return " ".join((self.function.__doc__ or "").split())


DEFINITIONS = (
    Definition("degree", "how many partners", centrality.degree),
    Definition("strength", "weight of all ties", centrality.strength),
    Definition("betweenness", "stands on the shortest ways between others", paths.betweenness),
    Definition(SAMPLED, "the same from a sample, with its error", paths.sampled_betweenness),
    Definition("closeness", "few steps from everybody", paths.closeness),
    Definition("pagerank", "met often on a walk along ties", centrality.pagerank),
    Definition("eigenvector", "tied to the well tied", centrality.eigenvector),
    Definition("core", "how deep in the dense middle", centrality.core),
    Definition("clustering", "partners know each other", centrality.clustering),
    Definition("constraint", "all partners know each other: no room to broker", brokerage.constraint),
    Definition("effective_size", "partners that are not redundant", brokerage.effective_size),
    Definition("component", "which part of the network", paths.components),
    Definition("participation", "ties spread over groups", brokerage.participation),
    Definition("coordinator", "joins pairs within its own group", brokerage.brokerage_roles),
    Definition("consultant", "joins pairs of one other group", brokerage.brokerage_roles),
    Definition("representative", "joins its own group with another", brokerage.brokerage_roles),
    Definition("liaison", "joins two other groups", brokerage.brokerage_roles),
)


def groups_of(network: Network, by: str) -> tuple[IntArray, Sequence[str]]:
    """Return the group of each node (`NO_GROUP` where unknown) and the names of the groups.

    `by` is "region" (of an organisation), "type", or "community" (which the network must hold already).

    Raises UsageError for other groupings, and for a community that nobody has computed.
    """
    if by == "community" and "community" in network.values:
        found = network.values["community"].astype(np.int32)
        return found, [str(number) for number in range(int(found.max(initial=-1)) + 1)]
    if by == "region" and network.kind in ("organisation", "funder"):
        return network.material.homes[network.nodes], network.material.regions.labels
    if by == "type":
        types = [network.things.types[place] for place in network.nodes.tolist()]
        names = sorted(set(types) - {""})
        place = {name: number for number, name in enumerate(names)}
        return np.array([place.get(name, brokerage.NO_GROUP) for name in types], np.int32), names
    raise UsageError(
        f'Nodes of this network cannot be grouped by "{by}". Use region, type, or community (with communities).'
    )


def measure(
    network: Network, names: Collection[str], *, by: str = "region", sample: int = SAMPLE, seed: int = 1
) -> Network:
    """Return the network with these measures among its values.

    `by` names the groups of participation and brokerage (see `groups_of`). Sampled betweenness adds its standard error a
    node as "sampled_betweenness_error".

    Raises UsageError for a measure that does not exist.
    """
    unknown = sorted(set(names).difference(MEASURES))
    if unknown:
        raise UsageError(f'There is no measure "{unknown[0]}". Use some of: {", ".join(MEASURES)}.')
    found: dict[str, Values] = {name: NODE_MEASURES[name](network) for name in names if name in NODE_MEASURES}
    if SAMPLED in names:
        sampled = paths.sampled_betweenness(network.pattern, sample, seed=seed)
        found |= {SAMPLED: sampled.values, f"{SAMPLED}_error": sampled.errors}
    if wanted := set(names).intersection(GROUP_MEASURES):
        found |= {name: values for name, values in _by_group(network, by).items() if name in wanted}
    return replace(network, values={**network.values, **found})


def _by_group(network: Network, by: str) -> dict[str, FloatArray]:
    groups, _ = groups_of(network, by)
    return {
        "participation": brokerage.participation(network.adjacency, groups),
        **brokerage.brokerage_roles(network.pattern, groups),
    }


def figures(network: Network, *, by: str | None = None, seed: int = 1) -> dict[str, float | int]:
    """Return the figures of a network as a whole; `by` adds assortativity by those groups.

    `expected_transitivity` is what consortia of these sizes give by chance alone.
    """
    parts = np.diff(network.incidence.indptr).astype(np.int32)
    members = np.bincount(network.incidence.indices, minlength=len(network.events)).astype(np.int32)
    sizes = np.bincount(paths.components(network.pattern)) if network.size else np.zeros(0, int)
    found: dict[str, float | int] = {
        "nodes": network.size,
        "ties": len(network.sources),
        "shared": len(network.events),
        "density": whole.density(network.pattern),
        "components of two or more": int((sizes > 1).sum()),
        "largest component": int(sizes.max(initial=0)),
        "transitivity": whole.transitivity(network.pattern),
        "expected_transitivity": whole.expected_transitivity(members, parts) if len(network.events) else 0.0,
        "degree_assortativity": whole.degree_assortativity(network.pattern),
    }
    found |= whole.small_world(network.pattern, seed=seed) if network.size else {}
    if by is not None:
        found[f"{by}_assortativity"] = whole.group_assortativity(network.pattern, groups_of(network, by)[0])
    return found
