"""What must stand in a text for a regular expression to match: literals, and where a match may begin beside them.

The literals are read off the parsed expression (as the prefilters of RE2 and of code search do: Cox 2012, "Regular
Expression Matching with a Trigram Index"), so that nobody keeps a list of them by hand that could go stale.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.language.letters import lower_in_place

_parser: Any = importlib.import_module("re._parser")
_MOST = 512
_LONG_ENOUGH = 6
_RARE_SIGNS = frozenset("@€%•([")
_NO_LIMIT = 1_000
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_OPPOSITE = {"CATEGORY_NOT_WORD", "CATEGORY_NOT_DIGIT", "CATEGORY_SPACE"}


@dataclass(frozen=True, slots=True)
class Required:
    """Folded literals of which every match holds one, and how far before the first of them a match may begin.

    `back` is ``None`` where there is no limit.
    """

    literals: frozenset[str]
    back: int | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a part of an expression matches: all its texts, where they are few, how they begin and end, and what it requires."""

    exact: frozenset[str] | None
    required: Required | None
    begins: frozenset[str] | None = None
    ends: frozenset[str] | None = None


def required(pattern: re.Pattern[str]) -> Required | None:
    """Return what every match of an expression holds, or ``None`` where that says too little to look for."""
    found = _sequence(list(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)))
    return found.required


def stays_in_line(pattern: re.Pattern[str]) -> bool:
    """Return whether a match never reaches over a line end, nor its end depends on more than that one is there."""
    return not _reaches(list(_parser.parse(pattern.pattern, pattern.flags)), pattern.flags)


_BLANKS = re.compile(r"[^\S ]")
_ALIKE = (("ſ", "s"), ("ı", "i"), ("İ", "i"))


def fold_text(text: str) -> str:
    """Return a text of the same length in lower case, every blank a space: what expressions take for alike is alike."""
    lowered = lower_in_place(text)
    for one, other in _ALIKE:
        lowered = lowered.replace(one, other)
    return _BLANKS.sub(" ", lowered)


def _sequence(items: Sequence[tuple[Any, Any]]) -> _Piece:
    run, since = _EMPTY, 0  # the texts that the elements since a place match, one after the other
    begins: frozenset[str] | None = None
    found: list[Required] = []
    for place, item in enumerate(items):
        piece = _element(item)
        if piece.exact is None or len(piece.exact) > 1:
            found.append(Required(run, _width(items[:since])))
        longer = _joined(run, piece.exact)
        if longer is not None:
            run = longer
            continue
        opened = _joined(run, piece.begins) or run
        begins = opened if begins is None else begins
        found.append(Required(opened, _width(items[:since])))
        if piece.required is not None:
            found.append(Required(piece.required.literals, _sum(_width(items[:place]), piece.required.back)))
        run, since = (piece.exact, place) if piece.exact is not None else (piece.ends or _EMPTY, place + 1)
    found.append(Required(run, _width(items[:since])))
    return _Piece(run if begins is None else None, _best(found), begins, run)


_EMPTY = frozenset({""})


def _joined(first: frozenset[str], second: frozenset[str] | None) -> frozenset[str] | None:
    """Return each text of one set followed by each of another, or ``None`` where they are many."""
    if second is None or len(first) * len(second) > _MOST:
        return None
    return frozenset(one + other for one in first for other in second)


_READERS: dict[str, Callable[[Any], _Piece]] = {
    "LITERAL": lambda value: _exactly([chr(value)]),
    "IN": lambda value: _exactly(_characters(value)),
    "AT": lambda _: _exactly([""]),
    "ASSERT": lambda _: _exactly([""]),
    "ASSERT_NOT": lambda _: _exactly([""]),
    "SUBPATTERN": lambda value: _sequence(list(value[3])),
    "ATOMIC_GROUP": lambda value: _sequence(list(value)),
    "BRANCH": lambda value: _branch([_sequence(list(branch)) for branch in value[1]]),
    **dict.fromkeys(_REPEATS, lambda value: _repeat(*value)),
}


def _element(item: tuple[Any, Any]) -> _Piece:
    reader = _READERS.get(str(item[0]))
    return reader(item[1]) if reader else _Piece(None, None)


def _exactly(texts: Iterable[str] | None) -> _Piece:
    if texts is None:
        return _Piece(None, None)
    exact = frozenset(fold_text(text) for text in texts)
    return _Piece(exact, _best([Required(exact, 0)]))


def _characters(items: Sequence[tuple[Any, Any]]) -> list[str] | None:
    """Return the characters of a set, or ``None`` where they are many."""
    found: list[str] = []
    for name, value in items:
        if str(name) == "LITERAL":
            found.append(chr(value))
        elif str(name) == "RANGE" and value[1] - value[0] < 16:
            found += [chr(number) for number in range(value[0], value[1] + 1)]
        elif str(value) == "CATEGORY_SPACE":
            found.append(" ")
        else:
            return None
    return found


def _branch(pieces: list[_Piece]) -> _Piece:
    exact = _united([piece.exact for piece in pieces])
    begins = _united([piece.begins if piece.exact is None else piece.exact for piece in pieces])
    ends = _united([piece.ends if piece.exact is None else piece.exact for piece in pieces])
    needed = [piece.required for piece in pieces if piece.required is not None]
    if len(needed) < len(pieces):
        return _Piece(exact, None, begins, ends)
    backs = [one.back for one in needed]
    back = None if None in backs else max(one for one in backs if one is not None)
    together = Required(frozenset(text for one in needed for text in one.literals), back)
    return _Piece(exact, _best([together]), begins, ends)


def _united(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    if any(one is None for one in sets):
        return None
    together = frozenset(text for one in sets if one is not None for text in one)
    return together if len(together) <= _MOST else None


def _repeat(least: int, most: Any, items: Any) -> _Piece:
    piece = _sequence(list(items))
    if piece.exact is not None and int(most) == 1 and least == 0:
        return _Piece(piece.exact | _EMPTY, None)
    if piece.exact is not None and int(most) == least and len(piece.exact) == 1:
        return _exactly(text * least for text in piece.exact)
    begins = piece.begins if piece.exact is None else piece.exact
    return _Piece(None, piece.required if least else None, begins if least else None)


def _best(found: Iterable[Required]) -> Required | None:
    """Return the most telling of several requirements: long literals, then few."""
    useful = [one for one in found if all(_is_telling(text) for text in one.literals) and len(one.literals) <= _MOST]
    return max(useful, key=_merit, default=None)


def _is_telling(literal: str) -> bool:
    return len(literal.strip()) > 1 or literal.strip() in _RARE_SIGNS


def _merit(one: Required) -> tuple[int, int, int, int]:
    shortest = min(len(text.strip()) for text in one.literals)
    back = _NO_LIMIT if one.back is None else one.back
    return min(shortest, _LONG_ENOUGH), -len(one.literals), min(len(text) for text in one.literals), -back


def _width(items: Sequence[tuple[Any, Any]]) -> int | None:
    """Return how long what stands before may be, or ``None`` without a limit."""
    longest = int(_parser.SubPattern(_parser.State(), list(items)).getwidth()[1])
    return longest if longest < _NO_LIMIT else None


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _reaches(items: Sequence[tuple[Any, Any]], flags: int) -> bool:
    return any(_reaches_over(str(name), value, flags) for name, value in items)


def _reaches_over(name: str, value: Any, flags: int) -> bool:
    if name == "AT":
        return str(value) == "AT_END_STRING" or (str(value) == "AT_END" and not flags & re.MULTILINE)
    if name == "ANY":
        return bool(flags & re.DOTALL)
    if name == "SUBPATTERN":
        flags |= value[1]
    if name == "LITERAL":
        return bool(value == ord("\n"))
    if name == "NOT_LITERAL":
        return bool(value != ord("\n"))
    if name == "IN":
        return _set_holds_line_end(value)
    return name == "GROUPREF_EXISTS" or any(_reaches(list(part), flags) for part in _parts(name, value))


def _set_holds_line_end(items: Sequence[tuple[Any, Any]]) -> bool:
    negated = str(items[0][0]) == "NEGATE"
    holds = False
    for name, value in items:
        holds |= str(name) == "LITERAL" and value == ord("\n")
        holds |= str(name) == "RANGE" and value[0] <= ord("\n") <= value[1]
        holds |= str(name) == "CATEGORY" and str(value) in _OPPOSITE
    return holds != negated


def _parts(name: str, value: Any) -> Iterator[Any]:
    """Yield the expressions inside one: a look behind sees the text as it is and is left out."""
    if name == "SUBPATTERN":
        yield value[3]
    elif name == "ATOMIC_GROUP":
        yield value
    elif name == "BRANCH":
        yield from value[1]
    elif name in _REPEATS:
        yield value[2]
    elif name in {"ASSERT", "ASSERT_NOT"} and value[0] > 0:
        yield value[1]
