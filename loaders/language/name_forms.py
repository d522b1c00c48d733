"""The inflected forms of whole names: which of its words inflect, and how legal suffixes do."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from loaders.language.head_nouns import LEGAL_SUFFIXES, head_noun, remove_brackets
from loaders.language.paradigms import Paradigm, agree, flatten, unique
from loaders.language.word_forms import colon_paradigm, find_paradigm

# Adjectives without -nen that agree with the head they stand before ("Elävä kaupunki" : "Elävän kaupungin").
_ADJECTIVES = frozenset(
    {
        "avoin",
        "elävä",
        "hyvä",
        "iso",
        "ketterä",
        "nuori",
        "pieni",
        "suuri",
        "terve",
        "uusi",
        "vanha",
        "vapaa",
        "vihreä",
        "vireä",
    }
)
_ADJECTIVE_IN_NEN = re.compile(r"\w{2,}(?:inen|llinen|lainen|läinen)$")
# Participles agree as well; a capital may be a proper name's: "valmentava johtaminen", "tuettu työllistäminen".
_PARTICIPLE = re.compile(r"[a-zåäö]{3,}(?:va|vä|ttu|tty|stu|sty|ltu|lty)$")
_JOINING = frozenset({"ja", "sekä"})
_LEADING = frozenset({"oy", "ab"})


@lru_cache(maxsize=32_768)
def inflect_name(name: str, *, genitive: str | None = None, language: str = "fi") -> tuple[str, ...]:
    """Return the forms of an organisation's or place's name, its nominative (without brackets) first.

    Parameters: `name` in the nominative; `genitive`, where known: the words that differ in it are those that inflect
    ("Koski Tl", "Kosken Tl"); `language` of the name: only Finnish names decline, others take a genitive in -s.
    """
    bare = remove_brackets(name)
    if not bare:
        return ()
    if language != "fi":
        return (bare,) if bare.endswith("s") else (bare, bare + "s")
    if genitive is not None and (told := _told_by_genitive(bare, " ".join(genitive.split()))):
        return unique((bare, *flatten(told)))
    words, suffix = _split_legal_forms(bare.split())
    inner = _inner_forms(words)
    if not suffix:
        return unique((bare, *inner))
    colons = _colon_endings(front=suffix.lower() != "osk")
    return unique((*(bare + ending for ending in colons), *inner))


def _inner_forms(words: list[str]) -> tuple[str, ...]:
    """Return the forms of a name without legal suffix; most names inflect in their last word alone."""
    also = _agreeing_adjectives(words) or _coordinated_head(words) or _generic_head(words) is not None
    if not also:
        before = "".join(f"{word} " for word in words[:-1])
        return tuple(before + form for form in _forms_of_word(words[-1]))
    return unique(form for paradigm in _paradigms(words) for form in flatten(paradigm))


@lru_cache(maxsize=8_192)
def _forms_of_word(word: str) -> tuple[str, ...]:
    return flatten(_inflected(word))


@cache
def _colon_endings(*, front: bool) -> tuple[str, ...]:
    """Return what stands after a name with a legal suffix: "", ":n", ":lle"."""
    return tuple(form.removeprefix("x") for form in flatten(colon_paradigm("x", front=front)))


def _told_by_genitive(name: str, genitive: str) -> Paradigm | None:
    """Return the paradigm whose inflected words are those that differ in the genitive; None where it does not fit."""
    pairs = list(zip(words := name.split(), genitive.split(), strict=False))
    if len(words) != len(genitive.split()) or all(word == inflected for word, inflected in pairs):
        return None
    return _join([_unchanged(w) if w == g else find_paradigm(w, genitive=g) for w, g in pairs])


def _split_legal_forms(words: list[str]) -> tuple[list[str], str]:
    """Return the words between leading "Oy" and trailing legal suffixes, and the last suffix ("" without one)."""
    suffix = words[-1] if len(words) > 1 and words[-1].lower() in LEGAL_SUFFIXES else ""
    while len(words) > 1 and words[-1].lower() in LEGAL_SUFFIXES:
        words = words[:-1]
    return words[1:] if len(words) > 1 and words[0].lower() in _LEADING else words, suffix


def _paradigms(words: list[str]) -> list[Paradigm]:
    """Return the paradigms of a name without legal suffix: the last word inflects, and what agrees with it."""
    last = len(words) - 1
    inflecting = {last, *_agreeing_adjectives(words), *_coordinated_head(words)}
    found = [_compose(words, inflecting)]
    apposition = _generic_head(words)
    if apposition is not None:
        found.append(_compose(words, inflecting | {apposition}))
    return found


def _agreeing_adjectives(words: list[str]) -> set[int]:
    """Return the places of the adjectives that stand right before the last word."""
    found: set[int] = set()
    for place in range(len(words) - 2, -1, -1):
        if not _is_adjective(words[place]):
            break
        found.add(place)
    return found


def _is_adjective(word: str) -> bool:
    lower = word.lower()
    return lower in _ADJECTIVES or bool(_ADJECTIVE_IN_NEN.search(lower) or _PARTICIPLE.fullmatch(word))


def _coordinated_head(words: list[str]) -> set[int]:
    """Return the place of A in "A ja B" where A is a whole head noun: "Kotihoito ja vanhuspalvelut"."""
    is_pair = len(words) >= 3 and words[-2] in _JOINING and head_noun(words[-3]) is not None
    return {len(words) - 3} if is_pair else set()


def _generic_head(words: list[str]) -> int | None:
    """Return the place of a generic noun before a proper name: "Perusturvakuntayhtymä Karviainen"."""
    if len(words) < 2 or not words[-1][:1].isupper() or head_noun(words[-1]) is not None:
        return None
    return len(words) - 2 if head_noun(words[-2]) is not None else None


def _compose(words: list[str], inflecting: set[int]) -> Paradigm:
    first = min(inflecting)
    rest = [
        _inflected(word) if place in inflecting else _unchanged(word) for place, word in enumerate(words[first:], first)
    ]
    return _join([_unchanged(" ".join(words[:first])), *rest] if first else rest)


def _inflected(word: str) -> Paradigm:
    noun = head_noun(word)
    if noun is not None:
        return find_paradigm(word, plural=noun.plural)
    return find_paradigm(word, proper=word[:1].isupper())


def _unchanged(word: str) -> Paradigm:
    return dict.fromkeys(find_paradigm("nimi"), (word,))


def _join(paradigms: list[Paradigm]) -> Paradigm:
    joined, *others = paradigms
    for paradigm in others:
        joined = agree(joined, paradigm, " ")
    return joined
