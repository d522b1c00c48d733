"""How far two partitions agree: normalised mutual information and the adjusted Rand index."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def mutual_information(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Return the mutual information of two partitions over the mean of their entropies: 1 for the same, 0 for unrelated.

    L. Danon et al., "Comparing community structure identification", Journal of Statistical Mechanics, 2005, P09008.
    """
    table = _table(first, second)
    joint = table.data / table.sum()
    rows, columns = (np.asarray(table.sum(axis=axis)) / table.sum() for axis in (1, 0))
    shared = float((joint * np.log(joint / (rows[table.row] * columns[table.col]))).sum())
    entropy = _entropy(rows) + _entropy(columns)
    return 2 * shared / entropy if entropy else 1.0


def adjusted_rand(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Return the share of pairs on which two partitions agree, corrected so that chance gives 0 and the same gives 1.

    L. Hubert and P. Arabie, "Comparing partitions", Journal of Classification 2, 1985.
    """
    table = _table(first, second)
    together, rows, columns = (
        float((values * (values - 1) / 2).sum()) for values in (table.data, table.sum(axis=1), table.sum(axis=0))
    )
    size = len(first)
    chance = rows * columns / (size * (size - 1) / 2) if size > 1 else 0.0
    most = (rows + columns) / 2
    return 1.0 if math.isclose(most, chance) else (together - chance) / (most - chance)


def _table(first: NDArray[Any], second: NDArray[Any]) -> Any:
    """Return how many things lie in each pair of groups."""
    rows, columns = (np.unique(partition, return_inverse=True)[1] for partition in (first, second))
    return sparse.coo_array((np.ones(len(rows)), (rows, columns))).tocsr().tocoo()


def _entropy(shares: NDArray[Any]) -> float:
    return float(-(shares * np.log(shares)).sum())
