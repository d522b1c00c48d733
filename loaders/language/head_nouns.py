"""The head nouns of organisation names: what kind of body a name ends in, and its nominative.

The table is the vocabulary `ontology/vocabularies/head-nouns.ttl`. A compound keeps its first part: a form is looked
up by its longest known tail ("Sivistysliiton" → tail "liiton" → "Sivistysliitto").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from loaders.errors import VocabularyError
from loaders.iris import BASE, HV, RDF, SKOS
from loaders.language.word_forms import inflect_word, is_abbreviation
from loaders.resources import read_text

_FILE = "head-nouns.ttl"
_SHORTEST_PREFIX = 2
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_COLON_FORM = re.compile(r"(?P<bare>.*\w):[a-zäö]{1,4}$")
LEGAL_SUFFIXES = frozenset(
    {"oy", "oyj", "ab", "abp", "ry", "r.y.", "rf", "r.f.", "sr", "rs", "ky", "ay", "tmi", "osk", "ltd"}
)


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A head noun: its nominative, the organisation type it suggests (notation) and whether the name is a plural."""

    lemma: str
    organisation_type: str
    plural: bool
    genitive: str | None = None


@cache
def load_head_nouns() -> dict[str, HeadNoun]:
    """Return the head nouns of the vocabulary by lemma in lower case.

    Raises VocabularyError where a concept lacks its Finnish label or its organisation type.
    """
    values: dict[str, dict[str, str]] = {}
    for quad in parse(read_text("ontology", "vocabularies", _FILE), format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            continue
        values.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    concepts = {iri: value for iri, value in values.items() if value.get(RDF + "type") == SKOS + "Concept"}
    nouns = [_read_concept(iri, value) for iri, value in concepts.items()]
    return {noun.lemma.lower(): noun for noun in nouns}


def _read_concept(iri: str, value: dict[str, str]) -> HeadNoun:
    label, kind = value.get(SKOS + "prefLabel"), value.get(HV + "organisationType")
    if not label or not kind:
        raise VocabularyError(
            f"The head noun <{iri}> in {_FILE} lacks its skos:prefLabel or hv:organisationType; add the missing one."
        )
    return HeadNoun(
        lemma=label,
        organisation_type=kind.removeprefix(BASE + "organisation-type/"),
        plural=value.get(HV + "number") == "plural",
        genitive=value.get(HV + "genitive"),
    )


def forms_of(noun: HeadNoun) -> tuple[str, ...]:
    """Return the inflected forms of a head noun."""
    return inflect_word(noun.lemma, genitive=noun.genitive, plural=noun.plural)


@cache
def _lemmas_by_form() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for noun in load_head_nouns().values():
        for form in forms_of(noun):
            key = form.lower()
            found[key] = (*found.get(key, ()), noun.lemma)
    return found


def strip_name(name: str) -> str:
    """Return a name without bracketed parts, legal suffix and closing abbreviation.

    "Debora Oy (ent. X)" → "Debora"; "Työväen Sivistysliitto TSL ry" → "Työväen Sivistysliitto".
    """
    words = remove_brackets(name).split()
    while len(words) > 1 and (words[-1].lower() in LEGAL_SUFFIXES or is_abbreviation(words[-1])):
        words.pop()
    return " ".join(words).rstrip(" ,")


def remove_brackets(name: str) -> str:
    """Return a name without its bracketed parts; a name that is all brackets keeps what they hold."""
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    return bare or " ".join(re.sub(r"[()\[\]]", " ", name).split())


@lru_cache(maxsize=32_768)
def head_noun(name: str) -> HeadNoun | None:
    """Return the head noun that a nominative name ends in: "Tampereen yliopisto" → yliopisto; None if unknown."""
    lower = strip_name(name).lower()
    nouns = load_head_nouns()
    starts = _tail_starts(lower, _longest_lemma())
    return next((noun for start in starts if (noun := nouns.get(lower[start:]))), None)


@lru_cache(maxsize=32_768)
def nominative_of(form: str) -> tuple[str, ...]:
    """Return the nominatives an inflected name may have, by its longest known tail; () where no head noun fits.

    Parameters: `form`, one word or a name whose last word is inflected: "Lapin yliopistolta" → ("Lapin yliopisto",);
    an abbreviation or legal suffix loses its colon and ending: "SeAMK:n" → ("SeAMK",).
    """
    abbreviation = _COLON_FORM.match(form)
    if abbreviation:
        return (abbreviation["bare"],)
    lower, lemmas = form.lower(), _lemmas_by_form()
    if len(lower) != len(form):
        return ()
    start = next((start for start in _tail_starts(lower, _longest_form()) if lower[start:] in lemmas), None)
    if start is None:
        return ()
    return tuple(dict.fromkeys(form[:start] + _with_case_of(form[start:], lemma) for lemma in lemmas[lower[start:]]))


@cache
def _longest_lemma() -> int:
    return max(map(len, load_head_nouns()), default=0)


@cache
def _longest_form() -> int:
    return max(map(len, _lemmas_by_form()), default=0)


def _tail_starts(lower: str, longest: int) -> Iterator[int]:
    """Yield where a tail may start, the longest first: where a word begins, or after two letters of the last word."""
    inside = max(lower.rfind(" "), lower.rfind("-")) + 1 + _SHORTEST_PREFIX
    for start in range(max(0, len(lower) - longest), len(lower)):
        if start == 0 or start >= inside or lower[start - 1] in " -":
            yield start


def _with_case_of(tail: str, lemma: str) -> str:
    if tail.isupper():
        return lemma.upper()
    return lemma[0].upper() + lemma[1:] if tail[0].isupper() and lemma[0].islower() else lemma
