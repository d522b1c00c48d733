"""Does partner finding find? The last year's new collaborations are hidden and predicted from what came before.

    python benchmarks/partners.py evaluate STORE… [--year 2025] [--askers 600]
    python benchmarks/partners.py titles STORE --year 2015
    python benchmarks/partners.py consortia FILE

`evaluate` asks, for organisations that began to work with somebody new in the hidden year, who that is: recall@10 and
MRR beside common neighbours, Adamic–Adar, resource allocation, personalised PageRank, popularity and content alone, for
newcomers (fewer than ten partners before) and insiders, by who asks and by who is found. With several stores the mean is printed as well. `titles` asks on lists with
one implementer a project who carried out a project of the hidden years, from its title alone. `consortia` says how many consortia a file of the acceptance material holds.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from graph_api.collaboration.matrices import before
from graph_api.collaboration.stored import open_index
from graph_api.collaboration.tables import CollaborationIndex
from graph_api.partners.features import features, of_organisation
from graph_api.partners.fitting import Fitted, fit, new_ties
from graph_api.partners.market import Market
from graph_api.partners.question import Question, profile_of
from graph_api.partners.scoring import best, merged, weigh

TOP = 10
Ranker = Callable[[int], np.ndarray]


class Baselines:
    """Link prediction on the network of organisations (Liben-Nowell & Kleinberg 2007; Zhou, Lü & Zhang 2009)."""

    def __init__(self, market: Market) -> None:
        work = market.work.sign()
        together = (work @ work.T).tolil()
        together.setdiag(0)
        self.counts = sparse.csr_array(together)
        self.counts.eliminate_zeros()
        self.joined = self.counts.sign()
        self.degrees = np.asarray(self.joined.sum(axis=1)).ravel()
        strengths = np.asarray(self.counts.sum(axis=1)).ravel()
        self.steps = (self.counts.T @ sparse.diags_array(1 / np.maximum(strengths, 1))).tocsr()
        self.market = market

    def _through(self, who: int, weights: np.ndarray) -> np.ndarray:
        neighbours = self.joined[[who]].toarray().ravel()
        return self.joined @ (neighbours * weights)

    def rankers(self) -> Mapping[str, Ranker]:
        """Return every baseline: a function from the asker to a number for each organisation."""
        degrees = np.maximum(self.degrees, 1)
        return {
            "popularity": lambda _: self.degrees,
            "common neighbours": lambda who: self._through(who, np.ones(len(degrees))),
            "Adamic-Adar": lambda who: self._through(who, 1 / np.log(np.maximum(degrees, 2))),
            "resource allocation": lambda who: self._through(who, 1 / degrees),
            "personalised PageRank": self._pagerank,
            "content only": lambda who: _content(self.market, who),
        }

    def _pagerank(self, who: int) -> np.ndarray:
        restart = np.zeros(len(self.degrees))
        restart[who] = 1
        mass = restart
        for _ in range(30):
            mass = 0.15 * restart + 0.85 * (self.steps @ mass)
        return mass


def _content(market: Market, who: int) -> np.ndarray:
    found = features(market, of_organisation(market, who))
    return found["method"] + found["theme"]


def ours(market: Market, who: int, allowed: np.ndarray, fitted: Fitted) -> dict[str, np.ndarray]:
    """Return the list that a person would get, long enough for any rank, and what it was before newcomers came in."""
    chosen = fitted.of(is_newcomer=bool(market.newcomers[who]))
    profile = of_organisation(market, who)
    weighted = weigh(features(market, profile), chosen, has_ties=profile.ties > 0)
    return {
        "Hankeverkko, by score alone": best(weighted.scores, allowed, 200),
        "Hankeverkko": merged(market, weighted, allowed, 200),
    }


Figures = dict[str, list[tuple[float, float, float]]]
_GROUPS: dict[str, Callable[[Any], bool]] = {
    "newcomer asks": lambda row: row[0],
    "insider asks": lambda row: not row[0],
    "newcomer found": lambda row: row[1],
    "insider found": lambda row: not row[1],
    "all": lambda _: True,
}


def evaluate(index: CollaborationIndex, year: int, askers: int, seed: int = 1) -> Figures:
    """Print the table of one graph and return its figures."""
    market = Market(before(index, year))
    ties = new_ties(index, market, year)
    fitted = fit(market.index)
    random = np.random.default_rng(seed)
    who_asks = []
    for group in (True, False):
        members = [who for who in ties if market.newcomers[who] == group]
        who_asks += sorted(random.permutation(members)[: askers // 2].tolist())
    rankers = Baselines(market).rankers()
    results: dict[str, list[tuple[bool, bool, int]]] = {}
    for who in who_asks:
        allowed = market.initiatives > 0
        allowed[[who, *market.partners_of(who).tolist()]] = False
        lists = {name: best(ranker(who).astype(np.float32), allowed, 200) for name, ranker in rankers.items()}
        lists |= ours(market, who, allowed, fitted)
        for name, ranked in lists.items():
            place = {found: rank for rank, found in enumerate(ranked.tolist(), 1)}
            results.setdefault(name, []).extend(
                (bool(market.newcomers[who]), bool(market.newcomers[other]), place.get(other, 10**6), who)
                for other in sorted(ties[who])
            )
    print(f"weights, as the year before the hidden one has them: {fitted}")
    new = sum(bool(market.newcomers[who]) for who in who_asks)
    print(f"{len(who_asks)} askers, {new} of them newcomers; {len(results['Hankeverkko'])} hidden ties")
    figures = {
        name: [_figures([row for row in rows if chosen(row)]) for chosen in _GROUPS.values()]
        for name, rows in results.items()
    }
    show(figures)
    return figures


def show(figures: Figures) -> None:
    """Print a table: for each ranker and group recall@10 ± its standard error, and MRR."""
    print("| | " + " | ".join(f"{name}: recall@{TOP} | MRR" for name in _GROUPS) + " |")
    print("|---|" + "---|" * (2 * len(_GROUPS)))
    for name, groups in figures.items():
        cells = [f"{recall:.3f} ±{error:.3f} | {reciprocal:.3f}" for recall, error, reciprocal in groups]
        print(f"| {name} | " + " | ".join(cells) + " |")


def mean_of(tables: list[Figures]) -> Figures:
    """Return the mean of independent tables; errors add in squares."""
    found: Figures = {}
    for name in tables[0]:
        groups = np.array([table[name] for table in tables])
        errors = np.sqrt((groups[:, :, 1] ** 2).sum(axis=0)) / len(tables)
        means = groups.mean(axis=0)
        found[name] = list(zip(means[:, 0].tolist(), errors.tolist(), means[:, 2].tolist(), strict=True))
    return found


def _figures(rows: list[Any]) -> tuple[float, float, float]:
    """Return recall@10 (mean over askers of the share found), its standard error, and MRR (mean over askers of 1/rank of the first found)."""
    by_asker: dict[int, list[int]] = {}
    for _, _, rank, who in rows:
        by_asker.setdefault(who, []).append(rank)
    if not by_asker:
        return math.nan, math.nan, math.nan
    found = [float(np.mean([rank <= TOP for rank in ranks])) for ranks in by_asker.values()]
    reciprocal = float(np.mean([1 / min(ranks) for ranks in by_asker.values()]))
    return float(np.mean(found)), float(np.std(found) / np.sqrt(len(found))), reciprocal


def titles(index: CollaborationIndex, year: int, every: int = 5) -> None:
    """Print how well titles alone lead from a project that began in `year` or later to who led it."""
    market = Market(before(index, year))
    starts, table = index.initiatives.starts, index.participations
    leads = np.array([role == "applicant" for role in index.roles], dtype=bool)[table.roles]
    known = leads & (starts[table.initiatives] >= year) & (market.initiatives[table.organisations] > 0)
    rows = np.flatnonzero(known)[::every]
    ranks: dict[str, list[float]] = {"popularity": [], "Hankeverkko, from the title": []}
    for row in rows.tolist():
        initiative, who = int(table.initiatives[row]), int(table.organisations[row])
        profile = profile_of(market, Question(plan=index.initiatives.titles[initiative]))
        weighted = weigh(features(market, profile), has_ties=False)
        for name, scores in (("popularity", market.initiatives), ("Hankeverkko, from the title", weighted.scores)):
            better, equal = int((scores > scores[who]).sum()), int((scores == scores[who]).sum())
            ranks[name].append(better + (equal + 1) / 2)
    print(f"{len(rows)} projects begun in {year} or later by {len(np.unique(table.organisations[rows]))} organisations")
    print(f"| | recall@{TOP} | MRR |\n|---|---|---|")
    for name, found in ranks.items():
        recall, reciprocal = np.mean([rank <= TOP for rank in found]), np.mean([1 / rank for rank in found])
        print(f"| {name} | {recall:.3f} | {reciprocal:.3f} |")


def consortia(path: Path) -> None:
    """Print what a list of consortia holds: how many projects have partners at all, and since when."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t"))
    members = [[name for name in row["partners"].split("||") if name.strip(" -")] for row in found]
    last = max(row["start"][-4:] for row in found)
    joint = [row["start"][-4:] for row, names in zip(found, members, strict=True) if names]
    print(
        f"{len(found)} projects, {len(joint)} with partners, {joint.count(last)} of those begun in the last year, {last}"
    )


def main() -> None:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["evaluate", "titles", "consortia"])
    parser.add_argument("stores", nargs="+", type=Path)
    parser.add_argument("--year", type=int, default=2025)
    parser.add_argument("--askers", type=int, default=600)
    asked = parser.parse_args()
    tables: list[Figures] = []
    for store in asked.stores:
        if asked.what == "consortia":
            consortia(store)
            continue
        _, index = open_index(store)
        if asked.what == "titles":
            titles(index, asked.year)
            continue
        print(f"\n{store.name}: what began in {asked.year} is hidden")
        tables.append(evaluate(index, asked.year, asked.askers))
    if len(tables) > 1:
        print(f"\nmean of {len(tables)} graphs")
        show(mean_of(tables))


if __name__ == "__main__":
    main()
