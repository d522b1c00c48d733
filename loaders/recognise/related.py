"""Initiatives that a text speaks of besides its own: the project behind a practice, a sister project, a follow-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.language.dates import find_period
from loaders.model import RelatedInitiative, Span
from loaders.text import Text

_KIND = r"(kehittämishan[kg]\w*|kehittämisohjelma\w*|yhteishan[kg]\w*|han[kg](?:e|keen|ketta|keessa|keesta|keelle|keella)|projekti\w*|ohjelma\w*)"
_NAME = r"([A-ZÅÄÖ0-9][\w&!?’'–-]*(?:[ ](?:[-–][ ])?[\w&!?’',–-]+){0,7}?)"
_HYPHEN = re.compile(rf"(?<![\w-]){_NAME}[ ]?[-–][ ]?{_KIND}")
_LOWER_SITE = re.compile(r"(?<![\w.-])([a-zåäö]{5,})-(?:yhteis)?han(?:ke|kkeen|kkeet|ketta)\w*")
_CODE = re.compile(r"(?<![\w-])([SAE]\d{5})(?!\d)")
_ORDINARY = {"esr", "eakr", "eu", "kehittämis", "pilotti", "yhteis", "jatko"}


def related_initiatives(text: Text, regions: list[Span], own_title: str) -> Iterator[RelatedInitiative]:
    """Yield the initiatives named in a text that are not its own by title.

    Parameters
    ----------
    text : Text
        The document.
    regions : list of Span
        The stretches of prose.
    own_title : str
        The title of the document's own initiative; a "-hanke" of that name is not another one.
    """
    for region in regions:
        for match in _HYPHEN.finditer(text.text, region.start, region.end):
            yield from _named(text, match, own_title)
        for match in _LOWER_SITE.finditer(text.text, region.start, region.end):
            if match.group(1) not in _ORDINARY:
                span = Span(match.start(), match.end())
                yield RelatedInitiative(match.group(1), "project", text.evidence(span, "lower-case-project", 0.6))


def _named(text: Text, match: re.Match[str], own_title: str) -> Iterator[RelatedInitiative]:
    title = _from_last_capital(" ".join(match.group(1).split()).strip(" -–"))
    if len(title) < 4 or title.casefold() in _ORDINARY or _same(title, own_title):
        return
    start = match.start() + max(0, match.group(1).find(title))  # the clause before the name is no part of it
    period = find_period(text.text[match.end() : match.end() + 40])
    code = _CODE.search(text.text, match.end(), match.end() + 20)
    yield RelatedInitiative(
        title=title,
        kind="programme" if "ohjelma" in match.group(2) else "project",
        evidence=text.evidence(Span(start, match.end()), "named-initiative", 0.7),
        code=code.group(1) if code else None,
        start=period.start if period else None,
        end=period.end if period else None,
    )


def _from_last_capital(words: str) -> str:
    """Return a name without the clause before it: "Kunta selvitti Monimuotoinen ohjaus" → "Monimuotoinen ohjaus".

    A name begins at the last run of capitalised words; small joining words inside the run belong to it.
    """
    parts = words.split(" ")
    start = max((i for i, part in enumerate(parts) if part[:1].isupper() or part[:1].isdigit()), default=0)
    while start > 0 and (
        parts[start - 1][:1].isupper() or parts[start - 1] in {"and", "of", "the", "&", "och", "-", "–"}
    ):
        start -= 1
    return " ".join(parts[start:])


def _same(title: str, own: str) -> bool:
    first, second = (re.sub(r"[\W_]+", " ", value).casefold().strip() for value in (title, own))
    return bool(second) and (first in second or second in first)
