"""Names of people: inverted, in capitals, with a spaced hyphen, inflected; and job titles."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from loaders.vocabulary import scheme

_PART = r"[A-ZÅÄÖÉÜ][a-zåäöéüøæßšž]+(?:\s?[-–]\s?[A-ZÅÄÖÉÜ][a-zåäöéüøæßšž]+){0,3}"
NAME = re.compile(rf"{_PART}(?:[ ]{_PART}){{1,2}}")
_SPACED_HYPHEN = re.compile(r"\s*[-‐‑–—]\s*")


@cache
def job_title_heads() -> tuple[str, ...]:
    """Return the heads that make a word a job title (päällikkö, johtaja, koordinator …), longest first."""
    labels = {label.text.casefold() for concept in scheme("job-titles").values() for label in concept.labels}
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


@cache
def _title_pattern() -> re.Pattern[str]:
    heads = "|".join(re.escape(head) for head in job_title_heads())
    return re.compile(rf"(?<![\w-])[\w-]*(?:{heads})(?![\w])", re.IGNORECASE)


def job_titles(text: str) -> list[re.Match[str]]:
    """Return the job titles in a text, in order (nominative)."""
    return list(_title_pattern().finditer(text))


@lru_cache(maxsize=8_192)
def is_job_title(text: str) -> bool:
    """Return whether a line is a job title: "Yliopistotutkija, dosentti", "HR-kehittämispäällikkö"."""
    return bool(text) and bool(job_titles(text)) and "@" not in text and len(text) < 120


def normalise_name(printed: str, email: str | None = None) -> str:
    """Return a person's name, given name first, in ordinary capitals, hyphens closed.

    "KUUSELA KATRI ANNELI" → "Katri Anneli Kuusela" and "Tuohimaa Hanna" → "Hanna Tuohimaa" where the e-mail address
    (given.surname) or the list of given names shows the order.

    Parameters
    ----------
    printed : str
        The name as it stands in a field.
    email : str, optional
        The person's address, which shows which part is the surname.
    """
    name = _SPACED_HYPHEN.sub("-", " ".join(printed.replace(",", " ").split()))
    parts = [_in_ordinary_capitals(part) for part in name.split(" ")]
    if len(parts) > 1 and _is_inverted(parts, email):
        parts = parts[1:] + parts[:1]
    if name.isupper() and len(parts) > 2 and _local_parts(email) == [_fold(parts[0]), _fold(parts[-1])]:
        parts = [parts[0], parts[-1]]  # a register prints all given names; the address shows the one in use
    return " ".join(parts)


def _in_ordinary_capitals(part: str) -> str:
    """Return a part of a name as it is written in prose: "HIRVONEN" → "Hirvonen"; initials stay."""
    return "-".join(p.capitalize() for p in part.split("-")) if part.isupper() and len(part) > 2 else part


def _local_parts(email: str | None) -> list[str]:
    return [part.replace("-", "") for part in (email or "").partition("@")[0].split(".")]


def _is_inverted(parts: list[str], email: str | None) -> bool:
    local = _local_parts(email)
    if len(local) >= 2:
        first, last = _fold(parts[0]), _fold(parts[-1])
        if local[-1] == first and local[0] == _fold(parts[1]):
            return True
        if local[0] == first or local[-1] == last:
            return False
    given = _given_names()
    head, *rest = (part.partition("-")[0].casefold() for part in parts)
    return head not in given and all(part in given for part in rest)


@cache
def _given_names() -> frozenset[str]:
    return frozenset(label.text.casefold() for concept in scheme("given-names").values() for label in concept.labels)


def is_given_name(word: str) -> bool:
    """Return whether a word is a known given name (its first part, when it is a double one)."""
    return word.partition("-")[0].casefold() in _given_names()


def _fold(text: str) -> str:
    return text.casefold().translate(str.maketrans("åäöéü", "aaoeu")).replace("-", "")
