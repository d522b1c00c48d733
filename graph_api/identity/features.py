"""What two names share and where they differ: the features that a steward sees, each with what it does to the score.

The features of two names that the rules did not join tell how near they came: likeness of letters, times one factor for
each feature that differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph_api.identity import authority
from graph_api.identity.material import Material, Place
from graph_api.identity.signs import find_head, head_type, is_abbreviation_of
from graph_api.identity.spelling import Title, strip_legal_form
from loaders.vocabulary import organisations, scheme

# Words that tell one part of the country from another.
_COMPASS = frozenset({"itä", "länsi", "etelä", "pohjois", "keski", "kaakkois", "lounais", "koillis", "luoteis"})
MOST_FOR_TWO = 0.49
"""A pair that the rules keep apart never scores more: from .5 it is one organisation."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a pair.

    `value` is ``equal``, ``differing`` or ``near``; `factor` is what a score of two organisations is multiplied by.
    """

    name: str
    value: str
    factor: float
    text: str


def meant(place: Place) -> Title:
    """Return the name that is meant: the innermost unit's, else the institution's."""
    return place.units[-1] if place.units else place.institution


def likeness(first: Place, second: Place) -> float:
    """Return how like the letters of two names are, from 0 to 1; of two units, the units' own names count."""
    if first.units and second.units:
        return fuzz.ratio(meant(first).key, meant(second).key) / 100
    one, other = (" ".join(title.key for title in (p.institution, *p.units)) for p in (first, second))
    return (
        max(fuzz.ratio(one, other), fuzz.token_sort_ratio(meant(first).text.casefold(), meant(second).text.casefold()))
        / 100
    )


def features(material: Material, names: tuple[str, str], places: tuple[Place, Place]) -> Iterator[Feature]:
    """Yield the features of a pair of names that say something."""
    titles = meant(places[0]), meant(places[1])
    yield from _numbers(material, names)
    yield from _bodies(material, titles)
    yield from _letters(titles)
    yield from _forms(titles)
    yield from _heads(titles)
    yield from _places(titles)
    yield from _owners(material, places)
    yield from _other_names(places)


def _numbers(material: Material, names: tuple[str, str]) -> Iterator[Feature]:
    one, other = (material.business_ids(name) for name in names)
    if one and other:
        same = one & other
        text = (
            f"both are printed with {', '.join(sorted(same))}" if same else f"{_listed(one)} against {_listed(other)}"
        )
        yield Feature("business id", "equal" if same else "differing", 1.0 if same else 0.1, text)


def _bodies(material: Material, titles: tuple[Title, Title]) -> Iterator[Feature]:
    one, other = (material.body(title) for title in titles)
    if one and other:
        names = [organisations()[notation].name for notation in (one, other)]
        text = f"both are names of {names[0]}" if one == other else f"{names[0]} against {names[1]}"
        yield Feature("authority file", "equal" if one == other else "differing", 1.0 if one == other else 0.2, text)


def _letters(titles: tuple[Title, Title]) -> Iterator[Feature]:
    one, other = (title.key for title in titles)
    if one == other:
        yield Feature("normalised name", "equal", 1.0, f"both are “{one}” without case, blanks, hyphens and legal form")
        return
    distance = OSA.distance(one, other, score_cutoff=3)
    if distance <= 3:
        words = authority.words_of(titles[0].text), authority.words_of(titles[1].text)
        where = (
            [f"“{a}” / “{b}”" for a, b in zip(*words, strict=False) if a != b] if len(words[0]) == len(words[1]) else []
        )
        letters = "letter differs" if distance == 1 else "letters differ"
        yield Feature("spelling", "near", 1.0, f"{distance} {letters}: {', '.join(where) or f'“{one}” / “{other}”'}")
    for short, name in (titles, titles[::-1]):
        if is_abbreviation_of(short.text, name.text):
            yield Feature("abbreviation", "near", 1.0, f"“{short.text}” can be read off “{name.text}”")


def _forms(titles: tuple[Title, Title]) -> Iterator[Feature]:
    one, other = (title.kind for title in titles)
    if one and other:
        text = one if one == other else f"{one} against {other}"
        yield Feature("legal form", "equal" if one == other else "differing", 1.0 if one == other else 0.4, text)


def _heads(titles: tuple[Title, Title]) -> Iterator[Feature]:
    one, other = (find_head(title.text) for title in titles)
    if one is not None and other is not None:
        same = one.lemma == other.lemma
        kinds = head_type(titles[0]) == head_type(titles[1])
        text = one.lemma if same else f"{one.lemma} against {other.lemma}"
        yield Feature("head noun", "equal" if same else "differing", 1.0 if same else 0.7 if kinds else 0.4, text)


def _places(titles: tuple[Title, Title]) -> Iterator[Feature]:
    one, other = (_places_in(title.text) for title in titles)
    if one and other:
        same = bool(one & other)
        names = [_listed(frozenset(_place_name(key) for key in keys)) for keys in (one & other, one, other)]
        text = f"both name {names[0]}" if same else f"{names[1]} against {names[2]}"
        yield Feature("place", "equal" if same else "differing", 1.0 if same else 0.3, text)


def _places_in(text: str) -> frozenset[str]:
    """Return the places (notations) that a name names, and the part of the country before a hyphen ("Itä-Suomen")."""
    known, words = authority.place_words(), authority.words_of(text)
    parts = {word.partition("-")[0] for word in text.casefold().split() if "-" in word} & _COMPASS
    if parts:
        return frozenset(parts)
    return frozenset(known[word] for word in words if word in known)


def _place_name(key: str) -> str:
    place = scheme("places").get(key)
    return place.name if place is not None else key


def _owners(material: Material, places: tuple[Place, Place]) -> Iterator[Feature]:
    one, other = places
    paths = [" › ".join(title.text for title in (place.institution, *place.units)) for place in places]
    if one.units and other.units:
        owners = [material.body(place.institution) or place.institution.key for place in places]
        same = authority.root(owners[0]) == authority.root(owners[1])
        yield Feature("unit path", "equal" if same else "differing", 1.0 if same else 0.4, f"{paths[0]} / {paths[1]}")
    elif one.units or other.units:
        yield Feature("unit path", "differing", 0.5, f"{paths[0]} / {paths[1]}: one of them is printed as a unit")


def _other_names(places: tuple[Place, Place]) -> Iterator[Feature]:
    for place, other in (places, places[::-1]):
        keys = {title.key for title in (*other.parsed.path, *other.parsed.aliases)}
        for alias in place.parsed.aliases:
            if alias.key in keys:
                yield Feature("printed alias", "equal", 1.0, f"“{alias.text}” is printed beside “{meant(place).text}”")
        for former in place.parsed.former:
            if (
                strip_legal_form(former.rpartition(" ")[0] or former).key in keys
                or meant(other).key in Title(former, "").key
            ):
                yield Feature("former name", "near", 0.5, f"“{former}” is printed beside “{meant(place).text}”")


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))
