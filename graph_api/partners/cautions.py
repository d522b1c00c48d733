"""What is uncertain about an organisation as a partner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR
from graph_api.partners.answers import Reason
from graph_api.partners.features import Profile
from graph_api.partners.market import Market
from graph_api.wording import Said, said

_CERTAIN = 0.8
_LONG_AGO = 8


def cautions(market: Market, profile: Profile, who: int, reasons: Sequence[Reason]) -> Iterator[Said]:
    """Yield what speaks for caution with an organisation that is suggested for some reasons."""
    yield from _activity(market, profile, who)
    yield from _evidence(market, reasons)
    if market.index.organisations.homes[who] == NO_OWNER:
        yield said("caution.nowhere")


def _activity(market: Market, profile: Profile, who: int) -> Iterator[Said]:
    own = market.index.matrices.work.row(who)
    if profile.theme and not _works_on_it(market, profile, who):
        yield said("caution.theme", theme=profile.theme)
    if market.initiatives[who] == 1:
        yield said("caution.thin")
    last = int(market.last_years[own].max(initial=UNKNOWN_YEAR))
    if last == UNKNOWN_YEAR:
        yield said("caution.undated")
    elif market.present - last > _LONG_AGO:
        yield said("caution.old", year=str(last))


def _works_on_it(market: Market, profile: Profile, who: int) -> bool:
    words = market.index.matrices.words.rows(market.index.matrices.work.row(who))
    return bool(np.isin(words, list(profile.theme_words)).any())


def _evidence(market: Market, reasons: Sequence[Reason]) -> Iterator[Said]:
    table = market.index.evidence
    pieces = sorted({p.evidence for reason in reasons for p in reason.proofs if p.evidence is not None})
    inferred = sum(table.standings[piece] == "inferred" for piece in pieces)
    if inferred:
        yield said("caution.prose", inferred=inferred, all=len(pieces))
    least = min((float(table.confidences[piece]) for piece in pieces), default=1.0)
    if least < _CERTAIN:
        yield said("caution.least", confidence=least)
    bare = [reason.kind for reason in reasons if not any(p.evidence is not None for p in reason.proofs)]
    if bare:
        yield said("caution.bare", kinds=tuple(said(f"kind.{kind}") for kind in bare))
