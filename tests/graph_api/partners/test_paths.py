"""Introductions: the shortest and the strongest chain, around hubs, with contacts by role alone."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from partner_worlds import MakeDesk, Project, contact, lines_of

from graph_api.collaboration.index import read_index
from graph_api.partners import paths
from graph_api.partners.desk import Desk
from graph_api.partners.market import Market
from graph_api.partners.paths import find_path

NOW = (2024, 2024)
PROJECTS = {
    "P1": Project("A B X1 X2 X3", years=NOW),
    "P2": Project("B Z X4 X5 X6", years=NOW),
    "P3": Project("A C", years=NOW),
    "P4": Project("C D", years=NOW),
    "P5": Project("D Z", years=NOW),
    "P6": Project("Y W", years=NOW),
}


def chain(desk: Desk, start: str, end: str, **options: Any) -> list[str] | None:
    """Return the names along a chain."""
    ends = [desk.position("organisation", name) for name in (start, end)]
    steps = desk.path(*ends, **({"way": "shortest", "avoid_hubs": False} | options))
    return None if steps is None else [start, *(step["to"]["name"] for step in steps)]


def test_the_shortest_and_the_strongest(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS)
    assert chain(desk, "A", "Z") == ["A", "B", "Z"]  # 1/4 · 1/4, halved once: 1/32
    assert chain(desk, "A", "Z", way="strongest") == ["A", "C", "D", "Z"]  # 1 · 1 · 1, halved twice: 1/4
    assert chain(desk, "A", "Y") is None
    assert chain(desk, "A", "A") == ["A"]


def test_a_step_tells_initiative_strength_evidence_and_contacts_without_names(make_desk: MakeDesk) -> None:
    people = contact("Maija Malli", "suunnittelija", "B", "P1") + contact("Olli Oma", "johtaja", "Z", "P1")
    desk = make_desk(PROJECTS, more=people)
    ends = [desk.position("organisation", name) for name in "AB"]
    (step,) = desk.path(*ends, way="shortest", avoid_hubs=False) or []
    assert step["initiative"]["title"] == "P1"
    assert step["strength"] == pytest.approx(0.99 * 0.99 / 4, abs=1e-3)
    assert [proof["evidence"]["quote"] for proof in step["evidence"]] == ["rivi P1", "rivi P1"]
    assert step["contacts"] == {"A": [], "B": ["suunnittelija"]}
    assert "Malli" not in str(step)


def test_hubs_are_avoided_when_asked(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "HUB", 5)
    desk = make_desk(PROJECTS)
    assert chain(desk, "A", "Z", avoid_hubs=True) == ["A", "C", "D", "Z"]  # B knows eight others


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.sampled_from("ABCDEFG"), min_size=1, max_size=4), min_size=1, max_size=6))
def test_as_short_as_networkx_finds(members: list[set[str]]) -> None:
    import pyoxigraph as ox

    projects = {f"P{number}": Project(" ".join(sorted(who))) for number, who in enumerate(members)}
    store = ox.Store()
    store.load("".join(lines_of(projects, {}, {})), format=ox.RdfFormat.N_QUADS)
    market = Market(read_index(store))
    names = [iri.rpartition("/")[2] for iri in market.index.organisations.iris]
    graph = nx.Graph([(name, number) for number, who in enumerate(members) for name in who])
    for start in names:
        for end in names:
            steps = find_path(market, names.index(start), names.index(end))
            if steps is None:
                assert not nx.has_path(graph, start, end)
            else:
                assert 2 * len(steps) == nx.shortest_path_length(graph, start, end)
