"""Reading a printed organisation name as a path of bodies: the owner, its unit, the unit's unit.

"Kiipulasäätiö / Kiipulan ammattiopisto", "Lappeenrannan teknillinen yliopisto, Vihreän kemian laboratorio", "Lapin
yliopisto Koulutus- ja kehittämispalvelut" and "Aalto-yliopiston kauppakorkeakoulu Pienyrityskeskus" all name a unit
below an owner; the business id printed after them belongs to the legal person, which the last name may or may not be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from loaders.authority import LEGAL_FORM, find_body, name_key, nominative_head, repair, type_of_name
from loaders.gazetteer import gazetteer
from loaders.language.inflection import genitive_of, head_noun
from loaders.model import Span
from loaders.recognise.organisations import find_organisations, normalise_case
from loaders.vocabulary import Concept, organisations, owner_name, scheme

BUSINESS_ID = re.compile(r"(?<!\d)(\d{7}-\d)(?!\d)")
_WITH_BUSINESS_ID = re.compile(
    r"[\s,;(]*(?:\b(?:y-tunnus|ly-tunnus|business id|fo-nummer)\b[\s:]*)?(?<!\d)\d{7}-\d(?!\d)\)?", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_FORMERLY = re.compile(r"\s*\((?:aiemmin|entinen|ent\.|ennen|aik\.|tidigare|f\.d\.|formerly)\s[^)]*\)", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_UNIT_TYPES = {"sub_unit", "school", "research_institute", "vocational_school"}


@dataclass(frozen=True, slots=True)
class NamedBody:
    """One body of a path: canonical name, authority notation, type, and the name of its owner."""

    name: str
    type: str
    key: str | None = None
    owner: str | None = None


def without_business_id(printed: str) -> str:
    """Return a printed name without the business id beside it: "Turun yliopisto, 0245896-3" names Turun yliopisto."""
    return _WITH_BUSINESS_ID.sub("", printed).strip(" ,;:-") or printed


@cache
def _type_words() -> Mapping[str, str]:
    labels = ((label.text.casefold(), c.notation) for c in scheme("organisation-types").values() for label in c.labels)
    return dict(labels)


def type_of_label(printed: str) -> str | None:
    """Return the organisation type that a form's field prints ("Ammattikorkeakoulu" → "uas"), or ``None``."""
    return _type_words().get(printed.strip().casefold())


def read_name(printed: str, *, prefix_units: bool = False) -> list[NamedBody]:
    """Return the bodies that a printed name (nominative) names, the owner first.

    Parameters
    ----------
    printed : str
        The name without its business id.
    prefix_units : bool
        Give a generic unit its owner's name ("HR-palvelut" of Järvenpään kaupunki → "Järvenpään kaupungin
        HR-palvelut"), as owner lines of practice cards need it.
    """
    parts = [part for part in _SLASH.split(_one_language(_FORMERLY.sub("", printed)).strip(" ,;")) if part] or [printed]
    path: list[NamedBody] = []
    for part in parts:
        for body in _comma_parts(part):
            path += _below(body, path[0] if path else None, prefix_units=prefix_units) if path else _one(body)
    return path


def _one_language(printed: str) -> str:
    """Return the first of the names that a bilingual body prints: "Suomen Kuntaliitto ry;Finlands Kommunförbund rf"."""
    names = [name.strip() for name in printed.split(";") if name.strip()]
    bodies = {body.notation for name in names if (body := find_body(name)) is not None}
    if len(names) > 1 and len(bodies) <= 1:
        return names[0]
    divided = re.fullmatch(r"(.+?)\s[-–]\s(.+)", printed)
    if divided is None:
        return printed
    first, second = divided.groups()
    known, other = find_body(first), find_body(second)
    # "Kemiönsaaren kunta - Kimitoöns kommun": the Swedish name of a municipality may be misspelt.
    if known is not None and (known == other or (other is None and _KOMMUN.search(second))):
        return first
    return printed


_KOMMUN = re.compile(r"^[A-ZÅÄÖ][\wåäö-]+s? (?:kommun|stad|köping|samkommun)$")
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:ja|sekä|och|and)\s+)?|\s+(?:ja|sekä|och|and|samt)\s+")


def split_names(printed: str) -> list[tuple[str, int]]:
    """Return the names of a list with their offsets; commas and conjunctions inside a known name do not divide.

    "Itä-Suomen yliopisto, Työterveyslaitos ja Lounais-Suomen Liikunta ja Urheilu ry" has three names.
    """
    inside = [mention.span for mention in find_organisations(printed)]
    names: list[tuple[str, int]] = []
    start = 0
    for match in [*_SEPARATOR.finditer(printed), None]:
        if match is not None and any(span.start < match.start() < span.end for span in inside):
            continue
        raw = printed[start : match.start() if match else len(printed)]
        name = raw.strip(" .;•-\t")
        if name:
            names.append((name, start + raw.index(name)))
        start = match.end() if match else len(printed)
    return names


def _comma_parts(name: str) -> list[str]:
    """Split "owner, unit" and drop an organisation type that a form has inserted; other commas belong to the name."""
    pieces = [piece.strip() for piece in name.split(",")]
    pieces = [
        piece
        for i, piece in enumerate(pieces)
        if i == 0 or (piece and type_of_label(piece) is None and not LEGAL_FORM.fullmatch(" " + piece))
    ]
    if len(pieces) > 1 and find_body(name) is None:
        first = find_body(pieces[0]) or (repair(pieces[0]) is not None) or _is_of_place(pieces[0])
        last = head_noun(pieces[-1]) or find_body(pieces[-1])
        if first and last is not None:
            return [pieces[0], *pieces[1:]]
    return [name if len(pieces) == name.count(",") + 1 else ", ".join(pieces)]


def _is_of_place(name: str) -> bool:
    """Return whether a name is a body's by its place and head noun: "Varkauden seurakunta"."""
    return any(m.span == Span(0, len(name)) for m in find_organisations(name))


def _one(name: str) -> list[NamedBody]:
    body = find_body(name)
    if body is not None:
        canonical = body.first("unitOf") or _is_foreign(name, body)
        return _with_owner(_named(body.name if canonical else normalise_case(name), body.notation))
    municipality = _municipality(name)
    if municipality is not None:
        return [municipality]
    split = _owner_and_unit(name)
    if split is not None:
        return split
    repaired = repair(name)
    if repaired is not None:
        found = find_body(repaired)
        return [_named(repaired, found.notation if found else None)]
    return [NamedBody(name, type_of_name(name))]


def _is_foreign(name: str, body: Concept) -> bool:
    """Return whether a body is called by its Swedish or English name, or an abbreviation: "Österbottens förbund", "EAKR"."""
    wanted = name_key(_BRACKETS.sub("", name))
    labels = [label for label in body.labels if name_key(label.text) == wanted]
    return not any(label.language == "fi" and label.kind != "abbreviation" for label in labels)


def _municipality(name: str) -> NamedBody | None:
    """Return the municipality that a list of bodies names by its place alone: "Kumppanit: Luumäki, Savitaipale"."""
    for hit in gazetteer().find(name, frozenset({"place"})):
        body = organisations().get(hit.notation)
        nominative = any(label.text == name for label in scheme("places")[hit.notation].labels)
        if hit.span == Span(0, len(name)) and body is not None and nominative:
            return _named(body.name, body.notation)
    return None


def _with_owner(named: NamedBody) -> list[NamedBody]:
    owner = find_body(named.owner) if named.owner else None
    return [named] if owner is None else [_named(owner.name, owner.notation), named]


def _named(name: str, key: str | None) -> NamedBody:
    body = organisations()[key] if key else None
    kind = (body.first("organisationType") if body else None) or type_of_name(name)
    return NamedBody(name, kind, key, owner_name(body) if body else None)


def _owner_and_unit(name: str) -> list[NamedBody] | None:
    """Read "owner unit" written together, the owner in the nominative or the genitive."""
    hits = [
        h for h in gazetteer().find(name, frozenset({"organisation"})) if h.span.start == 0 and h.span.end < len(name)
    ]
    if not hits:
        return _unit_of_place(name)
    hit = max(hits, key=lambda h: h.span.end)
    rest = name[hit.span.end :].strip(" -–,")
    if not rest or LEGAL_FORM.fullmatch(" " + rest) or rest.startswith("("):
        return None
    head = head_noun(rest)
    if head is None:
        return None
    owner = _named(organisations()[hit.notation].name, hit.notation)
    unit = f"{_genitive(name[: hit.span.end])} {_lowered(_genitive_inside(rest))}"
    known = find_body(unit)
    if known is not None:
        return [owner, _named(known.name, known.notation)]
    return [
        owner,
        NamedBody(
            unit,
            "sub_unit" if head.organisation_type in {"other", "company"} else head.organisation_type,
            None,
            owner.name,
        ),
    ]


def _unit_of_place(name: str) -> list[NamedBody] | None:
    for mention in find_organisations(name):
        if mention.span == Span(0, len(name)) and mention.owner is not None:
            return [NamedBody(mention.name, mention.type, mention.key, mention.owner)]
    return None


def _below(name: str, owner: NamedBody | None, *, prefix_units: bool) -> list[NamedBody]:
    assert owner is not None  # noqa: S101 - the caller has a path
    bodies = _one(name)
    last = bodies[-1]
    if last.key is not None and last.key != owner.key:
        return [NamedBody(last.name, last.type, last.key, owner.name if last.type in _UNIT_TYPES else last.owner)]
    kind = last.type if last.type not in {"other", "company"} else "sub_unit"
    full = f"{_genitive(owner.name)} {_lowered(name)}" if prefix_units and not _has_own_name(name) else name
    return [NamedBody(full, kind, None, owner.name)]


_OWN_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäö]+n [a-zåäö][\w-]+$")


def _has_own_name(name: str) -> bool:
    """Return whether a unit's name holds a place or proper name of its own: "Riihimallin yhtenäiskoulu"."""
    known = any(hit.span.start == 0 for hit in gazetteer().find(name, frozenset({"place", "organisation"})))
    first = name.partition(" ")[0]
    return known or bool(_OWN_NAME.match(name) and nominative_head(first) is None)


def _genitive(name: str) -> str:
    bare = LEGAL_FORM.sub("", name)
    head, _, last = bare.rpartition(" ")
    nominative = nominative_head(last)
    if nominative is not None and nominative != last and last.endswith("n"):
        return bare
    # An adjective agrees with its noun: "teknillinen yliopisto" → "teknillisen yliopiston".
    agreeing = [genitive_of(word) if word.endswith("nen") and word.islower() else word for word in head.split(" ")]
    return " ".join([*agreeing, genitive_of(last)]).strip()


def _genitive_inside(unit: str) -> str:
    """Put a head noun that another follows into the genitive: "kauppakorkeakoulu Pienyrityskeskus"."""
    words = unit.split(" ")
    inner = [
        genitive_of(word) if head_noun(word) is not None and nominative_head(word) == word else word
        for word in words[:-1]
    ]
    return " ".join([*inner, words[-1]])


def _lowered(unit: str) -> str:
    first, blank, rest = unit.partition(" ")
    # "Koulutus- ja kehittämispalvelut" is an ordinary word at the head of a line; "HR-palvelut" is not.
    ordinary = first[:1].isupper() and first[1:].islower() and not first.endswith("n")
    return (first[0].lower() + first[1:] if ordinary else first) + blank + rest
