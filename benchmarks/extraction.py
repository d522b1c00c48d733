"""How fast facts are extracted from project pages of about 10 KB, on one core and with several processes.

    python benchmarks/extraction.py [--pages 300] [--runs 3] [--processes 1 2] [--seed 1]

The pages are made by `eura_pages.py` (seeded). Timed is the whole of extraction, from the file to the facts; what a
process does once (imports, vocabularies, automata, the language identifier) is printed by itself. The yardsticks run over the same
text in the same run: one pass of Aho–Corasick over the known names, and thirty regular expressions over the whole text.
Wall time suffers from what else the machine does; processor time does not.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from eura_pages import write_pages
from measuring import machine, peak_memory

_THIRTY = [
    re.compile(rf"\b\w*{stem}\w*\s+[A-ZÅÄÖ]?\w+", re.IGNORECASE)
    for stem in "hanke kunta kaupun yliopi koulu säätiö yhdist liitto keskus palvel johta päälli kehit toimi rahoit tuki pilot malli mittar menetel osuus euro päätty alkoi toteut kumppan maakun osasto virasto laitos".split()
]


def main() -> None:
    """Run the benchmark."""
    if sys.argv[1:2] == ["--child"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_pages(Path(folder), asked.pages, asked.seed)
        size = sum(path.stat().st_size for path in paths)
        print(f"{machine()}, medians of {asked.runs}")
        print(f"{len(paths)} pages, {size / 1e6:.2f} MB, {size / len(paths) / 1000:.1f} KB each")
        one_core([child(folder, asked.seed) for _ in range(asked.runs)], size)
        for processes in asked.processes:
            several(paths, processes, size, asked.runs)


def one_core(runs: list[dict[str, float]], size: int) -> None:
    """Print the figures of the runs in a process of their own each."""
    middle = {name: median(run[name] for run in runs) for name in runs[0]}
    print(f"start-up                  {middle['start']:8.2f} s (processor {middle['start_cpu']:.2f} s)")
    for name, shown in (
        ("extract", "extraction"),
        ("forms", "Aho–Corasick, known names"),
        ("thirty", "thirty expressions"),
    ):
        rate, rate_cpu = size / middle[name] / 1e6, size / middle[f"{name}_cpu"] / 1e6
        ratio = middle[f"{name}_cpu"] / middle["extract_cpu"]
        print(f"{shown:<26}{rate:8.2f} MB/s   by processor time {rate_cpu:8.2f} MB/s   time : extraction {ratio:.3f}")
    print(f"peak memory               {middle['peak']:8.0f} MB")


def several(paths: list[Path], processes: int, size: int, runs: int) -> None:
    """Print the whole of `intake.take_in` with a number of processes, their start included."""
    from graph_api.corpus import Corpus  # noqa: PLC0415
    from graph_api.intake import silent, take_in  # noqa: PLC0415
    from graph_api.report import Report  # noqa: PLC0415
    from loaders.redaction import Redactor  # noqa: PLC0415

    taken = [
        clocked(lambda: take_in(paths, Corpus(), Redactor(), Report(), silent, jobs=processes))[0] for _ in range(runs)
    ]
    seconds = median(taken)
    print(f"{processes} processes, start included {seconds:.2f} s   {size / seconds / 1e6:.2f} MB/s")


def measure(folder: Path, seed: int) -> None:
    """Measure extraction and the yardsticks in this process and print the figures."""
    first = write_pages(folder / "first", 1, seed + 1)[0]
    start = clocked(lambda: start_up(first))
    from graph_api.workers import few_collections  # noqa: PLC0415
    from loaders.extract import extract  # noqa: PLC0415
    from loaders.gazetteer import fold, gazetteer  # noqa: PLC0415

    paths = sorted(folder.glob("*.txt"))
    figures = dict(zip(("start", "start_cpu"), start, strict=True))
    with few_collections():  # as the build does
        figures |= timed("extract", extract, paths)
    figures["peak"] = peak_memory()
    texts = [path.read_text("utf-8") for path in paths]
    names = gazetteer()
    figures |= timed("forms", lambda text: names.automaton.find_matches_as_indexes(fold(text)), texts)
    figures |= timed("thirty", lambda text: [list(pattern.finditer(text)) for pattern in _THIRTY], texts)
    print(" ".join(f"{name}={value:.4f}" for name, value in figures.items()))


def start_up(page: Path) -> None:
    """Do what a process does once."""
    from loaders.extract import extract  # noqa: PLC0415
    from loaders.language.detection import language_of_title  # noqa: PLC0415

    extract(page)
    language_of_title("Leva och lära tillsammans", "fi")  # the first title in doubt loads the language identifier


def timed(name: str, work: Callable[..., object], items: Iterable[object]) -> dict[str, float]:
    """Return the wall and processor seconds of doing something with each item."""
    wall, processor = clocked(lambda: [work(item) for item in items] and None)
    return {name: wall, f"{name}_cpu": processor}


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and processor seconds of a piece of work."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def child(folder: str, seed: int) -> dict[str, float]:
    """Run `measure` in a process of its own and return its figures."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", folder, str(seed)], check=True, capture_output=True, text=True
    )
    return {name: float(value) for name, _, value in (pair.partition("=") for pair in done.stdout.split())}


if __name__ == "__main__":
    main()
