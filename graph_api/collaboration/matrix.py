"""The matrices of the collaboration index, as arrays that can be mapped into memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph_api.collaboration.columns import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A sparse matrix in compressed rows: row r has `values` in `columns`, from ``offsets[r]`` to ``offsets[r + 1]``."""

    offsets: IntArray
    columns: IntArray
    values: NDArray[np.float32]
    width: int

    @classmethod
    def of(cls, rows: IntArray, columns: IntArray, values: NDArray[np.float32], shape: tuple[int, int]) -> Matrix:
        """Return the matrix of some entries; of entries at the same place the largest counts."""
        order = np.lexsort((-values, columns, rows))
        rows, columns, values = rows[order], columns[order], values[order]
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        offsets = np.zeros(shape[0] + 1, dtype=np.int32)
        np.cumsum(np.bincount(rows[first], minlength=shape[0]), out=offsets[1:])
        return cls(offsets, columns[first].astype(np.int32), values[first].astype(np.float32), shape[1])

    def sparse(self) -> Any:
        """Return the same as a scipy.sparse.csr_array over the same memory."""
        shape = (len(self.offsets) - 1, self.width)
        return sparse.csr_array((self.values, self.columns, self.offsets), shape=shape, copy=False)

    def row(self, number: int) -> IntArray:
        """Return the columns of a row."""
        return self.columns[self.offsets[number] : self.offsets[number + 1]]

    def rows(self, numbers: IntArray) -> IntArray:
        """Return the columns of some rows, one row after the other."""
        starts, lengths = self.offsets[numbers], self.offsets[numbers + 1] - self.offsets[numbers]
        before = np.cumsum(lengths) - lengths
        found: IntArray = self.columns[np.repeat(starts - before, lengths) + np.arange(lengths.sum())]
        return found

    def weighted(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the vector times the matrix; only the rows where the vector is not nought are read."""
        numbers = np.flatnonzero(vector)
        starts, lengths = self.offsets[numbers], self.offsets[numbers + 1] - self.offsets[numbers]
        places = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        weights = self.values[places] * np.repeat(vector[numbers], lengths)
        return np.bincount(self.columns[places], weights=weights, minlength=self.width).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """The index as matrices, for ranking: the entries of the first two pairs are confidences.

    `work` (organisations × initiatives) holds who collaborates in what, `methods` (initiatives × methods) what is
    used there; `words` (initiatives × words) the words of titles, weighted by tf–idf with rows of length one (Salton &
    Buckley 1988). The others are the same, turned round. `partners` counts whom each organisation has worked with.
    """

    work: Matrix
    workers: Matrix
    methods: Matrix
    users: Matrix
    words: Matrix
    titled: Matrix
    partners: IntArray
