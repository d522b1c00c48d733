"""Networks of organisations from a store: who is counted, when, and what a map shows of them."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from graph_api.collaboration.index import read_index
from graph_api.maps.graph import Quote, map_graph, read_quotes
from graph_api.networks.selection import Filters
from graph_api.networks.source import material_of, read_material
from graph_api.networks.views import Network, project
from loaders.errors import UsageError
from loaders.iris import BASE, HV, PROV, RDF, SKOS, XSD

GRAPH = ox.NamedNode("https://w3id.org/hankeverkko/graph/document/1")
Pairs = dict[tuple[str, str], float]


def iri(kind: str, name: str) -> ox.NamedNode:
    """Return the IRI of an entity."""
    return ox.NamedNode(f"{BASE}{kind}/{name}")


def say(store: ox.Store, subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
    """Add a statement whose predicate is in the Hankeverkko ontology unless it is a whole IRI."""
    store.add(ox.Quad(subject, ox.NamedNode(name if "://" in name else HV + name), value, GRAPH))


def store_of(
    members: Mapping[str, str],
    *,
    years: Mapping[str, tuple[int, int]] | None = None,
    units: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> ox.Store:
    """Return a store; `members` maps an initiative to "A B:role C": who takes part (as a partner unless said)."""
    store = ox.Store()
    for initiative, names in members.items():
        node = iri("initiative", initiative)
        say(store, node, RDF + "type", ox.NamedNode(HV + "Initiative"))
        say(store, node, RDF + "type", ox.NamedNode(HV + (kinds or {}).get(initiative, "Project")))
        for number, year in enumerate((years or {}).get(initiative, ())):
            say(store, node, ("start", "end")[number], ox.Literal(str(year), datatype=ox.NamedNode(XSD + "gYear")))
        for name in names.split():
            organisation, _, role = name.partition(":")
            part = iri("participation", f"{initiative}-{organisation}-{role}")
            say(store, iri("organisation", organisation), RDF + "type", ox.NamedNode(HV + "Organisation"))
            say(store, part, "participant", iri("organisation", organisation))
            say(store, part, "inInitiative", node)
            say(store, part, "role", iri("role", role or "partner"))
    for unit, owner in (units or {}).items():
        say(store, iri("organisation", unit), "unitOf", iri("organisation", owner))
    return store


def weights(network: Network) -> Pairs:
    """Return the weight of every edge by the last parts of the IRIs it joins."""
    nodes = [iri.rpartition("/")[2] for iri in network.iris]
    return {
        (nodes[a], nodes[b]): float(weight)
        for a, b, weight in zip(network.sources, network.targets, network.weights, strict=True)
    }


def test_only_those_who_do_the_work_collaborate() -> None:
    material = read_material(
        store_of({"P1": "A:applicant B:host C:pilot D:funder E:authority F:consultant G:mentioned"})
    )
    assert sorted(weights(project(material))) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert sorted(weights(project(material, filters=Filters(roles={"applicant", "funder"})))) == [("A", "D")]


def test_an_organisation_with_two_roles_takes_part_once() -> None:
    material = read_material(store_of({"P1": "A:applicant A:pilot B"}))
    assert weights(project(material, weighting="newman")) == {("A", "B"): 1.0}


def test_a_unit_and_its_owners_do_not_collaborate_with_each_other() -> None:
    store = store_of({"P1": "city department team other"}, units={"team": "department", "department": "city"})
    expected = [("city", "other"), ("department", "other"), ("other", "team")]
    assert sorted(weights(project(read_material(store)))) == expected


def test_folded_units_count_as_their_last_owner() -> None:
    store = store_of({"P1": "team other", "P2": "city other"}, units={"team": "department", "department": "city"})
    assert weights(project(read_material(store), filters=Filters(fold_units=True))) == {("city", "other"): 2}


def test_units_in_a_circle_fold_into_one() -> None:
    store = store_of({"P1": "A C", "P2": "B C", "P3": "D C"}, units={"A": "B", "B": "A", "D": "B"})
    assert weights(project(read_material(store), filters=Filters(fold_units=True))) == {("A", "C"): 3}
    assert sorted(weights(project(read_material(store)))) == [("A", "C"), ("B", "C"), ("C", "D")]


def test_period() -> None:
    years = {"P1": (2010, 2012), "P2": (2014, 2015), "P3": (2013,)}
    material = read_material(store_of({"P1": "A B", "P2": "A C", "P3": "A D", "P4": "A E"}, years=years))  # type: ignore[arg-type]
    assert sorted(weights(project(material, filters=Filters(period=(2012, 2013))))) == [("A", "B"), ("A", "D")]
    assert sorted(weights(project(material, filters=Filters(period=(2013, None))))) == [("A", "C"), ("A", "D")]
    assert sorted(weights(project(material, filters=Filters(period=(None, 2010))))) == [("A", "B")]
    assert len(weights(project(material, filters=Filters(period=(None, None))))) == 4
    assert project(material, filters=Filters(period=(2012, 2013))).selection.undated == 1
    assert project(material).selection.undated == 0


def test_the_years_of_a_participation_come_before_those_of_its_initiative() -> None:
    store = store_of({"P1": "A B C"}, years={"P1": (2010, 2020)})
    part = iri("participation", "P1-C-")
    say(store, part, "start", ox.Literal("2019-01-01", datatype=ox.NamedNode(XSD + "date")))
    assert sorted(weights(project(read_material(store), filters=Filters(period=(2011, 2012))))) == [("A", "B")]
    assert len(weights(project(read_material(store), filters=Filters(period=(2018, 2019))))) == 3


def test_kinds_minimum_and_largest() -> None:
    members = {"P1": "A B", "P2": "A B", "P3": "A C", "P4": "A B C D"}
    material = read_material(store_of(members, kinds={"P3": "Practice"}))
    assert weights(project(material, filters=Filters(kinds={"practice"}))) == {("A", "C"): 1}
    assert weights(project(material, minimum=2)) == {("A", "B"): 3, ("A", "C"): 2}
    assert weights(project(material, filters=Filters(largest=2))) == {("A", "B"): 2, ("A", "C"): 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weighting": "cosine"}, r'no weighting "cosine"'),
        ({"period": (2015, 2010)}, r"2015–2010 ends before it starts"),
        ({"roles": {"boss"}}, r'no role "boss"'),
        ({"kinds": {"party"}}, r'no kind of initiative "party"'),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, object], message: str) -> None:
    material = read_material(store_of({"P1": "A B C", "P2": "A B"}))
    weighting = str(arguments.pop("weighting", "count"))
    with pytest.raises(UsageError, match=message):
        project(material, weighting=weighting, filters=Filters(**arguments))  # type: ignore[arg-type]


def test_nothing_gives_an_empty_network() -> None:
    filters = Filters(period=(2010, 2011), fold_units=True)
    graph = map_graph(project(read_material(ox.Store()), weighting="newman", filters=filters))
    assert (len(graph), graph.size()) == (0, 0)


def test_what_a_map_shows() -> None:
    store = store_of({"P1": "A:applicant B", "P2": "A B C", "P3": "D"}, years={"P1": (2010, 2012)}, units={"C": "A"})
    say(store, iri("organisation", "A"), SKOS + "prefLabel", ox.Literal("Aa", language="fi"))
    graph = map_graph(project(read_material(store), weighting="newman"))
    a, b, c, d = (iri("organisation", name).value for name in "ABCD")
    one, two = (iri("initiative", name).value for name in ("P1", "P2"))
    assert list(graph.nodes) == [a, b, c, d]
    assert graph.nodes[a] == {"label": "Aa", "type": "", "initiatives": 2, "degree": 1, "strength": 1.5}
    assert graph.nodes[c]["unit_of"] == a
    assert set(graph.edges) == {(a, b), (b, c)}
    assert graph.edges[a, b] == {"weight": 1.5, "count": 2, "initiatives": [one, two], "first": 2010, "last": 2012}
    assert graph.edges[b, c] == {"weight": 0.5, "count": 1, "initiatives": [two]}
    assert graph.graph["initiatives"][one]["roles"] == {a: ["applicant"], b: ["partner"]}
    assert graph.graph["initiatives"][two]["share"] == 0.5


def test_quotes_prefer_what_was_reviewed() -> None:
    store = store_of({"P1": "A B", "P2": "C"})
    for name, part, standing in (
        ("e1", "P1-A-", "inferred"),
        ("e2", "P1-A-", "reviewed"),
        ("e3", "P1-A-", "asserted"),
        ("e4", "P2-C-", "asserted"),
    ):
        evidence = iri("evidence", name)
        say(store, evidence, "supports", iri("participation", part))
        say(store, evidence, "quote", ox.Literal(f"quote {name}"))
        say(store, evidence, "standing", ox.Literal(standing))
        say(store, evidence, "confidence", ox.Literal("0.9", datatype=ox.NamedNode(XSD + "decimal")))
        say(store, evidence, PROV + "wasDerivedFrom", iri("document", "d"))
    say(store, iri("document", "d"), "http://purl.org/dc/terms/identifier", ox.Literal("paper"))
    key = (iri("organisation", "A").value, iri("initiative", "P1").value)
    index = read_index(store)
    assert read_quotes(store, index, project(material_of(index))) == {key: Quote("quote e2", "paper")}
