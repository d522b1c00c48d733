"""Labelled fields: "Label: value", the value on the next line, and the headings that divide a page.

Labels and headings are knowledge and live in `ontology/vocabularies/field-labels.ttl` and `section-headings.ttl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.authority import LEGAL_FORM, find_body, type_of_name
from loaders.language.contacts import holds_contact
from loaders.language.people import is_given_name, is_job_title
from loaders.model import Span
from loaders.text import Line, Text
from loaders.vocabulary import scheme

# What stands between a label and its value besides a colon: a dash before a capital, digit or sign of money, a tab, a bar,
# wide blanks; or nothing at all, where a page's markup was lost: "FunderBusiness Finland", "Duration1.1.2019".
_SEPARATOR = re.compile(r"(?P<dash>\s+[-–—]\s+(?=[A-ZÅÄÖ0-9€]))|\s*[\t|]\s*|\s{3,}|(?<=[a-zåäö)])(?=[A-ZÅÄÖ0-9])")
_LONGEST_LABEL = 90
# A page prints its own dates without a colon: "Julkaistu 3.5.2021", "Päivitetty 3. toukokuuta 2021", "Publicerad 3.5.2021 klo 9.15".
_DATED = re.compile(
    r"([^\W\d_][^\d:]{3,30}?)\s+\d{1,2}\.\s?(?:\d{1,2}\.|[a-zåäö]{3,15})\s?\d{4}(?:,?\s(?:klo|kl\.?)\s\d{1,2}[.:]\d\d)?$"
)
_DATES_OF_PAGE = frozenset({"created", "modified"})
_NOTE = re.compile(r"\s*\([^()]*\)$")
_MARKS = " \t•·▪●*-–:"
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
    return " ".join(text.casefold().split()).rstrip(" :*").lstrip(_MARKS)


def heading(line: Line, document_kind: str | None = None) -> str | None:
    """Return which section a line is the heading of ("3 Suunnitelman mukainen tiivistelmä …" → "summary").

    Parameters
    ----------
    line : Line
        The line.
    document_kind : str, optional
        Only headings of this kind of document count.
    """
    found = _section(line.text) if len(line.text) <= _LONGEST_LABEL + 30 else None
    if found and document_kind and scheme("section-headings")[found].first("documentKind") != document_kind:
        return None
    return found


@lru_cache(maxsize=4_096)
def _section(text: str) -> str | None:
    return _labels("section-headings").get(_key(_NUMBERED.sub("", text)))


def label_of(text: str) -> str | None:
    """Return the field that a text is the label of, or ``None``.

    A note in brackets is no part of a label ("Duration (months)"); a label in two languages is read by its first part
    that is known ("Rahoittaja / Funder").
    """
    key = _key(text)
    return _known(key) or _known(_NOTE.sub("", key)) or _bilingual(key)


def _known(key: str) -> str | None:
    # A budget field may hold several amounts ("Rahoitus: … (ESR osuus …)"), so its label goes before the kinds of amount.
    return _labels("field-labels").get(key) or ("amount" if key in _labels("amount-kinds") else None)


def _bilingual(key: str) -> str | None:
    names = [_known(part.strip()) for part in key.split("/")] if "/" in key else []
    return names[0] if len(names) > 1 and len(set(names)) == 1 else None


@lru_cache(maxsize=4_096)
def _split(text: str) -> tuple[str, str, int] | None:
    """Return (field, label, where the value begins in the line) of a line that begins with a label, else ``None``."""
    before, colon, _ = text.partition(":")
    if colon and (name := label_of(before)):
        return name, before.strip(_MARKS), len(before) + 1
    if not colon and len(text) <= _LONGEST_LABEL and (name := label_of(text)):
        return name, text.strip(_MARKS), len(text)
    if (dated := _DATED.match(text)) and (name := _known(_key(dated.group(1)))) in _DATES_OF_PAGE:
        return name, dated.group(1), dated.end(1)
    for match in _SEPARATOR.finditer(text, 0, _LONGEST_LABEL):
        if match.start() > 2 and (name := _known(_key(text[: match.start()]))):
            return name, text[: match.start()].strip(_MARKS), match.end()
    return None


def fields(text: Text) -> list[Field]:
    """Return the labelled fields of a text in order.

    A label with a colon takes the rest of its line; a label alone on its line takes the lines below it up to a blank
    line after the value, the next label or a heading. An empty field takes no prose that follows it.
    """
    return list(_fields_of(text))


@lru_cache(maxsize=4)
def _fields_of(text: Text) -> tuple[Field, ...]:
    """Return the fields of a text; every kind that may claim it asks for them, one text after the other."""
    return tuple(_fields(text))


def _fields(text: Text) -> Iterator[Field]:
    titles: set[int] = set()
    for index, line in enumerate(text.lines):
        found = _split(line.text)
        if found is None or line.number in titles:
            continue
        name, label, offset = found
        values = _inline(line, offset)
        if values and name in _LISTS:
            values += tuple(_continued(text, index))
        values = values or tuple(_below(text, index, name))
        if name in _PEOPLE:
            titles |= {text.line_at(span.start).number for _, span in values}
        yield Field(name, label, line, values)


def _inline(line: Line, offset: int) -> tuple[tuple[str, Span], ...]:
    value = line.text[offset:].strip()
    if not value:
        return ()
    start = line.start + line.text.index(value, offset)
    return ((value, Span(start, start + len(value))),)


_LISTS = frozenset({"partners", "funder", "applicant", "authority"})
_PEOPLE = frozenset({"contact", "leader", "author"})
_SEVERAL_LINES = _LISTS | _PEOPLE | {"place", "methods", "web", "budget", "programme"}
_RUNNING_TEXT = frozenset({"description", "measure"})
_SUMS = frozenset({"budget", "amount"})
_BUSINESS_ID = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
_CLAUSE = re.compile(r"[.:?!]\s|[.:?!]$|, (?:jotta|joka|jotka|jossa|mitä|että|som|att|which|that)\b")
_BULLET = re.compile(r"^[•·▪●*–-]\s*")
_WEB = re.compile(r"\s*(?:https?://|www\.)\S*$")
_MOST_WORDS, _FEWEST_OF_PROSE, _WORDS_OF_UNKNOWN = 12, 8, 4


def _continued(text: Text, index: int) -> Iterator[tuple[str, Span]]:
    """Yield the names of a list that goes on below its first line: each a body of a known kind, or an item."""
    previous = text.lines[index]
    for line in text.lines[index + 1 :]:
        bare = _WEB.sub("", _BULLET.sub("", line.text))
        ended = line.number - previous.number > 1 or is_label(line) or heading(line)
        if ended or not _is_partner_line(bare, numbered=True):
            return
        yield line.text, line.span
        previous = line


def _below(text: Text, index: int, name: str) -> Iterator[tuple[str, Span]]:
    previous = text.lines[index]
    numbered = False
    for place, line in enumerate(text.lines[index + 1 :], index + 1):
        gap = line.number - previous.number
        first = previous is text.lines[index]
        is_title = name in _PEOPLE and not first and _is_title_of(line, text.lines[place + 1 : place + 2])
        if (is_label(line) and not is_title) or heading(line) or gap > 2 or (first and _is_no_value(line.text, name)):
            return
        if not first and not _goes_on(line.text, name, numbered=numbered, blank=gap > 1):
            return
        if name == "partners" and not _is_partner_line(line.text, numbered=numbered):
            return
        yield line.text, line.span
        if name not in _SEVERAL_LINES:
            return
        numbered = numbered or _BUSINESS_ID.search(line.text) is not None
        previous = line


def _goes_on(line: str, name: str, *, numbered: bool, blank: bool) -> bool:
    """Return whether a line belongs to a value that began above it."""
    if name in _PEOPLE:
        return _is_contact_line(line)
    if blank:
        return numbered and _BUSINESS_ID.search(line) is not None
    return name not in _LISTS or _is_partner_line(_WEB.sub("", _BULLET.sub("", line)), numbered=numbered)


def _is_title_of(line: Line, after: list[Line]) -> bool:
    """Return whether a job title is that of the person above it, although it may be a label ("Projektledare")."""
    if ":" in line.text or not is_job_title(line.text):
        return False
    return line.text[:1].islower() or not any(_is_name(below.text) for below in after)


def _is_name(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words) and is_given_name(words[0])


def _is_no_value(line: str, name: str) -> bool:
    """Return whether the line below a label is prose, and the field empty."""
    if name in _RUNNING_TEXT or (name in _SUMS and re.search(r"\d", line)):
        return False
    return len(line.split()) > _FEWEST_OF_PROSE and _is_clause(line)


def _is_clause(line: str) -> bool:
    return _CLAUSE.search(LEGAL_FORM.sub("", line)) is not None and not _BUSINESS_ID.search(line)


def _is_contact_line(line: str) -> bool:
    """Return whether a line below a person's name may belong to a contact block: address, title, name or organisation."""
    words = line.split()
    if holds_contact(line) or is_job_title(line):
        return len(words) <= 2 * _MOST_WORDS
    named = len(words) <= 4 and is_given_name(words[0].strip(",").capitalize()) and line[:1].isupper()
    return named or (len(words) <= _MOST_WORDS and not _is_clause(line) and type_of_name(line) != "other")


def _is_partner_line(line: str, *, numbered: bool) -> bool:
    """Return whether a line below a label for partners names one: it has a business id, or is a name and no clause.

    Pages without blank lines run on from the last partner into prose; an empty field is followed by prose at once.

    Parameters
    ----------
    line : str
        The line.
    numbered : bool
        A line above had a business id, or stands beside the label: then a line without one must name bodies of a known
        kind.
    """
    if _BUSINESS_ID.search(line):
        return True
    names = [part.strip(" -•*,") for part in re.split(r"[,;]\s+", line)]
    if _is_clause(line) or not names[0]:
        return False
    known = sum(_names_body(name) for name in names)
    if len(names) > 1:
        return 2 * known >= len(names)
    words = line.split()
    if len(words) > _MOST_WORDS:
        return False
    capital = line.lstrip("-•* ")[:1].isupper()
    return known > 0 or (capital and not numbered and len(words) <= _WORDS_OF_UNKNOWN)


def _names_body(name: str) -> bool:
    return type_of_name(name) != "other" if name[:1].isupper() else find_body(name) is not None


def is_label(line: Line) -> bool:
    """Return whether a line is a label, with or without its value."""
    return _split(line.text) is not None
