"""What holds where sources contradict each other, in one place: status, beginning, end.

Of two statuses the more final holds (`graph_api.collaboration.finality`). A status that says the work goes on does not hold once the stated end is past: then it has
ended. An initiative spans from the earliest beginning to the latest end that a source states. What somebody's part in
it spans is its own where it differs from what is said of the whole; where it repeats one of several dates of the
whole, what holds of the whole holds of the part.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from graph_api.collaboration.tables import UNKNOWN_YEAR
from loaders.errors import UsageError

_GOES_ON = frozenset({"planned", "in-progress", "active"})
_ENDED = "ended"


def holds(stated: str, end: int, year: int) -> str:
    """Return the status that holds in a year of what is stated to be in one, and to end in the year `end`.

    >>> holds("active", 2017, 2026), holds("active", 2027, 2026), holds("in-use", 2017, 2026)
    ('ended', 'active', 'in-use')
    """
    return _ENDED if stated in _GOES_ON and end != UNKNOWN_YEAR and end < year else stated


@dataclass(frozen=True, slots=True)
class Years:
    """The first and last year of everything with dates, and the year in which it was published.

    `other_starts` and `other_ends` hold the years that sources state beside those, where they do not agree.
    """

    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    other_starts: dict[str, set[int]] = field(default_factory=dict)
    other_ends: dict[str, set[int]] = field(default_factory=dict)

    def start_of_part(self, part: str, whole: str) -> int:
        """Return the year in which somebody's part in a whole begins, `UNKNOWN_YEAR` where none is said of the part."""
        return _of_part(self.starts, self.other_starts, part, whole)

    def end_of_part(self, part: str, whole: str) -> int:
        """Return the year in which somebody's part in a whole ends, `UNKNOWN_YEAR` where none is said of the part."""
        return _of_part(self.ends, self.other_ends, part, whole)


def _of_part(years: Mapping[str, int], others: Mapping[str, set[int]], part: str, whole: str) -> int:
    own = years.get(part, UNKNOWN_YEAR)
    return years[whole] if own in others.get(whole, ()) else own


def read_dates(starts: Iterable[tuple[str, int]], ends: Iterable[tuple[str, int]]) -> Years:
    """Return what holds of stated years of beginning and end, each a pair of subject and year."""
    found = Years()
    for subject, year in starts:
        _note(found.starts, found.other_starts, subject, year, is_earliest=True)
    for subject, year in ends:
        _note(found.ends, found.other_ends, subject, year, is_earliest=False)
    return found


def _note(years: dict[str, int], others: dict[str, set[int]], subject: str, year: int, *, is_earliest: bool) -> None:
    first, last = sorted((years.get(subject, year), year))
    years[subject] = first if is_earliest else last
    if first != last:
        others.setdefault(subject, set()).add(last if is_earliest else first)


def day_made(made: Path) -> date:
    """Return the day a file was made: SOURCE_DATE_EPOCH where that is set, so that results can be made again.

    Raises UsageError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = made.stat().st_mtime if not said else int(said)
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {said!r}, which is no number of seconds since 1970. Unset it."
        ) from error
