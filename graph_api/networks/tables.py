"""Results of networks as tables of plain values, for the command line, reports and JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph_api.collaboration.tables import FloatArray
from graph_api.networks.bootstrap import edge_events
from graph_api.networks.communities import NO_COMMUNITY, Communities
from graph_api.networks.holes import Hole
from graph_api.networks.material import Kind, Material
from graph_api.networks.slices import Slice
from graph_api.networks.views import Network

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; `name` is its key in JSON."""

    name: str
    title: str
    columns: list[str]
    rows: list[Row]

    def cells(self, write: Callable[[Any], str]) -> tuple[list[str], list[list[str]]]:
        """Return columns and rows as text, an interval in the cell of its measure."""
        joined = {n: name for n, name in enumerate(self.columns) if f"{name}_low" in self.columns}
        own = {place for n in joined for place in (n + 1, n + 2)}
        shown = [n for n in range(len(self.columns)) if n not in own]
        rows = [
            [
                f"{write(row[n])} ({write(row[n + 1])} – {write(row[n + 2])})" if n in joined else write(row[n])
                for n in shown
            ]
            for row in self.rows
        ]
        return [self.columns[n].replace("_", " ") for n in shown], rows

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as records; what is not a number is null."""
        return [{name: _plain(value) for name, value in zip(self.columns, row, strict=True)} for row in self.rows]


def strongest(network: Network, top: int) -> Table:
    """Return the heaviest ties, with the smallest thing that both ends share.

    Of equal ties the pair comes first that met in smaller company (Newman's weight), then by name.
    """
    company = _company(network)
    labels, events = network.labels, network.material.things_of(network.through).labels
    rank = np.lexsort((network.targets, network.sources, -company, -network.weights))[:top]
    members = np.bincount(network.incidence.indices, minlength=len(network.events))
    extra = [name for name in ("p_value", "q_value", "disparity") if name in network.edge_values]
    rows: list[Row] = []
    for edge in rank.tolist():
        shared = network.shared(edge)
        smallest = min(shared.tolist(), key=lambda event: (members[event], events[int(network.events[event])]))
        pair = sorted((labels[network.sources[edge]], labels[network.targets[edge]]))
        values = [float(network.edge_values[name][edge]) for name in extra]
        named = events[int(network.events[smallest])]
        rows.append([*pair, float(network.weights[edge]), int(network.counts[edge]), *values, named])
    heads = [network.kind, f"other {network.kind}", network.weighting, "shared", *extra, "among them"]
    return Table("closest", "Closest collaborations", heads, rows)


def leaders(network: Network, names: Sequence[str], top: int) -> Table:
    """Return the nodes with the highest values of the first measure, and their other measures with intervals."""
    values = network.values[names[0]]
    rank = np.lexsort((np.arange(network.size), -np.nan_to_num(values.astype(float), nan=-math.inf)))[:top]
    columns = [column for name in names for column in _with_interval(network, name)]
    labels = network.labels
    rows = [[labels[node], *(network.values[name][node].item() for name in columns)] for node in rank.tolist()]
    return Table("measures", f"Highest {names[0]}", [network.kind, *columns], rows)


def communities(network: Network, found: Communities, top: int, members: int = 5) -> Table:
    """Return the largest communities: size, stability, and the members with the strongest ties inside."""
    inside = _strength_inside(network, found)
    labels = network.labels
    rows: list[Row] = []
    for community in range(min(top, len(found.stability))):
        nodes = np.flatnonzero(found.labels == community)
        named = nodes[np.lexsort((nodes, -inside[nodes]))][:members].tolist()
        mean = float(np.nanmean(found.membership[nodes]))
        rows.append(
            [community, len(nodes), float(found.stability[community]), mean, "; ".join(labels[n] for n in named)]
        )
    heads = ["community", "members", "stability", "membership", "at its centre"]
    return Table("communities", "Communities", heads, rows)


def timeline(found: Collection[Slice]) -> Table:
    """Return one row a slice."""
    rows: list[Row] = [
        [
            str(item.first) if item.first == item.last else f"{item.first}–{item.last}",
            item.network.size,
            len(item.network.sources),
            len(item.entries),
            len(item.returns),
            len(item.exits),
            item.new_ties,
            item.lost_ties,
            item.node_persistence,
            item.tie_persistence,
        ]
        for item in found
    ]
    heads = [
        "years",
        "nodes",
        "ties",
        "entries",
        "returns",
        "exits",
        "new ties",
        "lost ties",
        "nodes kept",
        "ties kept",
    ]
    return Table("slices", "Year by year", heads, rows)


def holes(material: Material, found: Collection[Hole], through: Kind) -> Table:
    """Return one row a structural hole."""
    names, common = material.things_of("organisation").labels, material.things_of(through).labels
    rows: list[Row] = [
        [names[hole.first], names[hole.second], hole.weight, "; ".join(common[place] for place in hole.common)]
        for hole in found
    ]
    title = f"Active on the same {through}, never met"
    return Table("holes", title, ["organisation", "other organisation", "weight", "in common"], rows)


def _company(network: Network) -> FloatArray:
    """Return Newman's weight of each tie, whatever the network is weighted by."""
    members = np.bincount(network.incidence.indices, minlength=len(network.events))
    shares = 1.0 / np.maximum(members - 1, 1)
    return np.asarray(edge_events(network) @ shares) if len(network.sources) else np.zeros(0)


def _strength_inside(network: Network, found: Communities) -> FloatArray:
    ends = found.labels[network.sources], found.labels[network.targets]
    inside = (ends[0] == ends[1]) & (ends[0] != NO_COMMUNITY)
    sides = np.concatenate([network.sources[inside], network.targets[inside]])
    return np.bincount(sides, np.tile(network.weights[inside], 2), minlength=network.size).astype(np.float64)


def _with_interval(network: Network, name: str) -> list[str]:
    return [column for column in (name, f"{name}_low", f"{name}_high", f"{name}_error") if column in network.values]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
