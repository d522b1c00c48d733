"""Which initiative a title means: the project behind a practice card is the one of that title in a list or on a page.

A title without a code means the coded initiative of the same title and kind, if their periods do not exclude each other
and it is the only one. A short or one-word title is too common to tell by itself: an organisation must be shared, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.identity_protocol import InitiativeMention
from loaders.titles import title_key

_DISTINCTIVE = 12


@dataclass(slots=True)
class _Coded:
    """A coded initiative as all documents together print it."""

    code: str
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)


class Initiatives:
    """Answers which coded initiative a mention means: a function of the set of mentions, whatever their order.

    Parameters
    ----------
    mentions : iterable of InitiativeMention
        All initiatives that the material names.
    """

    def __init__(self, mentions: Iterable[InitiativeMention]) -> None:
        self._coded: defaultdict[tuple[str, str], dict[str, _Coded]] = defaultdict(dict)
        for mention in mentions:
            if mention.code and mention.kind != "practice":
                same_title = self._coded[mention.kind, title_key(mention.title)]
                found = same_title.setdefault(mention.code, _Coded(mention.code))
                found.starts |= {mention.start} if mention.start else set()
                found.ends |= {mention.end} if mention.end else set()
                found.organisations |= mention.organisations

    def code_of(self, mention: InitiativeMention) -> str | None:
        """Return the code of the initiative that is meant, or ``None`` where the mention stands for itself."""
        if mention.code:
            return mention.code
        found = self._meant(mention)
        return found.code if found is not None else None

    def _meant(self, mention: InitiativeMention) -> _Coded | None:
        key = title_key(mention.title)
        possible = [c for c in self._coded.get((mention.kind, key), {}).values() if not _excludes(c, mention)]
        shared = [c for c in possible if c.organisations & mention.organisations]
        if len(shared) == 1:
            return shared[0]
        return possible[0] if len(possible) == 1 and _is_distinctive(key) else None

    def explain(self, mention: InitiativeMention) -> str:
        """Return which initiative a mention means and why, in a sentence."""
        if mention.code:
            return f"“{mention.title}” is {mention.code}: the code is printed."
        found = self._meant(mention)
        if found is None:
            return f"“{mention.title}” stands for itself: no single coded {mention.kind} of this title fits."
        reasons = ["the same title", *_reasons(found, mention)]
        return f"“{mention.title}” is {found.code}: {', '.join(reasons)}."


def _is_distinctive(key: str) -> bool:
    return " " in key and len(key) >= _DISTINCTIVE


def _excludes(coded: _Coded, mention: InitiativeMention) -> bool:
    """Return whether the periods have no year in common."""
    ended_before = coded.ends and mention.start and max(coded.ends)[:4] < mention.start[:4]
    begun_after = coded.starts and mention.end and min(coded.starts)[:4] > mention.end[:4]
    return bool(ended_before or begun_after)


def _reasons(coded: _Coded, mention: InitiativeMention) -> Iterator[str]:
    if coded.organisations & mention.organisations:
        yield "an organisation in common"
    if mention.start and coded.starts:
        yield "periods that overlap"
