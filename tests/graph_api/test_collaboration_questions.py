"""Questions that join much, against the same counted by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from partner_worlds import Project, lines_of

from graph_api.collaboration.index import CollaborationIndex, read_index
from graph_api.collaboration.questions import brokers, pairs_by_region, partners_of_partners, ranked_partners
from loaders.iris import BASE, HV, document_graph

Members = list[set[str]]
WORLDS = st.lists(st.sets(st.sampled_from("ABCDEFGH"), min_size=1, max_size=4), min_size=1, max_size=8)


def index_of(projects: dict[str, Project], more: str = "") -> CollaborationIndex:
    """Return the index of some projects."""
    store = ox.Store()
    store.load("".join(lines_of(projects, {"A": "k/r"}, {})) + more, format=ox.RdfFormat.N_QUADS)
    return read_index(store)


def named(index: CollaborationIndex, found: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """Return a ranking of organisations by name."""
    return [(index.organisations.iris[place].rpartition("/")[2], count) for place, count in found]


def by_hand(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return counts in the order that the index gives them."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


@settings(max_examples=40, deadline=None)
@given(WORLDS)
def test_partners_and_their_partners(worlds: Members) -> None:
    index = index_of({f"P{number}": Project(" ".join(sorted(who))) for number, who in enumerate(worlds)})
    for place, iri in enumerate(index.organisations.iris):
        me = iri.rpartition("/")[2]
        partners = Counter(other for who in worlds if me in who for other in who - {me})
        assert named(index, ranked_partners(index, place)) == by_hand(partners)
        through = {p: {o for who in worlds if p in who for o in who} - {me, *partners} for p in partners}
        expected = Counter(other for others in through.values() for other in others)
        assert named(index, partners_of_partners(index, place)) == by_hand(expected)


@settings(max_examples=40, deadline=None)
@given(WORLDS, st.data())
def test_brokers(worlds: Members, data: st.DataObject) -> None:
    used = [data.draw(st.sets(st.sampled_from(["m1", "m2", "m3"]))) for _ in worlds]
    projects = {
        f"P{n}": Project(" ".join(sorted(who)), methods=" ".join(sorted(used[n]))) for n, who in enumerate(worlds)
    }
    index = index_of(projects)
    expected = []
    for name in sorted(set().union(*worlds)):
        mine = [used[n] for n, who in enumerate(worlds) if name in who and used[n]]
        if mine:
            expected.append((name, len(set().union(*mine)), len(mine)))
    expected.sort(key=lambda row: (-row[1], -row[2], row[0]))
    found = [(index.organisations.iris[place].rpartition("/")[2], *rest) for place, *rest in brokers(index)]
    assert found == expected[:20]


def test_pairs_by_region() -> None:
    projects = {f"P{n}": Project("A", methods="m1" if n < 3 else "m2") for n in range(5)}
    sited = "".join(
        f"<{BASE}initiative/P{n}> <{HV}takesPlaceIn> <{BASE}place/kunta-k> <{document_graph('1')}> .\n"
        for n in range(5)
    )
    index = index_of(projects, sited)
    methods = [iri.rpartition("/")[2] for iri in index.methods.iris]
    (found,) = pairs_by_region(index, methods.index("m1"))
    assert (index.places.labels[found[0]], found[1]) == ("r", len(list(combinations(range(3), 2))))
