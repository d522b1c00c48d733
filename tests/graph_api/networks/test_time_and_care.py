"""Time slices, structural holes, bootstrap intervals, coverage and suppression, each by hand."""

from __future__ import annotations

import numpy as np
import pyoxigraph as ox
import pytest
from known_networks import material_of, southern_women
from network_store import PREFIXES, network_store

from graph_api.networks.bootstrap import bootstrap, edge_events, with_intervals
from graph_api.networks.coverage import Share, coverage, suppress
from graph_api.networks.holes import structural_holes
from graph_api.networks.selection import Filters
from graph_api.networks.slices import slices
from graph_api.networks.source import read_material
from graph_api.networks.views import project
from loaders.errors import UsageError

YEARS = {"p1": 2010, "p2": 2011, "p3": 2011, "p4": 2013}
MEMBERS = {"p1": {"a", "b", "c"}, "p2": {"a", "b"}, "p3": {"d", "e"}, "p4": {"a", "c"}}


def test_yearly_slices() -> None:
    material = material_of(MEMBERS, years=np.array(list(YEARS.values())))
    found = slices(material)
    names = material.things["organisation"].iris
    assert [(item.first, item.last) for item in found] == [(2010, 2010), (2011, 2011), (2012, 2012), (2013, 2013)]
    assert [[names[n] for n in item.entries] for item in found] == [["a", "b", "c"], ["d", "e"], [], []]
    assert [[names[n] for n in item.exits] for item in found] == [[], ["c"], ["a", "b", "d", "e"], []]
    assert [[names[n] for n in item.returns] for item in found] == [[], [], [], ["a", "c"]]
    assert [(item.new_ties, item.lost_ties) for item in found] == [(3, 0), (1, 2), (0, 2), (1, 0)]
    assert found[1].node_persistence == pytest.approx(2 / 3)
    assert found[1].tie_persistence == pytest.approx(1 / 3)
    assert np.isnan(found[0].tie_persistence)


def test_sliding_slices_overlap() -> None:
    material = material_of(MEMBERS, years=np.array(list(YEARS.values())))
    found = slices(material, width=3)
    assert [(item.first, item.last) for item in found] == [(2010, 2012), (2011, 2013)]
    assert found[1].tie_persistence == pytest.approx(3 / 4)
    assert [(item.first, item.last) for item in slices(material, width=2, step=2)] == [(2010, 2011), (2012, 2013)]
    bounded = slices(material, filters=Filters(period=(2011, 2012)))
    assert [item.first for item in bounded] == [2011, 2012]


def test_slices_need_years() -> None:
    with pytest.raises(UsageError, match="no years to slice"):
        slices(material_of(MEMBERS))
    with pytest.raises(UsageError, match="width and a step"):
        slices(material_of(MEMBERS, years=np.array([1, 2, 3, 4])), width=0)


def test_structural_holes() -> None:
    material = read_material(network_store())
    names = [iri.rpartition("/")[2] for iri in material.things["organisation"].iris]
    found = {(names[hole.first], names[hole.second]): hole for hole in structural_holes(material, "method")}
    assert set(found) == {("b", "d"), ("c", "unit"), ("d", "unit")}
    hole = found["b", "d"]
    assert [material.things["method"].labels[place] for place in hole.common] == ["dialogi"]
    assert hole.weight == pytest.approx(1 / 2)  # b, d and the unit have dialogue in common
    assert found["c", "unit"].weight == pytest.approx(1 / 3)  # a, b, c and the unit: lean
    folded = structural_holes(material, "method", filters=Filters(fold_units=True))
    assert {(names[hole.first], names[hole.second]) for hole in folded} == {("a", "d"), ("b", "d")}


def test_structural_holes_are_narrowed() -> None:
    material = read_material(network_store())
    place = material.things["organisation"].position
    base = "https://w3id.org/hankeverkko/id/organisation/"
    assert len(structural_holes(material, "method", top=1)) == 1
    assert structural_holes(material, "method", least=2) == []
    assert len(structural_holes(material, "method", organisation=place(f"{base}c"))) == 1
    assert structural_holes(material, "method", same_region=True) == []
    assert structural_holes(material, "method", filters=Filters(period=(2018, 2020))) == []


def test_what_an_edge_stands_on_is_a_matrix() -> None:
    network = project(material_of(MEMBERS))
    support = edge_events(network)
    assert support.sum(axis=1).tolist() == network.counts.tolist()
    for edge in range(len(network.sources)):
        assert support[[edge]].indices.tolist() == network.shared(edge).tolist()


def test_bootstrap_intervals_hold_the_measure_and_are_the_same_every_time() -> None:
    network = project(southern_women())
    first, second = (bootstrap(network, ["degree", "strength"], draws=100) for _ in range(2))
    assert (first["strength"].low == second["strength"].low).all()
    strength = np.asarray(network.adjacency.sum(axis=1))
    assert (first["strength"].low <= strength).all()
    assert (first["strength"].high >= strength).mean() > 0.9
    assert (first["strength"].high > first["strength"].low).all()
    assert "degree_low" in with_intervals(network, first).values


def test_bootstrap_intervals_cover_what_they_promise() -> None:
    """Of worlds with a known expected strength, the intervals hold it about as often as they say."""
    rng = np.random.default_rng(8)
    held = []
    for _ in range(40):
        members = {f"p{n:02}": {"a", "b"} if rng.random() < 0.5 else {"b", "c"} for n in range(60)}
        network = project(material_of(members))
        found = bootstrap(network, ["strength"], draws=100, certainty=0.9)["strength"]
        node = network.iris.index("a")
        held.append(found.low[node] <= 30 <= found.high[node])
    assert 0.78 <= np.mean(held) <= 1.0


def test_a_network_without_ties_has_no_intervals() -> None:
    found = bootstrap(project(material_of({"p": {"a"}, "q": {"b"}})), ["degree", "constraint"], draws=10)
    assert np.isnan(found["constraint"].low).all()
    assert found["degree"].high.tolist() == [0, 0]


def test_bootstrap_choices() -> None:
    network = project(southern_women())
    with pytest.raises(UsageError, match="5 draws"):
        bootstrap(network, ["degree"], draws=5)
    with pytest.raises(UsageError, match="too long"):
        bootstrap(network, ["degree"], draws=100_000_000)
    with pytest.raises(UsageError, match="certainty of 95"):
        bootstrap(network, ["degree"], certainty=95)


def test_coverage_says_what_a_result_rests_on() -> None:
    material = read_material(network_store())
    network = project(material, filters=Filters(period=(2015, 2020)))
    said = [str(share) for share in coverage(network, known_initiatives=40)]
    assert said == [
        "initiatives in the graph, of those known to exist: 4 of 40 (10 %)",
        "initiatives in the network, of those in the graph: 3 of 4 (75 %)",
        "of these, initiatives whose partners are known: 3 of 3 (100 %)",
        "of these, initiatives with a date: 3 of 3 (100 %)",
        "of these, initiatives with known money: 1 of 3 (33 %)",
        "organisations with a tie, of those in the network: 4 of 4 (100 %)",
        "years with a start, of 2015–2020: 3 of 6 (50 %)",
    ]


def test_rounding_makes_some_into_neither_none_nor_all() -> None:
    assert [str(Share("x", n, 1000)) for n in (0, 1, 999, 1000)] == [
        "x: 0 of 1000 (0 %)",
        "x: 1 of 1000 (under 1 %)",
        "x: 999 of 1000 (over 99 %)",
        "x: 1000 of 1000 (100 %)",
    ]


def test_small_cells_are_suppressed() -> None:
    network = project(material_of({**MEMBERS, "p5": {"a", "b"}}))
    kept, gone = suppress(network, 3)
    assert kept.iris == ["a", "b"]
    assert kept.counts.tolist() == [3]
    assert (gone.ties, gone.nodes) == (3, 3)
    with pytest.raises(UsageError, match="Cells of 0"):
        suppress(network, 0)


PILOTS = """d:pilots {
  i:5 a hv:Initiative, hv:Pilot ; dcterms:title "Osa"@fi ; hv:pilotOf i:1 ; hv:takesPlaceIn pl:k2 .
  i:6 a hv:Initiative, hv:Practice ; dcterms:title "Kortti"@fi ; dcterms:issued "2021-05-01"^^xsd:date .
  p:6 a hv:Participation ; hv:participant o:a ; hv:inInitiative i:6 ; hv:role r:host .
}"""


def test_a_pilot_is_part_of_what_it_tries_out_and_publication_is_no_date() -> None:
    store = network_store()
    before = [str(share) for share in coverage(project(read_material(store)))]
    store.load(PREFIXES + PILOTS, format=ox.RdfFormat.TRIG)
    material = read_material(store)
    assert before[0] == "initiatives in the network, of those in the graph: 4 of 4 (100 %)"
    shares = [str(share) for share in coverage(project(material))]
    assert shares[0] == "initiatives in the network, of those in the graph: 5 of 5 (100 %)"
    assert shares[2] == before[2].replace("3 of 4 (75 %)", "3 of 5 (60 %)") != before[2]
    of_pilots = coverage(project(material, filters=Filters(kinds=["pilot"])))[0]
    assert (of_pilots.have, of_pilots.of) == (1, 6)
    assert project(material, filters=Filters(period=(2021, 2021))).selection.undated == 2
