"""All names of a graph's entities in memory: by identifier, by code, by spelling, and by what is like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from graph_api.identity.spelling import squash
from graph_api.reconciliation.types import FOLDERS, entity_types, with_broader
from graph_api.stores.contract import View
from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS

_LABELS = (SKOS + "prefLabel", DCTERMS + "title", SKOS + "altLabel", HV + "abbreviation")
_CODES = (HV + "businessId", HV + "code", SKOS + "notation")
_PLACES = (HV + "locatedIn", HV + "takesPlaceIn")
_KINDS = (HV + "organisationType", HV + "placeKind")
_DATES = (HV + "start", HV + "end")
_LANGUAGES = ("fi", "sv", "en")
_LIKE = 55.0  # of 100: below this, two names have little in common


@dataclass(slots=True)
class Entry:
    """An entity and what its name can be known by.

    `id` is its IRI without the base; `names` are all spellings, the one to be shown first; `types` hold broader ones.
    """

    id: str
    names: list[str] = field(default_factory=list)
    types: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    years: str = ""

    @property
    def name(self) -> str:
        """Return the name to be shown."""
        return self.names[0]

    @property
    def iri(self) -> str:
        """Return the IRI."""
        return BASE + self.id

    @property
    def folder(self) -> str:
        """Return the first part of the identifier: organisation, initiative …"""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name that is like the one asked for, and how like (0–1)."""

    entry: Entry
    name: str
    value: float


class Names:
    """The names of a graph.

    Parameters
    ----------
    view : View
        The graph; it is read once.
    """

    def __init__(self, view: View) -> None:
        self.entries = _read(view)
        self.above = _broader_places(view)
        self._spelt: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        self._coded: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            for name in entry.names:
                self._spelt[entry.folder][squash(name)].append(entry)
            for code in entry.codes:
                self._coded[code].append(entry)
        self._add_names_of_places()
        self._keys = {folder: list(spelt) for folder, spelt in self._spelt.items()}
        self._folded = [(name.casefold(), entry) for entry in self.entries.values() for name in entry.names]

    def _add_names_of_places(self) -> None:
        """Let a municipality be found by its place's name: "Vaala" is like "Vaalan kunta", and never the same."""
        for entry in self.entries.values():
            body = self.entries.get(f"organisation/{entry.id.partition('/')[2]}")
            if entry.folder == "place" and body is not None:
                self._spelt["organisation"].setdefault(squash(entry.name), [body])

    def get(self, identifier: str) -> Entry | None:
        """Return the entity of an identifier or IRI."""
        return self.entries.get(identifier.removeprefix(BASE))

    def coded(self, code: str) -> list[Entry]:
        """Return the entities of a code, notation or business id."""
        return self._coded.get(code.strip(), [])

    def spelt(self, folder: str, name: str) -> list[Entry]:
        """Return the entities of a folder that a spelling (case, blanks and hyphens set aside) is a name of."""
        return self._spelt[folder].get(squash(name), [])

    def like(self, folder: str, name: str, most: int) -> list[Likeness]:
        """Return the likest names of a folder, one an entity, likest first."""
        key = squash(name)
        if not key:
            return []
        keys = self._keys.get(folder, [])
        found = [
            (k, s) for k, s, _ in process.extract(key, keys, scorer=fuzz.ratio, limit=3 * most, score_cutoff=_LIKE)
        ]
        inner = sorted((k for k in keys if len(key) > 3 and key in k), key=len)[:most]
        best: dict[str, Likeness] = {}
        for found_key, score in [*found, *((k, fuzz.ratio(key, k)) for k in inner)]:
            for entry in self._spelt[folder][found_key]:
                if entry.id not in best:
                    shown = next((n for n in entry.names if squash(n) == found_key), entry.name)
                    best[entry.id] = Likeness(entry, shown, score / 100)
        return sorted(best.values(), key=lambda item: (-item.value, item.entry.id))[:most]

    def suggest(self, prefix: str, types: Iterable[str] = (), skip: int = 0, most: int = 20) -> list[Entry]:
        """Return the entities with a name that holds a text: those that begin with it first, then words, then inner."""
        asked, wanted = prefix.strip().casefold(), set(types)
        exact = self.get(prefix.strip())
        known = [exact] if exact is not None else self.coded(prefix)
        ranked: dict[str, tuple[int, int, str]] = {entry.id: (0, 0, entry.id) for entry in known}
        for name, entry in self._folded if asked else ():
            at = name.find(asked)
            if at >= 0:
                rank = (1 if at == 0 else 2 if not name[at - 1].isalnum() else 3, len(name), entry.id)
                ranked[entry.id] = min(rank, ranked.get(entry.id, rank))
        entries = (self.entries[identifier] for _, identifier in sorted((rank, i) for i, rank in ranked.items()))
        return [entry for entry in entries if not wanted or wanted & set(entry.types)][skip : skip + most]

    def places_around(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Return places and all that they lie in."""
        found, queue = set[str](), list(identifiers)
        while queue:
            place = queue.pop()
            if place not in found:
                found.add(place)
                queue += self.above.get(place, ())
        return frozenset(found)

    def describe(self, entry: Entry) -> str:
        """Return what tells an entity from others of its name: its narrowest types, places, years, code."""
        known = entity_types()
        above = {broader for t in entry.types for broader in known[t].broader}
        parts = [known[t].name for t in entry.types if t not in above]
        places = (self.entries[place].name for place in sorted(entry.places) if place in self.entries)
        parts += [name for _, name in zip(range(2), places, strict=False)]
        codes = [
            code for code in sorted(entry.codes) if not entry.id.endswith(f"/{code}") or entry.folder == "initiative"
        ]
        return ", ".join([*parts, *([entry.years] if entry.years else []), *codes[:1]])


def _read(view: View) -> dict[str, Entry]:
    values = {predicate: _values(view, predicate) for predicate in (*_LABELS, *_CODES, *_PLACES, *_KINDS, *_DATES)}
    classes = _values(view, RDF + "type")
    entries = {}
    for identifier in dict.fromkeys(i for predicate in _LABELS for i in values[predicate]):
        entry = Entry(identifier, _ordered(values, identifier))
        kinds = [_short(v) for p in _KINDS for v in values[p].get(identifier, ())]
        stated = [v.value.removeprefix(HV) for v in classes.get(identifier, ())]
        entry.types = with_broader([FOLDERS[entry.folder], *stated, *kinds])
        entry.codes = frozenset(v.value for p in _CODES for v in values[p].get(identifier, ()))
        entry.places = frozenset(_short(v) for p in _PLACES for v in values[p].get(identifier, ()))
        dates = [min((v.value[:4] for v in values[p].get(identifier, ())), default="") for p in _DATES]
        entry.years = "–".join(dates) if any(dates) else ""
        entries[identifier] = entry
    return entries


def _values(view: View, predicate: str) -> Mapping[str, list[ox.NamedNode | ox.Literal]]:
    """Return the values of a property of each entity (identifier) that can be matched."""
    found: dict[str, dict[ox.NamedNode | ox.Literal, None]] = defaultdict(dict)
    for quad in view.quads_for_pattern(None, ox.NamedNode(predicate), None):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if subject.value.startswith(BASE) and _short(subject).partition("/")[0] in FOLDERS:
            found[_short(subject)][value] = None
    return {identifier: list(values) for identifier, values in found.items()}


def _ordered(values: Mapping[str, Mapping[str, list[ox.NamedNode | ox.Literal]]], identifier: str) -> list[str]:
    """Return all names of an entity: preferred ones first, and of those the Finnish one."""

    def rank(literal: ox.NamedNode | ox.Literal) -> tuple[int, str]:
        language = (literal.language or "") if isinstance(literal, ox.Literal) else ""
        return (_LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES), literal.value)

    names = (v.value for p in _LABELS for v in sorted(values[p].get(identifier, ()), key=rank))
    return list(dict.fromkeys(names))


def _broader_places(view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for predicate in (SKOS + "broader", HV + "wellbeingCounty"):
        for identifier, values in _values(view, predicate).items():
            if identifier.startswith("place/"):
                found.setdefault(identifier, []).extend(_short(value) for value in values)
    return found


def _short(value: ox.NamedNode | ox.Literal) -> str:
    return value.value.removeprefix(BASE)


def folders_of(types: Iterable[str]) -> Iterator[str]:
    """Yield the folders in which entities of some of these types can be; all folders where no type is named."""
    wanted = set(with_broader(types))
    for folder, kind in FOLDERS.items():
        if not wanted or kind in wanted or (kind in {"Pilot", "Programme"} and "Initiative" in wanted):
            yield folder
