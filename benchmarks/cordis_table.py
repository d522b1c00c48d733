"""How long a CORDIS list of organisations takes, and how much memory: to N-Quads alone, and in a whole build.

    python benchmarks/cordis_table.py [--rows 100000] [--no-validation]

The list is made up (seeded): projects of five participants, 30 % as many organisations as rows, one in thirty of them
Finnish, names in capitals. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from measuring import figures_of, machine, peak_memory
from table_samples import CORDIS_ORGANISATION_COLUMNS

WORDS = [
    "NORTH",
    "RIVER",
    "LIGHT",
    "FOREST",
    "DATA",
    "STONE",
    "HEALTH",
    "MOBILITY",
    "OCEAN",
    "SOIL",
    "NETWORK",
    "ENERGY",
    "GRAIN",
    "BRIDGE",
    "CLIMATE",
    "GLASS",
]
KINDS = ("UNIVERSITY OF {} {}", "{} {} GMBH", "CITY OF {} {}", "{} {} INSTITUTE", "{} {} SRL", "FONDAZIONE {} {}")
FINNISH = ("OULUN YLIOPISTO", "HELSINGIN KAUPUNKI", "TEKNOLOGIAN TUTKIMUSKESKUS VTT OY", "LUONNONVARAKESKUS")
COUNTRIES = ("IT", "DE", "EL", "UK", "ES", "FR", "PL", "SE", "EE", "NL")


def make(path: Path, rows: int) -> None:
    """Write a made-up list of organisations."""
    chance = random.Random(20260101)  # noqa: S311 - a benchmark
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(CORDIS_ORGANISATION_COLUMNS)
        for number in range(rows):
            writer.writerow(_row(chance, number, rows))


def _row(chance: random.Random, number: int, rows: int) -> list[str]:
    project, who = 101_000_000 + number // 5, chance.randrange(max(1, rows * 3 // 10))
    finnish = who % 30 == 0
    name = FINNISH[who // 30 % len(FINNISH)] if finnish else KINDS[who % 6].format(WORDS[who // 6 % 16], f"{who:05d}")
    country = "FI" if finnish else COUNTRIES[who % 10]
    money = f"{chance.randrange(10_000, 900_000)},{chance.randrange(100)}"
    contact = f"https://contact.example/{project}/{who}"
    role = "coordinator" if number % 5 == 0 else "participant"
    place = [
        "STREET 1",
        "00100",
        "HELSINKI" if finnish else "TOWN",
        country,
        "FI1B1" if finnish else "XX111",
        "60.1,24.9",
    ]
    last = [str(number % 5 + 1), role, money, money, money, "false", "true"]
    return [
        *(str(project), f"ACRO{project}", str(999_000_000 - who), "", name, f"S{who}", "false", "HES", *place),
        *("", contact, "2026-01-01 00:00:00", str(who), *last),
    ]


def read_once(path: Path) -> None:
    """Read the list and write its N-Quads (in this process), and print the figures."""
    from graph_api.corpus import mentions_of_table  # noqa: PLC0415 - the child process alone pays for the import
    from graph_api.identity.resolver import Resolver  # noqa: PLC0415
    from loaders.table_triples import TableWriter  # noqa: PLC0415
    from loaders.tables.read import read_table  # noqa: PLC0415

    started = time.perf_counter()
    table = read_table(path)
    assert table is not None  # noqa: S101
    read = time.perf_counter() - started
    lines = 0
    with tempfile.TemporaryFile("w", encoding="utf-8") as file:
        for line in TableWriter(table, Resolver(mentions_of_table(table))).lines():
            file.write(line)
            lines += 1
    report(started, read, lines)


def build_once(path: Path, *, validate: bool) -> None:
    """Build a store of the list (in this process) and print the figures."""
    from graph_api.build import build  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        quads = build([path], Path(folder) / "store", validate=validate).quads
        report(started, 0, quads)


def report(started: float, read: float, count: int) -> None:
    """Print seconds, seconds of reading, statements, and peak memory in MB."""
    print(f"{time.perf_counter() - started:.2f} {read:.2f} {count} {peak_memory():.0f}")


def main() -> None:
    """Run the benchmark."""
    if sys.argv[1:2] == ["--read"]:
        read_once(Path(sys.argv[2]))
        return
    if sys.argv[1:2] in (["--build"], ["--build-bare"]):
        build_once(Path(sys.argv[2]), validate=sys.argv[1] == "--build")
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "organization.csv"
        make(path, asked.rows)
        size = path.stat().st_size / 1e6
        print(machine())
        print(f"{asked.rows:,} rows, {size:.0f} MB")
        for name, what in (("to N-Quads", "--read"), ("build", "--build"), ("build, no shapes", "--build-bare")):
            seconds, read, count, peak = figures_of(__file__, what, str(path))
            reading = f" (reading {read:.1f} s)" if read else ""
            print(f"{name:<18}{seconds:7.1f} s{reading}   {count:,.0f} statements   peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
