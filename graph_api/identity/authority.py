"""Looking names up in the authority file: by any spelling of any label, in the nominative or the genitive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from graph_api.identity.spelling import Title, squash, strip_legal_form
from loaders.language.head_nouns import load_head_nouns
from loaders.language.inflection import genitive_of, head_noun
from loaders.vocabulary import Concept, Label, organisations, scheme

# Bodies that are one legal person of their own kind: a company or an association of the same name is another body.
_NEVER_REGISTERED = frozenset(
    {"municipality", "university", "ministry", "state_agency", "ely", "regional_council", "joint_authority",
     "wellbeing_county"}
)  # fmt: skip
_RANKS = {"preferred": 0, "alternative": 1, "abbreviation": 2, "hidden": 3}
_RANK_OF_TYPE = {
    **dict.fromkeys(("ministry", "state_agency", "ely", "regional_council", "wellbeing_county", "municipality"), 0),
    **dict.fromkeys(("joint_authority", "foundation", "association", "union", "employer_org", "company"), 0),
    **dict.fromkeys(("church", "fund", "eu_fund"), 0),
    **dict.fromkeys(("university", "uas"), 1),
    "sub_unit": 3,
}
BODY, INSTITUTION, UNIT = 1, 2, 3


def rank_of_type(kind: str) -> int:
    """Return how high a type stands: 0 a legal person, 1 a university, 2 an institution, 3 a unit."""
    return _RANK_OF_TYPE.get(kind, INSTITUTION)


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Return the notations of the bodies that own each key, the one it belongs to most first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for body in organisations().values():
        for label in body.labels:
            for text in _variants(body, label):
                found[strip_legal_form(text).key].append((_RANKS[label.kind], body.notation))
    return {key: tuple(dict.fromkeys(notation for _, notation in sorted(owners))) for key, owners in found.items()}


def _variants(body: Concept, label: Label) -> Iterator[str]:
    """Yield a label and, where it begins with a place in the genitive, the slip with the nominative: "Oulu yliopisto"."""
    yield label.text
    if body.first("organisationType") == "regional_council" and label.text.endswith(" liitto"):
        yield label.text.removesuffix("liitto") + "maakuntaliitto"
    first, blank, rest = label.text.partition(" ")
    place = _place_nominatives().get(first) if label.language == "fi" else None
    if place and blank and head_noun(rest) is not None and " " not in rest:
        yield f"{place} {rest}"


@cache
def _place_nominatives() -> Mapping[str, str]:
    return {place.first("genitive") or "": place.name for place in scheme("places").values()}


@cache
def place_words() -> Mapping[str, str]:
    """Return the place (notation) of each key that names one, in the nominative or the genitive."""
    found: dict[str, str] = {}
    for place in scheme("places").values():
        for text in (place.name, place.first("genitive") or "", *(label.text for label in place.labels)):
            if text:
                found.setdefault(squash(text), place.notation)
    return found


@cache
def _genitives() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for body in organisations().values():
        for label in body.labels:
            if label.language == "fi" and label.kind in {"preferred", "alternative"}:
                bare = strip_legal_form(label.text)
                head, _, last = bare.text.rpartition(" ")
                form = body.first("genitive") if label.kind == "preferred" else None
                found.setdefault(squash(form or f"{head} {genitive_of(last)}"), body.notation)
    return found


@lru_cache(maxsize=65_536)
def find(title: Title) -> Concept | None:
    """Return the body that a name belongs to, or ``None``; a name of another legal kind belongs to another body."""
    bodies = organisations()
    fitting = (bodies[notation] for notation in _index().get(title.key, ()))
    return next((body for body in fitting if _fits(title.kind, body)), None)


def label_rank(title: Title) -> int:
    """Return how a name stands in the authority file: 0 preferred, 1 other, 2 abbreviation, 3 hidden, 4 not at all."""
    body = find(title)
    ranks = [_RANKS[x.kind] for x in body.labels if strip_legal_form(x.text).key == title.key] if body else []
    return min(ranks, default=4)


def find_by_genitive(text: str) -> Concept | None:
    """Return the body whose name stands in the genitive: "Lapin yliopiston", or ``None``."""
    notation = _genitives().get(squash(text))
    return organisations()[notation] if notation else None


def find_unit(unit: Title, owner: str) -> Concept | None:
    """Return the body of the authority file that a unit of an owner (notation) is, or ``None``."""
    genitive = squash(genitive_name(organisations()[owner].name)) if owner in organisations() else ""
    for key in (unit.key, genitive + unit.key):
        for notation in _index().get(key, ()):
            body = organisations()[notation]
            above = body.first("unitOf")
            if notation != owner and (above is None or root(above) == root(owner)):
                return body
    return None


def genitive_name(name: str) -> str:
    """Return a name in the genitive, without its legal form: "Lapin yliopisto" → "Lapin yliopiston"."""
    head, _, last = strip_legal_form(name).text.rpartition(" ")
    return f"{head} {genitive_of(last)}".strip()


@cache
def _kinds(notation: str) -> frozenset[str]:
    labels = organisations()[notation].labels
    return frozenset(strip_legal_form(label.text).kind for label in labels if label.kind == "preferred") - {""}


def _fits(kind: str, body: Concept) -> bool:
    kinds = _kinds(body.notation)
    if not kind or kind in kinds:
        return True
    if kinds:
        return False
    return body.first("organisationType") not in _NEVER_REGISTERED or kind == "joint-authority"


def root(notation: str) -> str:
    """Return the last successor of a body that only changed its name or form: a unit that outlives that is one unit.

    Where several bodies were merged, or one was divided, the units of each are its own (but for the body that the
    merged one keeps its abbreviation from).
    """
    seen = [notation]
    while (following := successors(seen[-1])) and len(following) == 1 and following[0] not in seen:
        if _predecessors()[following[0]] > 1 and not _abbreviations(seen[-1]) & _abbreviations(following[0]):
            break
        seen.append(following[0])
    return seen[-1]


def successors(notation: str) -> tuple[str, ...]:
    """Return the bodies (notations) that carry on what a body was: those that followed it, or that it was merged into."""
    body = organisations().get(notation)
    if body is None:
        return ()
    following = (*body.properties.get("predecessorOf", ()), *body.properties.get("mergedInto", ()))
    return tuple(notation for notation in following if notation in organisations())


@cache
def _abbreviations(notation: str) -> frozenset[str]:
    words = " ".join(label.text for label in organisations()[notation].labels).split()
    return frozenset(word for word in words if word.isupper() and 2 < len(word) < 8)


@cache
def _predecessors() -> Counter[str]:
    return Counter(following for notation in organisations() for following in successors(notation))


@cache
def units_of() -> Mapping[str, tuple[tuple[str, Title], ...]]:
    """Return the units of each owner (its last successor): notation and each name, without the owner's before it."""
    found: dict[str, list[tuple[str, Title]]] = defaultdict(list)
    for body in organisations().values():
        above = body.first("unitOf")
        if above is None or above not in organisations():
            continue
        genitive = genitive_name(organisations()[above].name) + " "
        for label in body.labels:
            found[root(above)].append((body.notation, strip_legal_form(label.text.removeprefix(genitive))))
    return {owner: tuple(units) for owner, units in found.items()}


@cache
def by_business_id() -> Mapping[str, Concept]:
    """Return the body of each business id."""
    return {number: body for body in organisations().values() for number in body.properties.get("businessId", ())}


@cache
def known_words() -> frozenset[str]:
    """Return the words (case folded, hyphens apart) of all names, places and head nouns of the vocabularies."""
    labels = [label.text for body in organisations().values() for label in body.labels if label.kind != "hidden"]
    places = [text for place in scheme("places").values() for text in (place.name, place.first("genitive") or "")]
    heads = [noun.lemma for noun in load_head_nouns().values()]
    return frozenset(word for text in [*labels, *places, *heads] for word in words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of a name, case folded, hyphens apart: a typo is looked for in one of them."""
    return [word for part in text.casefold().replace("-", " ").split() if (word := squash(part))]
