"""How much content and region weigh beside ties, learnt from the data's own past, apart for newcomers and insiders.

The new collaborations of each of the last years are hidden and predicted from what came before, with each weight of a
short list; the one that finds most over these years is taken. Where there are too few of them, the default stands.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from graph_api.collaboration.matrices import before
from graph_api.collaboration.tables import UNKNOWN_YEAR, CollaborationIndex
from graph_api.partners.features import features, of_organisation
from graph_api.partners.market import Market
from graph_api.partners.scoring import DEFAULT, Weights, best, weigh

CHOICES = tuple(
    Weights(content, region) for content in (0.5, 0.0, 0.25, 1.0, 2.0, 4.0, 8.0, 16.0) for region in (0.07, 0.0, 0.15)
)
FEWEST, MOST = 40, 150
"""So many organisations of each kind with new partners are needed, and are asked about in a year."""

YEARS = 3
"""One year has too few newcomers to tell one weight from another."""

_TOP = 10
_FILE = "partners-2.json"


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights for newcomers who ask, and those for insiders."""

    newcomers: Weights = DEFAULT
    insiders: Weights = DEFAULT

    def of(self, *, is_newcomer: bool) -> Weights:
        """Return the weights for one who asks."""
        return self.newcomers if is_newcomer else self.insiders


def new_ties(index: CollaborationIndex, known: Market, year: int) -> dict[int, set[int]]:
    """Return who began in `year` to work with whom for the first time, both having done something before.

    `known` is the market of what came before that year.
    """
    starts = index.initiatives.starts
    workers = index.matrices.workers
    found: dict[int, set[int]] = {}
    for initiative in np.flatnonzero((starts != UNKNOWN_YEAR) & (starts == year)).tolist():
        together = [who for who in workers.row(initiative).tolist() if known.initiatives[who] > 0]
        for who in together:
            found.setdefault(who, set()).update(together)
    fresh = {who: others - {who} - set(known.partners_of(who).tolist()) for who, others in sorted(found.items())}
    return {who: others for who, others in fresh.items() if others}


def fit(index: CollaborationIndex) -> Fitted:
    """Return the weights that would have found most of the last years' new partners among the first ten."""
    present = Market(index).present
    found = {kind: dict.fromkeys(CHOICES, 0.0) for kind in (True, False)}
    asked = dict.fromkeys(found, 0)
    for year in range(present, present - YEARS, -1):
        known = Market(before(index, year))
        ties = new_ties(index, known, year)
        for newcomers, so_far in found.items():
            asked[newcomers] += _add_found(known, ties, so_far, newcomers=newcomers)
    return Fitted(*(_best_of(found[kind]) if asked[kind] >= FEWEST else DEFAULT for kind in found))


def _best_of(found: Mapping[Weights, float]) -> Weights:
    return max(CHOICES, key=lambda choice: (found[choice], choice == DEFAULT))


def _add_found(known: Market, ties: Mapping[int, set[int]], found: dict[Weights, float], *, newcomers: bool) -> int:
    """Add what each choice finds for those who ask in a year; return how many there are."""
    who_asks = [who for who in ties if known.newcomers[who] == newcomers]
    for who in who_asks[:: max(1, len(who_asks) // MOST)]:
        speaks = features(known, of_organisation(known, who))
        allowed = known.initiatives > 0
        allowed[[who, *known.partners_of(who).tolist()]] = False
        for choice in CHOICES:
            first = set(best(weigh(speaks, choice).scores, allowed, _TOP).tolist())
            found[choice] += len(first & ties[who]) / len(ties[who])
    return len(who_asks)


def kept_fit(index: CollaborationIndex, folder: Path) -> Fitted:
    """Return `fit`, kept in the folder of the index: it is the same for as long as the index is."""
    path = folder / _FILE
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Fitted(*(Weights(**kept[field.name]) for field in fields(Fitted)))
    except (OSError, ValueError, KeyError, TypeError):
        fitted = fit(index)
    try:
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
            json.dump(asdict(fitted), file)
        Path(file.name).replace(path)
    except OSError:
        pass  # it is fitted again next time
    return fitted
