"""Names that are no partner: programme bodies, and what only is the name of an initiative."""

from __future__ import annotations

import numpy as np

from graph_api.partners.market import Market, Mask

PROGRAMME = "programme_body"
_UNTOLD = ("", "other", PROGRAMME)


def programmes(market: Market) -> Mask:
    """Say of each organisation whether it is a programme body, or goes by the name of an initiative that it is in.

    The latter only where nothing tells what sort of organisation it is: a town whose project begins with its name is
    a town.
    """
    table = market.index.organisations
    found: Mask = table.types.among({PROGRAMME})
    for who in np.flatnonzero(table.types.among(set(_UNTOLD)) & ~found & (market.initiatives > 0)).tolist():
        found[who] = _is_title(market, who)
    return found


def _is_title(market: Market, who: int) -> bool:
    name, table = market.index.organisations.labels[who].casefold(), market.index.initiatives
    own = [each for each in market.index.matrices.work.row(who).tolist() if table.kinds[each] != "pilot"]
    return any(_begins(table.titles[each].casefold(), name) for each in own)


def _begins(title: str, name: str) -> bool:
    return title.startswith(name) and not title[len(name) : len(name) + 1].isalnum()
