"""What sharing would come about by chance: the bipartite configuration model, and the p-value of each tie.

F. Saracco, M. J. Straka, R. Di Clemente, A. Gabrielli, G. Caldarelli and T. Squartini, "Inferring monopartite
projections of bipartite networks: an entropy-based approach", New Journal of Physics 19, 053022, 2017. Of all bipartite
networks in which every node has on average as many shared things, and every shared thing as many members, as it really
has, the most random one gives node i a part in thing k with probability x_i·y_k/(1 + x_i·y_k). How many things two nodes
share then follows a Poisson-binomial distribution. Large consortia and busy organisations meet often under this
model, so that meeting is no news for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from graph_api.collaboration.tables import FloatArray, IntArray
from loaders.errors import CannotRunError

TOLERANCE = 1e-9
_ROUNDS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """The probability of each part, by class: nodes of equal degree, and things of equal size, are alike.

    `table` has a row for each class of nodes and a column for each class of things; `node_class` and `thing_class` say
    which class each belongs to; `things` is how many things each class has.
    """

    table: FloatArray
    node_class: IntArray
    thing_class: IntArray
    things: IntArray

    def part(self, node: int, thing: int) -> float:
        """Return the probability that a node has a part in a thing."""
        return float(self.table[self.node_class[node], self.thing_class[thing]])


def fit(incidence: Any) -> Chances:
    """Fit the bipartite configuration model to an incidence (scipy.sparse.csr_array, nodes × things, 0 or 1).

    Raises CannotRunError where it does not settle.
    """
    degrees = np.diff(incidence.indptr)
    sizes = np.bincount(incidence.indices, minlength=incidence.shape[1])
    rows, node_class, nodes = np.unique(degrees, return_inverse=True, return_counts=True)
    columns, thing_class, things = np.unique(sizes, return_inverse=True, return_counts=True)
    table = _probabilities(rows.astype(float), columns.astype(float), nodes.astype(np.int32), things.astype(np.int32))
    return Chances(table, node_class.astype(np.int32), thing_class.astype(np.int32), things.astype(np.int32))


def p_values(chances: Chances, sources: IntArray, targets: IntArray, counts: IntArray) -> FloatArray:
    """Return for each pair of nodes the probability to share as many things, or more, by chance."""
    size = np.int64(chances.table.shape[0])
    first, second = chances.node_class[sources], chances.node_class[targets]
    keys = np.minimum(first, second) * size + np.maximum(first, second)
    pairs, pair = np.unique(keys, return_inverse=True)
    needed = np.zeros(len(pairs), np.int64)  # how far the distribution of a pair of classes is asked for
    np.maximum.at(needed, pair, counts)
    found = np.ones(len(counts))
    most = 2
    while (needed > most // 2).any() or most == 2:
        batch = np.flatnonzero((needed > most // 2 if most > 2 else needed > 0) & (needed <= most))
        if len(batch):
            one, other = np.divmod(pairs[batch], size)
            tail = upper_tail(chances.table[one] * chances.table[other], chances.things, most)
            place = np.full(len(pairs), -1)
            place[batch] = np.arange(len(batch))
            here = np.flatnonzero(place[pair] >= 0)
            found[here] = tail[place[pair[here]], counts[here]]
        most *= 2
    return found


def upper_tail(chance: FloatArray, times: IntArray, most: int) -> FloatArray:
    """Return P(X ≥ n) for n = 0 … `most`, X being the sum of independent trials.

    Parameters
    ----------
    chance : float array, rows × classes
        In each row, the chance of success in a trial of each class.
    times : int array
        How many trials each class has.

    The distribution is built from binomials, cut off far above `most`; everything added is positive, so that small
    p-values keep their digits.
    """
    length = most + 24 + 8 * int(np.ceil(np.sqrt(most + 1)))
    mass = np.zeros((chance.shape[0], length))
    mass[:, 0] = 1.0
    for column, number in enumerate(times.tolist()):
        mass = _convolve(mass, _binomial(chance[:, column], number, length))
    above = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
    beyond = 1.0 - mass.sum(axis=1)
    tail = above + np.where(beyond > 1e-9, beyond, 0.0)[:, None]  # less than that is rounding
    cut: FloatArray = np.clip(tail, 0.0, 1.0)[:, : most + 1]
    return cut


def _binomial(chance: FloatArray, number: int, length: int) -> FloatArray:
    """Return the first terms of the binomial distribution, one row for each chance."""
    terms = np.zeros((len(chance), min(number + 1, length)))
    certain = chance >= 1.0 - 1e-15
    safe = np.where(certain, 0.0, chance)
    terms[:, 0] = np.exp(number * np.log1p(-safe))
    odds = safe / (1.0 - safe)
    for k in range(1, terms.shape[1]):
        terms[:, k] = terms[:, k - 1] * odds * (number - k + 1) / k
    if certain.any():
        terms[certain] = 0.0
        if number < terms.shape[1]:
            terms[certain, number] = 1.0
    return terms


def _convolve(mass: FloatArray, terms: FloatArray) -> FloatArray:
    total = np.zeros_like(mass)
    for k in range(terms.shape[1]):
        if not terms[:, k].any():
            continue
        total[:, k:] += mass[:, : mass.shape[1] - k] * terms[:, k : k + 1]
    return total


def _probabilities(rows: FloatArray, columns: FloatArray, nodes: IntArray, things: IntArray) -> FloatArray:
    """Return the probability of a part for each class of nodes and of things.

    Nodes with a part in everything, and things with everybody in them, are certain: they are set aside first, since their
    fitness would be infinite.
    """
    table = np.zeros((len(rows), len(columns)))
    row_open, column_open = np.ones(len(rows), bool), np.ones(len(columns), bool)
    rows, columns = rows.copy(), columns.copy()
    while row_open.any() and column_open.any():
        full = row_open & ((rows >= things[column_open].sum()) | (rows <= 0))
        if full.any():
            certain = full & (rows > 0)
            table[np.ix_(certain, column_open)] = 1.0
            columns[column_open] -= nodes[certain].sum()
            row_open &= ~full
            continue
        full = column_open & ((columns >= nodes[row_open].sum()) | (columns <= 0))
        if not full.any():
            inner = np.ix_(row_open, column_open)
            table[inner] = _solve(rows[row_open], columns[column_open], nodes[row_open], things[column_open])
            break
        certain = full & (columns > 0)
        table[np.ix_(row_open, certain)] = 1.0
        rows[row_open] -= things[certain].sum()
        column_open &= ~full
    return table


def _solve(rows: FloatArray, columns: FloatArray, nodes: IntArray, things: IntArray) -> FloatArray:
    """Solve for the fitness of the classes by turns, until degrees and sizes come out as they are."""
    total = float((rows * nodes).sum())
    x, y = rows / np.sqrt(total), columns / np.sqrt(total)
    for done in range(_ROUNDS):
        x = rows / ((things * y) / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / ((nodes * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        if done % 10 == 0:
            product = np.outer(x, y)
            table: FloatArray = product / (1 + product)
            if np.abs((table * things).sum(axis=1) / rows - 1).max() < TOLERANCE:
                return table
    if np.abs((table * things).sum(axis=1) - rows).max() < 0.01:
        return table  # degrees at the edge of what is possible are met in the limit alone
    raise CannotRunError("The null model did not settle. Leave out the largest initiatives and try again.")
