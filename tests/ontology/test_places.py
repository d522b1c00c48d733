"""The places vocabulary is complete, and agrees with itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox
import pytest

from loaders.iris import BASE, GEO, HV, SKOS
from loaders.resources import read_text

PLACE = BASE + "place/"
LABELS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")


@dataclass
class Place:
    """What the vocabulary says of one place, by predicate."""

    name: str
    values: dict[str, list[ox.NamedNode | ox.Literal]] = field(default_factory=dict)

    def all(self, predicate: str) -> list[str]:
        """Return the values of a predicate, place and kind IRIs shortened to their local names."""
        return [node.value.removeprefix(PLACE).removeprefix(BASE) for node in self.values.get(predicate, [])]

    def one(self, predicate: str) -> str:
        """Return the only value of a predicate."""
        values = self.all(predicate)
        assert len(values) == 1, f"{self.name} has {len(values)} values of {predicate}: {values}"
        return values[0]

    def labels(self, *predicates: str, language: str = "") -> set[str]:
        """Return the labels of a place, of one language or of all."""
        nodes = (node for predicate in predicates for node in self.values.get(predicate, []))
        return {
            node.value for node in nodes if isinstance(node, ox.Literal) and (not language or node.language == language)
        }


@pytest.fixture(scope="module")
def triples() -> list[ox.Quad]:
    """Return every triple of the vocabulary."""
    return list(ox.parse(read_text("ontology", "vocabularies", "places.ttl"), format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def places(triples: list[ox.Quad]) -> dict[str, Place]:
    """Return every place of the vocabulary by its local name."""
    found: dict[str, Place] = {}
    for quad in triples:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(PLACE):
            name = quad.subject.value.removeprefix(PLACE)
            place = found.setdefault(name, Place(name))
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            place.values.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def of_kind(places: dict[str, Place], *kinds: str) -> Iterator[Place]:
    """Yield the places of the given kinds."""
    wanted = {f"place-kind/{kind}" for kind in kinds}
    return (place for place in places.values() if place.one(HV + "placeKind") in wanted)


def find(places: dict[str, Place], label: str) -> Place:
    """Return the only place with this preferred Finnish label."""
    found = [place for place in places.values() if label in place.labels(SKOS + "prefLabel", language="fi")]
    assert len(found) == 1, f"{label}: {[place.name for place in found]}"
    return found[0]


def test_counts(places: dict[str, Place]) -> None:
    kinds = Counter(place.one(HV + "placeKind").removeprefix("place-kind/") for place in places.values())
    assert kinds.pop("sub-region") >= 60
    assert kinds == {
        "country": 1,
        "region": 19,
        "wellbeing-county": 22,
        "municipality": 309,
        "former-municipality": 142,
    }


def test_no_blank_nodes_and_one_scheme(triples: list[ox.Quad], places: dict[str, Place]) -> None:
    assert not [
        quad for quad in triples if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]
    assert {place.one(SKOS + "inScheme") for place in places.values()} == {"scheme/places"}


def test_iri_and_notation_agree(places: dict[str, Place]) -> None:
    for place in places.values():
        notation = place.one(SKOS + "notation")
        kind = place.one(HV + "placeKind").removeprefix("place-kind/")
        if kind in {"municipality", "former-municipality"}:
            assert re.fullmatch(r"\d{3}", notation)
            assert place.name == f"kunta-{notation}"
        elif kind in {"region", "wellbeing-county"}:
            assert re.fullmatch(r"\d{2}", notation)
            assert place.name.endswith(f"-{notation}")
        else:
            assert place.name == notation


def test_everything_pointed_at_exists(places: dict[str, Place]) -> None:
    for place in places.values():
        for predicate in (SKOS + "broader", HV + "wellbeingCounty", HV + "mergedInto"):
            assert set(place.all(predicate)) <= places.keys(), (place.name, predicate)


def test_every_municipality_has_a_region(places: dict[str, Place]) -> None:
    regions = {place.name for place in of_kind(places, "region")}
    used = [place.one(SKOS + "broader") for place in of_kind(places, "municipality")]
    assert set(used) == regions
    assert all(place.one(SKOS + "broader") in regions for place in of_kind(places, "former-municipality"))
    assert Counter(used)["maakunta-21"] == 16
    assert Counter(used)["maakunta-19"] == 21


def test_wellbeing_counties(places: dict[str, Place]) -> None:
    """A county lies within one region, Uusimaa has four and Helsinki, Åland has none."""
    regions_of: dict[str, set[str]] = {}
    for place in of_kind(places, "municipality"):
        counties, region = place.all(HV + "wellbeingCounty"), place.one(SKOS + "broader")
        assert len(counties) == (0 if region == "maakunta-21" else 1), place.name
        for county in counties:
            regions_of.setdefault(county, set()).add(region)
    assert regions_of.keys() == {place.name for place in of_kind(places, "wellbeing-county")}
    assert all(len(regions) == 1 for regions in regions_of.values())
    assert Counter(min(regions) for regions in regions_of.values())["maakunta-01"] == 5
    assert places["kunta-091"].one(HV + "wellbeingCounty") == "hva-90"


def test_names_and_forms(places: dict[str, Place]) -> None:
    for place in of_kind(places, "municipality", "former-municipality"):
        assert len(place.labels(SKOS + "prefLabel", language="fi")) == 1, place.name
        assert len(place.labels(SKOS + "prefLabel", language="sv")) == 1, place.name
        assert place.one(HV + "municipalityForm") in {"kaupunki", "kunta"}, place.name
        assert place.one(HV + "locativeCase") in {"inner", "outer"}, place.name


def test_genitives_end_in_n(places: dict[str, Place]) -> None:
    """Every genitive ends in n ("Kosken Tl" carries the province that tells it from another Koski)."""
    for place in of_kind(places, "country", "region", "sub-region", "municipality", "former-municipality"):
        genitive, (name,) = place.one(HV + "genitive"), place.labels(SKOS + "prefLabel", language="fi")
        assert genitive.removesuffix(" Tl").endswith("n"), (place.name, genitive)
        assert genitive[0] == name[0], (place.name, genitive)


@pytest.mark.parametrize(
    ("name", "genitive", "form", "case", "number"),
    [
        ("Tampere", "Tampereen", "kaupunki", "outer", "837"),
        ("Helsinki", "Helsingin", "kaupunki", "inner", "091"),
        ("Joroinen", "Joroisten", "kunta", "inner", "171"),
        ("Liminka", "Limingan", "kunta", "inner", "425"),
        ("Vihti", "Vihdin", "kunta", "inner", "927"),
        ("Uusikaupunki", "Uudenkaupungin", "kaupunki", "inner", "895"),
        ("Ii", "Iin", "kunta", "inner", "139"),
        ("Virrat", "Virtain", "kaupunki", "outer", "936"),
        ("Isokyrö", "Isonkyrön", "kunta", "inner", "152"),
        ("Pälkäne", "Pälkäneen", "kunta", "outer", "635"),
        ("Kaustinen", "Kaustisen", "kunta", "outer", "236"),
        ("Maalahti", "Maalahden", "kunta", "inner", "475"),
        ("Haukipudas", "Haukiputaan", "kunta", "outer", "084"),
        ("Vähäkyrö", "Vähänkyrön", "kunta", "inner", "942"),
    ],
)
def test_difficult_names(places: dict[str, Place], name: str, genitive: str, form: str, case: str, number: str) -> None:
    place = find(places, name)
    said = [place.one(HV + term) for term in ("genitive", "municipalityForm", "locativeCase")]
    assert [*said, place.one(SKOS + "notation")] == [genitive, form, case, number]


def test_coordinates_lie_in_finland(places: dict[str, Place]) -> None:
    points: Counter[tuple[float, float]] = Counter()
    for place in of_kind(places, "municipality"):
        latitude, longitude = float(place.one(GEO + "lat")), float(place.one(GEO + "long"))
        assert 59.7 < latitude < 70.1, place.name
        assert 19.4 < longitude < 31.6, place.name
        points[latitude, longitude] += 1
    assert max(points.values()) == 1


def kilometres(one: Place, other: Place) -> float:
    """Return the distance of two places on a plane, which is near enough within one region."""
    north, east = (float(one.one(GEO + axis)) - float(other.one(GEO + axis)) for axis in ("lat", "long"))
    return math.hypot(north, east * math.cos(math.radians(float(one.one(GEO + "lat"))))) * 111.2


def test_coordinates_agree_with_regions(places: dict[str, Place]) -> None:
    """Every municipality has another of its region near it: a gross slip or a wrong region shows."""
    for region in of_kind(places, "region"):
        limit = 150 if region.name == "maakunta-19" else 65
        inside = [place for place in of_kind(places, "municipality") if place.one(SKOS + "broader") == region.name]
        for place in inside:
            nearest = min(kilometres(place, other) for other in inside if other is not place)
            assert nearest < limit, (region.name, place.name, nearest)


def successor(places: dict[str, Place], place: Place) -> Place:
    """Follow the mergers from a former municipality to the one that stands today."""
    seen = {place.name}
    while place.one(HV + "placeKind") == "place-kind/former-municipality":
        place = places[place.one(HV + "mergedInto")]
        assert place.name not in seen, f"{place.name} merged into itself"
        seen.add(place.name)
    return place


def test_former_municipalities_lead_to_current_ones(places: dict[str, Place]) -> None:
    for place in of_kind(places, "former-municipality"):
        heir = successor(places, place)
        assert heir.one(HV + "placeKind") == "place-kind/municipality", place.name
        assert heir.one(SKOS + "broader") == place.one(SKOS + "broader"), place.name


def test_mergers_follow_in_time(places: dict[str, Place]) -> None:
    """A merger took effect on a New Year's Day, and not after its successor had itself ended."""
    for place in of_kind(places, "former-municipality"):
        day = date.fromisoformat(place.one(HV + "mergedOn"))
        assert (day.month, day.day) == (1, 1), place.name
        assert 2005 <= day.year <= 2021, place.name
        ended = places[place.one(HV + "mergedInto")].all(HV + "mergedOn")
        assert all(day < date.fromisoformat(end) for end in ended), place.name


def test_chain_of_mergers(places: dict[str, Place]) -> None:
    assert successor(places, find(places, "Suodenniemi")) is find(places, "Sastamala")
    assert successor(places, find(places, "Maksamaa")) is find(places, "Vöyri")


def test_no_label_is_claimed_twice(places: dict[str, Place]) -> None:
    """A label means one place in all languages, whatever its kind."""
    claims: dict[str, set[str]] = {}
    for place in places.values():
        for label in place.labels(*LABELS):
            claims.setdefault(label.casefold(), set()).add(place.name)
    assert not {label: names for label, names in claims.items() if len(names) > 1}
