"""Measures of brokerage: who stands between others that do not know each other, or between groups."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks.centrality import _ROWS, degree, strength

NO_GROUP = -1
"""Stands in a column of groups for a node whose group is not known."""

ROLES = ("coordinator", "consultant", "representative", "liaison")


def constraint(adjacency: Any) -> FloatArray:
    """Return Σ_j (p_ij + Σ_q p_iq·p_qj)² over the partners j of i, p_ij being the share of i's weight that lies on j.

    R. S. Burt, "Structural Holes", 1992, p. 54; high where all partners know each other. Not a number without ties.
    """
    shares = _shares(adjacency)
    found = np.zeros(adjacency.shape[0])
    for first in range(0, adjacency.shape[0], _ROWS):
        rows = shares[first : first + _ROWS]
        ties = _ones(adjacency[first : first + _ROWS])
        held = rows + (rows @ shares).multiply(ties)
        found[first : first + _ROWS] = held.multiply(held).sum(axis=1)
    return np.where(degree(adjacency) == 0, np.nan, found)


def effective_size(adjacency: Any) -> FloatArray:
    """Return Σ_j (1 − Σ_q p_iq·m_jq) over the partners j of i: partners, less what they have in common.

    m_jq is the weight between j and q divided by j's largest weight. R. S. Burt, "Structural Holes", 1992, p. 52; with
    equal weights it is n − 2t/n of n partners with t ties among them (S. P. Borgatti, "Structural holes: unpacking
    Burt's redundancy measures", Connections 20, 1997). Not a number without ties.
    """
    shares = _shares(adjacency)
    largest = adjacency.max(axis=1).toarray().ravel() if adjacency.nnz else np.zeros(adjacency.shape[0])
    marginal = _scaled(adjacency, largest)
    found = degree(adjacency).astype(np.float64)
    for first in range(0, adjacency.shape[0], _ROWS):
        ties = _ones(adjacency[first : first + _ROWS])
        common = (shares[first : first + _ROWS] @ marginal.T).multiply(ties)
        found[first : first + _ROWS] -= common.sum(axis=1)
    return np.where(degree(adjacency) == 0, np.nan, found)


def participation(adjacency: Any, groups: IntArray) -> FloatArray:
    """Return 1 − Σ_s (k_is/k_i)², k_is being the weight of i's ties into group s: 0 where all lie in one group.

    R. Guimerà and L. A. N. Amaral, "Functional cartography of complex metabolic networks", Nature 433, 2005. Ties to
    nodes without a group are left out; a node with no others has the value 0.
    """
    into = _into_groups(adjacency, groups)
    sums = into.sum(axis=1)
    parts = np.divide(into.power(2).sum(axis=1), sums**2, out=np.ones(len(sums)), where=sums > 0)
    return np.asarray(np.maximum(1.0 - parts, 0.0), np.float64)


def brokerage_roles(pattern: Any, groups: IntArray) -> dict[str, FloatArray]:
    """Return how many pairs of partners, not partners of each other, each node joins in each role.

    R. V. Gould and R. M. Fernandez, "Structures of mediation", Sociological Methodology 19, 1989: "coordinator" (all three
    of one group), "consultant" (the two of one group, the broker of another), "representative" (the broker of the
    group of one of the two; their gatekeeper as well, since ties have no direction), "liaison" (three groups). Each pair
    is counted once. Nodes without a group take no part.
    """
    known = np.flatnonzero(groups != NO_GROUP)
    found = {role: np.zeros(pattern.shape[0]) for role in ROLES}
    for role, values in _roles(pattern[known][:, known].tocsr(), groups[known]).items():
        found[role][known] = values
    return found


def _roles(pattern: Any, groups: IntArray) -> dict[str, FloatArray]:
    """Count pairs by role: all pairs of partners of the pattern, less those that are partners themselves."""
    inner, outer = _split(pattern, groups)
    same, other = degree(inner).astype(np.float64), degree(outer).astype(np.float64)
    by_group = _into_groups(outer, groups).power(2).sum(axis=1)
    pairs = {
        "coordinator": same * (same - 1) / 2,
        "consultant": (by_group - other) / 2,
        "representative": same * other,
        "liaison": (other**2 - by_group) / 2,
    }
    closed = {
        "coordinator": _closed(inner, inner, inner) / 2,
        "consultant": _closed(outer, inner, outer) / 2,
        "representative": _closed(inner, outer, outer),
        "liaison": _closed(outer, outer, outer) / 2,
    }
    return {role: pairs[role] - closed[role] for role in ROLES}


def _closed(first: Any, second: Any, third: Any) -> FloatArray:
    """Return for each node the number of paths of a `first` and a `second` tie that a `third` tie closes."""
    found = np.zeros(first.shape[0])
    for start in range(0, first.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        found[rows] = (first[rows] @ second).multiply(third[rows]).sum(axis=1)
    return found


def _split(pattern: Any, groups: IntArray) -> tuple[Any, Any]:
    """Return the ties within groups and those between them."""
    table = pattern.tocoo()
    same = groups[table.row] == groups[table.col]
    ones = np.ones(len(table.row))
    first, second = (
        sparse.coo_array((ones[kept], (table.row[kept], table.col[kept])), shape=pattern.shape).tocsr()
        for kept in (same, ~same)
    )
    return first, second


def _into_groups(adjacency: Any, groups: IntArray) -> Any:
    known = np.flatnonzero(groups != NO_GROUP)
    shape = (adjacency.shape[0], int(groups.max(initial=-1)) + 1)
    member = sparse.coo_array((np.ones(len(known)), (known, groups[known])), shape=shape).tocsr()
    return (adjacency @ member).tocsr()


def _shares(adjacency: Any) -> Any:
    return _scaled(adjacency, strength(adjacency))


def _scaled(adjacency: Any, divisors: FloatArray) -> Any:
    """Return the matrix with each row divided by a number; rows with 0 stay as they are."""
    factors = np.divide(1.0, divisors, out=np.zeros(len(divisors)), where=divisors > 0)
    return (sparse.diags_array(factors) @ adjacency).tocsr()


def _ones(matrix: Any) -> Any:
    ones = matrix.copy()
    ones.data = np.ones_like(ones.data)
    return ones
