"""Trials in lists: "Kokeilut olivat:", "Pilotarbetsplatser:", "Projektissa kokeillaan", work packages that are pilots.

A line that speaks of trials opens the list; what stands below it, item by item, are the trials. The line says so by a
plural noun ("Kokeilusatamat ja vastuutahot:") or a verb ("Kokeilimme toimintaa kolmessa talossa:"), and an item is a name,
not a step or a result, nor a sentence that tells who tries what (those are read as prose). Items have marks, or a label
each ("Sotkamo: iltakirjasto").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.find_first import Anchored
from loaders.language.word_patterns import any_of, words_pattern
from loaders.model import Span
from loaders.text import Line, Text
from loaders.vocabulary import word_list

_ITEM = re.compile(r"^(?:[•*–—-]\s*|\d{1,2}[.)]?\s+|[a-zåäö]\)\s*)(?P<said>[^\W\d_].*)$")
_LABELLED = re.compile(r"^(?P<said>[A-ZÅÄÖ][\w -]{2,40}: \S.*)$")
_STARTS = r"(?:(?:TP|WP|AP|Osa|Työpaketti|Work package)\s?\d{1,2}[.:)]?\s+|[•*–—-]\s*|\d{1,2}[.)]?\s+|[a-zåäö]\)\s*)"
# A trial with a heading of its own: "Pilotti 2: Tervasaaren palautuspiste".
_NUMBERED = re.compile(r"^(?:Pilotti|Kokeilu|Pilot|Försök|Trial)\s?\d{1,2}\s?[:.)–-]\s+(?P<said>[^\W\d_].*)$")
_STEP = re.compile(
    r"^(?:-?[a-zåäö]+(?:taan|tään|daan|dään|tiin)|[A-ZÅÄÖ]?[a-zåäö]+(?:taan|tään|tiin|imme|emme)|[a-zåäö]+(?:as|ades))\b"
)
# A line that opens a list of trials, and an item that is one by its own name.
_CUE = Anchored(lambda: words_pattern(word_list("trials") + word_list("trying") + word_list("trial")), re.IGNORECASE)
_FEWEST, _LONGEST, _OPENING = 2, 160, 130
# What follows a name: the next sentence, a relative clause, behind a label what a dash explains.
_EXPLAINS = re.compile(
    r"(?<=[a-zåäö)])\. (?=[A-ZÅÄÖ]).*$|, (?:jossa|joissa|joka|jotka|jolla|missä|kun|där|som|where|which) .*$"
)
_EXPLAINS_LABELLED = re.compile(r"(?<=\w): ([^–:]{3,80}) – .*$")


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(words_pattern(word_list("trials") + word_list("trying")), re.IGNORECASE)


@cache
def _tells() -> re.Pattern[str]:
    """Return what finds a line whose list tells of the trials: its items are none."""
    return re.compile(words_pattern(word_list("about-trials")), re.IGNORECASE)


@cache
def _tries() -> re.Pattern[str]:
    return re.compile(words_pattern(word_list("trying") + word_list("tries")), re.IGNORECASE)


@cache
def _named_trial() -> re.Pattern[str]:
    heads = any_of(word.strip("…") for word in word_list("trial"))
    return re.compile(rf"^{_STARTS}(?P<said>[A-ZÅÄÖ][\wåäö-]*(?:{heads})\b.*)$")


@dataclass(frozen=True, slots=True)
class ListedTrial:
    """A trial of a list: its title, where the item stands, and what it says before any explanation."""

    title: str
    span: Span
    said: str


def listed_trials(text: Text) -> Iterator[ListedTrial]:
    """Yield the trials of the lists of a text, in order, each once."""
    seen: set[int] = set()
    for index, line in enumerate(text.lines):
        if not _CUE.may_stand(text.text, line.start, line.end):
            continue
        named = _named_trial().match(line.text) or _NUMBERED.match(line.text)
        if named and line.number not in seen:
            seen.add(line.number)
            yield _trial(line, named)
        if not _introduces(text, index):
            continue
        items = list(_items(text.lines[index + 1 :]))
        if len(items) < _FEWEST or 2 * sum(map(_is_name, items)) <= len(items):
            continue
        for item, match in items:
            if item.number not in seen and _is_name((item, match)):
                seen.add(item.number)
                yield _trial(item, match)


def _introduces(text: Text, index: int) -> bool:
    """Return whether a line opens a list of trials."""
    line = text.lines[index].text
    if len(line) > _OPENING * 4 or _ITEM.match(line):
        return False
    last = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", line)[-1]  # a paragraph may end with the sentence that opens it
    if len(last) > _OPENING or _tells().search(last):
        return False
    if last.endswith(":"):
        return bool(_opens().search(last))
    is_sentence = last.endswith((".", "!", "?"))
    return not is_sentence and last == line and bool(_opens().search(last))


def _items(lines: list[Line]) -> Iterator[tuple[Line, re.Match[str]]]:
    form = _ITEM if lines and _ITEM.match(lines[0].text) else _LABELLED
    for line in lines:
        match = form.match(line.text)
        if match is None:
            return
        yield line, match


def _is_name(item: tuple[Line, re.Match[str]]) -> bool:
    said = item[1].group("said")
    name = _title(said)
    return (
        len(name) <= _LONGEST
        and not said.rstrip().endswith("?")
        and not _STEP.match(said)
        and not _tries().search(name)
    )


def _title(said: str) -> str:
    """Return the name of a trial, without what explains it, and without who carries it out."""
    name = _EXPLAINS_LABELLED.sub(r": \1", _EXPLAINS.sub("", said))
    return re.sub(r"\s*\([^()]*\)$| / .*$", "", name) or said


def _trial(line: Line, match: re.Match[str]) -> ListedTrial:
    said = _EXPLAINS.sub("", match.group("said")).rstrip(" .,;")
    start = line.start + match.start("said")
    return ListedTrial(_title(said), Span(start, start + len(said)), said)
