"""Networks from the store to the result, beside networkx in the same run, on graphs of the seeded generator.

    python benchmarks/networks.py GENERATOR [--projects 10000 100000] [--folder FOLDER] [--sources 40]

GENERATOR is a script that writes `kg.nt` for a number of projects into a folder. Its statements are put into the terms of
the ontology and loaded into a store; then each step runs once here and once in networkx, and both results are
compared. networkx's exact betweenness takes hours on large graphs: there it runs from so many sources (--sources) and is
scaled up, which is said. Seconds are of processor time, so that other work on the machine does not count; rustworkx,
which works in threads, pays for all of them. Prints a table in Markdown; figures in the documentation come from here,
with machine and date.
"""

from __future__ import annotations

import argparse
import datetime
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyoxigraph as ox

from graph_api.networks import centrality, paths
from graph_api.networks.agreement import mutual_information
from graph_api.networks.communities import consensus, leiden, modularity
from graph_api.networks.measures import measure
from graph_api.networks.significance import with_p_values
from graph_api.networks.source import read_material
from graph_api.networks.views import Network, project
from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS

_OLD = "http://ex.org/kg/"
_KINDS = {
    "org": "organisation",
    "project": "initiative",
    "part": "participation",
    "doc": "document",
    "funder": "organisation/funder",
}
_SAME = {
    "inProject": "inInitiative",
    "organisation": "participant",
    "role": "role",
    "startDate": "start",
    "endDate": "end",
    "usesMethod": "usesMethod",
}
_TURNED = {"fundedBy": "funds", "describedIn": "describes"}
_LARGE = 1000
"""Organisations from which on networkx's betweenness is scaled up from some sources."""


def term(text: str) -> str:
    """Return a term of the generator in the terms of the ontology."""
    if not text.startswith(f"<{_OLD}"):
        return text
    kind, _, name = text[len(_OLD) + 1 : -1].partition("/")
    if kind == "role":
        name = "applicant" if name == "lead" else name
    return f"<{BASE}{_KINDS.get(kind, kind if kind != 'region' else 'place/region')}/{name}>"


def statements(lines: Iterator[str]) -> Iterator[str]:
    """Yield N-Triples in the terms of the ontology for those of the generator that networks need."""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        value = rest.rstrip()[:-2]
        name = predicate.rpartition("/")[2][:-1]
        here = term(subject)
        if name in _SAME:
            yield f"{here} <{HV}{_SAME[name]}> {term(value)} .\n"
        elif name in _TURNED:
            yield f"{term(value)} <{HV}{_TURNED[name]}> {here} .\n"
        elif name == "locatedIn":
            yield f"{here} <{HV}{'takesPlaceIn' if '/project/' in subject else 'locatedIn'}> {term(value)} .\n"
        elif name == "partOf":
            yield f"{here} <{SKOS}broader> {term(value)} .\n"
        elif predicate.endswith("#label>"):
            yield f"{here} <{DCTERMS + 'title' if '/project/' in subject else SKOS + 'prefLabel'}> {value} .\n"
        elif predicate.endswith("#type>"):
            yield from classes(here, subject, value.rpartition("/")[2][:-1])


def classes(here: str, subject: str, name: str) -> Iterator[str]:
    """Yield the classes of a resource."""
    yield f"{here} <{RDF}type> <{HV}{name}> .\n"
    if "/project/" in subject:
        yield f"{here} <{RDF}type> <{HV}Initiative> .\n"
    if "/region/" in subject:
        yield f"{here} <{HV}placeKind> <{BASE}place-kind/region> .\n"


def make_store(generator: Path, projects: int, folder: Path) -> ox.Store:
    """Return a store on disk with the generator's graph; made once, and opened when it is there."""
    store = folder / f"store-{projects}"
    if not store.is_dir():
        raw = folder / f"raw-{projects}"
        if not (raw / "kg.nt").is_file():
            # The script writes tables after the graph, for which a library may be missing: the graph is there by then.
            subprocess.run([sys.executable, str(generator), str(projects), str(raw)], check=False, capture_output=True)
        text = folder / f"graph-{projects}.nt"
        with (raw / "kg.nt").open(encoding="utf-8") as lines, text.open("w", encoding="utf-8") as out:
            out.writelines(statements(lines))
        made = ox.Store(str(store))
        made.bulk_load(
            path=str(text), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("https://example.org/graph")
        )
        made.flush()
        del made
    return ox.Store.read_only(str(store))


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


def read_pairs(store: ox.Store) -> nx.Graph:
    """Read who takes part in what, as somebody with networkx would."""
    query = f"SELECT ?o ?i WHERE {{ ?p <{HV}participant> ?o ; <{HV}inInitiative> ?i }}"
    graph = nx.Graph()
    for row in store.query(query, use_default_graph_as_union=True):
        graph.add_edge(row["o"].value, row["i"].value)
    return graph


def bench(store: ox.Store, projects: int, sources: int) -> None:
    """Run every step on one graph."""
    clock = Clock()
    print(f"\n### {projects:,} projects\n".replace(",", " "))
    print("| step (CPU seconds) | Hankeverkko | networkx | ratio | |\n|---|---|---|---|---|")
    material, read = clock.run(read_material, store)
    both, read_theirs = clock.run(read_pairs, store)
    clock.add("read the store", read, read_theirs, "ours: everything; networkx: who takes part in what")
    project(material)  # the first call pays for imports
    network, ours = clock.run(project, material)
    _ = network.adjacency, network.pattern  # made once and kept, as a networkx graph is
    organisations = set(network.iris)
    graph, theirs = clock.run(nx.bipartite.weighted_projected_graph, both, organisations)
    same(network, graph)
    clock.add("projection", ours, theirs, f"{network.size} organisations, {len(network.sources)} ties")
    clock.add("store to projection", read + ours, read_theirs + theirs)
    _, newman = clock.run(project, material, weighting="newman")
    clock.add("projection, Newman's weights", newman)
    betweenness(clock, network, graph, sources)
    found_communities(clock, network, graph)
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


def betweenness(clock: Clock, network: Network, graph: nx.Graph, sources: int) -> None:
    """Exact betweenness, and the sampled one with its error."""
    exact, ours = clock.run(paths.betweenness, network.pattern)
    if network.size <= _LARGE:
        found, theirs = clock.run(nx.betweenness_centrality, graph)
        difference = max(abs(found[iri] - value) for iri, value in zip(network.iris, exact.tolist(), strict=True))
        clock.add("exact betweenness", ours, theirs, f"largest difference {difference:.0e}")
    else:
        _, part = clock.run(nx.betweenness_centrality, graph, k=sources, seed=1)
        clock.add(
            "exact betweenness", ours, part * network.size / sources, f"networkx scaled up from {sources} sources"
        )
    sampled, ours = clock.run(paths.sampled_betweenness, network.pattern, 500)
    error = np.abs(sampled.values - exact).max()
    clock.add(
        "sampled betweenness", ours, note=f"500 sources; largest error {error:.1e}, stated bound {sampled.bound:.1e}"
    )


def found_communities(clock: Clock, network: Network, graph: nx.Graph) -> None:
    """One run against one run; then the consensus."""
    labels, ours = clock.run(leiden, network.adjacency)
    groups, theirs = clock.run(nx.community.louvain_communities, graph, seed=1)
    theirs_quality = nx.community.modularity(graph, groups)
    quality = f"modularity {modularity(network.adjacency, labels):.4f}, Louvain {theirs_quality:.4f}"
    clock.add("communities, one run", ours, theirs, quality)
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
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, networkx {nx.__version__}"
    )
    print(f"{machine}, {datetime.datetime.now(datetime.UTC).date()}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for projects in asked.projects:
            bench(make_store(asked.generator, projects, folder), projects, asked.sources)


if __name__ == "__main__":
    main()
