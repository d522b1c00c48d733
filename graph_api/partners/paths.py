"""How to be introduced: the chain of organisations between two that have not met, with what joins each step.

Two organisations are joined by an initiative that both take part in. The shortest chain has the fewest steps; of
equally short ones, and of all chains for the strongest, the one whose steps multiply to most is taken. A step through
an initiative of n participants is worth c·f/(n − 1): Newman's weight of a tie (Physical Review E 64, 016132, 2001), times
how certain both parts are (c) and how fresh the initiative is (f); each further step halves the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyoxigraph as ox
from scipy import sparse
from scipy.sparse import csgraph

from graph_api.collaboration.columns import IntArray
from graph_api.partners.market import Market
from loaders.iris import HV

Way = Literal["shortest", "strongest"]

HUB = 100
"""Whoever has worked with more others than that is a hub, who may be asked to introduce too many."""

_STEP_COST = np.float32(np.log(2))
_LONG = np.float32(1000)
"""More than the strength of any chain can cost, so that the number of steps comes first."""

_JOB, _CONTACT, _EMPLOYER = (ox.NamedNode(HV + name) for name in ("jobTitle", "contactFor", "worksFor"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from an organisation through an initiative to the next; positions in the index, strength 0–1."""

    start: int
    initiative: int
    end: int
    strength: float


def find_path(
    market: Market, start: int, end: int, *, way: Way = "shortest", avoid_hubs: bool = False
) -> list[Step] | None:
    """Return the chain between two organisations, None where there is none; [] from one to itself.

    The body that an organisation belongs to (its owner, other units) counts as the organisation itself only where it
    takes part itself. With `avoid_hubs` nobody with more than `HUB` partners stands between, nor does an initiative
    with more than `HUB` participants.
    """
    if start == end:
        return []
    size = len(market.index.organisations)
    graph = _graph(market, way, avoid_hubs, keep=(start, end))
    _, before = csgraph.dijkstra(graph, directed=True, indices=start, return_predecessors=True)
    if before[end] < 0:
        return None
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    return [
        Step(
            nodes[k], nodes[k + 1] - size, nodes[k + 2], _strength(market, nodes[k], nodes[k + 1] - size, nodes[k + 2])
        )
        for k in range(0, len(nodes) - 2, 2)
    ]


def _graph(market: Market, way: Way, avoid_hubs: bool, keep: tuple[int, int]) -> Any:
    """Return the graph of organisations and initiatives, with what it costs to enter and to leave an initiative."""
    work = market.index.matrices.work
    who = np.repeat(np.arange(len(work.offsets) - 1, dtype=np.int32), np.diff(work.offsets))
    what = work.columns
    crowd = np.maximum(market.participants[what] - 1, 1)
    cost = -np.log(np.maximum(work.values * np.sqrt(market.freshness[what] / crowd), 1e-9)).astype(np.float32)
    cost += _STEP_COST / 2 + (_LONG if way == "shortest" else 0)
    used = market.participants[what] > 1
    if avoid_hubs:
        used &= (market.participants[what] <= HUB) & _may_stand_between(market, keep)[who]
    size = len(market.index.organisations)
    whole = size + len(market.index.initiatives)
    rows, columns, costs = who[used], what[used] + size, cost[used]
    ends = (np.concatenate([rows, columns]), np.concatenate([columns, rows]))
    return sparse.csr_array((np.concatenate([costs, costs]), ends), shape=(whole, whole))


def _may_stand_between(market: Market, keep: tuple[int, int]) -> Any:
    fine = market.index.matrices.partners <= HUB
    fine[list(keep)] = True
    return fine


def _strength(market: Market, start: int, initiative: int, end: int) -> float:
    row: IntArray = market.index.matrices.workers.row(initiative)
    values = market.index.matrices.workers.values[market.index.matrices.workers.offsets[initiative] :][: len(row)]
    sure = float(values[row == start][0]) * float(values[row == end][0])
    return sure * float(market.freshness[initiative]) / max(float(market.participants[initiative]) - 1, 1)


def contact_roles(market: Market, store: ox.Store, initiative: int, organisation: int) -> list[str]:
    """Return the job titles of an organisation's contacts for an initiative ("" where none is given), no names."""
    node = ox.NamedNode(market.index.initiatives.iris[initiative])
    employer = ox.NamedNode(market.index.organisations.iris[organisation])
    found = set()
    for quad in store.quads_for_pattern(None, _CONTACT, node):
        person = quad.subject
        if isinstance(person, ox.NamedNode) and any(True for _ in store.quads_for_pattern(person, _EMPLOYER, employer)):
            titles = [
                q.object.value for q in store.quads_for_pattern(person, _JOB, None) if isinstance(q.object, ox.Literal)
            ]
            found.add(min(titles, default=""))
    return sorted(found)
