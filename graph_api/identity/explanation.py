"""Why two names mean one organisation or two: what the resolver did, told; never a second opinion.

Whether they are one is asked of the resolver. The reasons of a merge are the links that it took (and that hang together
by nothing else); what keeps two apart is a decision, a link that was refused, or something certain that differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graph_api.identity import authority
from graph_api.identity.decisions import is_business_id, is_iri
from graph_api.identity.features import MOST_FOR_TWO, Feature, features, likeness
from graph_api.identity.rules import Reason, chain_score
from graph_api.identity.spelling import clean
from loaders.vocabulary import organisations

if TYPE_CHECKING:
    from graph_api.identity.entities import Entity
    from graph_api.identity.material import Place
    from graph_api.identity.resolver import Resolver


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the resolver makes of two names.

    `score` is from .5 for one organisation and below for two; `decisive` is the reason on which it hangs: the weakest
    link of a merge, or what keeps the two apart. `reasons` are all links of a merge.
    """

    first: str
    second: str
    judgement: str
    score: float
    decisive: str
    rule: str
    reasons: tuple[Reason, ...]
    features: tuple[Feature, ...]
    entities: tuple[Entity, Entity]

    @property
    def sentence(self) -> str:
        """Return it in a sentence."""
        one, other = self.entities
        if self.judgement == "same":
            return f"“{self.first}” and “{self.second}” are both “{one.name}”: {'; '.join(self.reasons)}."
        return (
            f"“{self.first}” and “{self.second}” are two entities: “{one.name}” ({one.reason}); “{other.name}” "
            f"({other.reason}): {self.decisive}."
        )


def judge(resolver: Resolver, first: str, second: str) -> Judgement:
    """Return what the resolver makes of two names, and why."""
    entities = resolver.resolve(first), resolver.resolve(second)
    places = resolver.material.place(first), resolver.material.place(second)
    found = tuple(features(resolver.material, (clean(first), clean(second)), places))
    if entities[0].iri == entities[1].iri:
        reasons = tuple(why_one(resolver, first, second))
        weakest = min(reasons, key=lambda reason: reason.score)
        score = max(0.5, round(chain_score(list(reasons)), 3))
        return Judgement(first, second, "same", score, str(weakest), weakest.rule, reasons, found, entities)
    rule, decisive = why_two(resolver, (first, second), entities, places)
    score = 0.0 if rule == "decision" else nearness(places, found)
    return Judgement(first, second, "different", score, decisive, rule, (), found, entities)


@dataclass(frozen=True, slots=True)
class Naming:
    """Which entity a name means, why, and how sure that is."""

    entity: Entity
    reason: str
    score: float


def explain_name(resolver: Resolver, name: str) -> Naming:
    """Return what a name means and why: by what it is joined with the canonical name of its entity."""
    found = resolver.resolve(name)
    if clean(name) == found.name or resolver.resolve(found.name).iri != found.iri:
        return Naming(found, found.reason, 1.0 if clean(name) == found.name else 0.9)
    reasons = why_one(resolver, found.name, name)
    return Naming(found, "; ".join(reasons), max(0.5, round(chain_score(reasons), 3)))


def nearness(places: tuple[Place, Place], found: tuple[Feature, ...]) -> float:
    """Return how near two names of two organisations come to one: likeness of letters times what differs."""
    score = MOST_FOR_TWO * likeness(*places)
    for feature in found:
        score *= feature.factor
    return round(score, 3)


def why_one(resolver: Resolver, first: str, second: str) -> list[Reason]:
    """Return the links that join two names of one entity, first to last."""
    if clean(first) == clean(second):
        return [Reason("the two are printed alike", "same name")]
    if resolver.automatic(first).iri == resolver.automatic(second).iri:
        return _by_rules(resolver, first, second)
    chain: list[Reason] = []
    for one, other in pairwise(_by_decisions(resolver, first, second)):
        decided = next((reason for name, reason in resolver.decisions.same_as(one) if name == other), None)
        if decided is not None:
            chain.append(decided)
        elif one != other:
            chain += _by_rules(resolver, one, other)
    return chain


def _by_rules(resolver: Resolver, first: str, second: str) -> list[Reason]:
    """Return the links between two names (or references) that the rules give one entity."""
    for reference_, name in ((first, second), (second, first)):
        if not _is_name(reference_):
            return [
                Reason(
                    f"“{name}” is {resolver.automatic(name).iri} by {resolver.automatic(name).reason}", "authority file"
                )
            ]
    aside = resolver.aside_reason(first)
    if aside is not None:
        return [aside]
    coded = resolver.code_reasons(first, second)
    if coded:
        return coded
    places = resolver.material.place(first), resolver.material.place(second)
    chain = [Reason(place.correction, "typo") for place in places if place.correction]
    if places[0].units and places[1].units:
        chain += resolver.units.why(*places)
        if places[0].institution != places[1].institution:
            chain += resolver.institutions.why(places[0].institution, places[1].institution)
    elif places[0].units or places[1].units:
        chain.append(_across(resolver, places))
    else:
        chain += resolver.institutions.why(places[0].institution, places[1].institution)
    return chain or [_readings((first, second), places)]


def _is_name(text: str) -> bool:
    return not is_iri(text) and not is_business_id(text)


def _across(resolver: Resolver, places: tuple[Place, Place]) -> Reason:
    """Return why a name printed below an owner and one printed alone are one."""
    alone, unit = places if not places[0].units else places[::-1]
    notation = resolver.material.body(alone.institution)
    if notation is not None:
        name = organisations()[notation].name
        return Reason(
            f"“{alone.institution.text}” and “{unit.units[-1].text}” are names of {name} in the authority file",
            "authority file",
        )
    return Reason(
        f"“{alone.institution.text}” is printed alone, and “{unit.institution.text}” is the only owner that is printed with it",
        "unit alone",
    )


def _readings(names: tuple[str, str], places: tuple[Place, Place]) -> Reason:
    return Reason("; ".join(reading(*pair) for pair in zip(names, places, strict=True)), "normalised name")


def reading(name: str, place: Place) -> str:
    """Return how a name is read: the path of bodies and what else it prints."""
    path = " › ".join(title.text for title in place.parsed.path)
    others = [title.text for title in place.parsed.aliases] + [f"once {text}" for text in place.parsed.former]
    also = f" ({', '.join(others)})" if others else ""
    return f"“{name}” is read as “{path}”{also}"


def _by_decisions(resolver: Resolver, first: str, second: str) -> list[str]:
    """Return the references that lead from one name to another by decisions and by rules."""
    known = resolver.decisions.references
    start, goal = clean(first), clean(second)
    by_iri: dict[str, list[str]] = {}
    for name in dict.fromkeys([start, goal, *known]):
        iri = resolver.meaning(name)
        if iri is not None:
            by_iri.setdefault(iri, []).append(name)
    came, queue = {start: start}, [start]
    for node in queue:
        iri = resolver.meaning(node)
        following = [other for other, _ in resolver.decisions.same_as(node)] + by_iri.get(iri or "", [])
        for other in following:
            if other not in came:
                came[other] = node
                queue.append(other)
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def why_two(
    resolver: Resolver, names: tuple[str, str], entities: tuple[Entity, Entity], places: tuple[Place, Place]
) -> tuple[str, str]:
    """Return what keeps two names apart: a name for it, and a sentence."""
    decided = resolver.kept_apart(*names)
    if decided is not None:
        return "decision", decided.sentence()
    certain = _bodies_or_owners(*entities)
    if certain is not None:
        return certain
    one, other = entities
    if one.business_id and other.business_id and one.business_id != other.business_id:
        return "business id", f"their business ids are {one.business_id} and {other.business_id}"
    refused = resolver.institutions.why_not(places[0].institution, places[1].institution) if one.owner is None else None
    return ("refused", refused) if refused else ("no rule", "no rule joins them")


def _bodies_or_owners(one: Entity, other: Entity) -> tuple[str, str] | None:
    """Return what the authority file or the owners of units say against their being one."""
    for unit, owner in ((one, other), (other, one)):
        if owner.iri in {above.iri for above in _owners(unit)}:
            return "unit path", f"“{unit.name}” is a unit of “{owner.name}”"
    if one.key in organisations() and other.key in organisations():
        return "authority file", _two_bodies(one, other)
    if one.owner is not None and other.owner is not None and one.owner.iri != other.owner.iri:
        return "unit path", f"they are units of two owners, “{one.owner.name}” and “{other.owner.name}”"
    if (one.owner is None) != (other.owner is None):
        unit = one if one.owner is not None else other
        return "unit path", f"“{unit.name}” is a unit, the other is not one"
    return None


def _owners(found: Entity) -> list[Entity]:
    chain = []
    while found.owner is not None:
        found = found.owner
        chain.append(found)
    return chain


def _two_bodies(one: Entity, other: Entity) -> str:
    for earlier, later in ((one, other), (other, one)):
        if later.key in authority.successors(earlier.key):
            return f"“{earlier.name}” is the predecessor of “{later.name}”: two bodies, linked"
    return "they are two bodies of the authority file"
