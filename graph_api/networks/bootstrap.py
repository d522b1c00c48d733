"""How far a measure depends on which initiatives happen to be known: intervals from resampled ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graph_api.collaboration.tables import FloatArray
from graph_api.networks.measures import measure
from graph_api.networks.views import Network
from loaders.errors import UsageError

DRAWS = 200
MOST_DRAWS = 10_000
CERTAINTY = 0.95
CAUTION = (
    "Intervals: initiatives are drawn anew, so that ties can be lost and none be found. What counts ties can only be lower"
    " in a draw: read an interval as how much hangs on single initiatives, not as where the true value lies."
)
"""What has to be known of the intervals by whoever reads them."""


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """Where a measure lies, node by node, in the middle share (95 % unless asked) of the draws."""

    low: FloatArray
    high: FloatArray


def bootstrap(
    network: Network,
    names: Collection[str],
    *,
    draws: int = DRAWS,
    certainty: float = CERTAINTY,
    by: str = "region",
    seed: int = 1,
) -> dict[str, Interval]:
    """Return an interval for each measure: what is shared is drawn anew, with replacement, as often as there is of it.

    B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979, with initiatives as the units
    that are drawn, since ties of one initiative come and go together; percentile intervals. A tie that no drawn
    initiative supports is absent from a draw. The intervals say nothing of initiatives that no source holds. A draw can
    lose ties and find none: what counts ties (degree, and much that follows from it) can only be lower in it, so that the
    upper end of its interval is at most the estimate. Such an interval tells how much of the estimate hangs on single
    initiatives, and is no confidence interval of a true value (`CAUTION`).

    Raises UsageError for fewer than ten draws or more than `MOST_DRAWS`, a certainty outside 0–1, or a measure that does not exist.
    """
    if draws > MOST_DRAWS:
        raise UsageError(f"{draws:,} draws would take too long. Ask for {MOST_DRAWS:,} or fewer; {DRAWS} are usual.")
    if draws < 10:
        raise UsageError(f"{draws} draws give no interval. Ask for 10 or more; 200 are usual.")
    if not 0 < certainty < 1:
        raise UsageError(f"A certainty of {certainty:g} is not possible. Give a number between 0 and 1, such as 0.95.")
    rng = np.random.default_rng(seed)
    support = edge_events(network)
    size = len(network.events)
    found: dict[str, list[Any]] = {name: [] for name in names}
    for _ in range(draws):
        times = np.bincount(rng.integers(0, size, size), minlength=size) if size else np.zeros(0)
        drawn = measure(_redrawn(network, support, times), names, by=by, seed=seed)
        for name in names:
            found[name].append(drawn.values[name])
    edges = (1 - certainty) / 2, (1 + certainty) / 2
    return {name: _interval(np.array(values, np.float64), edges) for name, values in found.items()}


def with_intervals(network: Network, intervals: dict[str, Interval]) -> Network:
    """Return the network with `<measure>_low` and `<measure>_high` among its values."""
    values = {**network.values}
    for name, interval in intervals.items():
        values |= {f"{name}_low": interval.low, f"{name}_high": interval.high}
    return replace(network, values=values)


def edge_events(network: Network) -> Any:
    """Return which things each edge stands on: scipy.sparse.csr_array, edges × events, 0 or 1."""
    return network.incidence[network.sources].multiply(network.incidence[network.targets]).tocsr()


def _redrawn(network: Network, support: Any, times: Any) -> Network:
    counts = np.rint(support @ times).astype(np.int32)
    weights = support @ (network.shares * times)
    drawn = replace(network, counts=counts, weights=weights, values={**network.values}, edge_values={})
    return drawn.with_edges(weights > 0)


def _interval(values: FloatArray, edges: tuple[float, float]) -> Interval:
    known = ~np.isnan(values).all(axis=0)
    low, high = np.full((2, values.shape[1]), np.nan)
    if known.any():
        low[known], high[known] = np.nanquantile(values[:, known], edges, axis=0)
    return Interval(low, high)
