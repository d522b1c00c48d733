"""Find first, then parse: expressions that are run only where something stands that each of their matches holds.

One pass of Aho–Corasick over a document finds the literals that all such expressions require; each expression is then
tried around its finds alone. The matches are those of a plain scan.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

import ahocorasick_rs as ac

from loaders.required_literals import Required, fold_text, required, stays_in_line

_SHORT = 600  # a text so short is scanned as fast as looked up
_NEAR, _FAR = 12, 80

_ALL: list[Anchored] = []


class Anchored:
    """A regular expression that is run where its anchors stand, with the methods of a compiled pattern.

    Parameters
    ----------
    pattern : str or callable
        The expression, or what gives it when it is first used (where it is made from a vocabulary); what its matches
        must hold is read off it.
    flags : int
        As of `re.compile`.
    whole : bool
        An anchor counts only where no letter follows it ("ry", not "ryhmä"): say so where every match has it so.
    """

    def __init__(self, pattern: str | Callable[[], str], flags: int = 0, *, whole: bool = False) -> None:
        self._source = pattern if callable(pattern) else re.compile(pattern, flags)
        self._flags = flags
        self.whole = whole
        self.number = len(_ALL)
        _ALL.append(self)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the expression."""
        return self._source if isinstance(self._source, re.Pattern) else re.compile(self._source(), self._flags)

    @cached_property
    def required(self) -> Required | None:
        """Return what every match holds."""
        return required(self.pattern)

    @cached_property
    def _within(self) -> str:
        """Return where a match lies around an anchor: it begins near it, in its line, or anywhere."""
        back = self.required.back if self.required else None
        if back is not None and back <= _NEAR:
            return "near"
        if stays_in_line(self.pattern):
            return "line"
        return "near" if back is not None and back <= _FAR else "anywhere"

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches that a plain scan gives."""
        endpos = min(endpos, len(text))
        if len(text) < _SHORT or self.required is None:
            return self.pattern.finditer(text, pos, endpos)
        anchors = _finds(text, len(_ALL))[self.number]
        if not anchors or not _any_in(anchors, pos, endpos):
            return iter(())
        if self._within == "near":
            return self._near(text, anchors, pos, endpos)
        if self._within == "line":
            return self._in_lines(text, anchors, pos, endpos)
        return self.pattern.finditer(text, pos, endpos)

    def _near(self, text: str, anchors: list[int], pos: int, endpos: int) -> Iterator[re.Match[str]]:
        back = (self.required.back if self.required else None) or 0
        match_at = self.pattern.match
        place = bisect_left(anchors, pos)
        while place < len(anchors) and anchors[place] < endpos:
            anchor = anchors[place]
            tried = (match_at(text, start, endpos) for start in range(max(pos, anchor - back), anchor + 1))
            match = next((match for match in tried if match), None)
            if match is not None:
                yield match
            pos = match.end() if match else anchor + 1
            place = bisect_left(anchors, pos, place)

    def _in_lines(self, text: str, anchors: list[int], pos: int, endpos: int) -> Iterator[re.Match[str]]:
        place = bisect_left(anchors, pos)
        while place < len(anchors) and anchors[place] < endpos:
            anchor = anchors[place]
            start = max(pos, text.rfind("\n", pos, anchor) + 1)
            end = text.find("\n", anchor, endpos)
            end = endpos if end < 0 else end
            yield from self.pattern.finditer(text, start, end)
            pos, place = end, max(place + 1, bisect_left(anchors, end, place))

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match that a plain scan gives."""
        return next(self.finditer(text, pos, endpos), None)

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at a place."""
        return self.pattern.match(text, pos, endpos)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match that is the whole text."""
        return self.pattern.fullmatch(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return a text with its matches replaced, by a text or by what a function makes of each."""
        return self.pattern.sub(replacement, text) if self.may_stand(text) else text

    def may_stand(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Return whether an anchor stands in a piece of a text: where none does, the piece holds no match."""
        if len(text) < _SHORT or self.required is None:
            return True
        return _any_in(_finds(text, len(_ALL))[self.number], start, min(end, len(text)))

    def search_piece(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match in a piece as if it were cut out; its offsets are those in the piece."""
        return self.pattern.search(text[start:end]) if self.may_stand(text, start, end) else None


def _any_in(anchors: list[int], start: int, end: int) -> bool:
    place = bisect_left(anchors, start)
    return place < len(anchors) and anchors[place] < end


@lru_cache(maxsize=2)
def _automaton(number: int) -> tuple[ac.AhoCorasick, list[tuple[list[int], list[int]]]]:
    """Return the automaton of the literals of all expressions, and for each literal which of them require it."""
    users: dict[str, tuple[list[int], list[int]]] = {}
    for expression in _ALL[:number]:
        for literal in expression.required.literals if expression.required else ():
            users.setdefault(literal, ([], []))[expression.whole].append(expression.number)
    return ac.AhoCorasick(list(users)), list(users.values())


@lru_cache(maxsize=4)
def _finds(text: str, number: int) -> list[list[int]]:
    """Return for each expression where its anchors stand in a text, sorted."""
    automaton, users = _automaton(number)
    folded = fold_text(text)
    found: list[list[int]] = [[] for _ in range(number)]
    for literal, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        anywhere, whole = users[literal]
        for expression in anywhere:
            found[expression].append(start)
        if whole and not folded[end : end + 1].isalnum():
            for expression in whole:
                found[expression].append(start)
    for starts in found:
        starts.sort()
    return found


def registered() -> tuple[Anchored, ...]:
    """Return all the expressions that run around anchors."""
    return tuple(_ALL)
