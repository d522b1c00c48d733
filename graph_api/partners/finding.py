"""The one question: who would be a partner, and why."""

from __future__ import annotations

from dataclasses import replace

from graph_api.partners.answers import Suggestion
from graph_api.partners.features import compare, features
from graph_api.partners.fitting import Fitted
from graph_api.partners.gathering import Gathered, gather_alike, one_of_each_body, rest_of_body
from graph_api.partners.market import Market, Mask
from graph_api.partners.question import Question, allowed, check, profile_of
from graph_api.partners.reasons import Explainer
from graph_api.partners.scoring import merged, weigh
from loaders.errors import UsageError

MOST = 1000


def find_partners(
    market: Market, question: Question, number: int = 10, fitted: Fitted | None = None
) -> list[Suggestion]:
    """Return the best partners, the best first, each with its reasons.

    Who is asked for by a plan, methods or a theme must have something in common with them. Ranking does not depend on
    that, nor on who is gathered in one place.

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
    speaks = features(market, profile, compared)
    weighted = weigh(speaks, (fitted or Fitted()).of(is_newcomer=is_newcomer), has_ties=profile.ties > 0)
    fits = allowed(market, question)
    if question.has_content:
        fits &= (speaks["method"] + speaks["theme"]) > 0
    explainer = Explainer(market, profile, weighted, compared)
    if not question.gathered:
        return [explainer.explain(who) for who in merged(market, weighted, fits, number).tolist()]
    single = one_of_each_body(market, weighted.scores, fits)
    gathered = gather_alike(explainer, single, number, MOST)
    return [
        _with_others(explainer, gathered, fits, who)
        for who in merged(market, weighted, gathered.allowed, number).tolist()
    ]


def _with_others(explainer: Explainer, gathered: Gathered, fits: Mask, who: int) -> Suggestion:
    """Return a suggestion with those who stand in the same place of the list."""
    scores = explainer.weighted.scores
    body = rest_of_body(explainer.market, scores, fits, who)
    told = [
        [(each, round(float(scores[each]), 4)) for each in others] for others in (body, gathered.alike.get(who, []))
    ]
    return replace(explainer.explain(who), same_body=told[0], same_reasons=told[1])
