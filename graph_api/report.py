"""What a build or a change did, for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_api.curation.reviews import Review
from graph_api.validation import Violation
from loaders.model import Proposed, Unread


@dataclass(slots=True)
class ProposalReport:
    """What became of proposals, by proposer: added, known already, rejected by reason, and documents that have none."""

    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    rejected: dict[str, Counter[str]] = field(default_factory=dict)
    missing: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def count(self, name: str, outcomes: Iterable[Proposed]) -> None:
        """Add what became of the proposals on a document."""
        for found in outcomes:
            self.added[found.by] += len(found.accepted)
            self.known[found.by] += found.known
            self.rejected.setdefault(found.by, Counter()).update(found.rejected)
            if found.note:
                self.missing.setdefault(found.by, {}).setdefault(found.note, []).append(name)

    def sentences(self) -> list[str]:
        """Return what the proposers did, a sentence each."""
        return [self._sentence(by) for by in sorted(self.added)]

    def _sentence(self, by: str) -> str:
        reasons = [f"{number} × {reason}" for reason, number in sorted(self.rejected[by].items())]
        why = f" ({'; '.join(reasons)})" if reasons else ""
        return (
            f"Proposed by {by}: {self.added[by]} added, {self.known[by]} known already, "
            f"{self.rejected[by].total()} rejected{why}."
        )

    def warnings(self) -> list[str]:
        """Return which documents were loaded without proposals, and why."""
        return [
            f"Without proposals of {by}: {', '.join(names[:5])}{f' and {len(names) - 5} more' if len(names) > 5 else ''}. {note}"
            for by, notes in sorted(self.missing.items())
            for note, names in notes.items()
        ]

    def data(self) -> dict[str, dict[str, object]]:
        """Return the same for programs."""
        return {
            by: {
                "added": self.added[by],
                "known": self.known[by],
                "rejected": dict(self.rejected[by]),
                "missing": self.missing.get(by, {}),
            }
            for by in sorted(self.added)
        }


@dataclass(slots=True)
class Report:
    """Documents by kind, what was not understood, files that could not be read, violations, reviews without a place."""

    documents: dict[str, int] = field(default_factory=dict)
    listed_projects: int = 0
    quads: int = 0
    unread: dict[str, list[Unread]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    lost_reviews: list[Review] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    blanked: list[str] = field(default_factory=list)
    proposals: ProposalReport = field(default_factory=ProposalReport)

    @property
    def has_problems(self) -> bool:
        """Return whether a person has to look at something: a file not loaded, or a graph that breaks its shapes."""
        return bool(self.failed or self.violations)

    def note_twice(self, file: str, before: str, name: str) -> None:
        """Record that a file holds, to the byte, what a document holds; `name` is what the one document is called now."""
        called = f", which is now called {name}" if name != before else ""
        self.remarks.append(f"{file}: the same content as the document {before}{called}. It is kept once.")

    def note(self, name: str, unread: list[Unread]) -> None:
        """Record what was not understood in a document."""
        if unread:
            self.unread.setdefault(name, []).extend(unread)


def unread_summary(report: Report) -> Counter[str]:
    """Return how often each reason for not understanding something was given."""
    return Counter(item.reason for items in report.unread.values() for item in items)
