"""How many ties two null models call more than chance where everything is chance, and how many planted ones they find.

    python benchmarks/null_models.py [--worlds 20]

In each world 300 organisations join 400 consortia of 2 to 60 members by chance, some organisations far oftener than
others. In half of the worlds 20 pairs also go together into some consortia on purpose. The hypergeometric model (M. Tumminello
et al., "Statistically validated networks in bipartite complex systems", PLoS ONE 6, 2011) knows how busy organisations
are but not how large consortia are; the bipartite configuration model (Saracco et al. 2017) knows both.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from graph_api.networks.material import Material
from graph_api.networks.nullmodel import fit, p_values
from graph_api.networks.significance import correct
from graph_api.networks.views import Network, project

ORGANISATIONS, INITIATIVES, PAIRS, TOGETHER = 300, 400, 20, 8


def world(rng: np.random.Generator, *, planted: bool) -> Network:
    """Return a network of consortia drawn by chance; with planted pairs, whose numbers are 0–1, 2–3, …."""
    chance = 1 / (rng.permutation(ORGANISATIONS) + 5)
    sizes = np.clip((2 + rng.pareto(1.2, INITIATIVES) * 2).astype(int), 2, 60)
    drawn = [set(rng.choice(ORGANISATIONS, size, replace=False, p=chance / chance.sum()).tolist()) for size in sizes]
    for pair in range(PAIRS if planted else 0):
        for initiative in rng.choice(INITIATIVES, TOGETHER, replace=False).tolist():
            drawn[initiative] |= {2 * pair, 2 * pair + 1}
    rows = [(who, initiative) for initiative, members in enumerate(drawn) for who in sorted(members)]
    names = [[f"{n:03}" for n in range(size)] for size in (ORGANISATIONS, INITIATIVES)]
    return project(Material.of_rows(*names, (np.array([a for a, _ in rows]), np.array([b for _, b in rows]))))


def configuration(network: Network) -> NDArray[np.float64]:
    """Return p-values in the bipartite configuration model."""
    return p_values(fit(network.incidence), network.sources, network.targets, network.counts)


def hypergeometric(network: Network) -> NDArray[np.float64]:
    """Return p-values where every initiative is as likely to be shared as any other."""
    degrees = np.diff(network.incidence.indptr)
    first, second = degrees[network.sources], degrees[network.targets]
    return np.asarray(stats.hypergeom.sf(network.counts - 1, len(network.events), first, second))


def main() -> None:
    """Print how many ties each model keeps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=20)
    asked = parser.parse_args()
    models: dict[str, Callable[[Network], NDArray[np.float64]]] = {
        "hypergeometric": hypergeometric,
        "bipartite configuration": configuration,
    }
    print(
        "| model | ties kept in a world of chance | planted pairs found | of ties kept there, planted |\n|---|---|---|---|"
    )
    for name, model in models.items():
        false = found = kept = 0
        for number in range(asked.worlds):
            network = world(np.random.default_rng(number), planted=number % 2 == 1)
            pairs = network.size * (network.size - 1) // 2
            keep = correct(model(network), pairs) <= 0.05
            if number % 2 == 0:
                false += int(keep.sum())
                continue
            first, second = network.nodes[network.sources[keep]], network.nodes[network.targets[keep]]
            found += int(((first % 2 == 0) & (second == first + 1) & (second < 2 * PAIRS)).sum())
            kept += int(keep.sum())
        half = asked.worlds // 2
        print(f"| {name} | {false / half:.1f} | {found / half:.1f} of {PAIRS} | {100 * found / max(kept, 1):.0f} % |")


if __name__ == "__main__":
    main()
