"""Networks as files: every format is read back, GEXF keeps the rules of its specification, also with dynamics."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from known_networks import southern_women
from network_store import network_store

from graph_api.collaboration.exports import FORMATS, cytoscape_json, gexf, graphml, node_link_json, pajek
from graph_api.collaboration.turtle import NETWORK, turtle
from graph_api.networks.communities import consensus, with_communities
from graph_api.networks.graphs import bipartite, to_networkx
from graph_api.networks.measures import MEASURES, measure
from graph_api.networks.source import read_material
from graph_api.networks.views import project

NS = "{http://gexf.net/1.3}"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPES = {
    "long": re.compile(r"-?\d+"),
    "double": re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?"),
    "boolean": re.compile("true|false"),
    "string": re.compile(r".*", re.DOTALL),
}


@pytest.fixture(scope="module")
def graph() -> nx.Graph:
    """Return the network of the small store, with measures and communities."""
    network = measure(project(read_material(network_store()), weighting="newman"), MEASURES)
    return to_networkx(with_communities(network, consensus(network.adjacency)))


def other_graphs() -> list[nx.Graph]:
    """Return a network without years, a two-mode one, one without edges, and an empty one."""
    material = read_material(network_store())
    return [
        to_networkx(project(southern_women())),
        bipartite(material, "organisation"),
        to_networkx(project(material, "document")),
        nx.Graph(),
    ]


def check_gexf(content: bytes) -> None:
    """Assert what the schema of GEXF 1.3 demands: elements and their order, attributes, types, references, times."""
    root = ElementTree.fromstring(content)  # noqa: S314 (our own bytes)
    assert root.tag == f"{NS}gexf"
    assert root.get("version") == "1.3"
    assert [child.tag for child in root] == [f"{NS}meta", f"{NS}graph"]
    assert {child.tag for child in root[0]} <= {f"{NS}creator", f"{NS}keywords", f"{NS}description"}
    graph = root[1]
    assert set(graph.keys()) <= {
        "defaultedgetype",
        "idtype",
        "mode",
        "timeformat",
        "timerepresentation",
        "start",
        "end",
    }
    assert graph.get("mode") in ("static", "dynamic")
    assert graph.get("idtype") in ("string", "integer")
    assert graph.get("timeformat", "date") == "date"
    tags = [child.tag.removeprefix(NS) for child in graph]
    assert tags == ["attributes"] * (len(tags) - 2) + ["nodes", "edges"]
    declared = {item.get("class"): check_declarations(item) for item in graph.findall(f"{NS}attributes")}
    assert len(declared) == len(tags) - 2
    nodes, edges = graph.find(f"{NS}nodes"), graph.find(f"{NS}edges")
    assert nodes is not None
    assert edges is not None
    ids = [check_element(node, {"id", "label", "start", "end"}, declared.get("node", {}), graph) for node in nodes]
    assert len(ids) == len(set(ids)) == int(nodes.get("count", -1))
    names = [
        check_element(edge, {"id", "source", "target", "weight", "start", "end"}, declared.get("edge", {}), graph)
        for edge in edges
    ]
    assert len(names) == len(set(names)) == int(edges.get("count", -1))
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        float(edge.get("weight", "1"))


def check_declarations(attributes: ElementTree.Element) -> dict[str | None, str]:
    """Check a declaration of attributes; return the type of each."""
    assert set(attributes.keys()) == {"class", "mode"}
    for attribute in attributes:
        assert attribute.tag == f"{NS}attribute"
        assert set(attribute.keys()) == {"id", "title", "type"}
        assert attribute.get("type") in TYPES
    types = {attribute.get("id"): str(attribute.get("type")) for attribute in attributes}
    assert len(types) == len(attributes)
    return types


def check_element(
    element: ElementTree.Element, allowed: set[str], types: dict[str | None, str], graph: ElementTree.Element
) -> str | None:
    """Check a node or edge; return its id."""
    assert element.tag in (f"{NS}node", f"{NS}edge")
    assert set(element.keys()) <= allowed
    for name in ("start", "end"):
        if element.get(name) is not None:
            assert DATE.fullmatch(str(element.get(name)))
            assert graph.get("mode") == "dynamic"
    assert str(element.get("start", "0")) <= str(element.get("end", "9"))
    for values in element:
        assert values.tag == f"{NS}attvalues"
        assert len(values) > 0
        for value in values:
            assert set(value.keys()) == {"for", "value"}
            assert TYPES[types[value.get("for")]].fullmatch(str(value.get("value"))), value.attrib
    return element.get("id")


def test_gexf_keeps_the_rules_of_its_schema(graph: nx.Graph) -> None:
    check_gexf(gexf(graph))
    assert b'mode="dynamic" timeformat="date"' in gexf(graph)
    for other in other_graphs():
        check_gexf(gexf(other))
    assert b'mode="static"' in gexf(other_graphs()[0])


def test_gexf_tells_when_nodes_and_edges_were_there(graph: nx.Graph) -> None:
    read = nx.read_gexf(io.BytesIO(gexf(graph)))
    base = "https://w3id.org/hankeverkko/id/organisation/"
    assert read.graph["mode"] == "dynamic"
    assert (read.nodes[f"{base}b"]["start"], read.nodes[f"{base}b"]["end"]) == ("2015-01-01", "2020-12-31")
    edge = read.edges[f"{base}b", f"{base}unit"]
    assert (edge["start"], edge["end"]) == ("2018-01-01", "2020-12-31")
    assert edge["weight"] == 1.0


def same_network(read: nx.Graph, graph: nx.Graph, weight: str = "weight") -> None:
    """Assert that nodes, edges and weights are those of the network."""
    assert set(read) == set(graph)
    found = {frozenset(edge): float(value) for *edge, value in read.edges(data=weight)}
    assert found == pytest.approx({frozenset(edge): value for *edge, value in graph.edges(data="weight")})


def test_formats_are_read_back(graph: nx.Graph) -> None:
    for network in (graph, other_graphs()[0]):
        same_network(nx.read_gexf(io.BytesIO(gexf(network))), network)
        same_network(nx.read_graphml(io.BytesIO(graphml(network))), network)
        same_network(nx.node_link_graph(json.loads(node_link_json(network)), edges="edges"), network)
        same_network(nx.cytoscape_graph(json.loads(cytoscape_json(network))), network)


def test_pajek_is_read_back(graph: nx.Graph) -> None:
    read = nx.parse_pajek(pajek(graph).decode())
    names = {data["label"]: node for node, data in graph.nodes(data=True)}
    same_network(nx.Graph(nx.relabel_nodes(read, names)), graph)


def test_pajek_tells_nodes_of_one_name_apart() -> None:
    graph = nx.Graph()
    graph.add_node("x:1", label='Sama "nimi"')
    graph.add_node("x:2", label="Sama 'nimi'")
    graph.add_edge("x:1", "x:2", weight=2.5)
    read = nx.parse_pajek(pajek(graph).decode())
    assert set(read) == {"Sama 'nimi' (x:1)", "Sama 'nimi' (x:2)"}
    assert [weight for *_, weight in read.edges(data="weight")] == [2.5]


def test_turtle_is_read_back_by_two_readers(graph: nx.Graph) -> None:
    content = turtle(graph)
    read = rdflib.Graph().parse(data=content, format="turtle")
    weights = {
        (str(read.value(tie, rdflib.RDF.subject)), str(read.value(tie, rdflib.RDF.object))): float(
            read.value(tie, rdflib.URIRef(f"{NETWORK}weight"))  # type: ignore[arg-type]
        )
        for tie in read.subjects(rdflib.RDF.type, rdflib.URIRef(f"{NETWORK}Tie"))
    }
    assert {frozenset(edge): value for edge, value in weights.items()} == pytest.approx(
        {frozenset((a, b)): value for a, b, value in graph.edges(data="weight")}
    )
    assert len(list(ox.parse(content, format=ox.RdfFormat.TURTLE))) == len(read)
    derived = set(read.objects(None, rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")))
    assert rdflib.URIRef("https://w3id.org/hankeverkko/id/initiative/1") in derived
    for other in other_graphs():
        rdflib.Graph().parse(data=turtle(other), format="turtle")


def test_awkward_names_stay_inside_their_quotes() -> None:
    graph = nx.Graph()
    graph.add_node("http://a b/<x>", label='"> .\n<a> <b> <c> . "\\', note="a\tb\x00")
    graph.add_node("nimi", label="]]></node>&")
    graph.add_edge("http://a b/<x>", "nimi", weight=1)
    read = rdflib.Graph().parse(data=turtle(graph), format="turtle")
    assert len(set(read.subjects())) == 3
    check_gexf(gexf(graph))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_network_gives_the_same_bytes(graph: nx.Graph, ending: str) -> None:
    turned = nx.Graph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(graph.edges(data=True))))
    assert FORMATS[ending](turned) == FORMATS[ending](graph)
