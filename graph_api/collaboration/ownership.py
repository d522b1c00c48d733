"""Units and those who own them: whose work a unit's is, and who cannot collaborate with whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.tables import NO_OWNER, IntArray


def roots(owners: IntArray) -> IntArray:
    """Return the last owner of every organisation; in a circle of units, the organisation with the smallest IRI."""
    found = np.arange(len(owners), dtype=np.int32)
    for unit in np.flatnonzero(owners != NO_OWNER):
        chain = owners_of(owners, int(unit))
        last = chain[-1]
        circle = owners[last] != NO_OWNER
        found[unit] = min(_circle(owners, last)) if circle else last
    return found


def owners_of(owners: IntArray, unit: int) -> list[int]:
    """Return a unit, its owner, the owner's owner …, stopping before anyone comes again."""
    chain = [unit]
    while (owner := int(owners[chain[-1]])) != NO_OWNER and owner not in chain:
        chain.append(owner)
    return chain


def owned(owners: IntArray, first: IntArray, second: IntArray) -> NDArray[np.bool_]:
    """Say for each pair of organisations whether one owns the other, directly or through other units."""
    size = len(owners)
    here = np.zeros(size, np.bool_)
    here[first] = here[second] = True
    units = np.flatnonzero(here & (owners != NO_OWNER)).tolist()
    if not units:
        return np.zeros(len(first), np.bool_)
    pairs = [(unit, owner) for unit in units for owner in owners_of(owners, unit)[1:]]
    keys = np.array([min(pair) * size + max(pair) for pair in pairs], dtype=np.int64)
    low, high = np.minimum(first, second).astype(np.int64), np.maximum(first, second)
    return np.isin(low * size + high, keys)


def _circle(owners: IntArray, member: int) -> list[int]:
    chain = owners_of(owners, member)
    return chain[chain.index(int(owners[chain[-1]])) :]
