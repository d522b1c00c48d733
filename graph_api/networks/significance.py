"""Which ties are more than chance: the backbone of a projection, the disparity filter, corrections for many tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graph_api.collaboration.tables import FloatArray
from graph_api.networks.nullmodel import fit, p_values
from graph_api.networks.views import Network
from loaders.errors import UsageError

CORRECTIONS = ("fdr", "bonferroni", "none")
LEVEL = 0.05


def with_p_values(network: Network, correction: str = "fdr") -> Network:
    """Return the network with `p_value` and `q_value` (corrected) of each tie among its edge values.

    A p-value is the chance to share as many things, or more, in the bipartite configuration model (see `nullmodel`).
    All pairs of nodes count as tests, those that share nothing among them.

    Raises UsageError for a correction that does not exist.
    """
    found = p_values(fit(network.incidence), network.sources, network.targets, network.counts)
    pairs = network.size * (network.size - 1) // 2
    values = {"p_value": found, "q_value": correct(found, pairs, correction)}
    return replace(network, edge_values={**network.edge_values, **values})


def backbone(network: Network, *, level: float = LEVEL, correction: str = "fdr") -> Network:
    """Return the network of the ties that are more than chance at a level, once corrected for the number of pairs.

    Raises UsageError for a level outside 0–1 or a correction that does not exist.
    """
    _check_level(level)
    tested = with_p_values(network, correction)
    return tested.with_edges(tested.edge_values["q_value"] <= level)


def disparity(network: Network, *, level: float = LEVEL) -> Network:
    """Return the network of the ties that hold an unusually large share of the weight of either end.

    M. Á. Serrano, M. Boguñá and A. Vespignani, "Extracting the multiscale backbone of complex weighted networks", PNAS
    106, 2009: a tie stays where (1 − p)^(k − 1) < `level` at one of its ends, p being its share of the weight of an end
    with k ties. An end with a single tie decides nothing; the only tie of both its ends stays. The value is kept as
    `disparity`.

    Raises UsageError for a level outside 0–1.
    """
    _check_level(level)
    values = disparity_values(network)
    tested = replace(network, edge_values={**network.edge_values, "disparity": values})
    degrees = np.diff(network.pattern.indptr)
    alone = (degrees[network.sources] == 1) & (degrees[network.targets] == 1)
    return tested.with_edges((values < level) | alone)


def disparity_values(network: Network) -> FloatArray:
    """Return for each tie the smaller of its two disparity values; 1 where both ends have no other."""
    degrees = np.diff(network.pattern.indptr)
    strengths = np.asarray(network.adjacency.sum(axis=1))
    values = np.ones(len(network.weights))
    for side in (network.sources, network.targets):
        share = network.weights / strengths[side]
        here = np.where(degrees[side] > 1, np.maximum(1 - share, 0.0) ** (degrees[side] - 1), 1.0)
        values = np.minimum(values, here)
    return values


def correct(found: FloatArray, tests: int, correction: str = "fdr") -> FloatArray:
    """Return p-values corrected for the number of tests, of which some may have p = 1 and not be given.

    "fdr": Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B
    57, 1995 (step-up); "bonferroni": each times the number of tests; "none".

    >>> correct(np.array([0.01, 0.02, 0.03, 0.04]), 5).round(4).tolist()
    [0.05, 0.05, 0.05, 0.05]
    >>> correct(np.array([0.01, 0.02]), 5, "bonferroni").tolist()
    [0.05, 0.1]

    Raises UsageError for another correction.
    """
    if correction not in CORRECTIONS:
        raise UsageError(f'There is no correction "{correction}". Choose one of: {", ".join(CORRECTIONS)}.')
    if correction == "none":
        return found
    if correction == "bonferroni":
        return np.minimum(found * max(tests, len(found)), 1.0)
    order = np.argsort(found, kind="stable")
    scaled = found[order] * max(tests, len(found)) / np.arange(1, len(found) + 1)
    corrected = np.empty(len(found))
    corrected[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return corrected


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise UsageError(f"A level of {level:g} is not possible. Give a number between 0 and 1, such as 0.05.")
