"""Who reads a page: in which language, and with which links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from graph_api.server.caching import cache_headers
from graph_api.server.negotiation import preferred_language
from graph_api.wording import LANGUAGES, Words

PACKAGE = "graph_api.server.pages"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one page.

    Attributes
    ----------
    language : str
        fi, sv or en.
    chosen : bool
        Whether the address says so; links of the page then carry it on.
    path, query : str, tuple
        The address of the page, without its language.
    """

    language: str
    chosen: bool
    path: str
    query: tuple[tuple[str, str], ...]

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return Words(PACKAGE, self.language)

    def link(self, path: str, /, **query: object) -> str:
        """Return the address of a page of this server; what is None or empty is left out."""
        given = [(name.rstrip("_"), value) for name, value in query.items() if value not in (None, "", False)]
        return _address(path, given + [("lang", self.language)] * self.chosen)

    def without(self, *names: str) -> str:
        """Return the address of this page without some of its parameters, from its beginning."""
        return self.also(**dict.fromkeys(names))

    def also(self, **changed: object) -> str:
        """Return the address of this page with some parameters changed, from its beginning unless `cursor` is given."""
        kept = [(name, value) for name, value in self.query if name not in changed and name != "cursor"]
        added = [(name, value) for name, value in changed.items() if value is not None]
        return _address(self.path, kept + added + [("lang", self.language)] * self.chosen)

    def in_other_languages(self) -> list[tuple[str, str]]:
        """Return each language with the address of this page in it."""
        return [(language, _address(self.path, [*self.query, ("lang", language)])) for language in LANGUAGES]

    def date(self, text: str) -> str:
        """Return a date as it is written in the language; months and years stay as they are."""
        if not _DAY.fullmatch(text[:10]) or (len(text) > 10 and text[10] != "T"):
            return text
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            return text
        if self.language == "en":
            return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        return f"{day.day}.{day.month}.{day.year}"

    def money(self, amount: str, currency: str) -> str:
        """Return an amount as it is written in the language."""
        try:
            value = float(amount)
        except ValueError:
            return f"{amount} {currency}".strip()
        whole = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
        if self.language != "en":
            whole = whole.replace(",", "\u00a0").replace(".", ",")
        return f"{whole}\u00a0{'€' if currency in {'EUR', ''} else currency}"

    def headers(self, tag: str | None) -> dict[str, str]:
        """Return the headers of a page, which is another one in another language."""
        return {**cache_headers(tag), "Vary": "Accept, Accept-Language", "Content-Language": self.language}


def reader_of(request: Request) -> Reader:
    """Return who reads: ``?lang=`` decides, then Accept-Language, then Finnish."""
    asked = request.query_params.get("lang", "")
    chosen = asked in LANGUAGES
    language = asked if chosen else preferred_language(request.headers.get("accept-language"), LANGUAGES)
    rest = tuple((name, value) for name, value in request.query_params.multi_items() if name != "lang" and value)
    return Reader(language, chosen, request.scope["path"], rest)


def _address(path: str, query: list[tuple[str, Any]]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
