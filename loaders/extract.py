"""From a file to the facts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from loaders.kinds import Document
from loaders.language.detection import language_of, language_of_title
from loaders.model import Facts, Source
from loaders.plugins import installed, read
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
    text, language = Text(source.text), language_of(source.text)
    document = read(
        installed(),
        text,
        lambda kind: Document(replace(source, kind=f"{kind.name}/{kind.version}", language=language), text),
    )
    document.facts.unread[:0] = source.notes
    for proposer in proposers:
        add_proposals(document, proposer)
    _tag_titles(document.facts)
    return document.facts


def _tag_titles(facts: Facts) -> None:
    """Give each title its language: the labels of a page may be in one language and its title in another."""
    initiative = facts.initiative
    titles = [value for name, value in initiative.alternatives if name == "title"]
    for value in [initiative.title, *titles]:
        if value is not None:
            value.language = language_of_title(value.text, facts.source.language)
