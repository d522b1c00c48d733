"""Partner finding for assistants: suggestions with their reasons and the words behind each, and who tried a method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.assistants.answers import (
    PartnerReason,
    PartnerResult,
    PartnerSuggestion,
    Quotation,
    shortened,
)
from graph_api.assistants.graph import LiveGraph, Opened
from graph_api.partners.desk import Desk
from graph_api.partners.question import Criteria, Question
from loaders.errors import UsageError
from loaders.iris import BASE

MOST_SUGGESTIONS = 25
_MOST_QUOTES = 3
_LONGEST_PLAN = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who looks for partners (or nobody), a plan in words, and what a partner has to meet, all as an assistant names it."""

    organisation: str = ""
    plan: str = ""
    places: Sequence[str] = ()
    types: Sequence[str] = ()
    methods: Sequence[str] = ()
    role: str = ""
    met: bool = False


def find_partners(live: LiveGraph, wanted: Wanted, most: int) -> PartnerResult:
    """Return suggestions, the best first.

    Raises
    ------
    UsageError
        Nothing is asked for, something is not known, or more is asked for than is shown.
    """
    if not 1 <= most <= MOST_SUGGESTIONS:
        raise UsageError(f"most must be from 1 to {MOST_SUGGESTIONS}, not {most}.")
    if not any((wanted.organisation, wanted.plan, wanted.places, wanted.types, wanted.methods)):
        raise UsageError("Nothing is asked for. Give an organisation, a plan, places, types or methods.")
    desk, opened = live.desk(), live.opened()
    found = desk.partners(_question(desk, wanted), most)
    return PartnerResult(partners=[_suggestion(opened, each) for each in found])


def _question(desk: Desk, wanted: Wanted) -> Question:
    labels = {label.casefold(): name for name, label in desk.market.index.type_labels.items()}
    criteria = Criteria(
        places=tuple(desk.position("place", text) for text in wanted.places),
        types=tuple(labels.get(text.casefold(), text) for text in wanted.types),
        methods=tuple(desk.position("method", text) for text in wanted.methods),
        role=wanted.role,
        unmet=not wanted.met,
    )
    asks = desk.position("organisation", wanted.organisation) if wanted.organisation else None
    return Question(asks, wanted.plan[:_LONGEST_PLAN], criteria)


def _suggestion(opened: Opened, found: dict[str, Any]) -> PartnerSuggestion:
    return PartnerSuggestion(
        id=found["iri"].removeprefix(BASE),
        name=found["name"],
        type=found["type"],
        region=found["region"],
        score=found["score"],
        is_newcomer=found["newcomer"],
        reasons=[_reason(opened, reason) for reason in found["reasons"]],
        cautions=[opened.discreet(text) for text in found["cautions"]],
        same_body=[each["name"] for each in found["same_body"]],
        same_reasons=[each["name"] for each in found["same_reasons"]],
    )


def _reason(opened: Opened, reason: dict[str, Any]) -> PartnerReason:
    quotes = [
        Quotation(
            what=proof["what"],
            initiative_id=proof.get("initiative", {}).get("iri", "").removeprefix(BASE),
            quote=shortened(opened.discreet(proof.get("evidence", {}).get("quote", ""))),
            document=proof.get("evidence", {}).get("document", ""),
        )
        for proof in reason["evidence"][:_MOST_QUOTES]
    ]
    return PartnerReason(
        kind=reason["kind"], text=opened.discreet(reason["text"]), points=reason["points"], quotes=quotes
    )
