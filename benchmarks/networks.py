"""Networks from the store to the result, beside networkx in the same run, on graphs of the seeded generator.

    python benchmarks/networks.py GENERATOR [--projects 10000 100000] [--folder FOLDER] [--sources 40]

GENERATOR is a script that writes `kg.nt` for a number of projects into a folder. Its statements are put into the terms of
the ontology and loaded into a store (`benchmarks/synthetic.py`); then each step runs once here and once in networkx, and
both results are compared. Here a network comes from the collaboration index that the store keeps, in networkx from a query. networkx's exact betweenness takes hours on large graphs: there it runs from so many sources (--sources) and is
scaled up, which is said. Seconds are of processor time, so that other work on the machine does not count; rustworkx,
which works in threads, pays for all of them. Prints a table in Markdown; figures in the documentation come from here,
with machine and date.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from measuring import machine
from synthetic import store_of, translate

from graph_api.collaboration.stored import index_folder, index_of
from graph_api.networks import centrality, paths
from graph_api.networks.agreement import mutual_information
from graph_api.networks.communities import consensus, leiden, modularity
from graph_api.networks.measures import measure
from graph_api.networks.significance import with_p_values
from graph_api.networks.source import material_of
from graph_api.networks.views import Network, project
from graph_api.store import current, open_graph
from loaders.iris import HV

_LARGE = 1000
"""Organisations from which on networkx's betweenness is scaled up from some sources."""


def make_store(generator: Path, projects: int, folder: Path) -> Path:
    """Return a store of the generator's graph; made once, and used when it is there."""
    store = folder / f"store-{projects}"
    if not store.is_dir():
        raw = folder / f"raw-{projects}"
        if not (raw / "kg.nt").is_file():
            # The script writes tables after the graph, for which a library may be missing: the graph is there by then.
            subprocess.run([sys.executable, str(generator), str(projects), str(raw)], check=False, capture_output=True)
        with (raw / "kg.nt").open(encoding="utf-8") as lines:
            store_of(translate(lines), store)
    return store


class Clock:
    """Runs steps and keeps a row for each."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float, str]] = []

    def run(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[Any, float]:
        """Return a result and the seconds of processor time that it took, in all threads."""
        started = time.process_time()
        found = function(*arguments, **named)
        return found, time.process_time() - started

    def add(self, what: str, ours: float, theirs: float = float("nan"), note: str = "") -> None:
        """Keep and print a row."""
        self.rows.append((what, ours, theirs, note))
        compared = not math.isnan(theirs)
        ratio, other = (f"{theirs / ours:.3g} ×", f"{theirs:.2f}") if compared else ("", "")
        print(f"| {what} | {ours:.3f} | {other} | {ratio} | {note} |", flush=True)


def read_pairs(folder: Path) -> nx.Graph:
    """Read who takes part in what from a store, as somebody with networkx would."""
    query = f"SELECT ?o ?i WHERE {{ ?p <{HV}participant> ?o ; <{HV}inInitiative> ?i }}"
    graph = nx.Graph()
    for row in open_graph(folder).query(query, use_default_graph_as_union=True):
        graph.add_edge(row["o"].value, row["i"].value)
    return graph


def bench(folder: Path, projects: int, sources: int) -> None:
    """Run every step on one graph."""
    clock = Clock()
    print(f"\n### {projects:,} projects\n".replace(",", " "))
    print("| step (CPU seconds) | Hankeverkko | networkx | ratio | |\n|---|---|---|---|---|")
    shutil.rmtree(index_folder(current(folder).graph), ignore_errors=True)
    _, made = clock.run(index_of, folder)
    clock.add("the index is made", made, note="once for each generation of the store")
    project(material_of(index_of(folder)))  # the first call pays for imports
    material, read = clock.run(lambda: material_of(index_of(folder)))
    both, read_theirs = clock.run(read_pairs, folder)
    clock.add("read the store", read, read_theirs, "ours: the mapped index; networkx: who takes part in what")
    network, ours = clock.run(project, material)
    graph, theirs = clock.run(nx.bipartite.weighted_projected_graph, both, set(network.iris))
    same(network, graph)
    clock.add("projection", ours, theirs, f"{network.size} organisations, {len(network.sources)} ties")
    before = read + ours, read_theirs + theirs
    clock.add("store to projection", *before)
    _, newman = clock.run(project, material, weighting="newman")
    clock.add("projection, Newman's weights", newman)
    betweenness(clock, network, graph, before, sources)
    found_communities(clock, network, graph, before)
    _, seconds = clock.run(with_p_values, network)
    clock.add("p-value of every tie", seconds, note="bipartite configuration model")
    for name in ("pagerank", "core", "clustering", "constraint", "effective_size", "liaison"):
        _, seconds = clock.run(measure, network, [name])
        clock.add(name, seconds)


def same(network: Network, graph: nx.Graph) -> None:
    """Check that both projections are the same."""
    if graph.number_of_edges() != len(network.sources):
        raise SystemExit(f"networkx has {graph.number_of_edges()} ties, we have {len(network.sources)}")
    iris = network.iris
    for edge in range(0, len(network.sources), max(len(network.sources) // 1000, 1)):
        pair = iris[network.sources[edge]], iris[network.targets[edge]]
        if graph.edges[pair]["weight"] != network.weights[edge]:
            raise SystemExit(f"networkx has another weight for {pair}")


def betweenness(clock: Clock, network: Network, graph: nx.Graph, before: tuple[float, float], sources: int) -> None:
    """Exact betweenness, and the sampled one with its error; `before` is what both needed to come so far."""
    exact, ours = clock.run(lambda: paths.betweenness(network.pattern))
    if network.size <= _LARGE:
        found, theirs = clock.run(nx.betweenness_centrality, graph)
        difference = max(abs(found[iri] - value) for iri, value in zip(network.iris, exact.tolist(), strict=True))
        clock.add("exact betweenness", ours, theirs, f"largest difference {difference:.0e}")
    else:
        _, part = clock.run(nx.betweenness_centrality, graph, k=sources, seed=1)
        theirs = part * network.size / sources
        clock.add("exact betweenness", ours, theirs, f"networkx scaled up from {sources} sources")
    clock.add("store to betweenness", before[0] + ours, before[1] + theirs)
    sampled, ours = clock.run(paths.sampled_betweenness, network.pattern, 500)
    error = np.abs(sampled.values - exact).max()
    clock.add(
        "sampled betweenness", ours, note=f"500 sources; largest error {error:.1e}, stated bound {sampled.bound:.1e}"
    )


def found_communities(clock: Clock, network: Network, graph: nx.Graph, before: tuple[float, float]) -> None:
    """One run against one run; then the consensus."""
    labels, ours = clock.run(lambda: leiden(network.adjacency))
    groups, theirs = clock.run(nx.community.louvain_communities, graph, seed=1)
    theirs_quality = nx.community.modularity(graph, groups)
    quality = f"modularity {modularity(network.adjacency, labels):.4f}, Louvain {theirs_quality:.4f}"
    clock.add("communities, one run", ours, theirs, quality)
    clock.add("store to communities", before[0] + ours, before[1] + theirs)
    agreed, ours = clock.run(consensus, network.adjacency)
    place = {iri: number for number, iri in enumerate(network.iris)}
    louvain = np.zeros(network.size, np.int32)
    for number, group in enumerate(groups):
        louvain[[place[iri] for iri in group]] = number
    tied = centrality.degree(network.pattern) > 0
    likeness = mutual_information(agreed.labels[tied], louvain[tied])
    note = f"20 seeds, modularity {agreed.modularity:.4f}, mean stability {agreed.stability.mean():.2f}, NMI with Louvain {likeness:.2f}"
    clock.add("communities, consensus", ours, note=note)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generator", type=Path)
    parser.add_argument("--projects", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--sources", type=int, default=40)
    asked = parser.parse_args()
    print(f"{machine()}, networkx {nx.__version__}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for projects in asked.projects:
            bench(make_store(asked.generator, projects, folder), projects, asked.sources)


if __name__ == "__main__":
    main()
