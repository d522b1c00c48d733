"""What each shared thing adds to the weight of a tie.

A projection is B·D·Bᵀ with B the incidence of nodes and shared things (0 or 1) and D a diagonal: the share that one
shared thing k with n members adds to the tie of each pair among them. All five weightings differ in D alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from graph_api.collaboration.tables import UNKNOWN_YEAR, FloatArray, IntArray
from loaders.errors import UsageError

HALF_LIFE = 5.0
"""Years after which a tie counts half, where nothing else is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What weightings know of the shared things: members, euros (or not a number), and the last year (or unknown)."""

    members: IntArray
    money: FloatArray
    last_years: IntArray
    year: int | None = None
    half_life: float = HALF_LIFE


def count(shared: Shared) -> FloatArray:
    """Return 1 for each shared thing: a tie weighs their number.

    A, B and C share one project and A and B another: A–B weighs 2, A–C and B–C weigh 1.

    >>> count(Shared(np.array([3, 2]), np.zeros(2), np.zeros(2, int))).tolist()
    [1.0, 1.0]
    """
    return np.ones(len(shared.members))


def newman(shared: Shared) -> FloatArray:
    """Return 1/(n − 1): each member shares out one unit among its n − 1 partners.

    M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64, 016132, 2001.
    A project of three gives 1/2 to each of its pairs, a project of two gives 1/1: A–B weighs 1.5, A–C and B–C 0.5.

    >>> newman(Shared(np.array([3, 2]), np.zeros(2), np.zeros(2, int))).tolist()
    [0.5, 1.0]
    """
    return 1.0 / np.maximum(shared.members - 1, 1)


def fractional(shared: Shared) -> FloatArray:
    """Return 2/(n(n − 1)): each shared thing shares out one unit among its pairs, so that all weigh the same in total.

    V. Batagelj, "On fractional approach to the analysis of linked networks", Scientometrics 123, 2020 (strict form).
    A project of three has three pairs, 1/3 each; a project of two has one: A–B weighs 1/3 + 1, A–C and B–C 1/3.

    >>> fractional(Shared(np.array([3, 2]), np.zeros(2), np.zeros(2, int))).round(4).tolist()
    [0.3333, 1.0]
    """
    return 2.0 / np.maximum(shared.members * (shared.members - 1.0), 2.0)


def money(shared: Shared) -> FloatArray:
    """Return euros by pair: an initiative's money, shared out evenly among its pairs. Unknown money adds nothing.

    A project of three with 300 euros gives its three pairs 100 each, a project of two with 50 gives its pair 50:
    A–B weighs 150, A–C and B–C 100. The weights of all ties add up to the money of all initiatives with partners.

    >>> money(Shared(np.array([3, 2, 2]), np.array([300.0, 50.0, np.nan]), np.zeros(3, int))).tolist()
    [100.0, 50.0, 0.0]
    """
    return np.maximum(np.nan_to_num(shared.money), 0.0) * fractional(shared)


def recency(shared: Shared) -> FloatArray:
    """Return 2^(−age/half-life), the age being the years since the last year of what is shared; 1 while it runs.

    An exponential decay, as in the time-decayed networks of C. Cortes, D. Pregibon and C. Volinsky, "Communities of
    interest", IDA 2001. With a half-life of five years, in 2020, a project that ended in 2020 adds 1, one that
    ended in 2015 adds 1/2 and one of 2010 adds 1/4. What has no date adds nothing.

    >>> recency(Shared(np.array([2, 2, 2, 2]), np.zeros(4), np.array([2025, 2015, 2010, 0]), year=2020)).tolist()
    [1.0, 0.5, 0.25, 0.0]
    """
    known = shared.last_years != UNKNOWN_YEAR
    year = shared.year if shared.year is not None else int(shared.last_years.max(initial=0))
    ages = np.maximum(year - shared.last_years, 0)
    return np.where(known, 0.5 ** (ages / shared.half_life), 0.0)


WEIGHTINGS: Mapping[str, Callable[[Shared], FloatArray]] = {
    "count": count,
    "newman": newman,
    "fractional": fractional,
    "money": money,
    "recency": recency,
}


def shares(weighting: str, shared: Shared) -> FloatArray:
    """Return what each shared thing adds to the tie of each pair of its members.

    Raises UsageError for a weighting that does not exist and for a half-life that is not positive.
    """
    if weighting not in WEIGHTINGS:
        raise UsageError(f'There is no weighting "{weighting}". Choose one of: {", ".join(WEIGHTINGS)}.')
    if not shared.half_life > 0:
        raise UsageError(f"A half-life of {shared.half_life:g} years is not possible. Give a positive number.")
    return WEIGHTINGS[weighting](shared)
