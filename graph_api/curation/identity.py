"""Decisions about identity in a journal of their own: ``identity.tsv`` in the curation folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from graph_api.curation.journal import append_journal, numbered_journal, read_journal, rewrite_journal
from graph_api.identity.decisions import JUDGEMENTS, Decision, Decisions, in_force, reference
from loaders.errors import DataError, ReadError, UsageError

FILE = "identity.tsv"
COLUMNS = tuple(item.name for item in fields(Decision) if item.name != "line")
WITHDRAWN = "withdrawn"


def read_decisions(folder: Path) -> list[Decision]:
    """Return the decisions in force, the latest about each pair.

    Raises
    ------
    ReadError
        A line says something that no decision can say.
    DataError
        Two decisions contradict each other.
    """
    path = folder / FILE
    made = [_decision(path, number, row) for number, row in numbered_journal(path, COLUMNS)]
    found = in_force(made)
    try:
        Decisions(found)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error
    return found


def _decision(path: Path, number: int, row: dict[str, str]) -> Decision:
    known = (*JUDGEMENTS, WITHDRAWN)
    if row["judgement"] not in known or not reference(row["first"]) or not reference(row["second"]):
        raise ReadError(
            f"{path}:{number}: {row['judgement']!r} of {row['first']!r} and {row['second']!r} is no decision. A judgement is "
            f"one of {', '.join(known)}; both organisations are named. Mend the line, or take it out."
        )
    if not _is_score(row["score"]):
        raise ReadError(f"{path}:{number}: {row['score']!r} is no score. Write a number from 0 to 1, or nothing.")
    return Decision(**row, line=number)


def _is_score(text: str) -> bool:
    try:
        return not text or 0 <= float(text) <= 1
    except ValueError:
        return False


def decide(
    folder: Path, decisions: Sequence[Decision], *, can_hold: Callable[[list[Decision]], object] = Decisions
) -> None:
    """Add decisions to the journal; all of them, or none where one makes no sense beside the others.

    Parameters
    ----------
    folder : Path
        The curation folder.
    decisions : sequence of Decision
        What is decided.
    can_hold : callable
        Puts all decisions into force by way of trial; what it raises as a `DataError` is why they cannot hold.

    Raises
    ------
    UsageError
        A decision is about one organisation with itself, contradicts others, or cannot be put into force.
    """
    for decision in decisions:
        if decision.judgement in JUDGEMENTS and decision.pair[0] == decision.pair[1]:
            raise UsageError(f"“{decision.first}” and “{decision.second}” are one name. Name two organisations.")
    try:
        can_hold(in_force([*read_decisions(folder), *decisions]))
    except DataError as error:
        raise UsageError(f"{error} Nothing was written.") from error
    append_journal(folder / FILE, COLUMNS, [{name: getattr(d, name) for name in COLUMNS} for d in decisions])


def withdraw(
    folder: Path, first: str, second: str, who: str, why: str = "", *, now: datetime | None = None
) -> Decision:
    """Take the decision about a pair back: a line says so, and the graph is as if it had not been made.

    Raises
    ------
    UsageError
        There is no decision about the pair.
    """
    pair = tuple(sorted((reference(first), reference(second))))
    found = next((decision for decision in read_decisions(folder) if decision.pair == pair), None)
    if found is None:
        raise UsageError(f"There is no decision about “{first}” and “{second}”. See: hankeverkko identity list")
    when = timestamp(now)
    decide(folder, [Decision(when, who, WITHDRAWN, found.first, found.second, why=why)])
    return found


def timestamp(now: datetime | None = None) -> str:
    """Return a time as journals write it."""
    return (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def erase_decisions(folder: Path, person: str) -> None:
    """Rewrite the journal without the lines that name a person who is to be forgotten, as `erase_reviews` does."""
    rows = read_journal(folder / FILE, COLUMNS)
    kept = [row for row in rows if not any(person.casefold() in cell.casefold() for cell in row.values())]
    if len(kept) != len(rows):
        rewrite_journal(folder / FILE, COLUMNS, kept)
