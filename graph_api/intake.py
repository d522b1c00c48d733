"""Taking documents in: finding files, reading each as a document or a list, with the forgotten left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from graph_api.corpus import Corpus
from graph_api.reading import try_file
from graph_api.report import Report
from graph_api.workers import map_files
from loaders.errors import ReadError, UsageError
from loaders.model import Facts
from loaders.proposers import Proposer
from loaders.redaction import Redactor
from loaders.tables.model import Table

SUFFIXES = (".txt", ".html", ".htm", ".csv", ".tsv", ".xlsx", ".pdf", ".docx", ".eml", ".mhtml", ".mht")
TABLES = (".csv", ".tsv")
Progress = Callable[[str, int, int], None]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the documents among some files and folders, sorted.

    Raises
    ------
    UsageError
        A path does not exist, or nothing was found.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found |= {
                file
                for file in path.rglob("*")
                if file.is_file() and file.name.lower().removesuffix(".gz").endswith(SUFFIXES)
            }
        elif path.exists():
            found.add(path)
        else:
            raise UsageError(f"{path}: no such file or folder. Check the path.")
    if not found:
        raise UsageError(f"No documents found ({', '.join(SUFFIXES)}). Name files, or folders that hold some.")
    return sorted(found)


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def take_in(
    files: list[Path],
    corpus: Corpus,
    redactor: Redactor,
    report: Report,
    tell: Progress,
    proposers: Sequence[Proposer] = (),
    *,
    jobs: int = 1,
) -> list[str]:
    """Read files into a corpus; a file that cannot be read is reported and the others are loaded. Returns new keys.

    With proposers, which keep count of what they ask, all is done in this process.
    """
    new: list[str] = []
    work = partial(try_file, redactor=redactor, proposers=proposers)
    items = map_files(work, files, 1 if proposers else jobs)
    tell("reading", 0, len(files))
    for done, (file, item) in enumerate(zip(files, items, strict=True), 1):
        tell("reading", done, len(files))
        if isinstance(item, ReadError):
            report.failed[str(file)] = str(item)
            continue
        before = corpus.named_by(item)
        key, is_new = corpus.add(item)
        if is_new:
            new.append(key)
            _count(item, report)
            report.remarks += _remarks(file, item)
        elif before is not None:
            report.note_twice(file.name, before, corpus.name(key))
    return new


def _remarks(file: Path, item: Facts | Table) -> Iterator[str]:
    """Yield what a person may want to know of a file that was read: what it is not, and that nothing was found."""
    if isinstance(item, Table):
        return
    if file.name.lower().removesuffix(".gz").endswith(TABLES):
        yield f"{file.name}: a table of no known kind, read as running text. Known kinds and columns: docs/tables.md."
    if item.is_empty:
        yield f"{file.name}: no facts were found in it. Check that it is the document you mean: hankeverkko extract"


def _count(item: Facts | Table, report: Report) -> None:
    if isinstance(item, Table):
        kind, name, unread = item.kind, item.name, item.unread
        report.listed_projects += item.count
    else:
        kind, name, unread = item.source.kind, item.source.name, item.unread
        report.proposals.count(name, item.proposed)
    report.documents[kind] = report.documents.get(kind, 0) + 1
    report.note(name, unread)
