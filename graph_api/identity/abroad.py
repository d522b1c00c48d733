"""Organisations outside Finland: known by their participant code, else by their country and name.

Finnish grammar and the authority file are never asked about them, so that a "City of …" or a "University of Applied
Sciences" abroad is none of Finland's, whatever its name looks like.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph_api.identity.material import Mention
from graph_api.identity.spelling import clean, squash
from loaders.iris import digest

_HOME = "FI"


def is_abroad(country: str | None) -> bool:
    """Return whether a country is another than Finland; where none is printed, Finland is meant."""
    return country is not None and country != _HOME


class Abroad:
    """The organisations outside Finland, grouped by what identifies them.

    Parameters
    ----------
    mentions : iterable of Mention
        Those with a country other than Finland.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._codes: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._types: dict[str, Counter[str]] = defaultdict(Counter)
        known = [m for m in set(mentions) if m.country is not None]
        for mention in known:
            if mention.participant_code:
                self._codes[mention.country or "", squash(mention.name)].add(mention.participant_code)
        for mention in known:
            key = self.key(mention.name, mention.country or "", mention.participant_code)
            self._names[key].add(clean(mention.name))
            if mention.type:
                self._types[key][mention.type] += 1

    def key(self, name: str, country: str, code: str | None) -> str:
        """Return what an organisation's IRI is made of: its code; else that of the one of its name in its country."""
        codes = {code} if code else self._codes.get((country, squash(name)), set())
        return f"pic-{next(iter(codes))}" if len(codes) == 1 else f"n-{digest(squash(name) or name, country)}"

    def name(self, key: str, name: str) -> str:
        """Return the name of an organisation: of its spellings the one that is not in capitals, and the shortest."""
        return min(self._names.get(key, {clean(name)}), key=lambda text: (text.isupper(), len(text), text))

    def type(self, key: str) -> str:
        """Return the type that sources state most often (of several, the first in alphabetical order)."""
        stated = self._types.get(key)
        return min(stated, key=lambda kind: (kind == "other", -stated[kind], kind)) if stated else "other"
