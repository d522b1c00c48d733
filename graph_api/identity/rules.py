"""The rules by which names are joined, with what each is worth, and the sentence that says why one was applied."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from types import MappingProxyType

# How often a rule is right, as far as reading a few hundred of its merges tells; their product is a chain's score.
SCORES: Mapping[str, float] = MappingProxyType(
    {
        "decision": 1.0,
        "same name": 1.0,
        "business id": 0.99,
        "authority file": 0.98,
        "normalised name": 0.97,
        "participant code": 0.95,
        "legal form": 0.93,
        "printed alias": 0.9,
        "unit alone": 0.86,
        "short name": 0.85,
        "typo": 0.84,
        "cut off": 0.8,
    }
)


class Reason(str):
    """A sentence that says why two names are joined, and the rule that joined them."""

    __slots__ = ("rule",)
    rule: str

    def __new__(cls, text: str, rule: str) -> Reason:
        """Make a reason.

        Parameters
        ----------
        text : str
            The sentence.
        rule : str
            One of `SCORES`.
        """
        made = super().__new__(cls, text)
        made.rule = rule
        return made

    @property
    def score(self) -> float:
        """Return what the rule is worth, from 0 to 1."""
        return SCORES[self.rule]


def chain_score(chain: list[Reason]) -> float:
    """Return the score of a chain of reasons: it holds as often as all of its links do."""
    return prod(reason.score for reason in chain)
