"""What speaks for each organisation as a partner: a number from 0 to 1 for each kind of reason.

Content comes from what organisations did: `method` and `theme` compare what the asker's work (or a planned project)
uses and is called with the work of each candidate. Every initiative is compared first, and an organisation is as near
as its initiatives together (voting, Macdonald & Ounis 2006, "Voting for candidates", CIKM): on real lists this found
more than averages did. Ties are two steps over organisations and initiatives, as in resource allocation
(Zhou, Lü & Zhang 2009, "Predicting missing links via local information"): who meets in a small project counts for more
than who meets in a crowd, and a go-between with few other partners for more than one that everybody knows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_api.partners.market import Market, Scores

MOST_WORDS = 200
"""So many words tell the theme of an organisation: those that weigh most."""

_LEAST = np.float32(1e-3)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Who asks, and what for.

    Parameters
    ----------
    organisation : int or None
        The position of the organisation that asks.
    own : numpy.ndarray
        How certain it is that it takes part in each initiative (initiatives).
    methods, words : numpy.ndarray
        How much each method, each word of titles, matters (methods; words).
    region : int
        The position of its region among places, or `NO_OWNER`.
    leads : float
        The share of its initiatives that it leads; a half where nothing is known.
    ties : int
        How many partners it has had.
    asked : frozenset of int
        The positions of the methods that are asked for or named by a plan; empty where `methods` are the asker's own.
    theme : str
        The words of the theme that is asked for.
    theme_words : frozenset of int
        The positions of those of them that are in any title.
    """

    organisation: int | None
    own: Scores
    methods: Scores
    words: Scores
    region: int
    leads: float = 0.5
    ties: int = 0
    asked: frozenset[int] = frozenset()
    theme: str = ""
    theme_words: frozenset[int] = frozenset()


def of_organisation(market: Market, organisation: int) -> Profile:
    """Return what an organisation's own work says of it (and that of its units and owner)."""
    body = market.body_of(organisation)
    own, work = np.zeros(len(market.index.initiatives), dtype=np.float32), market.index.matrices.work
    for member in body.tolist():
        row = slice(work.offsets[member], work.offsets[member + 1])
        own[work.columns[row]] = np.maximum(own[work.columns[row]], work.values[row])
    count = max(float((own > 0).sum()), 1.0)
    methods = np.sqrt(market.index.matrices.methods.weighted(own)) * market.method_rarity
    return Profile(
        organisation=organisation,
        own=own,
        methods=methods.astype(np.float32),
        words=_heaviest(market.index.matrices.words.weighted(own)),
        region=int(market.index.organisations.regions[organisation]),
        leads=min(1.0, float(market.led[body].sum()) / count) if own.any() else 0.5,
        ties=int(market.index.matrices.partners[body].max()),
    )


def _heaviest(words: Scores) -> Scores:
    if np.count_nonzero(words) <= MOST_WORDS:
        return words
    least = np.partition(words, -MOST_WORDS)[-MOST_WORDS]
    return np.where(words >= least, words, np.float32(0))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What was compared: how each initiative matches methods and theme, and what the asker's partners pass on."""

    uses: Scores
    tells: Scores
    passed_on: Scores


def compare(market: Market, profile: Profile) -> Compared:
    """Compare a profile with every initiative, and take the first step from the asker."""
    return Compared(method_matches(market, profile), theme_matches(market, profile), received(market, profile))


def features(market: Market, profile: Profile, compared: Compared | None = None) -> dict[str, Scores]:
    """Return, for each kind of reason, how much it speaks for each organisation (0–1)."""
    found = compared or compare(market, profile)
    uses, tells = _shared(found.uses), _shared(found.tells)
    squares = np.stack([(uses + tells) ** 2, uses**2, tells**2], axis=1)
    together, method, theme = (market.work @ squares).T
    content = _logarithmic(together)
    share = method / np.maximum(method + theme, np.float32(1e-9))
    return {
        "method": content * share,
        "theme": content * (1 - share),
        "near": _logarithmic(walk(market, found.passed_on)),
        "region": _in_region(market, profile),
        "recent": _logarithmic(market.activity),
        "lead": _logarithmic(market.led),
        "roles": _complementary(market, profile),
    }


def _shared(matches: Scores) -> Scores:
    return matches / np.float32(matches.max(initial=0) or 1.0)


def method_matches(market: Market, profile: Profile) -> Scores:
    """Return how much of what matters to the asker each initiative uses."""
    return market.index.matrices.users.weighted(profile.methods)


def theme_matches(market: Market, profile: Profile) -> Scores:
    """Return the cosine between the words of each initiative and those that matter to the asker."""
    length = float(np.linalg.norm(profile.words))
    return market.index.matrices.titled.weighted(profile.words / np.float32(length or 1.0))


def received(market: Market, profile: Profile) -> Scores:
    """Return what each organisation gets when the asker shares one unit among the participants of each initiative."""
    found = market.index.matrices.workers.weighted(
        (profile.own / np.maximum(market.participants, 1)).astype(np.float32)
    )
    if profile.organisation is not None:
        found[market.body_of(profile.organisation)] = 0
    return (found / np.sqrt(np.maximum(market.initiatives, 1))).astype(np.float32)


def walk(market: Market, passed_on: Scores) -> Scores:
    """Return how much of what the asker sends out arrives at each organisation in two steps.

    `passed_on` is what those of the first step have got (`received`), over the square root of how many initiatives
    they take part in: each passes that on to all its initiatives, and these share it among their participants.
    """
    shared = market.index.matrices.work.weighted(passed_on) / np.maximum(market.participants, 1)
    arrived: Scores = market.work @ shared
    return arrived


def _complementary(market: Market, profile: Profile) -> Scores:
    """Return how well the other's habit of leading or joining completes the asker's."""
    share = np.minimum(market.led / np.maximum(market.initiatives, 1), 1)
    known = market.initiatives > 0
    fit = profile.leads * (1 - share) + (1 - profile.leads) * share
    habit: Scores = np.where(known, fit, 0).astype(np.float32)
    return habit


def _in_region(market: Market, profile: Profile) -> Scores:
    regions = market.index.organisations.regions
    same: Scores = ((regions == profile.region) & (profile.region >= 0)).astype(np.float32)
    return same


def _logarithmic(values: Scores) -> Scores:
    """Return values from 0 to 1 on a scale of logarithms: a thousandth of the largest counts for a tenth of it."""
    largest = np.float32(values.max(initial=0) or 1.0)
    scaled: Scores = np.log1p(np.maximum(values, 0) / (largest * _LEAST)) / np.log1p(1 / _LEAST)
    return scaled.astype(np.float32)
