"""Which organisation a printed name means: business id, authority file, normalised names, units below owners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph_api.identity import authority
from graph_api.identity.abroad import Abroad, is_abroad
from graph_api.identity.institutions import Institutions
from graph_api.identity.material import Material, Mention, Place
from graph_api.identity.participants import same_by_code
from graph_api.identity.signs import is_site
from graph_api.identity.spelling import Title, clean, strip_legal_form
from graph_api.identity.units import Units
from loaders.authority import type_of_name
from loaders.iris import digest, entity
from loaders.vocabulary import Concept, organisations

__all__ = ["Entity", "Mention", "Resolver", "reconcile"]


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation.

    `key` is what its IRI is made of; `name` its canonical name (in `language`, "und" where that is unknown); `type` a
    notation; `reason` says how it was told.
    """

    iri: str
    key: str
    name: str
    type: str
    business_id: str | None
    owner: Entity | None
    reason: str
    language: str = "fi"


class Resolver:
    """Answers which entity a name means: a function of the set of mentions, whatever their order.

    Parameters
    ----------
    mentions : iterable of Mention
        All names (with their business ids, where printed) of the material.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        all_mentions = set(mentions)
        self._abroad = Abroad(mention for mention in all_mentions if is_abroad(mention.country))
        at_home = [mention for mention in all_mentions if not is_abroad(mention.country)]
        self._material = Material(at_home)
        self._institutions = Institutions(self._material)
        self._units = Units(self._material, self._institutions)
        self._entities: dict[tuple[str, str | None], Entity] = {}
        self._spellings: Mapping[str, tuple[Entity, str]] = same_by_code(
            at_home, lambda mention: self._resolve(clean(mention.name), mention.business_id)
        )

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
            return self._foreign(name, country, participant_code)
        asked = (clean(name), business_id)
        if asked not in self._entities:
            self._entities[asked] = self._one_spelling(self._resolve(*asked))
        return self._entities[asked]

    def _foreign(self, name: str, country: str, participant_code: str | None) -> Entity:
        key = self._abroad.key(name, country, participant_code)
        reason = f"participant code {key[4:]}" if key.startswith("pic-") else f"the name, in {country}"
        label, kind = self._abroad.name(key, name), self._abroad.type(key)
        return Entity(entity("organisation", key), key, label, kind, None, None, reason, "und")

    def _one_spelling(self, found: Entity) -> Entity:
        """Return the entity that a participant code shows an entity to be a spelling of, or the entity itself."""
        same = self._spellings.get(found.iri)
        return replace(same[0], reason=f"{same[1]}: {same[0].reason}") if same else found

    def _resolve(self, name: str, business_id: str | None) -> Entity:
        place = self._material.place(name)
        if place.units:
            return self._unit(place)
        return self._institution(place.institution, business_id)

    def _institution(self, title: Title, business_id: str | None = None, below: frozenset[str] = frozenset()) -> Entity:
        """Return the entity of an institution; `below` are the names it was reached from as an owner.

        A name that stands alone may be the unit of an owner that other mentions print. Two such names that each own
        the other in print would never end: the second time a name is reached it stands for itself.
        """
        group = self._institutions.describe(title, business_id)
        if group.notation:
            return _body(organisations()[group.notation], group.reason)
        unit = self._units.standing_alone(title) if title.key not in below else None
        if unit is not None:
            return self._unit(unit, below | {title.key})
        key = f"y-{group.business_id}" if group.business_id else f"n-{digest(group.key)}"
        kind = type_of_name(group.name)
        return Entity(entity("organisation", key), key, group.name, kind, group.business_id, None, group.reason)

    def _unit(self, place: Place, below: frozenset[str] = frozenset()) -> Entity:
        group = self._units.describe(place)
        if group.notation:
            return _body(organisations()[group.notation], group.reason)
        owner = self._institution(group.owner, below=below)
        key = f"n-{digest(group.key, group.owner_key)}"
        kind = type_of_name(group.name)
        kind = "sub_unit" if kind in {"other", "company"} else kind
        name = _full_name(group.name, owner.name)
        return Entity(entity("organisation", key), key, name, kind, None, owner, group.reason)

    def explain(self, first: str, second: str) -> str:
        """Return why two names mean one entity, or why they do not, in a sentence."""
        one, other = self.resolve(first), self.resolve(second)
        if one.iri != other.iri:
            return f"“{first}” and “{second}” are two entities: “{one.name}” ({one.reason}); “{other.name}” ({other.reason})."
        places = self._material.place(first), self._material.place(second)
        if places[0].units and places[1].units:
            chain = self._units.why(*places)
        else:
            chain = self._institutions.why(places[0].institution, places[1].institution)
        chain += [place.correction for place in places if place.correction]
        because = "; ".join(chain or [_reading(*pair) for pair in zip((first, second), places, strict=True)])
        return f"“{first}” and “{second}” are both “{one.name}”: {because}."


def _reading(name: str, place: Place) -> str:
    """Return how a name is read: the path of bodies and what else it prints."""
    path = " › ".join(title.text for title in place.parsed.path)
    others = [title.text for title in place.parsed.aliases] + [f"once {text}" for text in place.parsed.former]
    also = f" ({', '.join(others)})" if others else ""
    return f"“{name}” is read as “{path}”{also}"


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


def reconcile(names: list[str]) -> list[tuple[str, str]]:
    """Return the IRI of the entity that each name means, each name judged in the light of all."""
    resolver = Resolver(Mention(name) for name in names)
    return [(name, resolver.resolve(name).iri) for name in names]
