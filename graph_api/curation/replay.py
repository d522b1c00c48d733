"""Replaying reviews on the facts of a document: what was confirmed, refused or put right stays so."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph_api.curation.claims import COLLECTIONS, VALUES, Collection, role_of
from graph_api.curation.reviews import Review
from loaders.authority import find_body, name_key, type_of_name
from loaders.model import (
    Evidence,
    Facts,
    Money,
    Named,
    Organisation,
    Person,
    Pilot,
    RelatedInitiative,
    Span,
    Standing,
    Value,
)
from loaders.triples import document_key

RULE = "review"


def concerns(review: Review, facts: Facts) -> bool:
    """Return whether a review is about a document: the same version, or another version of the same name."""
    return review.key == document_key(facts.source.sha256) or review.document == facts.source.name


def replay(facts: Facts, reviews: Iterable[Review], text: str) -> tuple[Facts, list[Review]]:
    """Return the facts as reviewed, and the reviews that found no place.

    What was accepted or corrected and a loader no longer finds is put back, if its quote still stands in the text.

    Parameters
    ----------
    facts : Facts
        What a loader found; it is not changed.
    reviews : iterable of Review
        Those of this document.
    text : str
        The stored text.
    """
    reviewed = copy.deepcopy(facts)
    lost = [review for review in reviews if not _apply(reviewed, review, text)]
    return reviewed, lost


def _apply(facts: Facts, review: Review, text: str) -> bool:
    if review.kind in VALUES:
        return _apply_to_value(facts, review, text)
    place = COLLECTIONS[review.kind]
    items: list[Any] = getattr(facts, place.attribute)
    found = [item for item in items if _is_meant(item, place, review)]
    if review.verdict == "rejected":
        for item in found:
            items.remove(item)
            _forget_name(facts, review)
        return True
    evidence = None if found else _anchor(review, text)
    if not found and evidence is None:
        return False
    if not found and evidence is not None:
        found = [_new(review, evidence)]
        items += found
    for item in found:
        _confirm(item)
        _correct(facts, item, place, review)
    return True


def _is_meant(item: Any, place: Collection, review: Review) -> bool:
    same = name_key(str(getattr(item, place.value))) == name_key(review.value)
    return same and role_of(item, place) == review.role


def _confirm(item: Any) -> None:
    if isinstance(item.evidence, list):
        item.evidence = [_confirmed(evidence) for evidence in item.evidence]
    else:
        item.evidence = _confirmed(item.evidence)


def _confirmed(evidence: Evidence) -> Evidence:
    return replace(evidence, standing=Standing.REVIEWED, confidence=1.0)


def _correct(facts: Facts, item: Any, place: Collection, review: Review) -> None:
    if review.verdict != "corrected":
        return
    if review.new_role and place.role:
        setattr(item, place.role, review.new_role)
    if not review.new_value:
        return
    setattr(item, place.value, review.new_value)
    if isinstance(item, Organisation):
        body = find_body(review.new_value)
        item.key = body.notation if body else None
        item.type = (body.first("organisationType") or "other") if body else type_of_name(review.new_value)
        _rename(facts, review.value, review.new_value)
    elif isinstance(item, Named):
        item.key = None


def _rename(facts: Facts, old: str, new: str | None) -> None:
    """Let whatever speaks of an organisation by its old name speak of it by the new one."""
    for person in facts.persons:
        if person.organisation == old:
            person.organisation = new
    for organisation in facts.organisations:
        if organisation.part_of == old:
            organisation.part_of = new
    for pilot in facts.pilots:
        pilot.hosts = [name for host in pilot.hosts if (name := new if host == old else host)]


def _forget_name(facts: Facts, review: Review) -> None:
    others = any(organisation.name == review.value for organisation in facts.organisations)
    if review.kind == "organisation" and not others:
        _rename(facts, review.value, None)


def _anchor(review: Review, text: str) -> Evidence | None:
    """Return evidence for a claim where its quote stands now: the place nearest to where it stood."""
    starts = [match.start() for match in re.finditer(re.escape(review.quote), text)] if review.quote else []
    if not starts:
        return None
    start = min(starts, key=lambda found: abs(found - review.start))
    span = Span(start, start + len(review.quote))
    return Evidence(review.quote, span, review.value, RULE, 1.0, Standing.REVIEWED)


def _new(review: Review, evidence: Evidence) -> Any:
    value, role = review.value, review.role
    if review.kind == "organisation":
        body = find_body(value)
        kind = (body.first("organisationType") or "other") if body else type_of_name(value)
        return Organisation(value, role or "mentioned", kind, body.notation if body else None, evidence=[evidence])
    if review.kind == "person":
        return Person(value, evidence, organisation=role or None)
    if review.kind == "pilot":
        return Pilot(value, evidence)
    if review.kind == "amount":
        return Money(value, value, role or "other", evidence)
    if review.kind == "related":
        return RelatedInitiative(value, role or "project", evidence)
    return Named(value, evidence)


def _apply_to_value(facts: Facts, review: Review, text: str) -> bool:
    initiative = facts.initiative
    present: Value | None = getattr(initiative, review.kind)
    others = [value for name, value in initiative.alternatives if name == review.kind]
    found = next((v for v in [present, *others] if v is not None and v.text == review.value), None)
    if review.verdict == "rejected":
        left = [v for v in [present, *others] if v is not None and v is not found]
        _set(facts, review.kind, left)
        return True
    if found is None:
        evidence = _anchor(review, text)
        if evidence is None:
            return False
        found = Value(review.value, evidence)
    new = review.new_value if review.verdict == "corrected" and review.new_value else found.text
    # A person has said which value is right: the others no longer stand beside it.
    _set(facts, review.kind, [Value(new, _confirmed(found.evidence))])
    return True


def _set(facts: Facts, name: str, values: list[Value]) -> None:
    initiative = facts.initiative
    setattr(initiative, name, values[0] if values else None)
    initiative.alternatives = [pair for pair in initiative.alternatives if pair[0] != name]
    initiative.alternatives += [(name, value) for value in values[1:]]
