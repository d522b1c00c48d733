"""How much the reader processes cost: pages read in this process, in one reused process, and in one process each.

    python benchmarks/readers.py [--pages 200]

Also a PDF, a Word file and a saved e-mail of the same text. The figures of docs/decisions/005 come from here.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests" / "support"))

import documents  # noqa: E402  our own makers of small documents

from loaders.readers import read_document  # noqa: E402
from loaders.readers.html import read_html  # noqa: E402
from loaders.readers.process import Readers  # noqa: E402

WORDS = [
    "hanke",
    "kehittää",
    "palvelu",
    "kunta",
    "yhteistyö",
    "vanhuspalvelut",
    "lastensuojelu",
    "malli",
    "työyhteisö",
    "Äänekoski",
    "pilotti",
]
SIZE = 10_000


def text(number: int) -> str:
    """Return a text of about ten kilobytes."""
    chance = random.Random(number)  # noqa: S311
    lines = [f"Sivu {number}"]
    while sum(map(len, lines)) < SIZE:
        lines += [" ".join(chance.choices(WORDS, k=30)) + ".", ""]
    return "\n".join(lines)


def each(work: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Return how many milliseconds a file takes."""
    began = time.perf_counter()
    for path in paths:
        work(path)
    return (time.perf_counter() - began) * 1000 / len(paths)


def alone(path: Path) -> None:
    """Read a file in a process that reads nothing else."""
    readers = Readers()
    read_document(path, readers)
    readers.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=200)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.html" for number in range(pages)]
        for number, path in enumerate(paths):
            path.write_text(documents.page(text(number)).replace("<br>", "</p><p>"), "utf-8")
        readers = Readers()
        print(f"HTML in this process     {each(lambda path: read_html(path.read_bytes()), paths):8.2f} ms a page")
        print(f"first page, worker start {each(lambda path: read_document(path, readers), paths[:1]):8.2f} ms")
        print(f"HTML in a reused process {each(lambda path: read_document(path, readers), paths):8.2f} ms a page")
        print(f"HTML in one process each {each(alone, paths[:10]):8.2f} ms a page")
        makers = {
            "PDF": lambda content: documents.pdf(documents.typeset(content), compress=True),
            "DOCX": documents.word,
            "e-mail": documents.message,
        }
        for name, make in makers.items():
            path = Path(folder) / name
            path.write_bytes(make(text(0)))
            read_document(path, readers)
            print(f"{name:8} of 10 kB of text {each(lambda path: read_document(path, readers), [path] * 10):8.2f} ms")
        readers.close()


if __name__ == "__main__":
    main()
