"""What people decided about identity: "same", "different" or "unsure" between two organisations, as edges.

"same" is an equivalence: what holds of one holds of all that it is the same as. So a "different" between two members of
two equivalence classes keeps the classes apart, and one inside a class is a contradiction.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from graph_api.identity.rules import Reason
from graph_api.identity.spelling import clean
from loaders.errors import DataError

JUDGEMENTS = ("same", "different", "unsure")
_BUSINESS_ID = re.compile(r"\d{7}-\d")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of two organisations.

    `first` and `second` are names as printed, IRIs or business ids; `score` is what the machine gave the pair then (0–1, may
    be empty); `line` is where it stands in the journal (0 where it does not).
    """

    when: str
    who: str
    judgement: str
    first: str
    second: str
    score: str = ""
    why: str = ""
    line: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """Return what it is about, whichever was named first."""
        one, other = sorted((reference(self.first), reference(self.second)))
        return one, other

    def sentence(self) -> str:
        """Return it in words."""
        word = {"same": "are one organisation", "different": "are two organisations"}.get(
            self.judgement, "may or may not be one organisation"
        )
        because = f" ({self.why})" if self.why else ""
        return f"{self.who} decided on {self.when[:10]} that “{self.first}” and “{self.second}” {word}{because}"


def reference(text: str) -> str:
    """Return what tells a reference from others: an IRI or a business id as it is, a name without what print adds."""
    text = text.strip()
    return text if is_iri(text) or is_business_id(text) else clean(text)


def is_iri(text: str) -> bool:
    """Return whether a reference is an IRI."""
    return text.startswith(("https://", "http://", "urn:"))


def is_business_id(text: str) -> bool:
    """Return whether a reference is a business id."""
    return _BUSINESS_ID.fullmatch(text) is not None


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions in force: the latest about each pair, without those that were withdrawn."""
    latest: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        latest[decision.pair] = decision
    return sorted((d for d in latest.values() if d.judgement in JUDGEMENTS), key=lambda d: (d.pair, d.judgement))


class Decisions:
    """The decisions in force, and what follows from them.

    Parameters
    ----------
    decisions : iterable of Decision
        The latest about each pair.

    Raises
    ------
    DataError
        They contradict each other.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.all = tuple(decisions)
        self._same: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
        for decision in self.all:
            if decision.judgement == "same":
                first, second = decision.pair
                self._same[first].append((second, decision))
                self._same[second].append((first, decision))
        for decision in self.all:
            if decision.judgement == "different":
                self._check(decision)

    def _check(self, decision: Decision) -> None:
        chain = self.chain(*decision.pair)
        if chain is None:
            return
        joined = ", ".join(f"“{d.first}” = “{d.second}”{_line(d)}" for d in chain)
        raise DataError(
            f"The decisions about identity contradict each other: “{decision.first}” and “{decision.second}” are "
            f"different{_line(decision)}, but the same by way of {joined}. Withdraw one of them with: "
            f"hankeverkko identity withdraw “{decision.first}” “{decision.second}”"
        )

    def chain(self, first: str, second: str) -> list[Decision] | None:
        """Return the "same" decisions that lead from one reference to another, or ``None``."""
        came: dict[str, tuple[str, Decision] | None] = {first: None}
        queue = deque([first])
        while queue and second not in came:
            for following, decision in self._same.get(queue.popleft(), ()):
                if following not in came:
                    came[following] = (
                        decision.pair[0] if decision.pair[1] == following else decision.pair[1],
                        decision,
                    )
                    queue.append(following)
        if second not in came:
            return None
        chain: list[Decision] = []
        while (step := came[second]) is not None:
            second, decision = step
            chain.append(decision)
        return chain[::-1]

    @cached_property
    def references(self) -> list[str]:
        """Return everything that a decision which joins or parts is about."""
        return sorted({r for d in self.all if d.judgement != "unsure" for r in d.pair})

    def same_as(self, name: str) -> Iterator[tuple[str, Reason]]:
        """Yield what a reference was joined with, and the reason."""
        for other, decision in self._same.get(name, ()):
            yield other, Reason(decision.sentence(), "decision")

    @cached_property
    def apart(self) -> list[Decision]:
        """Return the decisions that keep apart."""
        return [decision for decision in self.all if decision.judgement == "different"]

    def about(self, first: str, second: str) -> Decision | None:
        """Return the decision about just these two, or ``None``."""
        pair = tuple(sorted((reference(first), reference(second))))
        return next((decision for decision in self.all if decision.pair == pair), None)


def _line(decision: Decision) -> str:
    return f" (line {decision.line})" if decision.line else ""
