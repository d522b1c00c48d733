"""Questions that join much: the collaboration index beside SPARQL on Oxigraph in memory, in one run.

    python benchmarks/joins.py KG_NT STORE [--runs 5]

KG_NT is the graph of the acceptance material's generator, STORE the same graph in a store
(`benchmarks/synthetic.py translate`). Both sides must give the same answer. Also prints how long a new process takes to
open the index and to answer a partner query with its reasons and quotations. Figures in the documentation come from
here, with machine and date.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyoxigraph as ox
from measuring import machine
from synthetic import translate

from graph_api.collaboration.questions import brokers, pairs_by_region, partners_of_partners, ranked_partners
from graph_api.collaboration.stored import open_index
from graph_api.partners.desk import open_desk
from graph_api.partners.question import Question
from loaders.iris import HV, SKOS

_PREFIXES = f"PREFIX hv: <{HV}> PREFIX skos: <{SKOS}> "


def in_memory(lines: Path) -> ox.Store:
    """Return the statements of the generator's graph in the default graph of a store in memory."""
    store = ox.Store()
    with (
        tempfile.NamedTemporaryFile("w", suffix=".nt", encoding="utf-8") as file,
        lines.open(encoding="utf-8") as given,
    ):
        file.writelines(line.rsplit(" <", 1)[0] + " .\n" for line in translate(given))
        file.flush()
        store.bulk_load(path=file.name, format=ox.RdfFormat.N_TRIPLES)
    return store


def timed(ask: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Return the median processor time in milliseconds, which other work on the machine hardly touches, and the answer."""
    seconds, answer = [], None
    for _ in range(runs):
        started = time.process_time()
        answer = ask()
        seconds.append(time.process_time() - started)
    return median(seconds) * 1000, answer


def rows(store: ox.Store, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of an answer, numbers as integers."""
    return [
        tuple(int(term.value) if isinstance(term, ox.Literal) else term.value for term in row)
        for row in store.query(_PREFIXES + query)  # type: ignore[union-attr]
    ]


def compare(store: ox.Store, folder: Path, runs: int) -> None:
    """Print the table of questions."""
    _, index = open_index(folder)
    busy = np.diff(index.matrices.work.offsets)
    order = np.argsort(-busy, kind="stable")
    top, middle = (
        int(order[0]),
        int(order[np.searchsorted(-busy[order], -max(12, int(len(index.initiatives) ** 0.5 / 4)))]),
    )
    used = np.diff(index.matrices.users.offsets)
    method = int(np.argsort(-used, kind="stable")[len(used) // 4])
    organisations, places = index.organisations.iris, index.places.iris
    who, mid, how = organisations[top], organisations[middle], index.methods.iris[method]
    asked: dict[str, tuple[str, Callable[[], Any], Callable[[Any], Any]]] = {
        "partners, ranked": (
            f"SELECT ?o (COUNT(DISTINCT ?p) AS ?n) WHERE {{ <{who}> hv:participatesIn ?p . ?o hv:participatesIn ?p . "
            f"FILTER(?o != <{who}>) }} GROUP BY ?o ORDER BY DESC(?n) ?o",
            lambda: ranked_partners(index, top),
            lambda found: [(organisations[place], count) for place, count in found],
        ),
        "partners' partners not met": (
            f"SELECT ?c (COUNT(DISTINCT ?b) AS ?via) WHERE {{ {{ SELECT DISTINCT ?b WHERE {{ <{mid}> hv:participatesIn ?p . "
            f"?b hv:participatesIn ?p . FILTER(?b != <{mid}>) }} }} ?b hv:participatesIn ?q . ?c hv:participatesIn ?q . "
            f"FILTER(?c != <{mid}> && ?c != ?b) MINUS {{ SELECT DISTINCT ?c WHERE {{ <{mid}> hv:participatesIn ?pp . "
            "?c hv:participatesIn ?pp } } } GROUP BY ?c ORDER BY DESC(?via) ?c",
            lambda: partners_of_partners(index, middle),
            lambda found: [(organisations[place], count) for place, count in found],
        ),
        "pairs sharing method and region": (
            f"SELECT ?r (COUNT(*) AS ?n) WHERE {{ ?p1 hv:usesMethod <{how}> ; hv:takesPlaceIn ?l1 . ?l1 skos:broader ?r . "
            f"?p2 hv:usesMethod <{how}> ; hv:takesPlaceIn ?l2 . ?l2 skos:broader ?r . FILTER(STR(?p1) < STR(?p2)) }} "
            "GROUP BY ?r ORDER BY DESC(?n) ?r",
            lambda: pairs_by_region(index, method),
            lambda found: [(places[place], count) for place, count in found],
        ),
        "brokers": (
            "SELECT ?o (COUNT(DISTINCT ?m) AS ?n) (COUNT(DISTINCT ?p) AS ?k) WHERE { ?o hv:participatesIn ?p . "
            "?p hv:usesMethod ?m } GROUP BY ?o ORDER BY DESC(?n) DESC(?k) ?o LIMIT 20",
            lambda: brokers(index),
            lambda found: [(organisations[place], *counts) for place, *counts in found],
        ),
    }
    print("| question | SPARQL, ms | index, ms | times faster |\n|---|---|---|---|")
    for name, (query, ours, named) in asked.items():
        slow, theirs = timed(lambda query=query: rows(store, query), 1)  # type: ignore[misc]
        ours()
        fast, found = timed(ours, runs)
        same = "" if named(found) == theirs else " (ANSWERS DIFFER)"
        print(f"| {name} | {slow:,.0f} | {fast:.2f} | {slow / fast:,.0f}{same} |", flush=True)


def partner_queries(folder: Path, runs: int) -> None:
    """Print the time of partner queries in this process, and of a process that opens the index and asks one."""
    desk = open_desk(folder)
    size = len(desk.market.index.organisations)
    asked = [size * k // (2 * runs) for k in range(1, 2 * runs)]
    desk.partners(Question(asked[0]))
    times = [timed(lambda who=who: desk.partners(Question(who)), 1)[0] for who in asked]  # type: ignore[misc]
    print(f"partner query with reasons and quotations: median {median(times):.0f} ms, largest {max(times):.0f} ms")
    opens = "import sys, pathlib; from graph_api.collaboration.stored import open_index; open_index(pathlib.Path(sys.argv[1]))"
    asks = (
        "import sys, pathlib; from graph_api.partners.desk import open_desk; from graph_api.partners.question import "
        "Question; open_desk(pathlib.Path(sys.argv[1])).partners(Question(7))"
    )
    print(
        f"a new process opens the index: {_process(opens, folder):.2f} s, and answers a query: {_process(asks, folder):.2f} s"
    )


def _process(script: str, folder: Path) -> float:
    """Return the median processor time of a new process that runs a script, in seconds."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(seconds)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(machine())
    partner_queries(asked.store, asked.runs)
    compare(in_memory(asked.lines), asked.store, asked.runs)


if __name__ == "__main__":
    main()
