"""Candidates among what is told by its title or its name in a vocabulary: initiatives, methods, places."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.reconciliation.candidates import HIGHEST, HIGHEST_LIKE, Candidate
from graph_api.reconciliation.names import Entry, Names
from loaders.gazetteer import gazetteer
from loaders.titles import title_key

_VOCABULARIES = ("method", "place", "programme")
_MOST_LIKE = 6
_DISTINCTIVE = 12  # as in `graph_api.identity.initiatives`: shorter titles, or of one word, are too common
_INFLECTED = 97.0
_LIKE = 0.65


def find_titled(names: Names, folder: str, text: str) -> Iterator[Candidate]:
    """Yield the entities of a folder that a text may mean, each once.

    Parameters
    ----------
    names : Names
        All names of the graph.
    folder : str
        ``initiative``, ``pilot``, ``programme``, ``method`` or ``place``.
    text : str
        What was asked.
    """
    seen = set[str]()
    for candidate in _all(names, folder, text):
        if candidate.entry.id not in seen:
            seen.add(candidate.entry.id)
            yield candidate


def _all(names: Names, folder: str, text: str) -> Iterator[Candidate]:
    like = names.like(folder, text, _MOST_LIKE)
    alike = dict.fromkeys(item.entry.id for item in like if title_key(item.name) == title_key(text))
    same = {e.id: e for e in (*names.spelt(folder, text), *(names.entries[i] for i in alike))}
    for entry in same.values():
        is_sure = len(same) == 1 and (folder in _VOCABULARIES or _is_distinctive(text))
        yield Candidate(entry, HIGHEST, is_sure, f"“{text}” is a name of it", {"title": True, "name_similarity": 1.0})
    if folder in _VOCABULARIES and not same:
        yield from _inflected(names, folder, text)
    for item in (item for item in like if item.value >= _LIKE):
        score = round(HIGHEST_LIKE * item.value, 1)
        yield Candidate(
            item.entry, score, False, f"“{item.name}” is a like name", {"name_similarity": round(item.value, 3)}
        )


def _inflected(names: Names, folder: str, text: str) -> Iterator[Candidate]:
    for hit in gazetteer().find(text, frozenset([folder])):
        entry: Entry | None = names.get(f"{folder}/{hit.notation}")
        if hit.span.start == 0 and hit.span.end == len(text) and entry is not None:
            reason = f"“{text}” is a form of “{hit.label.text}”"
            yield Candidate(entry, _INFLECTED, True, reason, {"inflected_name": True})


def _is_distinctive(text: str) -> bool:
    key = title_key(text)
    return " " in key and len(key) >= _DISTINCTIVE
