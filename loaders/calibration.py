"""Confidence as measured: how often what a rule reads was right on documents whose facts are known.

A rule states how much it trusts itself. `benchmarks/calibration.py` counts how often it was right and writes
`ontology/rule-confidence.tsv`; a rule seen often enough is trusted as far as the counts allow. The estimate is the mean
of a Beta distribution whose prior is the rule's own statement (Gelman et al., Bayesian Data Analysis, section 2.4), so
that a rule with few observations stays near what it states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from loaders.resources import read_text

FILE = "rule-confidence.tsv"
COLUMNS = ("rule", "stated", "observed", "correct")
PRIOR_WEIGHT = 6
_HIGHEST = 0.99
_as_stated: ContextVar[bool] = ContextVar("as_stated", default=False)


def estimate(stated: float, observed: int, correct: int) -> float:
    """Return how certain a rule is after some observations.

    >>> estimate(0.6, 0, 0), estimate(0.6, 14, 14), estimate(0.9, 6, 0)
    (0.6, 0.88, 0.45)
    """
    return min(_HIGHEST, round((correct + PRIOR_WEIGHT * stated) / (observed + PRIOR_WEIGHT), 2))


def calibrated(rule: str, stated: float) -> float:
    """Return the confidence (0–1) of what a rule found and itself trusts as far as `stated`."""
    return stated if _as_stated.get() else _measured(rule, stated)


@lru_cache(maxsize=1_024)
def _measured(rule: str, stated: float) -> float:
    seen = _counts().get((rule, f"{stated:g}"))
    return stated if seen is None else estimate(stated, *seen)


@contextmanager
def as_stated() -> Iterator[None]:
    """Let confidences be what the rules state, for measuring them."""
    token = _as_stated.set(True)
    try:
        yield
    finally:
        _as_stated.reset(token)


@cache
def _counts() -> Mapping[tuple[str, str], tuple[int, int]]:
    lines = read_text("ontology", FILE).splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return {(rule, stated): (int(observed), int(correct)) for rule, stated, observed, correct in rows}
