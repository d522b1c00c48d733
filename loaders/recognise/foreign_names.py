"""Swedish and English names of organisations that no vocabulary knows, by their head noun.

"Exempelby hembygdsförening rf", "Stiftelsen Modell", "Example Nature Foundation", "University of Somewhere".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.authority import find_body, type_of_name
from loaders.language.foreign_heads import closing, foreign_type, opening
from loaders.model import Span
from loaders.vocabulary import word_set

_LEGAL_AFTER = re.compile(r",?[ ](?:r\.?f\.?|r\.?y\.?|Ab|AB|Oy|Ltd|Inc|sr|rs)(?![\w])\.?")
_CAPITAL = re.compile(r"[A-ZÅÄÖÉ0-9][\w&’'.-]*$")
_JOINING = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "in",
        "&",
        "och",
        "för",
        "i",
        "på",
        "av",
        "vid",
        "svenska",
        "finska",
        "stads",
        "kommuns",
    }
)
_FIRST_WORD_AFTER = re.compile(r"[ ]([A-ZÅÄÖÉ0-9][\w&’'-]*|of|the|for|and|in|&|och|för|i|på|vid)(?![\w-])")

_POSSESSIVE = re.compile(r"(?:['’]s?)?$")
_RUN = re.compile(r"(?:[ ](?:[A-ZÅÄÖÉ0-9][\w&’'-]*|of|the|for|i|för))+")
# An initial ends no sentence: "K. H. Modells stiftelse".
_SENTENCE_END = re.compile(r"\n|(?<!\b[A-ZÅÄÖ])[.!?][ ]")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ForeignName:
    """A name found by its head noun, with the type that it shows; `opens` where the head noun comes first."""

    span: Span
    name: str
    type: str
    opens: bool = False


def foreign_names(text: str) -> Iterator[ForeignName]:
    """Yield the names of a text that a Swedish or English head noun opens or closes."""
    for match in opening().finditer(text):
        end = _end_after(text, match.start(), match.end())
        yield from _name(text, match.start(), end, opens=True)
    for match in closing().finditer(text):
        start = _start_before(text, match.start(), match.group())
        if start is not None:
            yield from _name(text, start, match.end())


def _name(text: str, start: int, end: int, *, opens: bool = False) -> Iterator[ForeignName]:
    printed = " ".join(text[start:end].split())
    kind = foreign_type(printed) or foreign_type(printed.removesuffix("s"))
    legal = _LEGAL_AFTER.match(text, end)
    if kind is None:
        return
    if legal is not None:
        end = legal.end()
        printed = " ".join(text[start:end].split())
    elif not opens and printed.endswith("s") and foreign_type(printed.removesuffix("s")):
        printed = printed.removesuffix("s")  # "Exempelby hembygdsförenings": the Swedish genitive
    yield ForeignName(Span(start, end), printed, kind, opens)


def _end_after(text: str, start: int, position: int) -> int:
    """Return where a name ends that a head noun opens: after its last capitalised word."""
    end = position
    for _ in range(_MOST_WORDS):
        match = _FIRST_WORD_AFTER.match(text, position)
        if match is None:
            break
        position = match.end()
        if match.group(1)[0].isupper() or match.group(1)[0].isdigit():
            end = position - (len(ended.group()) if (ended := _POSSESSIVE.search(match.group())) else 0)
        elif match.group(1) in {"and", "och", "&"} and not _goes_on(text, start, end, position):
            break
    return end


def _goes_on(text: str, start: int, end: int, position: int) -> bool:
    """Return whether what follows a conjunction belongs to the name ("Education and Culture"), not to the next one."""
    following = _RUN.match(text, position)
    words = following.group().strip().removeprefix("the ") if following else ""
    return bool(words) and find_body(text[start:end]) is None and type_of_name(words) == "other"


def _start_before(text: str, head: int, printed: str) -> int | None:
    """Return where a name begins that a head noun closes, or ``None`` where nothing capitalised stands before it."""
    sentence = [match.end() for match in _SENTENCE_END.finditer(text, max(0, head - 120), head)]
    line = sentence[-1] if sentence else max(0, head - 120)
    before = list(re.finditer(r"[^\s,;:()•]+", text[line:head]))
    start: int | None = None
    following = head
    for word in reversed(before[-_MOST_WORDS:]):
        begin, end = line + word.start(), line + word.end()
        if text[end:following].strip() or "\n" in text[end:following]:
            break
        if _CAPITAL.match(word.group()) and word.group().casefold() not in word_set("foreign-lead-in"):
            start = begin
        elif word.group() not in _JOINING or word.group() in {"and", "och", "&"}:
            break
        following = begin
    if start is None or (printed[0].islower() and _common_noun(text, start, head)):
        return None
    return start


def _common_noun(text: str, start: int, head: int) -> bool:
    """Return whether one word before a small head noun is only the first of its sentence: "Byns förening"."""
    words = text[start:head].split()
    before = text[max(0, start - 3) : start].rstrip(" ")
    return len(words) == 1 and (not before or before[-1] in ".!?:\n•-")
