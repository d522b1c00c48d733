"""Reviews: what people said of claims, kept in a journal and replayed on whatever a loader finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from graph_api.curation.claims import KINDS
from graph_api.curation.journal import append_journal, read_journal, rewrite_journal
from loaders.errors import ReadError

FILE = "reviews.tsv"
VERDICTS = ("accepted", "rejected", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of a claim.

    `value` and `role` are what the loader found, `new_value` and `new_role` what is right (for "corrected"). `document` is
    the document's name and `key` its version; `quote` and `start` are where the claim stands in the text.
    """

    when: str
    who: str
    verdict: str
    document: str
    key: str
    kind: str
    value: str
    role: str
    new_value: str
    new_role: str
    quote: str
    start: int
    why: str


COLUMNS = tuple(item.name for item in fields(Review))


def read_reviews(folder: Path) -> list[Review]:
    """Return the reviews in force, the latest about each claim.

    Raises
    ------
    ReadError
        A line says something that no review can say.
    """
    path = folder / FILE
    latest: dict[tuple[str, str, str, str], Review] = {}
    for number, row in enumerate(read_journal(path, COLUMNS), 2):
        review = _review(path, number, row)
        latest.pop(_about(review), None)
        latest[_about(review)] = review
    return [review for review in latest.values() if review.verdict != "withdrawn"]


def _about(review: Review) -> tuple[str, str, str, str]:
    return (review.document, review.kind, review.value.casefold(), review.role)


def _review(path: Path, number: int, row: dict[str, str]) -> Review:
    if row["verdict"] not in VERDICTS or row["kind"] not in KINDS or not row["start"].isdigit():
        raise ReadError(
            f"{path}: entry {number - 1}: {row['verdict']!r} of a {row['kind']!r} at {row['start']!r} is no review. "
            f"A verdict is one of {', '.join(VERDICTS)}; a kind one of {', '.join(KINDS)}; the start a number."
        )
    return Review(**{name: value for name, value in row.items() if name != "start"}, start=int(row["start"]))


def append_reviews(folder: Path, reviews: Iterable[Review]) -> None:
    """Add reviews to the journal."""
    rows = [{name: str(value) for name, value in asdict(review).items()} for review in reviews]
    append_journal(folder / FILE, COLUMNS, rows)


def erase_reviews(folder: Path, person: str) -> None:
    """Rewrite the journal without the lines that name a person who is to be forgotten.

    The one case in which lines leave the journal; where it is under version control, its history keeps them.
    """
    rows = read_journal(folder / FILE, COLUMNS)
    kept = [row for row in rows if not any(person.casefold() in cell.casefold() for cell in row.values())]
    if len(kept) != len(rows):
        rewrite_journal(folder / FILE, COLUMNS, kept)
