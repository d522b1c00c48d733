"""The one question: who would be a partner, and why."""

from __future__ import annotations

from graph_api.partners.answers import Suggestion
from graph_api.partners.features import compare, features
from graph_api.partners.fitting import Fitted
from graph_api.partners.market import Market
from graph_api.partners.question import Question, allowed, check, profile_of
from graph_api.partners.reasons import Explainer
from graph_api.partners.scoring import merged, weigh
from loaders.errors import UsageError

MOST = 1000


def find_partners(
    market: Market, question: Question, number: int = 10, fitted: Fitted | None = None
) -> list[Suggestion]:
    """Return the best partners, the best first, each with its reasons.

    Parameters
    ----------
    market : Market
        The index.
    question : Question
        Who asks, what for, and what a partner must meet.
    number : int
        How many to return at most (1–1000).
    fitted : Fitted, optional
        The weights that `graph_api.partners.fitting` found; the defaults without.

    Raises
    ------
    UsageError
        A role, type, language or period that does not exist, or a number out of range.
    """
    if not 1 <= number <= MOST:
        raise UsageError(f"{number} partners cannot be listed. Ask for 1 to {MOST}.")
    check(market, question.criteria)
    profile = profile_of(market, question)
    asks = question.organisation
    is_newcomer = asks is None or bool(market.newcomers[asks])
    compared = compare(market, profile)
    weighted = weigh(
        features(market, profile, compared), (fitted or Fitted()).of(is_newcomer=is_newcomer), has_ties=profile.ties > 0
    )
    explainer = Explainer(market, profile, weighted, compared)
    return [explainer.explain(who) for who in merged(market, weighted, allowed(market, question), number).tolist()]
