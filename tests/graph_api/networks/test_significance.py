"""The null model, against enumeration and drawn networks; the backbone keeps what is planted and drops what is chance."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from known_networks import material_of, southern_women
from scipy import stats

from graph_api.networks.nullmodel import fit, p_values, upper_tail
from graph_api.networks.significance import backbone, correct, disparity, disparity_values, with_p_values
from graph_api.networks.views import Network, project
from loaders.errors import UsageError


def random_members(
    seed: int, organisations: int = 200, initiatives: int = 300, largest: int = 40
) -> dict[str, set[str]]:
    """Return consortia of very different sizes whose members are drawn by chance, some far oftener than others."""
    rng = np.random.default_rng(seed)
    chance = 1 / (np.arange(organisations) + 5)
    sizes = np.clip((2 + rng.pareto(1.2, initiatives) * 2).astype(int), 2, largest)
    return {
        f"p{n:03}": {f"o{m:03}" for m in rng.choice(organisations, size, replace=False, p=chance / chance.sum())}
        for n, size in enumerate(sizes)
    }


def expected_degrees(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Return what the model expects of nodes and of things."""
    chances = fit(network.incidence)
    full = chances.table[chances.node_class][:, chances.thing_class]
    return full.sum(axis=1), full.sum(axis=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_model_expects_the_degrees_that_there_are(seed: int) -> None:
    network = project(material_of(random_members(seed)))
    nodes, things = expected_degrees(network)
    assert nodes == pytest.approx(np.diff(network.incidence.indptr), abs=1e-5)
    assert things == pytest.approx(np.bincount(network.incidence.indices), abs=1e-5)


def test_certain_parts_are_certain() -> None:
    network = project(material_of({"p": {"a", "b", "c"}, "q": {"a", "b"}, "r": {"a", "c"}}))
    nodes, things = expected_degrees(network)
    assert nodes == pytest.approx([3, 2, 2])
    assert things == pytest.approx([3, 2, 2])
    chances = fit(network.incidence)
    assert chances.part(0, 1) == 1
    assert chances.part(1, 0) == 1


def test_the_tail_is_that_of_all_outcomes() -> None:
    chance, times = np.array([[0.3, 0.8, 1.0], [0.01, 0.5, 0.0]]), np.array([3, 2, 1], np.int32)
    found = upper_tail(chance, times, 6)
    for row, probabilities in enumerate(np.repeat(chance, times, axis=1)):
        mass = np.zeros(7)
        for outcome in product((0, 1), repeat=6):
            mass[sum(outcome)] += np.prod([p if hit else 1 - p for p, hit in zip(probabilities, outcome, strict=True)])
        assert found[row] == pytest.approx(mass[::-1].cumsum()[::-1], abs=1e-14)


@pytest.mark.parametrize(("chance", "number"), [(0.001, 5000), (0.02, 400), (0.6, 30), (0.3, 2000)])
def test_one_class_of_things_is_binomial_to_its_last_digit(chance: float, number: int) -> None:
    most = 20
    found = upper_tail(np.array([[chance]]), np.array([number], np.int32), most)[0]
    expected = stats.binom.sf(np.arange(most + 1) - 1, number, chance)
    assert found == pytest.approx(expected, rel=1e-7)


def test_p_values_are_those_of_drawn_networks() -> None:
    network = project(southern_women())
    chances = fit(network.incidence)
    found = p_values(chances, network.sources, network.targets, network.counts)
    rng = np.random.default_rng(4)
    full = chances.table[chances.node_class][:, chances.thing_class]
    reached = np.zeros(len(found))
    for _ in range(4000):
        drawn = (rng.random(full.shape) < full).astype(int)
        reached += (drawn @ drawn.T)[network.sources, network.targets] >= network.counts
    assert found == pytest.approx(reached / 4000, abs=0.035)


def test_chance_alone_leaves_no_backbone_however_large_the_consortia() -> None:
    false = sum(len(backbone(project(material_of(random_members(seed)))).sources) for seed in range(10))
    ties = sum(len(project(material_of(random_members(seed))).sources) for seed in range(10))
    assert ties > 10_000
    assert false <= 5


def test_partners_that_always_come_together_are_in_the_backbone() -> None:
    members = random_members(3)
    for n in range(0, 36, 3):
        members[f"p{n:03}"] |= {"x", "y"}
    network = backbone(project(material_of(members)))
    pairs = {(network.iris[a], network.iris[b]) for a, b in zip(network.sources, network.targets, strict=True)}
    assert ("x", "y") in pairs
    assert network.edge_values["p_value"].max() < 0.01
    assert (network.edge_values["q_value"] <= 0.05).all()


def test_benjamini_and_hochberg_as_scipy_has_it() -> None:
    found = np.random.default_rng(2).random(40) ** 3
    assert correct(found, 40) == pytest.approx(stats.false_discovery_control(found))
    padded = np.concatenate([found, np.ones(60)])
    assert correct(found, 100) == pytest.approx(stats.false_discovery_control(padded)[:40])
    assert correct(found, 100, "bonferroni") == pytest.approx(np.minimum(found * 100, 1))
    assert correct(found, 100, "none") is found


def test_the_disparity_filter_by_hand() -> None:
    # a has ties of 8, 1 and 1: (1 - 0.8)^2 = 0.04 and (1 - 0.1)^2 = 0.81; b, c and d have that tie alone
    members = {f"p{n}": {"a", "b"} for n in range(8)} | {"q": {"a", "c"}, "r": {"a", "d"}, "s": {"e", "f"}}
    network = project(material_of(members))
    assert disparity_values(network) == pytest.approx([0.04, 0.81, 0.81, 1.0])
    kept = disparity(network)
    assert [(kept.iris[a], kept.iris[b]) for a, b in zip(kept.sources, kept.targets, strict=True)] == [
        ("a", "b"),
        ("e", "f"),
    ]
    assert kept.size == network.size


def test_the_disparity_filter_keeps_what_its_definition_keeps() -> None:
    network = project(material_of(random_members(6)), weighting="newman")
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(network.sources.tolist(), network.targets.tolist(), network.weights, strict=True))
    expected = set()
    for a, b, data in graph.edges(data=True):
        for end in (a, b):
            share = data["weight"] / graph.degree(end, weight="weight")
            if graph.degree(end) > 1 and (1 - share) ** (graph.degree(end) - 1) < 0.1:
                expected.add((min(a, b), max(a, b)))
    kept = disparity(network, level=0.1)
    assert set(zip(kept.sources.tolist(), kept.targets.tolist(), strict=True)) == expected


def test_impossible_choices_are_named() -> None:
    network = project(southern_women())
    with pytest.raises(UsageError, match="level of 2"):
        backbone(network, level=2)
    with pytest.raises(UsageError, match='no correction "some"'):
        with_p_values(network, "some")
