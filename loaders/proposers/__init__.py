"""Proposers: models that read a text beside the rules, as drafts of low confidence that a person may confirm.

None runs unless it is asked for. Whatever a proposer says passes `loaders.proposers.gate`: its quote must stand in the
text, the quote must hold what is said, no contact detail comes with it, and it only adds what rules did not find.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from loaders.collect import ROLE_STRENGTH
from loaders.document import Document
from loaders.errors import ProposerError
from loaders.model import Proposal, Proposed
from loaders.proposers.gate import PROPOSAL_KINDS, Gate

__all__ = ["PROPOSAL_KINDS", "ROLE_STRENGTH", "Kept", "Proposer", "add_proposals"]


class Proposer(Protocol):
    """What reads a text and says what it takes for facts.

    `name` is the proposer with its version ("llm:<model>/<version of the prompt>"); all its proposals have the one
    `confidence`.
    """

    @property
    def name(self) -> str:
        """Return the proposer with its version."""

    @property
    def confidence(self) -> float:
        """Return how certain an accepted proposal is (0–1)."""

    def propose(self, text: str, language: str) -> Iterable[Proposal]:
        """Yield what the proposer takes for facts.

        Parameters
        ----------
        text : str
            The stored text, without the people who are to be forgotten.
        language : str
            ``fi``, ``sv`` or ``en``.

        Raises
        ------
        ProposerError
            The proposer cannot do its work.
        """


def add_proposals(document: Document, proposer: Proposer) -> Proposed:
    """Add to a document's facts what a proposer finds and rules did not; what became of it is kept with the facts.

    A proposer that cannot do its work leaves the facts as they are, and a note.
    """
    outcome = Proposed(proposer.name, proposer.confidence)
    document.facts.proposed.append(outcome)
    try:
        proposals = list(proposer.propose(document.text.text, document.source.language))
    except ProposerError as error:
        outcome.note = str(error)
        return outcome
    gate = Gate(document, outcome)
    for proposal in proposals:
        gate.judge(proposal)
    return outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """The proposals of an earlier reading, for a text that is read again (because somebody is to be forgotten)."""

    before: Proposed

    @property
    def name(self) -> str:
        """Return the proposer that made them."""
        return self.before.by

    @property
    def confidence(self) -> float:
        """Return how certain they are."""
        return self.before.confidence

    def propose(self, text: str, language: str) -> Iterable[Proposal]:  # noqa: ARG002 - as the protocol has it
        """Return the proposals; the gate keeps those whose quote still stands where it stood."""
        return self.before.accepted
