"""The stored text of a document: lines, sentences, and evidence that is certain to stand at its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from loaders.calibration import calibrated
from loaders.language.contacts import beside_contacts, holds_contact, may_hold_contact
from loaders.model import Evidence, Span, Standing

MAX_QUOTE = 400
_STOPS = frozenset(".!?…")
_CLOSING = frozenset('"”»)')
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”»)]*(?:\s+[A-ZÅÄÖ0-9•]|\n|$))")
_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding blanks. `number` counts from 1; `start` and `end` are offsets in the text."""

    number: int
    start: int
    end: int
    text: str
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the offsets as a span too: every recogniser asks for it."""
        object.__setattr__(self, "span", Span(self.start, self.end))


class Text:
    """A text with its lines; makes evidence from spans.

    Parameters
    ----------
    text : str
        The stored text; offsets everywhere are code points in it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(_split_lines(text))
        self._starts = [line.start for line in self.lines]
        self._sentences: dict[tuple[int, int], Span] = {}
        self._quotable: dict[Span, bool] = {}

    def line_at(self, offset: int) -> Line:
        """Return the non-empty line that an offset falls into (the last line before it on a blank one)."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        """Return the offsets after which a sentence begins, sorted."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        return sorted([*ends, *(match.end() for match in _LINE_END.finditer(self.text))])

    def sentence(self, span: Span) -> Span:
        """Return the sentence around a span; a line break ends a sentence."""
        known = self._sentences.get((span.start, span.end))
        if known is None:
            known = self._sentences[span.start, span.end] = self._sentence_around(span)
        return known

    def _sentence_around(self, span: Span) -> Span:
        ends = self._sentence_ends
        place = bisect_right(ends, span.start)
        start = max(ends[place - 1] if place else 0, self._closed_before(span.start), span.start - 2 * MAX_QUOTE)
        following = bisect_right(ends, span.end)
        end = ends[following] if following < len(ends) else len(self.text)
        return _trim(self.text, Span(start, end))

    def _closed_before(self, offset: int) -> int:
        """Return where the last sentence ends, if nothing but blanks and quotes stands between its end and an offset.

        There a small letter may begin a sentence as well: what is looked for says so.
        """
        place = offset - 1
        while place >= 0 and (self.text[place] in _CLOSING or self.text[place].isspace()):
            place -= 1
        return place + 1 if place >= 0 and self.text[place] in _STOPS else 0

    def evidence(
        self,
        span: Span,
        rule: str,
        confidence: float,
        standing: Standing = Standing.INFERRED,
    ) -> Evidence:
        """Return evidence for a mention; the quote is its sentence, unless that is long or holds a contact detail.

        A mention that itself holds a contact detail is quoted only as far as it does not.
        """
        quote = self.sentence(span)
        if not self._may_be_quoted(quote):
            quote = self._without_contacts(_trim(self.text, span))
        return Evidence(
            quote=self.text[quote.start : quote.end],
            span=quote,
            surface=" ".join(self.text[span.start : span.end].split()),
            rule=rule,
            confidence=calibrated(rule, confidence),
            standing=standing,
        )

    def _may_be_quoted(self, sentence: Span) -> bool:
        """Return whether a sentence is neither long nor holds a contact detail."""
        known = self._quotable.get(sentence)
        if known is None:
            known = self._quotable[sentence] = sentence.end - sentence.start <= MAX_QUOTE and not (
                may_hold_contact(self.text, sentence.start, sentence.end)
                and holds_contact(self.text[sentence.start : sentence.end])
            )
        return known

    def _without_contacts(self, span: Span) -> Span:
        start, end = beside_contacts(self.text[span.start : span.end])
        return _trim(self.text, Span(span.start + start, span.start + end))


def join_spans(spans: Iterable[Span], text: Text) -> list[Span]:
    """Return spans with those joined that only blanks part: lines become paragraphs' regions."""
    joined: list[Span] = []
    for span in spans:
        if joined and text.text[joined[-1].end : span.start].strip() == "":
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _split_lines(text: str) -> Iterator[Line]:
    offset = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.index(stripped[0])
            yield Line(number, start, start + len(stripped), stripped)
        offset += len(raw) + 1


def _trim(text: str, span: Span) -> Span:
    raw = text[span.start : span.end]
    if not raw.strip():
        return Span(span.start, span.start)
    return Span(span.start + len(raw) - len(raw.lstrip()), span.end - (len(raw) - len(raw.rstrip())))
