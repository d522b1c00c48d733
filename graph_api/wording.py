"""What is said to people, apart from the words it is said in.

A catalogue is a TOML file with a table for each text, which holds it in each language; {names} in a text are filled in.
Whatever decides what to say returns `Said`, so that one thing can be told in any of the languages; `Words` tells it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from loaders.errors import UsageError
from loaders.resources import read_text
from loaders.vocabulary import scheme

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Said:
    """Something to be told: the key of a text, and what its {names} stand for (see `Words.write`)."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a vocabulary, told by its label: ``Term("roles", "applicant")``."""

    scheme: str
    notation: str


def said(key: str, **values: object) -> Said:
    """Return something to be told."""
    return Said(key, values)


@cache
def catalogue(package: str) -> dict[str, dict[str, str]]:
    """Return the texts of a package by key, each by language."""
    return tomllib.loads(read_text(package, "texts.toml"))


class Words:
    """The words of one language, from the file ``texts.toml`` of a package.

    Raises UsageError for a language in which there are none.
    """

    def __init__(self, package: str, language: str) -> None:
        if language not in LANGUAGES:
            raise UsageError(f"Answers are in {', '.join(LANGUAGES)}, not in {language!r}. Choose one of them.")
        self.language = language
        self._texts = catalogue(package)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, with values in place."""
        return self._texts[key][self.language].format(**{name: self.write(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Say whether there is a text of that key."""
        return key in self._texts

    def write(self, value: object) -> str:
        """Return a value in words: what is `Said`, a `Term`, several of these, a number (12 345, 0,27; three digits)."""
        match value:
            case Said():
                return self(value.key, **value.values)
            case Term():
                return self._label(value)
            case tuple():
                return ", ".join(map(self.write, value))
            case int():
                return f"{value:,}".replace(",", "," if self.language == "en" else "\u00a0")
            case float():
                return self._pointed(f"{value:.3g}")
            case _:
                return str(value)

    def decimals(self, value: float, digits: int = 2) -> str:
        """Return a number with so many digits after the point, or the comma."""
        return self._pointed(f"{value:.{digits}f}")

    def _pointed(self, number: str) -> str:
        return number if self.language == "en" else number.replace(".", ",")

    def _label(self, term: Term) -> str:
        """Return the preferred label of a concept, its notation where no vocabulary has it."""
        concept = scheme(term.scheme).get(term.notation)
        preferred = [label for label in concept.labels if label.kind == "preferred"] if concept else []
        return next((label.text for label in preferred if label.language == self.language), term.notation)
