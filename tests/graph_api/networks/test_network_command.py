"""`hankeverkko network`, run as its users run it, on the demo documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs the command line on a store of the demo documents."""
    store = tmp_path_factory.mktemp("networks") / "store"

    def call(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "HANKEVERKKO_STORE": str(store),
            "COLUMNS": "200",
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(repository),
        }
        command = [sys.executable, "-m", "graph_api.cli.main", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, check=False, text=True)

    built = call("build", str(repository / "data" / "documents"), str(repository / "data" / "lists"))
    assert built.returncode == 0, built.stderr
    return call


def answer(run: Run, *arguments: str) -> dict[str, Any]:
    """Return what a command answers as JSON."""
    done = run("--json", "network", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_everything_at_once_in_words(run: Run) -> None:
    done = run(
        *("network", "--weighting", "newman", "--communities", "--measure", "betweenness", "--measure", "constraint"),
        *("--bootstrap", "10", "--slices", "2", "--holes", "theme", "--known-initiatives", "200", "--top", "4"),
    )
    assert done.returncode == 0, done.stderr
    for words in ("Closest collaborations", "Communities", "Highest betweenness", "Year by year", "never met"):
        assert words in done.stdout
    assert "initiatives in the graph, of those known to exist: 54 of 200 (27 %)" in done.stdout
    assert "agree with the consensus" in done.stdout
    assert "ties can be lost and none be found" in done.stdout
    assert done.stderr == ""


def test_everything_at_once_as_json(run: Run) -> None:
    found = answer(
        run,
        *(
            "--communities",
            "--measure",
            "all",
            "--bootstrap",
            "10",
            "--slices",
            "3",
            "--step",
            "3",
            "--holes",
            "method",
        ),
    )
    assert {"closest", "communities", "measures", "slices", "holes", "coverage", "undated"} <= set(found)
    assert {"betweenness", "betweenness_low", "betweenness_high", "liaison"} <= set(found["measures"][0])
    assert all(0 <= row["stability"] <= 1 for row in found["communities"])
    assert found["closest"][0]["count"] >= found["closest"][-1]["count"]


@pytest.mark.parametrize(
    ("nodes", "through"),
    [("method", "initiative"), ("organisation", "method"), ("initiative", "organisation"), ("person", "initiative")],
)
def test_other_relations(run: Run, nodes: str, through: str) -> None:
    found = answer(run, "--nodes", nodes, "--through", through)
    assert found[f"{nodes}s"] > 1
    assert nodes in found["closest"][0]


def test_filters_narrow_the_network(run: Run) -> None:
    whole = answer(run)
    for narrower in (
        ("--region", "Lappi"),
        ("--theme", "hyvinvointi"),
        ("--around", "Lapin yliopisto"),
        ("--backbone", "--level", "0.2", "--correction", "none"),
        ("--disparity", "--level", "0.2"),
        ("--min-confidence", "0.95"),
    ):
        assert answer(run, *narrower)["collaborations"] < whole["collaborations"], narrower


def test_the_surroundings_grow_with_the_radius(run: Run) -> None:
    near, far = (answer(run, "--around", "Lapin yliopisto", "--radius", radius) for radius in ("1", "2"))
    assert 1 < near["organisations"] < far["organisations"]


def test_a_file_holds_what_was_computed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "net.graphml"
    done = run("network", "--communities", "--measure", "pagerank", "-o", str(path))
    assert done.returncode == 0, done.stderr
    graph = nx.read_graphml(path)
    assert sum(nx.get_node_attributes(graph, "pagerank").values()) == pytest.approx(1)
    assert {"community", "membership"} <= set().union(*(data for _, data in graph.nodes(data=True)))
    two = tmp_path / "two.gexf"
    assert run("network", "--two-mode", "-o", str(two)).returncode == 0
    assert nx.is_bipartite(nx.read_gexf(two))


def test_the_same_answer_with_another_hash_seed(run: Run) -> None:
    arguments = ("--json", "network", "--communities", "--measure", "all", "--bootstrap", "10", "--holes", "theme")
    assert run(*arguments, seed="1").stdout == run(*arguments, seed="99").stdout


def test_the_files_that_were_written_are_named(run: Run, tmp_path: Path) -> None:
    said = "".join(run("network", "-o", str(tmp_path / "n.csv")).stdout.split())
    assert str(tmp_path / "n-nodes.csv") in said
    assert str(tmp_path / "n-edges.csv") in said


def test_where_nothing_can_be_written_nothing_is_computed(run: Run, tmp_path: Path) -> None:
    done = run("network", "-o", str(tmp_path / "mistyped" / "n.graphml"))
    assert (done.returncode, done.stdout) == (3, "")
    assert "there is no folder" in " ".join(done.stderr.split())


def test_an_inflected_name_is_known(run: Run) -> None:
    there = [run("--json", "network", "--around", name) for name in ("Tornion kaupunki", "tornion kaupungissa")]
    assert there[0].returncode == 0
    assert there[0].stdout == there[1].stdout


def test_measures_are_explained(run: Run) -> None:
    done = run("network", "--measure", "list")
    assert done.returncode == 0
    assert "Burt" in done.stdout
    assert "Gould" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--nodes", "planet"), 'no kind of node "planet"'),
        (("--measure", "power"), 'no measure "power"'),
        (("--around", "Atlantis"), 'No organisation is called "Atlantis"'),
        (("--around", "yliopisto"), "fits"),
        (("--measure", "participation", "--by", "colour"), "cannot be grouped"),
        (("--nodes", "method", "--measure", "liaison"), "cannot be grouped"),
        (("--holes", "colour"), 'no kind of node "colour"'),
        (("--communities", "--runs", "1"), "two runs"),
        (("--backbone", "--level", "3"), "level of 3"),
        (("--around", "Lapuan kapunki"), 'did you mean "Lapuan kaupunki"'),
        (("--measure", "degree", "--bootstrap", "100000000"), "would take too long"),
        (("--region", "Atlantis"), 'no region "Atlantis"'),
        (("--theme", "avaruus"), 'has the word "avaruus"'),
        (("-o", "net.docx"), "No network can be written"),
    ],
)
def test_wrong_usage_says_what_is_right(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run("network", *arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
