"""Named entities that a spaCy pipeline finds where rules found nothing: organisations, people and places.

spaCy is imported when the proposer is made. Names are put into the nominative by our own inflection: the model's lemma
counts only where it inflects to what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from loaders.authority import nominative_head
from loaders.errors import CannotRunError
from loaders.language.inflection import inflect_word
from loaders.model import Proposal, Span
from loaders.proposers.chunks import chunks
from loaders.recognise.organisations import find_organisations

# Strict precision of entities on the development documents was .39–.40: an accepted one is as certain as that.
CONFIDENCE = 0.4
KINDS = {
    "ORG": "organisation",
    "PERSON": "person",
    "PER": "person",
    "GPE": "place",
    "LOC": "place",
}
MAX_ENTITY = 100
CHUNK = 100_000
_EDGES = " \t\n.,;:()\"'”“’«»•–-"
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class SpacyProposer:
    """Proposes the named entities of a spaCy pipeline.

    Parameters
    ----------
    model : str
        The name of an installed pipeline, or the folder of one.

    Raises
    ------
    CannotRunError
        spaCy or the pipeline is not installed, or the pipeline does not fit the installed spaCy.
    """

    model: str
    confidence: float = CONFIDENCE

    def __post_init__(self) -> None:
        _pipeline(self.model)

    @property
    def name(self) -> str:
        """Return the proposer with its pipeline and the pipeline's version."""
        meta = _pipeline(self.model).meta
        return f"spacy:{meta['lang']}_{meta['name']}/{meta['version']}"

    def propose(self, text: str, language: str) -> Iterable[Proposal]:
        """Yield the named entities of a text in the pipeline's language; each stands alone or not at all."""
        pipeline = _pipeline(self.model)
        if language != pipeline.lang:
            return
        for window in chunks(text, CHUNK):
            for entity in pipeline(text[window.start : window.end]).ents:
                yield from _proposals(entity, text, window.start)


@cache
def _pipeline(model: str) -> Any:
    if find_spec("spacy") is None:
        raise CannotRunError(
            "The proposer spacy needs the package spacy and a pipeline. Install them: pip install 'hankeverkko[spacy]' "
            f"{model.replace('_', '-')}"
        )
    spacy: Any = import_module("spacy")
    try:
        return spacy.load(model)
    except Exception as error:  # a pipeline runs its own code when it is loaded
        first = (str(error).splitlines() or [""])[0][:200]
        raise CannotRunError(
            f"The spaCy pipeline {model!r} cannot be loaded ({type(error).__name__}: {first}). Install it: pip install "
            f"{model.replace('_', '-')}, or name another one in HANKEVERKKO_SPACY_MODEL."
        ) from error


def _proposals(entity: Any, text: str, offset: int) -> Iterator[Proposal]:
    kind = KINDS.get(entity.label_)
    start, end = offset + entity.start_char, offset + entity.end_char
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    surface = text[start:end]
    if kind is None or "\n" in surface or not (1 < len(surface) <= MAX_ENTITY and _WORD.search(surface)):
        return
    value = _nominative(surface, kind, str(entity[-1].lemma_))
    yield Proposal(kind, value, surface, Span(start, end), "", "", is_alone=True)


def _nominative(surface: str, kind: str, lemma: str) -> str:
    """Return a name in the nominative: as our recognisers read it, else by its head noun, else by a confirmed lemma."""
    if kind == "organisation":
        for mention in find_organisations(surface):
            if mention.span == Span(0, len(surface)):
                return mention.name
    head, blank, last = surface.rpartition(" ")
    if kind == "organisation" and (nominative := nominative_head(last)) is not None:
        return f"{head}{blank}{nominative}"
    base = lemma.replace("#", "")
    base = base[:1].upper() + base[1:] if last[:1].isupper() else base
    if base and last != base and last in inflect_word(base, proper=base[:1].isupper()):
        return f"{head}{blank}{base}"
    return surface
