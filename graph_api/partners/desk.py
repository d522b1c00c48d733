"""The desk where questions about partners are asked: a store, its index and its weights; names in, plain data out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph_api.collaboration.ownership import roots
from graph_api.collaboration.stored import index_folder, open_index
from graph_api.collaboration.tables import NO_OWNER
from graph_api.confidence import database_folder
from graph_api.partners.answers import Proof, Suggestion, describe_initiative, describe_proof
from graph_api.partners.finding import find_partners
from graph_api.partners.fitting import Fitted, kept_fit
from graph_api.partners.folding import folded
from graph_api.partners.market import Market
from graph_api.partners.paths import Way, contact_roles, find_path
from graph_api.partners.question import Question, notes
from graph_api.partners.tried import Trial, who_tried
from graph_api.query_arguments import resolve_argument
from graph_api.query_catalogue import Parameter
from graph_api.wording import Words
from loaders.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Desk:
    """One state of a store, open for questions about partners; `words` are those of the language that it answers in.

    Where it `folds` units, their work is told as their owners'.
    """

    store: ox.Store
    market: Market
    fitted: Fitted
    words: Words
    folds: bool = False

    def position(self, kind: str, text: str) -> int:
        """Return the position of an ``organisation``, ``method`` or ``place`` that a person names.

        Raises
        ------
        UsageError
            The text names nothing, or several things; the nearest names are told.
        NotFoundError
            What it names takes part in nothing (or, a place or method, is nowhere in use).
        """
        found = resolve_argument(self.store, Parameter(kind, kind, True, None, ""), text).value
        tables = {"organisation": "organisations", "method": "methods", "place": "places"}
        iris: Sequence[str] = getattr(self.market.index, tables[kind]).iris
        place = bisect_left(iris, found)
        if place < len(iris) and iris[place] == found:
            folds = self.folds and kind == "organisation"
            return int(roots(self.market.index.organisations.owners)[place]) if folds else place
        raise NotFoundError(f"Nothing in the graph is connected with the {kind} {text!r} ({found}). Try another one.")

    def partners(self, question: Question, number: int = 10) -> list[dict[str, Any]]:
        """Return suggestions as plain data, with quotations; see `find_partners`."""
        found = find_partners(self.market, question, number, self.fitted)
        return [self._suggestion(rank, each) for rank, each in enumerate(found, 1)]

    def _suggestion(self, rank: int, found: Suggestion) -> dict[str, Any]:
        return {
            "rank": rank,
            **self.organisation(found.organisation),
            "score": found.score,
            "newcomer": found.is_newcomer,
            "reasons": [
                {
                    "kind": reason.kind,
                    "text": self.words.write(reason.text),
                    "points": reason.points,
                    "evidence": self._proofs(reason.proofs),
                }
                for reason in found.reasons
            ],
            "cautions": [self.words.write(caution) for caution in found.cautions],
            "same_body": self._others(found.same_body),
            "same_reasons": self._others(found.same_reasons),
        }

    def _others(self, found: list[tuple[int, float]]) -> list[dict[str, Any]]:
        return [{**self.organisation(who), "score": score} for who, score in found]

    def notes(self, question: Question) -> list[str]:
        """Return what of a question nothing is known about, in words."""
        return [self.words.write(note) for note in notes(self.market, question)]

    def organisation(self, place: int) -> dict[str, Any]:
        """Return what is known of an organisation: IRI, name, type, place, region."""
        index = self.market.index
        table, kind = index.organisations, index.organisations.types[place]
        home, region = int(table.homes[place]), int(table.regions[place])
        return {
            "iri": table.iris[place],
            "name": table.labels[place],
            "type": index.type_labels.get(kind, kind),
            "place": "" if home == NO_OWNER else index.places.labels[home],
            "region": "" if region == NO_OWNER else index.places.labels[region],
        }

    def path(self, start: int, end: int, *, way: Way, avoid_hubs: bool) -> list[dict[str, Any]] | None:
        """Return the chain between two organisations with the evidence of each step; None where there is none."""
        steps = find_path(self.market, start, end, way=way, avoid_hubs=avoid_hubs)
        if steps is None:
            return None
        return [self._step(step.start, step.initiative, step.end, step.strength) for step in steps]

    def _step(self, start: int, initiative: int, end: int, strength: float) -> dict[str, Any]:
        index = self.market.index
        told: dict[str, Any] = {
            "from": self.organisation(start),
            "to": self.organisation(end),
            "initiative": describe_initiative(index, initiative),
            "participants": int(self.market.participants[initiative]),
            "strength": round(strength, 4),
        }
        proofs = [proof for who in (start, end) for proof in self.market.part_of(who, initiative)[:1]]
        told["evidence"] = self._proofs(proofs)
        told["contacts"] = {index.organisations.labels[who]: self._contacts(initiative, who) for who in (start, end)}
        return told

    def _contacts(self, initiative: int, who: int) -> list[str]:
        titles = contact_roles(self.market, self.store, initiative, who)
        return [title or self.words("path.contact.untitled") for title in titles]

    def _proofs(self, proofs: Sequence[Proof]) -> list[dict[str, Any]]:
        return [describe_proof(self.market.index, self.store, proof, self.words) for proof in proofs]

    def tried(self, method: int) -> list[dict[str, Any]]:
        """Return who tried a method, where, and how it ended; see `who_tried`."""
        return [self._trial(trial) for trial in who_tried(self.market, self.store, method)]

    def _trial(self, trial: Trial) -> dict[str, Any]:
        index = self.market.index
        through = None if trial.through is None else describe_initiative(index, trial.through)
        return {
            **describe_initiative(index, trial.initiative),
            "method": index.methods.labels[trial.method],
            "through": through,
            "implementers": [self.organisation(who) for who in trial.implementers],
            "places": [index.places.labels[place] for place in trial.places],
            "status": trial.status,
            "outcome": trial.outcome,
            "outcome_evidence": trial.outcome_evidence,
            "evidence": self._proofs(trial.proofs),
        }

    def weights(self) -> dict[str, Any]:
        """Return the weights that were fitted to the data."""
        return asdict(self.fitted)


def open_desk(
    store: Path,
    minimum: float | None = None,
    *,
    today: bool = False,
    language: str = "fi",
    fold_units: bool = False,
) -> Desk:
    """Open the graph in force for questions about partners; parameters and errors as in `open_index`.

    `language` (fi, sv, en) is that of the answers: their words, and names where they have one in it. With `fold_units`
    the work of a unit counts as its owner's.
    """
    words = Words("graph_api.partners", language)
    graph, index = open_index(store, minimum, today=today, language=language)
    folder = index_folder(database_folder(store, minimum, today=today))
    fitted = kept_fit(index, folder)
    return Desk(graph, Market(folded(index) if fold_units else index), fitted, words, folds=fold_units)
