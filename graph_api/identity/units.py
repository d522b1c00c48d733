"""Units below owners: the same name below two owners is two units; a unit is never its owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.identity import authority
from graph_api.identity.clusters import Clusters, link_all
from graph_api.identity.institutions import Institutions
from graph_api.identity.material import Material, Place
from graph_api.identity.rules import Reason
from graph_api.identity.signs import ends_in_head, holds_place, is_site, unit_key
from graph_api.identity.spelling import Title, squash
from graph_api.identity.typos import Candidate, find_cut_names, find_typos
from loaders.vocabulary import organisations

_Node = tuple[str, str]  # the owner's key and the unit's
_Link = tuple[_Node, _Node, Reason]
_BODY = "body"
_SHORT_NAME = 6


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """What a group of names of units means."""

    key: str
    owner_key: str
    owner: Title
    name: str
    notation: str | None
    reason: str


class Units:
    """Groups of names of units."""

    def __init__(self, material: Material, institutions: Institutions) -> None:
        self._institutions = institutions
        self._spread = material.spread
        self._is_word = material.is_word
        self._wrong: set[_Node] = set()
        self._small = {word for name in material.names for word in name.split()[1:] if word[:1].islower()}
        self._places: dict[_Node, list[Place]] = defaultdict(list)
        self._alone: dict[str, set[_Node]] = defaultdict(set)
        for _, place in material.places():
            if place.units:
                self._note(place)
        self._clusters: Clusters[_Node] = Clusters(self._all_facts())
        for links in (self._same_body, self._aliases, self._misspelt, self._cut_off):
            link_all(self._clusters, links())
        self._members = self._clusters.groups()

    def _note(self, place: Place) -> None:
        node = self._node(place)
        self._places[node].append(place)
        unit = place.units[-1]
        if _is_distinctive(unit):
            self._alone[unit.key].add(node)

    def _node(self, place: Place) -> _Node:
        return self._institutions.owner_key(place.institution), _path_key(place.units)

    def _all_facts(self) -> dict[_Node, dict[str, str]]:
        facts = {node: self._facts(node) for node in self._places}
        known = {notation for found in facts.values() for notation in found.values()}
        for notation in sorted(known | {n for units in authority.units_of().values() for n, _ in units}):
            facts[notation, _BODY] = {"authority": notation}
        for body in organisations().values():
            if body.first("organisationType") == "sub_unit":
                facts[body.notation, _BODY] = {"authority": body.notation}
        return facts

    def _facts(self, node: _Node) -> dict[str, str]:
        unit = self._places[node][0].units[-1]
        body = authority.find_unit(unit, node[0])
        return {"authority": body.notation} if body is not None else {}

    def _same_body(self) -> Iterator[_Link]:
        for node in sorted(self._places):
            notation = self._clusters.fact(node, "authority")
            if notation:
                name = self._places[node][0].units[-1].text
                yield (
                    (notation, _BODY),
                    node,
                    Reason(f"“{name}” is a name of it in the authority file", "authority file"),
                )

    def _aliases(self) -> Iterator[_Link]:
        for node, places in self._places.items():
            others = {alias.key for place in places for alias in place.parsed.aliases}
            text = places[0].units[-1].text
            head, _, last = text.rpartition(" ")
            if head and ends_in_head(head) and self._is_short_name(last):
                others |= {squash(head), squash(last)}
            for key in sorted(others):
                reason = Reason(f"“{key}” is printed as another name of “{text}”", "printed alias")
                if (node[0], key) in self._clusters and key != node[1]:
                    yield (node[0], key), node, reason
                body = authority.find(Title(key, ""))
                if body is not None and body.first("organisationType") == "sub_unit":
                    yield (body.notation, _BODY), node, reason

    def _is_short_name(self, word: str) -> bool:
        if authority.find(Title(word, "")) is not None:
            return True
        return (
            not ends_in_head(word)
            and self._spread[word.casefold()] <= 1
            and (len(word) <= _SHORT_NAME or any(letter.isupper() for letter in word[1:]))
            and word.casefold() not in authority.known_words()
        )

    def _misspelt(self) -> Iterator[_Link]:
        candidates = [
            Candidate(node, tuple(authority.words_of(places[0].units[-1].text)), f"unit of {node[0]}")
            for node, places in self._places.items()
            if "/" not in node[1]
        ]
        owners = {node[0] for node in self._places}
        candidates += [
            Candidate((notation, _BODY), tuple(authority.words_of(title.text)), f"unit of {owner}", correctable=False)
            for owner in sorted(owners)
            for notation, title in authority.units_of().get(owner, ())
        ]
        for wrong, right, reason in find_typos(candidates, self._spread):
            self._wrong.add(wrong)
            yield right, wrong, Reason(reason, "typo")

    def _cut_off(self) -> Iterator[_Link]:
        names = [
            (self._clusters.find(node), node[0], node[1], _printed(place))
            for node, places in self._places.items()
            for place in places
        ]
        for cut, meant, reason in find_cut_names(names, self._is_word):
            self._wrong.add(cut)
            yield meant, cut, Reason(reason, "cut off")

    def standing_alone(self, title: Title) -> Place | None:
        """Return the place of a unit whose name is printed without its owner, if one owner alone has such a unit."""
        nodes = self._alone.get(title.key, set())
        groups = {self._clusters.find(node) for node in nodes}
        return self._places[min(nodes)][0] if len(groups) == 1 and not title.kind else None

    def describe(self, place: Place) -> UnitGroup:
        """Return what a name of a unit means."""
        node = self._node(place)
        if node not in self._clusters:
            body = authority.find_unit(place.units[-1], node[0])
            return UnitGroup(
                node[1], node[0], place.institution, place.units[-1].text, body.notation if body else None, "the name"
            )
        members = sorted(member for member in self._members[self._clusters.find(node)] if member in self._places)
        best = max(members, key=lambda member: (member not in self._wrong, len(self._places[member]), member))
        names = [found.units[-1].text for found in self._places[best]]
        owners = sorted(
            (found.institution for found in self._places[best]), key=lambda title: (title.key, title.kind, title.text)
        )
        name = self._lowered(min(names, key=lambda text: (text.isupper(), len(text), text)))
        notation = self._clusters.fact(node, "authority")
        reason = "the authority file" if notation else f"a unit below “{owners[0].text}”"
        return UnitGroup(best[1], best[0], owners[0], name, notation, reason)

    def _lowered(self, name: str) -> str:
        """Return a name with its first letter small, if the material prints its first word so within names."""
        first = name.split(" ", maxsplit=1)[0]
        return name[:1].lower() + name[1:] if first[:1].lower() + first[1:] in self._small else name

    def why(self, first: Place, second: Place) -> list[Reason]:
        """Return the reasons that join two names of units."""
        return self._clusters.why(self._node(first), self._node(second))

    def node(self, place: Place) -> _Node:
        """Return the owner's key and the unit's."""
        return self._node(place)

    def beyond(self, first: Place, second: Place) -> set[_Node]:
        """Return the node of the second name and those that are joined to the first by it alone."""
        return self._clusters.beyond(self._node(first), self._node(second))


def _path_key(units: tuple[Title, ...]) -> str:
    """Return the key of the innermost unit; one that is told by its place alone keeps the unit above."""
    last = units[-1].text
    if len(units) > 1 and is_site(last):
        return f"{unit_key(units[-2].text)}/{unit_key(last)}"
    return unit_key(last)


def _is_distinctive(unit: Title) -> bool:
    """Return whether a unit's name says whose it is: it holds a place or a proper name."""
    if is_site(unit.text):
        return False
    words = authority.words_of(unit.text)
    if len(words) > 1 and any(_is_proper(word) for word in words):
        return True
    return (
        holds_place(unit.text)
        or "-" in unit.text.strip("-")
        or any(word[:1].isupper() for word in unit.text.split()[1:])
    )


def _is_proper(word: str) -> bool:
    """Return whether no vocabulary has a word, and no head noun is in it."""
    return len(word) > 3 and word not in authority.known_words() and not ends_in_head(word)


def _printed(place: Place) -> str:
    return " ".join(title.text for title in (*place.parsed.path[:1], *place.units))
