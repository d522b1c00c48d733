"""From a file to the facts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from loaders.kinds import KINDS, Document, choose
from loaders.model import Facts, Source
from loaders.proposers import Proposer, add_proposals
from loaders.readers import read_document
from loaders.text import Text


def extract(path: Path, redact: Callable[[str], str] | None = None, proposers: Sequence[Proposer] = ()) -> Facts:
    """Return the facts of a document.

    Parameters
    ----------
    path : Path
        The file.
    redact : callable, optional
        Blanks what must not be read (people who are to be forgotten); it returns a text of the same length.
    proposers : sequence of Proposer
        What adds drafts to the facts that rules read.

    Raises
    ------
    loaders.errors.ReadError
        The file cannot be read as text.
    """
    source = read_document(path)
    return extract_source(replace(source, text=redact(source.text)) if redact else source, proposers)


def extract_source(source: Source, proposers: Sequence[Proposer] = ()) -> Facts:
    """Return the facts of a document that has been read; proposers add to what rules found."""
    text = Text(source.text)
    kind = choose(KINDS, text)
    document = Document(replace(source, kind=f"{kind.name}/{kind.version}", language=language_of(source.text)), text)
    kind.load(document)
    for proposer in proposers:
        add_proposals(document, proposer)
    return document.facts


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fi", "sv", "en"])
    return identifier


def language_of(text: str) -> str:
    """Return the language of a text: ``fi``, ``sv`` or ``en`` (py3langid, Lui & Baldwin 2012)."""
    language, _ = _identifier().classify(text[:6000])
    return str(language)
