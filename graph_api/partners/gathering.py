"""Which candidates stand in one place of the list: units with their owner, and those whom the same reasons speak for.

Ranking has been done before: whoever has the highest score stands for the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_api.collaboration.columns import IntArray
from graph_api.partners.market import Market, Mask, Scores
from graph_api.partners.reasons import Explainer
from graph_api.partners.scoring import best


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Who may have a place of their own, and who stands in another's place for the same reasons, by that other."""

    allowed: Mask
    alike: dict[int, list[int]]


def one_of_each_body(market: Market, scores: Scores, allowed: Mask) -> Mask:
    """Say who is the best of those of their body (an owner and its units) that are allowed; the first of equals."""
    chosen = _ranked(scores, np.flatnonzero(allowed).astype(np.int32))
    _, first = np.unique(market.bodies[chosen], return_index=True)
    found = np.zeros(len(allowed), dtype=bool)
    found[chosen[first]] = True
    return found


def rest_of_body(market: Market, scores: Scores, allowed: Mask, who: int) -> list[int]:
    """Return who else of an organisation's body is allowed, the best first."""
    body = market.body_of(who)
    others: list[int] = _ranked(scores, body[allowed[body] & (body != who)]).tolist()
    return others


def gather_alike(explainer: Explainer, allowed: Mask, number: int, most: int) -> Gathered:
    """Gather those whom the same reasons speak for, until `number` places are filled; at most `most` are looked at.

    They are partners of one go-between in one initiative, and what speaks for them otherwise comes from the same
    initiatives as well (`Explainer.door`).
    """
    market, scores = explainer.market, explainer.weighted.scores
    left, alike = allowed.copy(), {}
    for who in best(scores, allowed, most).tolist():
        if number == 0:
            break
        if not left[who]:
            continue
        number -= 1
        door = explainer.door(who)
        if door is None:
            continue
        together = market.index.matrices.workers.row(door[1])
        same = [each for each in together[left[together]].tolist() if each != who and explainer.door(each) == door]
        left[same] = False
        alike[who] = _ranked(scores, np.array(same, dtype=np.int32)).tolist()
    return Gathered(left, alike)


def _ranked(scores: Scores, which: IntArray) -> IntArray:
    ranked: IntArray = which[np.lexsort((which, -scores[which]))]
    return ranked
