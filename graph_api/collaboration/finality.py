"""Which of several statuses holds: the more final one.

Pages and lists are seldom taken back to an earlier state, but are often left behind in one.
"""

from __future__ import annotations

from collections.abc import Iterable

FINALITY = ("planned", "in-progress", "active", "in-use", "completed", "ended", "cancelled")
"""Statuses by their notation, the least final first."""


def most_final(statuses: Iterable[str]) -> str:
    """Return the status that holds of several (notations); one that is no status of ours comes before all, "" of none.

    >>> most_final(["ended", "active"])
    'ended'
    """
    rank = {name: place for place, name in enumerate(FINALITY)}
    return max(statuses, key=lambda name: (rank.get(name, -1), name), default="")
