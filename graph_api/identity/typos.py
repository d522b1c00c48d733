"""Misspelt and cut-off names: which name was meant.

A typo is a word that no other name has; its correction is a known word at a small distance (optimal string alignment,
an adjacent transposition counts as one), and all other words of the two names agree. Names are compared only where
they share all words but one (blocking by deletion neighbourhoods of words), never all with all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from graph_api.identity.authority import known_words, place_words
from graph_api.identity.signs import is_head_noun
from loaders.language.inflection import head_noun

Node = TypeVar("Node", bound=Hashable)
_SHORTEST = 5
_SHORTEST_ALONE = 5
_TWO_LETTERS_FROM = 9
_COMMON_FROM = 3
_COMPOUND = 10
_ONE_WORD_FROM = 12
_UNDOTTED = str.maketrans("äöå", "aoa")
_OFTENER = 4
_CUT_FROM = 44


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Node]):
    """A name to compare: its words, what must agree (`block`), and whether it may be the misspelt one."""

    node: Node
    words: tuple[str, ...]
    block: str
    correctable: bool = True


def find_typos(candidates: Iterable[Candidate[Node]], spread: Counter[str]) -> Iterator[tuple[Node, Node, str]]:
    """Yield (misspelt, meant, reason).

    Parameters
    ----------
    candidates : iterable of Candidate
        Names of the material and of the authority file.
    spread : Counter
        In how many different names of the material each word occurs.
    """
    known = list(candidates)
    blocks: dict[tuple[object, ...], list[tuple[Candidate[Node], int]]] = {}
    for candidate in known:  # a block is worth having where a name in it may be misspelt
        for place, key in _block_keys(candidate) if candidate.correctable else ():
            if is_typo_like(candidate.words[place], spread):
                blocks.setdefault(key, [])
    for candidate in known:
        for place, key in _block_keys(candidate):
            if key in blocks:
                blocks[key].append((candidate, place))
    for members in blocks.values():
        yield from _compare(members, spread)


def _block_keys(candidate: Candidate[Node]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Yield each place in a name with what all that differ at that place alone have in common."""
    words = candidate.words
    if not words:  # a name of signs alone
        return
    if len(words) > 1 or candidate.block.startswith("unit") or len(words[0]) >= _ONE_WORD_FROM:
        for place in range(len(words)):
            yield place, (candidate.block, len(words), place, words[:place] + words[place + 1 :])


def _compare(members: list[tuple[Candidate[Node], int]], spread: Counter[str]) -> Iterator[tuple[Node, Node, str]]:
    if len(members) < 2:
        return
    misspelt = [(c, c.words[p]) for c, p in members if c.correctable and is_typo_like(c.words[p], spread)]
    meant = [(c, c.words[p]) for c, p in members if is_known(c.words[p], spread)] if misspelt else []
    for wrong, word in misspelt:
        found = sorted(
            (OSA.distance(word, right), right, str(other.node), other.node)
            for other, right in meant
            if other.node != wrong.node
            and (len(wrong.words) > 1 or wrong.block.startswith("unit") or _is_broken_compound(word, right))
            and (spread[word] <= 1 or spread[right] >= _OFTENER * spread[word] or is_head_noun(right))
            and is_typo_of(word, right)
        )
        if found and len({right for distance, right, _, _ in found if distance == found[0][0]}) == 1:
            yield wrong.node, found[0][3], f"“{word}” is misspelt for “{found[0][1]}”, a known word; the rest agrees"


def _is_broken_compound(word: str, right: str) -> bool:
    """Return whether a name of one word has lost its head noun or its dots by a slip: "Sininauhasätiö"."""
    if right not in known_words() or not _ends_in_head(right):
        return False
    return not _ends_in_head(word) or word.translate(_UNDOTTED) == right.translate(_UNDOTTED)


def is_typo_like(word: str, spread: Counter[str]) -> bool:
    """Return whether a word may be a typo: long enough, no digits, in one name (long words: three), no vocabulary."""
    often = 3 if len(word) >= _TWO_LETTERS_FROM else 1
    return len(word) >= _SHORTEST and word.isalpha() and spread[word] <= often and word not in known_words()


def is_known(word: str, spread: Counter[str]) -> bool:
    """Return whether a word may be a correction: in a vocabulary, or common in the material."""
    return word in known_words() or spread[word] >= _COMMON_FROM or (len(word) >= _COMPOUND and _ends_in_head(word))


@lru_cache(maxsize=65_536)
def _ends_in_head(word: str) -> bool:
    return head_noun(word) is not None


def is_typo_of(word: str, right: str) -> bool:
    """Return whether a word is at the distance of a typo from another."""
    if word.isdigit() or right.isdigit() or word[0] != right[0]:
        return False
    if right in place_words() and len(right) < 7:
        return False
    by_head = right not in known_words() and _ends_in_head(right) and _ends_in_head(word)
    if by_head and len(word) == len(right) and sorted(word) != sorted(right):
        return False  # "pesupalvelu" and "puupalvelu" are two words
    allowed = 1 if by_head else 2 if min(len(word), len(right)) >= _TWO_LETTERS_FROM else 1
    return OSA.distance(word, right, score_cutoff=allowed) <= allowed


def find_cut_names(
    names: Iterable[tuple[Node, str, str, str]], is_word: Callable[[str], bool]
) -> Iterator[tuple[Node, Node, str]]:
    """Yield (cut off, meant, reason): a long name whose last word is the beginning of the only name that goes on.

    Parameters
    ----------
    names : iterable of (node, block, key, printed)
        Names are compared within a block.
    is_word : callable
        Whether a (case-folded) word is one: a name that ends in a whole word has not been cut off.
    """
    blocks: dict[str, list[tuple[str, Node, str]]] = defaultdict(list)
    for node, block, key, printed in names:
        blocks[block].append((key, node, printed))
    for members in blocks.values():
        members.sort(key=lambda member: (member[0], str(member[1])))
        for number, (key, node, printed) in enumerate(members):
            if len(printed) < _CUT_FROM or is_word(printed.split()[-1].casefold()):
                continue
            longer = [m for m in _following(members, number) if m[0].startswith(key)]
            if len({other for _, other, _ in longer}) == 1:
                yield node, longer[0][1], f"“{printed}” is the beginning of “{longer[0][2]}”, cut off by the list"


def _following(members: list[tuple[str, Node, str]], number: int) -> Iterator[tuple[str, Node, str]]:
    key = members[number][0]
    for member in members[number + 1 :]:
        if not member[0].startswith(key):
            return
        if member[0] != key:
            yield member


def correct(name: str, spread: Counter[str]) -> Iterator[str]:
    """Yield a name with each word that may be a typo, and then with all, put right by the words of the vocabularies."""
    words = name.split(" ")
    options = {place: right for place, word in enumerate(words) if (right := _put_right(word, spread)) is not None}
    for places in [*([place] for place in options), list(options)] if options else []:
        yield " ".join(options[place] if place in places else word for place, word in enumerate(words))


def _put_right(word: str, spread: Counter[str]) -> str | None:
    folded = word.casefold()
    if len(folded) < _SHORTEST_ALONE or not is_typo_like(folded, spread):
        return None
    near = {known for part in _deletions(folded) for known in _known_by_deletion().get(part, ())}
    found = sorted((OSA.distance(folded, known), known) for known in near if is_typo_of(folded, known))
    if not found or (len(found) > 1 and found[1][0] == found[0][0]):
        return None
    right = found[0][1]
    return right.upper() if word.isupper() else right.capitalize() if word[:1].isupper() else right


@cache
def _known_by_deletion() -> dict[str, tuple[str, ...]]:
    """Return the known words by what is left of them when a letter is deleted (two of a long word)."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in known_words():
        if len(word) >= _SHORTEST_ALONE:
            for part in _deletions(word):
                found[part].append(word)
    return {part: tuple(words) for part, words in found.items()}


@lru_cache(maxsize=65_536)
def _deletions(word: str) -> frozenset[str]:
    once = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return frozenset(once | {word})
