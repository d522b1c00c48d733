"""All printed names of the material, read once: which stand on their own, which words are common, where each belongs."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graph_api.identity import authority, typos
from graph_api.identity.names import Grammar, ParsedName
from graph_api.identity.signs import head_type, holds_place, rank
from graph_api.identity.spelling import Title, clean

_PRIVATE = frozenset({"limited-partnership", "partnership", "trade-name", "cooperative"})
_LONG = 40
_STANDING_ALONE = frozenset({"vocational_school", "school", "public_body", "research_institute"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed name and what is printed with it: business id, country (ISO 3166-1), participant code, type."""

    name: str
    business_id: str | None = None
    country: str | None = None
    participant_code: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printed name belongs: the institution it names, and the path of units below it."""

    institution: Title
    units: tuple[Title, ...]
    parsed: ParsedName
    correction: str = ""

    @property
    def is_plain(self) -> bool:
        """Return whether the mention prints one name of one body and nothing else."""
        parsed = self.parsed
        alone = len(parsed.path) == 1 and not self.correction
        return alone and not parsed.aliases and not parsed.abbreviations and not parsed.former


class Material:
    """The names of the material.

    Parameters
    ----------
    mentions : iterable of Mention
        In any order, with repetitions.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._ids: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            ids = self._ids[clean(mention.name)]
            if mention.business_id:
                ids.add(mention.business_id)
        self.names = sorted(self._ids)
        first = Grammar()
        alone = {name: first.parse(name) for name in self.names}
        self.spread = _spread(alone.values())
        standing = Counter(p.body.key for p in alone.values() if len(p.path) == 1 and _is_organisation(p.body))
        common = frozenset(word for word, count in self.spread.items() if count > 1) | authority.known_words()
        aliases = frozenset((p.body.key, alias.key) for p in alone.values() for alias in p.aliases)
        self._grammar = Grammar(frozenset(standing), common, aliases)
        self.standing = frozenset(standing)
        self._doubled = frozenset[str]()
        self._whole_words = frozenset(_whole_words(self.names)) | authority.known_words()
        self._places = {name: self._read(name) for name in self.names}
        self._doubled = frozenset(_doubled(self._places.values()))
        for name, place in self._places.items():
            if any(title.key in self._doubled for title in place.parsed.path):
                self._places[name] = self._read(name)

    def place(self, name: str) -> Place:
        """Return where a name belongs."""
        name = clean(name)
        found = self._places.get(name)
        return found if found is not None else self._read(name)

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield each name with its place."""
        yield from self._places.items()

    def mentions(self) -> Iterator[Mention]:
        """Yield each name alone, and with each business id printed with it."""
        for name in self.names:
            yield Mention(name)
            yield from (Mention(name, number) for number in sorted(self._ids[name]))

    def business_ids(self, name: str) -> frozenset[str]:
        """Return the business ids printed with a name."""
        return frozenset(self._ids.get(clean(name), ()))

    def is_word(self, word: str) -> bool:
        """Return whether a (case-folded) word is one, and not the beginning of one that a list has cut off."""
        return word in self._whole_words

    def body(self, title: Title) -> str | None:
        """Return the notation of the body of the authority file that a name belongs to.

        A foundation and its school that the authority file has as one body are two where the material prints them as
        owner and unit.
        """
        body = authority.find(title)
        return body.notation if body is not None and title.key not in self._doubled else None

    def _read(self, name: str) -> Place:
        """Return where a name belongs; a misspelt one is put right where that makes its institution a known one."""
        found = self._locate(name)
        if self._is_settled(found):
            return found
        for corrected in typos.correct(name, self.spread):
            place = self._locate(corrected)
            printed = place.institution.key in self.standing and len(place.units) > len(found.units)
            if printed or self.body(place.institution) is not None:
                return replace(place, correction=f"“{name}” is misspelt for “{corrected}”")
        return found

    def _is_settled(self, place: Place) -> bool:
        """Return whether a name is no misspelling of a public body's: known, a company's, or one word."""
        title = place.institution
        return self.body(title) is not None or title.kind in _PRIVATE or " " not in place.parsed.body.text

    def _locate(self, name: str) -> Place:
        parsed = self._grammar.parse(name)
        anchor = 0
        for number, title in enumerate(parsed.path):
            if number and self._is_institution(title, parsed.path[anchor]):
                anchor = number
        return Place(parsed.path[anchor], parsed.path[anchor + 1 :], parsed)

    def _is_institution(self, title: Title, above: Title) -> bool:
        """Return whether a name below another is known by itself, so that its owner need not be printed."""
        known = self.body(title) is not None
        if rank(title) <= 1:
            # "Ympäristövirasto" of a city and "Avoin yliopisto" of a university are units.
            return known or bool(title.kind) or (holds_place(title.text) and rank(above) == 0)
        if rank(above) > 0 or rank(title) > authority.INSTITUTION:
            return False
        return known or (head_type(title) in _STANDING_ALONE and holds_place(title.text))


def _is_organisation(title: Title) -> bool:
    return bool(title.kind or head_type(title))


def _whole_words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        words = name.casefold().split()
        yield from words if len(name) < _LONG else words[:-1]


def _spread(parsed: Iterable[ParsedName]) -> Counter[str]:
    """Return in how many different names each word occurs."""
    names: Mapping[str, list[str]] = {t.key: authority.words_of(t.text) for p in parsed for t in p.path}
    return Counter(word for words in names.values() for word in set(words))


def _doubled(places: Iterable[Place]) -> Iterator[str]:
    """Yield the lesser names of bodies that are printed as owner and unit of themselves."""
    for place in places:
        path = place.parsed.path
        for above, below in itertools.pairwise(path):
            one, other = authority.find(above), authority.find(below)
            if one is not None and other is not None and one.notation == other.notation and above.key != below.key:
                yield above.key if head_type(Title(one.name, "")) == head_type(below) else below.key
