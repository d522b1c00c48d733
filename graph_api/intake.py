"""Taking documents in: finding files, reading each as a document or a list, with the forgotten left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from graph_api.corpus import Corpus
from graph_api.report import Report
from loaders.errors import HankeverkkoError, UsageError
from loaders.extract import extract
from loaders.model import Facts
from loaders.redaction import Redactor
from loaders.tables.model import Table
from loaders.tables.read import read_table

SUFFIXES = (".txt", ".html", ".htm", ".csv", ".tsv", ".xlsx", ".csv.gz", ".txt.gz")
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
            found |= {file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(SUFFIXES)}
        elif path.exists():
            found.add(path)
        else:
            raise UsageError(f"{path}: no such file or folder. Check the path.")
    if not found:
        raise UsageError(f"No documents found ({', '.join(SUFFIXES)}). Name files, or folders that hold some.")
    return sorted(found)


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def read_file(path: Path, redactor: Redactor) -> Facts | Table:
    """Return what a file says.

    Raises
    ------
    ReadError
        The file cannot be read.
    """
    table = read_table(path, redactor.redact)
    return table if table is not None else extract(path, redactor.redact)


def take_in(files: list[Path], corpus: Corpus, redactor: Redactor, report: Report, tell: Progress) -> list[str]:
    """Read files into a corpus; a file that cannot be read is reported and the others are loaded. Returns new keys."""
    new: list[str] = []
    for done, file in enumerate(files):
        tell("reading", done, len(files))
        try:
            item = read_file(file, redactor)
        except HankeverkkoError as error:
            report.failed[str(file)] = str(error)
            continue
        key, is_new = corpus.add(item)
        if is_new:
            new.append(key)
            _count(item, report)
    tell("reading", len(files), len(files))
    return new


def _count(item: Facts | Table, report: Report) -> None:
    if isinstance(item, Table):
        kind, name, unread = item.kind, item.name, item.unread
        report.listed_projects += item.count
    else:
        kind, name, unread = item.source.kind, item.source.name, item.unread
    report.documents[kind] = report.documents.get(kind, 0) + 1
    report.note(name, unread)
