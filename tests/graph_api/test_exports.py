"""Exports: networkx reads back what was written, and the bytes do not change from run to run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import networkx as nx
import pytest

from graph_api.collaboration.exports import FORMATS, csv_tables, gexf, graphml, node_link_json, write_network
from loaders.errors import CannotRunError, UsageError

A, B, C = "https://example.org/a", "https://example.org/b", "https://example.org/c"


def network(*, reverse: bool = False) -> nx.Graph:
    """Return a small network with awkward text, built in either order."""
    nodes = [
        (A, {"label": "Ääkkönen & <Pojat>\x00\x1f\ufffe", "type": "municipality", "initiatives": 2, "strength": 1.5}),
        (B, {"label": '=HYPERLINK("x")', "type": "", "initiatives": 2, "strength": math.nan}),
        (C, {"label": "Yksin, ry", "type": "association", "initiatives": 1, "strength": math.inf}),
    ]
    edges = [(A, B, {"weight": 1.5, "count": 2, "initiatives": ["i:1", "i:2"]}), (B, C, {"weight": 0.5, "count": 1})]
    graph = nx.Graph(weighting="newman", period=[None, 2020], initiatives={"i:1": {"title": "Yksi\x0b", "roles": {}}})
    graph.add_nodes_from(reversed(nodes) if reverse else nodes)
    graph.add_edges_from(((b, a, data) for a, b, data in reversed(edges)) if reverse else edges)
    return graph


def check(read: nx.Graph) -> None:
    """Assert that what was read back is the network."""
    assert set(read.nodes) == {A, B, C}
    assert read.nodes[A]["label"] == "Ääkkönen & <Pojat>"
    assert read.nodes[A]["initiatives"] == 2
    assert "strength" not in read.nodes[B]
    assert "strength" not in read.nodes[C]
    assert {frozenset(edge): read.edges[edge]["weight"] for edge in read.edges} == {
        frozenset((A, B)): 1.5,
        frozenset((B, C)): 0.5,
    }


def test_graphml_is_read_back() -> None:
    read = nx.read_graphml(io.BytesIO(graphml(network())))
    check(read)
    assert read.edges[A, B]["initiatives"] == "i:1 i:2"
    assert read.edges[A, B]["count"] == 2


def test_gexf_is_read_back() -> None:
    check(nx.read_gexf(io.BytesIO(gexf(network()))))
    assert b"lastmodifieddate" not in gexf(network())


def test_json_is_read_back_whole() -> None:
    read = nx.node_link_graph(json.loads(node_link_json(network())), edges="edges")
    check(read)
    assert read.edges[A, B]["initiatives"] == ["i:1", "i:2"]
    assert read.graph["initiatives"]["i:1"]["title"] == "Yksi"
    assert read.graph["period"] == [None, 2020]


def test_csv_holds_nodes_and_edges() -> None:
    tables = {name: list(csv.DictReader(io.StringIO(text.decode()))) for name, text in csv_tables(network()).items()}
    assert [row["id"] for row in tables["nodes.csv"]] == [A, B, C]
    assert tables["nodes.csv"][2]["label"] == "Yksin, ry"
    assert tables["nodes.csv"][1]["strength"] == ""
    assert [(row["source"], row["target"], row["weight"]) for row in tables["edges.csv"]] == [
        (A, B, "1.5"),
        (B, C, "0.5"),
    ]


def test_a_spreadsheet_runs_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_tables(network())["nodes.csv"].decode())))
    assert rows[1]["label"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("ending", FORMATS)
def test_the_order_of_building_does_not_matter(ending: str) -> None:
    assert FORMATS[ending](network()) == FORMATS[ending](network(reverse=True))


def test_the_bytes_do_not_depend_on_the_seed_of_hashing() -> None:
    code = (
        "import hashlib, networkx as nx; from graph_api.collaboration.exports import FORMATS;"
        "g = nx.Graph(); g.add_nodes_from({'a', 'b', 'c', 'd'}, label='x', type='y', n=1);"
        "g.add_edges_from((x, y, dict.fromkeys({'weight', 'count', 'first'}, 1)) for x in set(g) for y in set(g) - {x});"
        "print([hashlib.sha256(write(g)).hexdigest() for write in FORMATS.values()])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    graph = nx.complete_graph("abcd")
    nx.set_node_attributes(graph, {node: {"label": "x", "type": "y", "n": 1} for node in graph})
    nx.set_edge_attributes(graph, {edge: {"weight": 1, "count": 1, "first": 1} for edge in graph.edges})
    assert run.stdout.strip() == str([hashlib.sha256(write(graph)).hexdigest() for write in FORMATS.values()])


@pytest.mark.parametrize("name", ["net.graphml", "net.GEXF", "net.json", "net.zip", "tables"])
def test_the_ending_names_the_format(tmp_path: Path, name: str) -> None:
    written = tmp_path / name
    files = write_network(network(), written)
    assert sorted(files) == sorted([written] if written.is_file() else written.iterdir())
    if written.is_dir():
        assert sorted(file.name for file in written.iterdir()) == ["edges.csv", "nodes.csv"]
    elif name.endswith(".zip"):
        assert zipfile.ZipFile(written).namelist() == ["nodes.csv", "edges.csv"]
    else:
        assert written.read_bytes() == FORMATS[written.suffix.lower()](network())


def test_csv_is_two_files(tmp_path: Path) -> None:
    files = write_network(network(), tmp_path / "net.csv")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["net-edges.csv", "net-nodes.csv"]
    assert sorted(files) == sorted(tmp_path.iterdir())


def test_no_folder_is_made_beside_the_one_for_csv(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="there is no folder"):
        write_network(network(), tmp_path / "mistyped" / "net.graphml")
    assert not list(tmp_path.iterdir())


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'"net\.png"'):
        write_network(network(), tmp_path / "net.png")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotRunError, match="Choose another place"):
        write_network(network(), tmp_path / "file")


def test_an_empty_network_can_be_written() -> None:
    for write in FORMATS.values():
        assert write(nx.Graph())
