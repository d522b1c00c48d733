"""The words of reports, from the catalogue `texts.toml` beside this module, and numbers as each language writes them."""

from __future__ import annotations

from graph_api import wording
from loaders.errors import UsageError

LANGUAGES = ("fi", "en")


class Words(wording.Words):
    """The words of one language.

    Raises UsageError for a language in which there are none.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise UsageError(
                f"Reports are written in {' and '.join(LANGUAGES)}, not in {language!r}. Choose one of them."
            )
        super().__init__("graph_api.reporting", language)

    def write(self, value: object) -> str:
        """Return a value as text; of large numbers no more than the whole: 12 345, 0,27 (in English 12,345 and 0.27)."""
        if isinstance(value, float) and abs(value) >= 1000:
            value = round(value)
        return super().write(value)
