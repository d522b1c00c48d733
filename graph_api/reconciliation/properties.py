"""The properties of entities: proposed for a type, fetched for a list of entities, shown in a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_api.reconciliation.types import with_broader

_ORGANISATION, _INITIATIVE, _METHOD, _PLACE = ("Organisation",), ("Initiative",), ("Method",), ("Place",)
_ANY = (*_ORGANISATION, *_INITIATIVE, *_METHOD, *_PLACE)
_LABEL = "{{ ?s skos:prefLabel ?v }} UNION {{ ?s dcterms:title ?v }} FILTER(LANG(?v) = '{}')"


@dataclass(frozen=True, slots=True)
class Property:
    """A property.

    `types` are those whose entities have it; `pattern` is the SPARQL that binds ?v for ?s; `target` is the type of the
    entities that its values are, where they are any; `number` says that values are counted or measured ("count", "float").
    """

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    pattern: str
    target: str | None = None
    number: str | None = None

    def applies_to(self, kind: str) -> bool:
        """Say whether entities of a type (or of all types, where it is empty) can have it."""
        return not kind or bool(set(self.types) & set(with_broader([kind])))


_LISTED = (
    Property("name", "name", "The preferred name or title, in every language there is.", _ANY, "{ ?s skos:prefLabel ?v } UNION { ?s dcterms:title ?v }"),
    Property("name_fi", "name in Finnish", "The preferred name or title in Finnish.", _ANY, _LABEL.format("fi")),
    Property("name_sv", "name in Swedish", "The preferred name or title in Swedish.", _ANY, _LABEL.format("sv")),
    Property("name_en", "name in English", "The preferred name or title in English.", _ANY, _LABEL.format("en")),
    Property("otherName", "other name", "Other spellings, as documents print them, and abbreviations.", _ANY, "?s skos:altLabel|hv:abbreviation ?v"),
    Property("businessId", "business id", "The Finnish business id (Y-tunnus).", _ORGANISATION, "?s hv:businessId ?v"),
    Property("type", "type", "What kind of organisation it is.", _ORGANISATION, "?s hv:organisationType/skos:prefLabel ?v FILTER(LANG(?v) = 'en')"),
    Property("place", "place", "Where it is, or takes place.", (*_ORGANISATION, *_INITIATIVE), "?s hv:locatedIn|hv:takesPlaceIn ?v", "Place"),
    Property("region", "region", "The region (maakunta) in which it is.", (*_ORGANISATION, *_INITIATIVE, *_PLACE), "?s (hv:locatedIn|hv:takesPlaceIn|skos:broader)/skos:broader* ?v . ?v hv:placeKind <https://w3id.org/hankeverkko/id/place-kind/region>", "place-kind/region"),
    Property("unitOf", "unit of", "The organisation that it is a part of.", _ORGANISATION, "?s hv:unitOf ?v", "Organisation"),
    Property("currentForm", "current form", "The organisation that carries on its work today.", _ORGANISATION, "?s hv:currentForm ?v", "Organisation"),
    Property("predecessor", "predecessor", "An organisation whose work it carries on.", _ORGANISATION, "?v hv:predecessorOf ?s", "Organisation"),
    Property("initiatives", "number of initiatives", "In how many initiatives it takes part.", _ORGANISATION, "?s hv:participatesIn ?v", number="count"),
    Property("funded", "number of initiatives funded", "How many initiatives it funds.", _ORGANISATION, "?s hv:funds ?v", number="count"),
    Property("initiative", "initiative", "The initiatives that it takes part in.", _ORGANISATION, "?s hv:participatesIn ?v", "Initiative"),
    Property("code", "code", "The project code.", _INITIATIVE, "?s hv:code ?v"),
    Property("kind", "kind", "Project, programme, practice or pilot.", _INITIATIVE, "?s hv:initiativeKind/skos:prefLabel ?v FILTER(LANG(?v) = 'en')"),
    Property("start", "start", "When it began, as precise as the source.", _INITIATIVE, "?s hv:start ?v"),
    Property("end", "end", "When it ended, as precise as the source.", _INITIATIVE, "?s hv:end ?v"),
    Property("participant", "participant", "The organisations that take part.", _INITIATIVE, "?v hv:participatesIn ?s", "Organisation"),
    Property("funder", "funder", "The organisations that fund it.", _INITIATIVE, "?v hv:funds ?s", "Funder"),
    Property("method", "method", "The methods that it uses.", _INITIATIVE, "?s hv:usesMethod ?v", "Method"),
    Property("programme", "programme", "The programme that it belongs to.", _INITIATIVE, "?s hv:partOfProgramme ?v", "Programme"),
    Property("broader", "broader", "The group of methods that it belongs to.", _METHOD, "?s skos:broader ?v", "Method"),
    Property("within", "within", "The area that it lies in.", _PLACE, "?s skos:broader ?v", "Place"),
    Property("users", "number of initiatives that use it", "How many initiatives use the method.", _METHOD, "?v hv:usesMethod ?s", number="count"),
    Property("nutsCode", "NUTS code", "The code of the region in the nomenclature of territorial units.", _PLACE, "?s hv:nutsCode ?v"),
    Property("latitude", "latitude", "Degrees north (WGS 84).", _PLACE, "?s geo:lat ?v", number="float"),
    Property("longitude", "longitude", "Degrees east (WGS 84).", _PLACE, "?s geo:long ?v", number="float"),
)  # fmt: skip
PROPERTIES: Mapping[str, Property] = {item.id: item for item in _LISTED}
"""All properties by identifier, in the order in which they are proposed."""


def proposed(kind: str = "") -> list[Property]:
    """Return the properties of a type's entities; of all, where none is named."""
    return [item for item in _LISTED if item.applies_to(kind)]


def suggested(text: str) -> list[Property]:
    """Return the properties with a text in their name or identifier; those that begin with it first."""
    asked = text.strip().casefold()
    found = [item for item in _LISTED if asked in item.name or asked in item.id.casefold()]
    return sorted(found, key=lambda item: not (item.name.startswith(asked) or item.id.casefold() == asked))
