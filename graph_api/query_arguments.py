"""From what a person types to the RDF term that is meant.

An entity may be given as an IRI, as a compact IRI (``id:organisation/kunta-837``), as a notation, code or business id,
or as a label in any language, in any letters and in any form of Finnish. What cannot be decided is never guessed: the
nearest entities or the candidates are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph_api.likeness import alike, meant
from graph_api.query_catalogue import Parameter
from graph_api.stores.contract import View
from loaders.errors import UsageError
from loaders.iris import BASE, DCTERMS, FOAF, GEO, HV, OWL, PROV, RDF, RDFS, SKOS, XSD

PREFIXES = {
    "hv": HV,
    "id": BASE,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "foaf": FOAF,
    "owl": OWL,
    "geo": GEO,
}
LARGEST_INTEGER = 10**9

_INTEGER = re.compile(r"[0-9]{1,10}")
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_NOTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_DECIMAL_TYPE = NamedNode(XSD + "decimal")
_LANGUAGES = (None, "fi", "sv", "en", "se")


@dataclass(frozen=True)
class EntityKind:
    """Where the entities of one parameter type are found: folders of their IRIs, labels in order, and exact keys."""

    folders: tuple[str, ...]
    labels: tuple[str, ...] = (SKOS + "prefLabel", SKOS + "altLabel")
    keys: tuple[str, ...] = (SKOS + "notation",)

    def covers(self, node: NamedNode) -> bool:
        """Say whether the entity is of this kind, which its IRI tells (a kind without folders covers everything)."""
        return not self.folders or node.value.startswith(tuple(f"{BASE}{folder}/" for folder in self.folders))


_ORGANISATION = EntityKind(("organisation",), keys=(SKOS + "notation", HV + "businessId"))
ENTITY_KINDS = {
    "organisation": _ORGANISATION,
    "funder": _ORGANISATION,
    "initiative": EntityKind(("initiative", "pilot"), labels=(DCTERMS + "title",), keys=(HV + "code",)),
    "method": EntityKind(("method",)),
    "place": EntityKind(("place",)),
    "person": EntityKind(("person",), labels=(FOAF + "name",), keys=()),
    "concept": EntityKind(()),
}


def resolve_argument(store: View, parameter: Parameter, text: str) -> NamedNode | Literal:
    """Return the term that an argument means.

    Parameters: `store` holds the labels, `parameter` says the type, `text` is what was typed.

    Raises:
        UsageError: the text is not of the type, or names nothing or several things in the store.
    """
    typed = unicodedata.normalize("NFC", text.strip())
    if not typed:
        raise UsageError(f"The parameter {parameter.name} is empty; give a value or leave it out.")
    if parameter.type in ENTITY_KINDS:
        return _resolve_entity(store, parameter.type, typed)
    if parameter.type == "iri":
        return _iri(parameter.name, typed)
    return _literal(parameter, typed)


def compact_iri(iri: str) -> str:
    """Return the IRI with a known prefix ("id:method/lean"), or unchanged where none fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _literal(parameter: Parameter, text: str) -> Literal:
    name = parameter.name
    match parameter.type:
        case "integer" if _INTEGER.fullmatch(text) and int(text) <= LARGEST_INTEGER:
            return Literal(int(text))
        case "integer":
            raise UsageError(f"{name} must be a whole number from 0 to {LARGEST_INTEGER}, not {text!r}.")
        case "year" if _YEAR.fullmatch(text):
            return Literal(int(text))
        case "year":
            raise UsageError(f"{name} must be a year of four digits such as 2019, not {text!r}.")
        case "decimal" if _DECIMAL.fullmatch(text):
            return Literal(text, datatype=_DECIMAL_TYPE)
        case "decimal":
            raise UsageError(f"{name} must be a number such as 1250.50, not {text!r}.")
        case _ if parameter.choices and text not in parameter.choices:
            known = ", ".join(f'"{choice}"' for choice in parameter.choices)
            raise UsageError(f"{name} must be one of {known}, not {text!r}.")
        case _:
            return Literal(text)


def _iri(name: str, text: str) -> NamedNode:
    node = _as_iri(text)
    if node is None:
        known = ", ".join(f"{prefix}:" for prefix in PREFIXES)
        raise UsageError(f"{name} must be an IRI, whole or with one of the prefixes {known}; {text!r} is neither.")
    return node


def _as_iri(text: str) -> NamedNode | None:
    """Return the IRI that the text is; None where it is something else (a name may well contain a colon)."""
    prefix, colon, rest = text.partition(":")
    whole = PREFIXES[prefix] + rest if colon and prefix in PREFIXES else text
    if "://" not in whole:
        return None
    try:
        return NamedNode(whole)
    except ValueError:
        return None


def _resolve_entity(store: View, type_name: str, text: str) -> NamedNode:
    kind = ENTITY_KINDS[type_name]
    candidates = _candidates(store, kind, text)
    names = _names(store, kind) if not candidates and _as_iri(text) is None else []
    candidates = candidates or [NamedNode(iri) for iri in meant(text, names)]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        listed = "; ".join(_described(store, kind, candidate) for candidate in candidates[:10])
        raise UsageError(f"The {type_name} {text!r} is ambiguous: it may be {listed}. Give the IRI of one.")
    nearest = _nearest(store, kind, names, text)
    hint = f"did you mean {' or '.join(map(repr, nearest))}?" if nearest else "nothing in the store is called so."
    raise UsageError(f"The {type_name} {text!r} is not known: {hint} Give an IRI, a notation or a name.")


def _candidates(store: View, kind: EntityKind, text: str) -> list[NamedNode]:
    """Return what the text may mean; the first way of naming that finds something decides."""
    node = _as_iri(text)
    if node is not None:
        return [node] if kind.covers(node) and _is_known(store, node) else []
    ways = [_by_notation(store, kind, text), _by_literal(store, kind, kind.keys, text, (None,))]
    ways += [_by_literal(store, kind, (label,), text, _LANGUAGES) for label in kind.labels]
    for way in ways:
        found = sorted(set(way), key=lambda candidate: candidate.value)
        if found:
            return found
    return []


def _by_notation(store: View, kind: EntityKind, text: str) -> Iterator[NamedNode]:
    if not _NOTATION.fullmatch(text):
        return
    for folder in kind.folders:
        node = NamedNode(f"{BASE}{folder}/{text}")
        if _is_known(store, node):
            yield node


def _by_literal(
    store: View, kind: EntityKind, predicates: tuple[str, ...], text: str, languages: tuple[str | None, ...]
) -> Iterator[NamedNode]:
    for predicate in predicates:
        for language in languages:
            literal = Literal(text, language=language) if language else Literal(text)
            for quad in store.quads_for_pattern(None, NamedNode(predicate), literal):
                if isinstance(quad.subject, NamedNode) and kind.covers(quad.subject):
                    yield quad.subject


def _labelled(store: View, kind: EntityKind, predicate: str) -> Iterator[tuple[str, NamedNode]]:
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and kind.covers(quad.subject):
            yield quad.object.value, quad.subject


def _is_known(store: View, node: NamedNode) -> bool:
    said = next(store.quads_for_pattern(node, None, None), None)
    return said is not None or next(store.quads_for_pattern(None, None, node), None) is not None


def _names(store: View, kind: EntityKind) -> list[tuple[str, str]]:
    """Return every name of every entity of a kind, with its IRI."""
    return [(label, node.value) for predicate in kind.labels for label, node in _labelled(store, kind, predicate)]


def _nearest(store: View, kind: EntityKind, names: list[tuple[str, str]], text: str) -> list[str]:
    """Return the names of the entities whose names are most like a text, each by its own name in Finnish."""
    return [_name_of(store, kind, NamedNode(iri)) for iri in alike(text, names)]


def _name_of(store: View, kind: EntityKind, node: NamedNode) -> str:
    order = {"fi": 0, None: 1, "sv": 2, "en": 3}
    for predicate in kind.labels:
        labels = [q.object for q in store.quads_for_pattern(node, NamedNode(predicate), None)]
        told = [(order.get(x.language, 4), x.value) for x in labels if isinstance(x, Literal)]
        if told:
            return min(told)[1]
    return compact_iri(node.value)


def _described(store: View, kind: EntityKind, node: NamedNode) -> str:
    name, iri = _name_of(store, kind, node), compact_iri(node.value)
    return f"{iri} ({name})" if name != iri else iri
