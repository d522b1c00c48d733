"""What the commands share: consoles, tables, progress, and errors as sentences."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


@dataclass(slots=True)
class Options:
    """What was asked of the output as a whole."""

    quiet: bool = False
    as_json: bool = False


OPTIONS = Options()


def console() -> Console:
    """Return the console for results. NO_COLOR is honoured (by rich), and so is a pipe."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120"))
    return Console(width=width, highlight=False)


def notices() -> Console:
    """Return the console for notices and errors, on standard error."""
    return Console(stderr=True, highlight=False, quiet=False)


def say(text: str) -> None:
    """Print a result line, unless --quiet or --json."""
    if not OPTIONS.quiet and not OPTIONS.as_json:
        console().print(escape(text), soft_wrap=True)


def warn(text: str) -> None:
    """Print a notice on standard error, unless --quiet."""
    if not OPTIONS.quiet:
        notices().print(escape(text), style="yellow", soft_wrap=True)


def fail(text: str) -> None:
    """Print an error on standard error, always."""
    notices().print(escape(text), style="red", soft_wrap=True)


def print_json(data: Any) -> None:
    """Print data as JSON."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; cells are text, never markup."""
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[index]) for row in rows)
        table.add_column(escape(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console().print(table)


def _is_number(cell: str) -> bool:
    return cell.replace(" ", "").replace(".", "", 1).isdigit()


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows progress (what, done, total); silent with --quiet, --json or without a terminal."""
    shown = sys.stderr.isatty() and not OPTIONS.quiet and not OPTIONS.as_json
    bar = Progress(
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=notices(),
        disable=not shown,
    )
    tasks: dict[str, Any] = {}

    def tell(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)

    with bar:
        yield tell
