"""How long a build takes, beside what Oxigraph needs to load the resulting N-Quads into an empty store, in one run.

    python benchmarks/build_and_load.py FILES… [--runs 3]

Each run is a process of its own: a build (reading, extraction, identity, triples, loading, validation, swap) and then a
bare bulk load of the N-Quads that it made. Prints seconds, their ratio, and peak memory; figures in the documentation
come from here, with machine and date.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from measuring import figures_of, machine, peak_memory


def build_once(store: Path, files: list[str]) -> None:
    """Build a store (in this process) and print its figures."""
    from graph_api.build import build  # noqa: PLC0415 - the child process alone pays for the import

    started = time.perf_counter()
    report = build([Path(file) for file in files], store)
    seconds = time.perf_counter() - started
    print(f"{seconds:.2f} {peak_memory():.0f} {report.quads} {report.listed_projects} {len(report.violations)}")


def load_once(nquads: Path) -> None:
    """Load N-Quads into an empty Oxigraph store on disk (in this process) and print its figures."""
    import pyoxigraph as ox  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        store = ox.Store(folder)
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        seconds = time.perf_counter() - started
    print(f"{seconds:.2f} {peak_memory():.0f}")


def dump(store: Path, nquads: Path) -> None:
    """Write a store's graph as N-Quads."""
    import pyoxigraph as ox  # noqa: PLC0415

    from graph_api.store import open_graph  # noqa: PLC0415

    open_graph(store).dump(nquads, ox.RdfFormat.N_QUADS)


def main() -> None:
    """Run the benchmark."""
    if sys.argv[1:2] == ["--build"]:
        build_once(Path(sys.argv[2]), sys.argv[3:])
        return
    if sys.argv[1:2] == ["--load"]:
        load_once(Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    builds, loads = [], []
    with tempfile.TemporaryDirectory() as folder:
        store, nquads = Path(folder) / "store", Path(folder) / "graph.nq"
        for _ in range(asked.runs):
            builds.append(figures_of(__file__, "--build", str(store), *asked.files))
            dump(store, nquads)
            loads.append(figures_of(__file__, "--load", str(nquads)))
    seconds, bare = median(b[0] for b in builds), median(load[0] for load in loads)
    print(f"{machine()}, {asked.runs} runs, medians")
    print(f"statements {builds[0][2]:,.0f}, listed projects {builds[0][3]:,.0f}, violations {builds[0][4]:.0f}")
    print(f"build            {seconds:7.2f} s   peak memory {max(b[1] for b in builds):,.0f} MB")
    print(f"bare bulk load   {bare:7.2f} s   peak memory {max(load[1] for load in loads):,.0f} MB")
    print(f"ratio            {seconds / bare:7.2f}")


if __name__ == "__main__":
    main()
