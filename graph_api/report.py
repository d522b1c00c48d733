"""What a build or a change did, for people to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph_api.curation.reviews import Review
from graph_api.validation import Violation
from loaders.model import Unread


@dataclass(slots=True)
class Report:
    """Documents by kind, what was not understood, files that could not be read, violations, reviews without a place."""

    documents: dict[str, int] = field(default_factory=dict)
    listed_projects: int = 0
    quads: int = 0
    unread: dict[str, list[Unread]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    lost_reviews: list[Review] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)

    @property
    def has_problems(self) -> bool:
        """Return whether a person has to look at something: a file not loaded, or a graph that breaks its shapes."""
        return bool(self.failed or self.violations)

    def note(self, name: str, unread: list[Unread]) -> None:
        """Record what was not understood in a document."""
        if unread:
            self.unread.setdefault(name, []).extend(unread)


def unread_summary(report: Report) -> Counter[str]:
    """Return how often each reason for not understanding something was given."""
    return Counter(item.reason for items in report.unread.values() for item in items)
