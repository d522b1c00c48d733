"""Names of institutions (all that is not a unit below an owner), grouped by what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph_api.identity import authority, residue
from graph_api.identity.clusters import Clusters, link_all
from graph_api.identity.material import Material, Place
from graph_api.identity.rules import Reason
from graph_api.identity.signs import ends_in_head, head_type, is_place, rank
from graph_api.identity.spelling import Title, squash, strip_legal_form
from graph_api.identity.typos import Candidate, find_cut_names, find_typos
from loaders.vocabulary import organisations

_Node = tuple[str, str]  # key and legal kind, or a notation of the authority file and "body"
_Link = tuple[_Node, _Node, Reason]
_BODY = "body"
_LONG_WORD = 12


@dataclass(frozen=True, slots=True)
class Group:
    """What a group of names means."""

    key: str
    name: str
    notation: str | None
    business_id: str | None
    reason: str


class Institutions:
    """Groups of names of institutions."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spellings: dict[_Node, set[str]] = defaultdict(set)
        self._ids: dict[_Node, set[str]] = defaultdict(set)
        self._printed: dict[_Node, set[str]] = defaultdict(set)
        self._wrong: set[_Node] = set()
        for name, place in material.places():
            self._note(name, place)
        self._drop_ids_of_units()
        self._clusters: Clusters[_Node] = Clusters(self._facts())
        for links in (
            self._same_body, self._same_business_id, self._same_without_form, self._aliases, self._short_names,
            self._misspelt, self._cut_off,
        ):  # fmt: skip
            link_all(self._clusters, links())
        self._members = self._clusters.groups()

    def _note(self, name: str, place: Place) -> None:
        for title in (*place.parsed.path[: -len(place.units) or None],):
            self._spellings[_node(title)].add(title.text)
        if not place.units:
            ids = self._material.business_ids(name)
            self._ids[_node(place.institution)] |= ids
            if (printed := _as_printed(name, place)) is not None:
                self._printed[_node(place.institution)].add(printed)

    def _drop_ids_of_units(self) -> None:
        """A unit named without its owner is printed with its owner's business id, which is not its own."""
        owners: dict[str, set[_Node]] = defaultdict(set)
        for node, ids in self._ids.items():
            for number in ids:
                owners[number].add(node)
        for number, nodes in owners.items():
            persons = {node for node in nodes if rank(self._title(node)) <= 1}
            body = authority.by_business_id().get(number)
            if persons or (body is not None and authority.rank_of_type(body.first("organisationType") or "") <= 1):
                for node in nodes - persons:
                    if head_type(self._title(node)):
                        self._ids[node].discard(number)

    def _title(self, node: _Node) -> Title:
        return Title(min(self._spellings[node]), node[1])

    def _facts(self) -> dict[_Node, dict[str, str]]:
        facts: dict[_Node, dict[str, str]] = {}
        for node in self._spellings:
            facts[node] = {"legal kind": node[1]} if node[1] else {}
            ids = self._ids[node]
            if len(ids) == 1:
                facts[node]["business id"] = next(iter(ids))
        for notation in organisations():
            facts[notation, _BODY] = {"authority": notation}
        return facts

    def _body(self, node: _Node) -> str | None:
        return self._material.body(self._title(node))

    def _same_body(self) -> Iterator[_Link]:
        for node in self._spellings:
            notation = self._body(node)
            if notation:
                name = min(self._spellings[node])
                yield (
                    (notation, _BODY),
                    node,
                    Reason(f"“{name}” is a name of it in the authority file", "authority file"),
                )

    def _same_business_id(self) -> Iterator[_Link]:
        owners: dict[str, list[_Node]] = defaultdict(list)
        for node, ids in self._ids.items():
            if len(ids) == 1:
                owners[next(iter(ids))].append(node)
        for number, nodes in owners.items():
            body = authority.by_business_id().get(number)
            first = (body.notation, _BODY) if body is not None else min(nodes)
            for node in nodes:
                yield first, node, Reason(f"they are printed with one business id, {number}", "business id")

    def _same_without_form(self) -> Iterator[_Link]:
        kinds: dict[str, list[_Node]] = defaultdict(list)
        for node in self._spellings:
            kinds[node[0]].append(node)
        for nodes in kinds.values():
            registered = [node for node in nodes if node[1]]
            if len(registered) == 1 and len(nodes) == 2:
                reason = Reason("the names differ in the legal form alone", "legal form")
                yield registered[0], (registered[0][0], ""), reason

    def _aliases(self) -> Iterator[_Link]:
        for _, place in self._material.places():
            if place.units:
                continue
            node = _node(place.institution)
            for alias in place.parsed.aliases:
                text = f"“{alias.text}” is printed as another name of “{place.institution.text}”"
                for other in self._known(alias):
                    yield node, other, Reason(text, "printed alias")

    def _known(self, title: Title) -> Iterator[_Node]:
        """Yield the nodes that a name may mean: the authority file's body, or the name as it stands elsewhere."""
        notation = self._material.body(title)
        if notation:
            yield notation, _BODY
        elif len(title.key) > 3 and (title.kind or head_type(title) or " " not in title.text):
            # A person's name behind a firm's is the person, whose own firm is another.
            fitting = [(title.key, kind) for kind in {title.kind, ""}]
            yield from (node for node in fitting if node in self._clusters)

    def _short_names(self) -> Iterator[_Link]:
        """A name with a proper name behind its head noun: "… elinkeino- ja kehitysyhtiö Tredea Oy", "Tredea Oy"."""
        for node, texts in self._spellings.items():
            text = min(texts)
            head, _, last = text.rpartition(" ")
            if head.count(" ") < 1 or is_place(last) or ends_in_head(text) or not ends_in_head(head):
                continue
            reason = Reason(f"“{last}” is the short name in “{text}”", "short name")
            for kind in {node[1], ""}:
                if (squash(head), kind) in self._clusters:
                    yield (squash(head), kind), node, reason
            if node[1] == "company" and len(last) > 3 and (squash(last), "company") in self._clusters:
                yield (squash(last), "company"), node, reason

    def _candidates(self) -> Iterator[Candidate[_Node]]:
        for node, texts in self._spellings.items():
            text = min(texts)
            if self._body(node) or not (
                node[1] or head_type(Title(text, "")) or " " in text or len(text) >= _LONG_WORD
            ):
                continue
            for block in {node[1], ""}:
                for words in _without_short_name(text):
                    yield Candidate(node, words, block)
        yield from _known_candidates()

    def _misspelt(self) -> Iterator[_Link]:
        for wrong, right, reason in find_typos(self._candidates(), self._material.spread):
            self._wrong.add(wrong)
            yield right, wrong, Reason(reason, "typo")

    def _cut_off(self) -> Iterator[_Link]:
        names = [(self._clusters.find(n), "", n[0], text) for n, texts in self._spellings.items() for text in texts]
        for body in organisations().values():
            node = self._clusters.find((body.notation, _BODY))
            names += [(node, "", strip_legal_form(label.text).key, label.text) for label in body.labels]
        for cut, meant, reason in find_cut_names(names, self._material.is_word):
            self._wrong.add(cut)
            yield meant, cut, Reason(reason, "cut off")

    def node(self, title: Title) -> _Node:
        """Return the node that stands for the group of a name."""
        node = _node(title)
        if node in self._clusters:
            return self._clusters.find(node)
        notation = self._material.body(title)
        return self._clusters.find((notation, _BODY)) if notation else node

    def owner_key(self, title: Title) -> str:
        """Return what stands for an owner in the keys of its units: its last successor, where the authority knows."""
        group = self.describe(title)
        return authority.root(group.notation) if group.notation else group.key

    def describe(self, title: Title, business_id: str | None = None) -> Group:
        """Return what a name means."""
        node = self.node(title)
        if node not in self._clusters:
            return _unseen(title, business_id)
        notation = self._clusters.fact(node, "authority")
        if notation:
            return Group(notation, organisations()[notation].name, notation, None, "the authority file")
        body = authority.by_business_id().get(business_id or "")
        if body is not None and not head_type(title):
            return Group(body.notation, body.name, body.notation, business_id, f"business id {business_id}")
        # A number that has been set aside as the owner's is not the unit's when it is asked with it either.
        own = business_id if self._ids[_node(title)] else None
        return self._without_body(node, own or self._clusters.fact(node, "business id"))

    def _without_body(self, node: _Node, number: str | None) -> Group:
        members = [member for member in self._members[node] if member[1] != _BODY]
        best = max(members, key=lambda m: (m not in self._wrong, bool(m[1]), len(self._spellings[m]), m))
        reason = "the name" if len(members) == 1 else f"{len(members)} names of one body"
        key = "|".join(best).rstrip("|")
        return Group(key, self._display(best), None, number, f"business id {number}" if number else reason)

    def _display(self, node: _Node) -> str:
        texts = self._printed[node] or self._spellings[node]
        return min(texts, key=lambda text: (text.isupper(), text.casefold() == text, len(text), text))

    def is_known(self, title: Title) -> bool:
        """Return whether the authority file has a name."""
        return (
            self._clusters.fact(self.node(title), "authority") is not None
            if self.node(title) in self._clusters
            else False
        )

    def why(self, first: Title, second: Title) -> list[Reason]:
        """Return the reasons that join two names."""
        one, reasons = self._anchored(first)
        other, more = self._anchored(second)
        return [*reasons, *self._clusters.why(one, other), *more]

    def _anchored(self, title: Title) -> tuple[_Node, list[Reason]]:
        """Return the node of a name; of one that the material has not, its body's node, with the reason."""
        node, notation = _node(title), self._material.body(title)
        if node in self._clusters or notation is None:
            return node, []
        reason = Reason(
            f"“{title.text}” is a name of {organisations()[notation].name} in the authority file", "authority file"
        )
        return (notation, _BODY), [reason]

    def why_not(self, first: Title, second: Title) -> str | None:
        """Return what keeps two names apart, where a link was refused or something certain differs."""
        one, other = _node(first), _node(second)
        refused = self._clusters.refused(one, other)
        against = self._clusters.conflict(one, other)
        return refused or (f"they differ in their {against}" if against else None)

    def beyond(self, first: Title, second: Title) -> set[_Node]:
        """Return the node of the second name and those that are joined to the first by it alone."""
        return self._clusters.beyond(_node(first), _node(second))


def _as_printed(name: str, place: Place) -> str | None:
    """Return a name without what lists print beside it, where that leaves the name of one body and nothing else."""
    if place.is_plain or (len(place.parsed.path) == 1 and not place.parsed.aliases and not place.correction):
        text = residue.remove(name)[0]
        return None if set("()[]/;") & set(text) else text
    return None


@cache
def _known_candidates() -> tuple[Candidate[_Node], ...]:
    """Return the names of the authority file, which a misspelt one may mean."""
    return tuple(
        Candidate((body.notation, _BODY), tuple(authority.words_of(title.text)), block, correctable=False)
        for body in organisations().values()
        for label in body.labels
        if label.kind != "hidden"
        for title in (strip_legal_form(label.text),)
        for block in sorted({title.kind, ""})
    )


def _without_short_name(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, and those without a short name at its end ("… monikulttuurisuusyhdistys JoMoni")."""
    yield tuple(authority.words_of(text))
    head, _, last = text.rpartition(" ")
    if head.count(" ") > 0 and not text.isupper() and any(letter.isupper() for letter in last[1:]):
        yield tuple(authority.words_of(head))


def _node(title: Title) -> _Node:
    return title.key, title.kind


def _unseen(title: Title, business_id: str | None) -> Group:
    key = "|".join(_node(title)).rstrip("|")
    return Group(key, title.text, None, business_id, f"business id {business_id}" if business_id else "the name")
