"""Which organisation a printed name means: business id, authority file, normalised names, units below owners."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graph_api.identity import authority
from graph_api.identity.abroad import Abroad, is_abroad
from graph_api.identity.application import Applying
from graph_api.identity.aside import Aside, SetAside
from graph_api.identity.decisions import Decision, Decisions, is_business_id, is_iri
from graph_api.identity.entities import Entity
from graph_api.identity.explanation import judge
from graph_api.identity.institutions import Institutions
from graph_api.identity.material import Material, Mention, Place
from graph_api.identity.participants import Spelling, same_by_code
from graph_api.identity.rules import Reason
from graph_api.identity.signs import is_site
from graph_api.identity.spelling import Title, clean, strip_legal_form
from graph_api.identity.units import Units
from loaders.authority import type_of_name
from loaders.iris import digest, entity
from loaders.vocabulary import Concept, organisations

__all__ = ["Entity", "Mention", "Resolver", "reconcile"]


class Resolver:
    """Answers which entity a name means: a function of the set of mentions and of decisions, whatever their order.

    Parameters
    ----------
    mentions : iterable of Mention
        All names (with their business ids, where printed) of the material.
    decisions : iterable of Decision
        What people decided, in force.
    """

    def __init__(self, mentions: Iterable[Mention], decisions: Iterable[Decision] = ()) -> None:
        all_mentions = set(mentions)
        self._away = [mention for mention in all_mentions if is_abroad(mention.country)]
        self._abroad = Abroad(self._away)
        at_home = [mention for mention in all_mentions if not is_abroad(mention.country)]
        self._coded = [mention for mention in at_home if mention.participant_code]
        self.material = Material(at_home)
        self.institutions = Institutions(self.material)
        self.units = Units(self.material, self.institutions)
        self.decisions = Decisions(decisions)
        self._entities: dict[tuple[str, str | None], Entity] = {}
        self._automatic: dict[tuple[str, str | None], Entity] = {}
        self._aside = Aside()
        self._spellings = self._by_code()
        self._by_iri: dict[str, Entity] | None = None
        self._canonical: dict[str, Entity] = {}
        self.groups = Applying(self.decisions, self.meaning, self._set_aside, self._claim).apply()
        self._canonical = {iri: entity for iris in self.groups.values() for iri, entity in self._joined(iris)}

    def resolve(
        self,
        name: str,
        business_id: str | None = None,
        *,
        country: str | None = None,
        participant_code: str | None = None,
    ) -> Entity:
        """Return the entity that a name (with what is printed beside it) means."""
        if country is not None and is_abroad(country):
            return self._decided(self._foreign(name, country, participant_code))
        asked = (clean(name), business_id)
        if asked not in self._entities:
            self._entities[asked] = self._decided(self.automatic(*asked))
        return self._entities[asked]

    def of(self, mention: Mention) -> Entity:
        """Return the entity that a mention means."""
        return self.resolve(
            mention.name, mention.business_id, country=mention.country, participant_code=mention.participant_code
        )

    def automatic(self, name: str, business_id: str | None = None) -> Entity:
        """Return the entity that the rules give a name, before decisions join it with others."""
        asked = (clean(name), business_id)
        if asked not in self._automatic:
            self._automatic[asked] = self._one_spelling(self._resolve(*asked))
        return self._automatic[asked]

    def entity_of(self, iri: str) -> Entity | None:
        """Return the entity of an IRI, as it is after decisions; ``None`` where neither material nor authority has it."""
        found = self._known(iri)
        return self._decided(found) if found is not None else None

    def refer(self, reference: str) -> Entity | None:
        """Return the entity that a reference means (a name, an IRI, a business id)."""
        iri = self.meaning(reference)
        if iri is None:
            return None
        return self.entity_of(iri) if is_iri(reference) or is_business_id(reference) else self.resolve(reference)

    def _foreign(self, name: str, country: str, participant_code: str | None) -> Entity:
        key = self._abroad.key(name, country, participant_code)
        reason = f"participant code {key[4:]}" if key.startswith("pic-") else f"the name, in {country}"
        label, kind = self._abroad.name(key, name), self._abroad.type(key)
        return Entity(entity("organisation", key), key, label, kind, None, None, reason, "und")

    def _by_code(self) -> Mapping[str, Spelling[Entity]]:
        """Return what participant codes show to be spellings; they say nothing of a name that a decision set aside."""
        coded = (mention for mention in self._coded if self.aside_reason(mention.name) is None)
        return same_by_code(coded, lambda mention: self._resolve(clean(mention.name), mention.business_id))

    def _one_spelling(self, found: Entity) -> Entity:
        """Return the entity that a participant code shows an entity to be a spelling of, or the entity itself."""
        same = self._spellings.get(found.iri)
        return replace(same[0], reason=f"{'; '.join(same[1])}: {same[0].reason}") if same else found

    def code_reasons(self, first: str, second: str) -> list[Reason]:
        """Return by which participant codes two names of one entity are joined; none where other rules join them."""
        one, other = (self._resolve(clean(name), None).iri for name in (first, second))
        found = (self._spellings[iri][1] for iri in (one, other) if iri in self._spellings)
        return list(dict.fromkeys(itertools.chain.from_iterable(found))) if one != other else []

    def _resolve(self, name: str, business_id: str | None) -> Entity:
        place = self.material.place(name)
        if name in self._aside.names:
            return self._set_apart(self._aside.names[name], place)
        if place.units:
            return self._unit(place)
        return self._institution(place.institution, business_id)

    def _institution(self, title: Title, business_id: str | None = None, below: frozenset[str] = frozenset()) -> Entity:
        """Return the entity of an institution; `below` are the names it was reached from as an owner.

        A name that stands alone may be the unit of an owner that other mentions print. Two such names that each own
        the other in print would never end: the second time a name is reached it stands for itself.
        """
        aside = self._aside.institutions.get((title.key, title.kind))
        if aside is not None:
            return self._set_apart(aside, None)
        group = self.institutions.describe(title, business_id)
        if group.notation:
            return _body(organisations()[group.notation], group.reason)
        unit = self.units.standing_alone(title) if title.key not in below else None
        if unit is not None:
            return self._unit(unit, below | {title.key})
        key = f"y-{group.business_id}" if group.business_id else f"n-{digest(group.key)}"
        kind = type_of_name(group.name)
        return Entity(entity("organisation", key), key, group.name, kind, group.business_id, None, group.reason)

    def _unit(self, place: Place, below: frozenset[str] = frozenset()) -> Entity:
        aside = self._aside.units.get(self.units.node(place))
        if aside is not None:
            return self._set_apart(aside, place)
        group = self.units.describe(place)
        if group.notation:
            return _body(organisations()[group.notation], group.reason)
        owner = self._institution(group.owner, below=below)
        key = f"n-{digest(group.key, group.owner_key)}"
        kind = type_of_name(group.name)
        kind = "sub_unit" if kind in {"other", "company"} else kind
        name = _full_name(group.name, owner.name)
        return Entity(entity("organisation", key), key, name, kind, None, owner, group.reason)

    def _set_apart(self, aside: SetAside, place: Place | None) -> Entity:
        """Return the entity of a name that a decision keeps apart from what the rules say."""
        owner = self._institution(place.institution) if place is not None and place.units else None
        key = f"n-{digest('apart', aside.key)}"
        kind = type_of_name(aside.name)
        return Entity(entity("organisation", key), key, aside.name, kind, None, owner, aside.decision.sentence())

    def _decided(self, found: Entity, below: frozenset[str] = frozenset()) -> Entity:
        """Return an entity after decisions; whoever came to be its own owner has none (`below` are its units)."""
        found = self._canonical.get(found.iri, found)
        if found.owner is None or not self._canonical:
            return found
        units = below | {found.iri}
        above = self._canonical.get(found.owner.iri, found.owner)
        return replace(found, owner=None if above.iri in units else self._decided(above, units))

    def meaning(self, name: str) -> str | None:
        """Return the IRI that the rules give a reference."""
        if is_business_id(name):
            body = authority.by_business_id().get(name)
            name = body.iri if body is not None else entity("organisation", f"y-{name}")
        if is_iri(name):
            return name if self._known(name) is not None else None
        return self.automatic(name).iri

    def kept_apart(self, first: str, second: str) -> Decision | None:
        """Return the decision that keeps two names apart: about them, or about what they were joined with."""
        sides = [self._references(name) for name in (first, second)]
        for decision in self.decisions.apart:
            one, other = decision.pair
            if (one in sides[0] and other in sides[1]) or (one in sides[1] and other in sides[0]):
                return decision
        return None

    def _references(self, name: str) -> set[str]:
        iri = self.resolve(name).iri
        same = {r for r in self.decisions.references if (found := self.refer(r)) is not None and found.iri == iri}
        return same | {clean(name)}

    def aside_reason(self, name: str) -> Reason | None:
        """Return the decision that set a name aside from what the rules say, as a reason."""
        place = self.material.place(name)
        node = (place.institution.key, place.institution.kind)
        made = self._aside.names.get(clean(name)) or (
            self._aside.units.get(self.units.node(place)) if place.units else self._aside.institutions.get(node)
        )
        return Reason(made.decision.sentence(), "decision") if made is not None else None

    def _known(self, iri: str) -> Entity | None:
        body = organisations().get(iri.rpartition("/")[2])
        if body is not None and body.iri == iri:
            return _body(body, "the authority file")
        if self._by_iri is None:
            found = (self.automatic(m.name, m.business_id) for m in self.material.mentions())
            abroad = (self._foreign(m.name, m.country or "", m.participant_code) for m in self._away)
            self._by_iri = {e.iri: e for one in itertools.chain(found, abroad) for e in _chain(one)}
        return self._by_iri.get(iri)

    def _set_aside(self, name: str, other: str, decision: Decision) -> bool:
        """Set a name aside from another (or, where that is none, from its body), with what hangs on it alone."""
        if is_iri(name) or is_business_id(name) or name in self._aside.names:
            return False
        place = self.material.place(name)
        shown = name if place.is_plain else (place.units or (place.institution,))[-1].text
        is_name = other and not is_iri(other) and not is_business_id(other)
        against = self.material.place(other) if is_name else None
        self._aside.add(name, shown, place, against, (self.institutions, self.units), decision)
        self._automatic.clear()
        self._spellings = self._by_code()
        self._by_iri = None
        return True

    def _claim(self, name: str) -> tuple[object, ...]:
        """Return how weak a name's claim to its entity is.

        The authority file's preferred name has the strongest, then other names, then abbreviations; then the name that
        a business id was printed with, then one that is not in capitals.
        """
        title = self.material.place(name).institution
        is_shown = self.automatic(name).name == name
        return (
            authority.label_rank(title),
            not is_shown,
            not self.material.business_ids(name),
            name.isupper(),
            len(name),
        )

    def _joined(self, iris: list[str]) -> Iterator[tuple[str, Entity]]:
        """Yield each IRI that decisions join with the entity that stands for all: the authority file's, a numbered one's.

        A decision outlives the documents that it was made on: where none of its names is in the material any more, it
        joins what its names mean by themselves, and no document is concerned.
        """
        found = [known for iri in iris if (known := self._known(iri)) is not None] or self._named_only(iris)
        best = min(found, key=lambda e: (e.key not in organisations(), not e.key.startswith("y-"), e.key))
        number = best.business_id or next((e.business_id for e in found if e.business_id), None)
        owners = [e.owner for e in [best, *found] if e.owner is not None and e.owner.iri not in iris]
        whole = replace(best, business_id=number, owner=next(iter(owners), None), reason=self._decisive(set(iris)))
        yield from ((iri, whole) for iri in iris)

    def _named_only(self, iris: list[str]) -> list[Entity]:
        """Return the entities of IRIs that nothing but the names in decisions leads to."""
        names = (name for name in self.decisions.references if not is_iri(name) and not is_business_id(name))
        return [found for found in map(self.automatic, names) if found.iri in iris]

    def _decisive(self, iris: set[str]) -> str:
        sames = (d for d in self.decisions.all if d.judgement == "same")
        return next(d.sentence() for d in sames if {self.meaning(name) for name in d.pair} & iris)

    def explain(self, first: str, second: str) -> str:
        """Return why two names mean one entity, or why they do not, in a sentence."""
        return judge(self, first, second).sentence


def _body(body: Concept, reason: str) -> Entity:
    above = organisations().get(body.first("unitOf") or "")
    return Entity(
        iri=body.iri,
        key=body.notation,
        name=body.name,
        type=body.first("organisationType") or "other",
        business_id=body.first("businessId"),
        owner=_body(above, "the authority file") if above else None,
        reason=reason,
    )


def _full_name(unit: str, owner: str) -> str:
    """Return the name of a unit with its owner's: "Oulun yliopiston biologian laitos"."""
    if is_site(unit):
        return f"{owner}, {unit}"
    first = unit.split(" ", maxsplit=1)[0]
    if strip_legal_form(owner).text.split(" ")[0].casefold() == first.casefold():
        return unit
    return f"{authority.genitive_name(owner)} {unit}"


def _chain(found: Entity | None) -> Iterator[Entity]:
    while found is not None:
        yield found
        found = found.owner


def reconcile(names: list[str]) -> list[tuple[str, str]]:
    """Return the IRI of the entity that each name means, each name judged in the light of all."""
    resolver = Resolver(Mention(name) for name in names)
    return [(name, resolver.resolve(name).iri) for name in names]
