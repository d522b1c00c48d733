"""The largest groups of names that identity merges, to be read by a person: names only.

    python benchmarks/identity_groups.py NAMES [--groups 200]

NAMES is a text file with one name a line, or a project list (CSV, also .gz) whose organisations are taken.
Each group is printed with its canonical name, its number of spellings, and one spelling of each that letters or digits
tell apart. Also prints seconds and names a second. Figures in the documentation come from here, with machine and date.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

from graph_api.identity.resolver import Mention, Resolver
from graph_api.identity.spelling import squash
from loaders.tables.read import read_table


def read_names(path: Path) -> set[str]:
    """Return the distinct names of a file."""
    table = read_table(path)
    if table is not None:
        return {body.name for body in table.bodies}
    return {line for line in path.read_text("utf-8").splitlines() if line.strip()}


def main() -> None:
    """Print the groups."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", type=Path)
    parser.add_argument("--groups", type=int, default=200)
    asked = parser.parse_args()
    names = sorted(set().union(*map(read_names, asked.names)))
    started = time.perf_counter()
    resolver = Resolver(Mention(name) for name in names)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[resolver.resolve(name).iri].append(name)
    seconds = time.perf_counter() - started
    largest = sorted(groups.values(), key=lambda group: (-len(group), group))[: asked.groups]
    for number, group in enumerate(largest, 1):
        spellings = {squash(name): name for name in reversed(group)}
        print(f"{number}. {resolver.resolve(group[0]).name} [{len(group)}]: {' | '.join(spellings.values())}")
    print(f"{len(names)} names, {len(groups)} entities, {seconds:.1f} s, {len(names) / seconds:.0f} names a second")


if __name__ == "__main__":
    main()
