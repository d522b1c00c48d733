"""The words of reports, from the catalogue `texts.toml`, and numbers as each language writes them."""

from __future__ import annotations

import tomllib
from functools import cache

from loaders.errors import UsageError
from loaders.resources import read_text

LANGUAGES = ("fi", "en")


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(read_text("graph_api.reporting", "texts.toml"))


class Words:
    """The words of one language.

    Raises UsageError for a language in which there are none.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise UsageError(
                f"Reports are written in {' and '.join(LANGUAGES)}, not in {language!r}. Choose one of them."
            )
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, with values in place; numbers are written as the language has it."""
        text = _catalogue()[key][self.language]
        return text.format(**{name: self.write(value) for name, value in values.items()}) if values else text

    def has(self, key: str) -> bool:
        """Say whether the catalogue has a key."""
        return key in _catalogue()

    def write(self, value: object) -> str:
        """Return a value as text: 12 345, 0,27 (in English 12,345 and 0.27)."""
        if isinstance(value, float) and value.is_integer() and abs(value) >= 1000:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value:,}".replace(",", "\u00a0" if self.language == "fi" else ",")
        if isinstance(value, float):
            text = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
            return text.replace(",", "\u00a0").replace(".", ",") if self.language == "fi" else text
        return str(value)
