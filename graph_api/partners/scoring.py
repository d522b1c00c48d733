"""One score from many reasons, and one list from two rankings.

Insiders are ranked by ties and content together, newcomers by content alone, for ties would only count against those
who have none. How much content weighs beside ties is fitted to the data (`graph_api.partners.fitting`). What the list
of two rankings costs and gives is told in docs/decisions/019-newcomers.md and docs/partners.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph_api.collaboration.columns import IntArray
from graph_api.partners.market import Market, Mask, Scores

FIXED: Mapping[str, float] = {"near": 1.0, "recent": 0.01, "lead": 0.01, "roles": 0.01}
"""What ties weigh, and what decides between those who are equal otherwise."""

CONTENT = ("method", "theme")
NEWCOMER_EVERY = 10
"""Of so many places in the list at least one is a newcomer's, where there is one with anything in common."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What content, and the same region, weigh beside ties (1); the defaults stand where the data cannot tell."""

    content: float = 0.5
    region: float = 0.07


DEFAULT = Weights()


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """What each reason adds to the score of each organisation, the scores (0–1), and those of content alone."""

    parts: Mapping[str, Scores]
    scores: Scores
    by_content: Scores


def weigh(found: Mapping[str, Scores], chosen: Weights = DEFAULT, *, has_ties: bool = True) -> Weighted:
    """Return the score of every organisation, and the parts that it is the sum of.

    Parameters
    ----------
    found : mapping
        `graph_api.partners.features.features`.
    chosen : Weights
        What is fitted to the data.
    has_ties : bool
        Whether there is an asker who has ties at all; without, they weigh nothing.
    """
    weights = {**FIXED, "region": chosen.region, **dict.fromkeys(CONTENT, chosen.content)}
    if not has_ties:
        weights["near"] = 0.0
    whole = sum(weights.values()) - chosen.content  # method and theme share one number between them
    parts = {name: (found[name] * np.float32(weight / whole)).astype(np.float32) for name, weight in weights.items()}
    alone = [name for name in parts if name != "near"]
    return Weighted(parts, _sum(parts, list(parts)), _sum(parts, alone))


def _sum(parts: Mapping[str, Scores], names: list[str]) -> Scores:
    total: Scores = np.sum([parts[name] for name in sorted(names)], axis=0, dtype=np.float32)
    return total


def merged(market: Market, weighted: Weighted, allowed: Mask, number: int) -> IntArray:
    """Return the best candidates: all by score, and a newcomer at every `NEWCOMER_EVERY`th place.

    The newcomer is the best by content alone that is not in the list yet; the place stays with whoever is there by
    score where a newcomer has come into the list since the last such place. Equal scores are in the order of IRIs.
    """
    waiting = best(weighted.by_content, allowed & market.newcomers & (weighted.by_content > 0), number).tolist()
    found: list[int] = []
    met_newcomer = False
    for who in best(weighted.scores, allowed, number).tolist():
        if len(found) % NEWCOMER_EVERY == NEWCOMER_EVERY - 1:
            if not met_newcomer and not market.newcomers[who]:
                found.extend([other for other in waiting if other not in found][:1])
            met_newcomer = False
        if who not in found:
            found.append(who)
            met_newcomer |= bool(market.newcomers[who])
    return np.array(found[:number], dtype=np.int32)


def best(scores: Scores, allowed: Mask, number: int) -> IntArray:
    """Return the allowed positions with the highest scores, the best first; equal ones in order of position."""
    chosen = np.flatnonzero(allowed)
    if len(chosen) > number:
        least = np.partition(scores[chosen], len(chosen) - number)[len(chosen) - number]
        chosen = chosen[scores[chosen] >= least]
    return chosen[np.lexsort((chosen, -scores[chosen]))][:number].astype(np.int32)
