"""Labelled fields: "Label: value", the value on the next line, and the headings that divide a page.

Labels and headings are knowledge and live in `ontology/vocabularies/field-labels.ttl` and `section-headings.ttl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from loaders.authority import type_of_name
from loaders.model import Span
from loaders.text import Line, Text
from loaders.vocabulary import scheme

_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})?\.?\s+")


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field: its name in the vocabulary, the label as printed, and the lines of its value."""

    name: str
    label: str
    line: Line
    values: tuple[tuple[str, Span], ...]

    @property
    def value(self) -> str:
        """Return the first line of the value, or an empty string."""
        return self.values[0][0] if self.values else ""

    @property
    def span(self) -> Span:
        """Return the offsets of the first line of the value (of the label where there is no value)."""
        return self.values[0][1] if self.values else self.line.span


@cache
def _labels(name: str) -> Mapping[str, str]:
    return {_key(label.text): c.notation for c in scheme(name).values() for label in c.labels}


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" :")


def heading(line: Line) -> str | None:
    """Return which section a line is the heading of ("3 Suunnitelman mukainen tiivistelmä …" → "summary")."""
    bare = _NUMBERED.sub("", line.text)
    return _labels("section-headings").get(_key(bare)) if len(bare) < 110 else None


def label_of(text: str) -> str | None:
    """Return the field that a text is the label of, or ``None``."""
    key = _key(text)
    # A budget field may hold several amounts ("Rahoitus: … (ESR osuus …)"), so its label goes before the kinds of amount.
    return _labels("field-labels").get(key) or ("amount" if key in _labels("amount-kinds") else None)


def fields(text: Text) -> list[Field]:
    """Return the labelled fields of a text in order.

    A label with a colon takes the rest of its line; a label alone on its line takes the lines below it up to a blank
    line after the value, the next label or a heading.
    """
    return list(_fields(text))


def _fields(text: Text) -> Iterator[Field]:
    for index, line in enumerate(text.lines):
        before, colon, _ = line.text.partition(":")
        if colon and (name := label_of(before)):
            values = _inline(line, len(before) + 1)
            yield Field(name, before.strip(), line, values or tuple(_below(text, index, name)))
        elif not colon and (name := label_of(line.text)):
            yield Field(name, line.text, line, tuple(_below(text, index, name)))


def _inline(line: Line, offset: int) -> tuple[tuple[str, Span], ...]:
    value = line.text[offset:].strip()
    if not value:
        return ()
    start = line.start + line.text.index(value, offset)
    return ((value, Span(start, start + len(value))),)


_SEVERAL_LINES = {"partners", "contact", "funder", "place", "methods", "web"}
_BUSINESS_ID = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
_CLAUSE = re.compile(r"[.:;?!]\s|[.:?!]$|, (?:jotta|joka|jotka|jossa|mitä|että|som|att)\b")
_MOST_WORDS, _WORDS_OF_UNKNOWN = 12, 4


def _below(text: Text, index: int, name: str) -> Iterator[tuple[str, Span]]:
    previous = text.lines[index]
    numbered = False
    for line in text.lines[index + 1 :]:
        gap = line.number - previous.number
        first = previous is text.lines[index]
        if is_label(line) or heading(line) or gap > 2:
            return
        if name == "partners" and not _is_partner_line(line.text, numbered=numbered):
            return
        if gap > 1 and not first and not (numbered and _BUSINESS_ID.search(line.text)):
            return
        yield line.text, line.span
        if name not in _SEVERAL_LINES:
            return
        numbered = numbered or _BUSINESS_ID.search(line.text) is not None
        previous = line


def _is_partner_line(line: str, *, numbered: bool) -> bool:
    """Return whether a line below a label for partners names one: it has a business id, or is a name and no clause.

    Pages without blank lines run on from the last partner into prose; an empty field is followed by prose at once.

    Parameters
    ----------
    line : str
        The line.
    numbered : bool
        A line above had a business id: then a line without one must name a body of a known kind.
    """
    if _BUSINESS_ID.search(line):
        return True
    words = line.split()
    if len(words) > _MOST_WORDS or _CLAUSE.search(line) or not line.lstrip("-•* ")[:1].isupper():
        return False
    return type_of_name(line.strip(" -•*,")) != "other" or (not numbered and len(words) <= _WORDS_OF_UNKNOWN)


def is_label(line: Line) -> bool:
    """Return whether a line is a label, with or without its value."""
    before, _, _ = line.text.partition(":")
    return label_of(before) is not None
