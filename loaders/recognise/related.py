"""Initiatives that a text speaks of besides its own: the project behind a practice, a sister project, a follow-up.

First the words are found that a name leans on ("-hanke", "projektet", "project"), then the name is read beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.find_first import Anchored
from loaders.language.dates import find_period
from loaders.model import RelatedInitiative, Span
from loaders.text import Text
from loaders.vocabulary import word_set

_HEAD = (
    r"(?:kehittämis|yhteis|pilotti|jatko|tutkimus|kokeilu)?(?:han(?:ke|kkee|kkei|kket|gett)\w*|projekti\w*)"
    r"|kehittämisohjelma\w*|ohjelma(?!-)\w*|(?:utvecklings)?projekt(?:et|ets)?(?!\w)|programmet(?!\w)"
)
_SUFFIXED = Anchored(rf"(?P<dash>[ ]?[-–][ ]?)(?P<head>{_HEAD})")
_QUOTED = Anchored(
    r"(?:\b[Hh]an(?:ke|kkee\w*|ketta)|\b[Pp]rojekti\w*|\b[Pp]rojektet|\b[Pp]roject|\b[Pp]rogrammet)[ ]"
    r"[\"”“»](?P<name>[^\"”“»«\n]{4,100})[\"”“«»]"
)
_ENGLISH = Anchored(r"\b[Tt]he (?P<name>[A-Z][\w&-]*(?:[ ][\w&-]+){0,5}?)[ ](?P<head>project|programme)\b")
_LOWER_SITE = Anchored(r"(?<![\w.-])([a-zåäö]{5,})-(?:yhteis)?han(?:ke|kkeen|kkeet|ketta)\w*")
_CODE = re.compile(r"(?<![\w-])([SAE]\d{5})(?!\d)")
_TOKEN = re.compile(r"[\w&!?’',/–-]+")
_GAP = re.compile(r"[ ](?:[-–][ ])?|[ ]?[\"”“»«][ ]?")
_QUOTE_BEFORE = re.compile(r"[\"”“»](?P<name>[^\"”“»«\n]{4,100})[\"”“«»][ ]?$")
_OPENING_ADVERBIAL = re.compile(r"\w{3,}(?:ssa|ssä|lla|llä|sta|stä|lta|ltä|lle|sena|senä)")
_JOINS = frozenset({"and", "of", "the", "&", "och", "-", "–"})
_MAX_NAME = 120
_MAX_WORDS = 9


def related_initiatives(
    text: Text, regions: list[Span], own_title: str, own_kind: str = "project"
) -> Iterator[RelatedInitiative]:
    """Yield the initiatives named in a text that are not its own.

    Parameters
    ----------
    text : Text
        The document.
    regions : list of Span
        The stretches of prose.
    own_title : str
        The title of the document's own initiative; a "-hanke" of that name is not another one.
    own_kind : str
        What the document describes. A practice and the project that it came from share a name and are two.
    """
    for region in regions:
        for span, name, head, rule in _named(text.text, region):
            if _is_name(name) and (own_kind == "practice" or not _same(name, own_title)):
                yield _found(text, span, name, head, rule)
        for match in _LOWER_SITE.finditer(text.text, region.start, region.end):
            if match.group(1) not in word_set("generic-initiative"):
                span = Span(match.start(), match.end())
                yield RelatedInitiative(match.group(1), "project", text.evidence(span, "lower-case-project", 0.6))


def _named(text: str, region: Span) -> Iterator[tuple[Span, str, str, str]]:
    """Yield where an initiative is named, its name, the word the name leans on, and the rule."""
    for match in _SUFFIXED.finditer(text, region.start, region.end):
        start = max(region.start, match.start() - _MAX_NAME, text.rfind("\n", 0, match.start()) + 1)
        before = text[start : match.start()]
        quoted = _QUOTE_BEFORE.search(before)
        if quoted:
            span = Span(start + quoted.start("name"), match.end())
            yield span, quoted.group("name"), match.group("head"), "quoted-initiative"
        elif (before[-1:].isalnum() or before[-1:] in "!?") and not _is_lower_site(before, match):
            offset = name_start(before)
            yield from _coordinated(text, start, start + offset, match)
            yield Span(start + offset, match.end()), before[offset:], match.group("head"), "named-initiative"
    for pattern, rule in ((_QUOTED, "quoted-initiative"), (_ENGLISH, "named-initiative")):
        for match in pattern.finditer(text, region.start, region.end):
            head = match.groupdict().get("head") or match.group().split(" ", maxsplit=1)[0]
            yield Span(match.start("name"), match.end()), match.group("name"), head, rule


def _is_lower_site(before: str, match: re.Match[str]) -> bool:
    """Return whether the word glued to "-hanke" is written small: "sotehelmet-hanke" has a rule of its own."""
    tokens = _TOKEN.findall(before)
    return match.group("dash") == "-" and bool(tokens) and tokens[-1][:1].islower()


_HANGING = re.compile(r"(?P<name>[A-ZÅÄÖ0-9][\w&]*(?:[ ][\w&]+){0,4})[ ]?[-–][ ](?:ja|sekä|och)[ ]$")


def _coordinated(text: str, start: int, end: int, match: re.Match[str]) -> Iterator[tuple[Span, str, str, str]]:
    """Yield the name that shares the word with the next one: "Arkituki- ja Kotikulma-hankkeet"."""
    hanging = _HANGING.search(text[start:end])
    if hanging and len(hanging.group("name").split(" ")) <= _MAX_WORDS:
        offset = hanging.start("name") + name_start(hanging.group("name"))
        name = text[start + offset : start + hanging.end("name")]
        yield Span(start + offset, start + hanging.end("name")), name, match.group("head"), "coordinated-initiative"


def _found(text: Text, span: Span, name: str, head: str, rule: str) -> RelatedInitiative:
    period = find_period(text.text[span.end : span.end + 40])
    code = _CODE.search(text.text, span.end, span.end + 20)
    return RelatedInitiative(
        title=" ".join(name.split()).strip(" -–,"),
        kind="programme" if "ohjelma" in head or head.startswith("program") else "project",
        evidence=text.evidence(span, rule, 0.75 if rule == "quoted-initiative" else 0.7),
        code=code.group(1) if code else None,
        start=period.start if period else None,
        end=period.end if period else None,
    )


def _is_name(name: str) -> bool:
    bare = name.strip(" -–,")
    return len(bare) >= 4 and bare.casefold() not in word_set("generic-initiative") and not bare.islower()


def name_start(before: str) -> int:
    """Return where a name begins that ends with the text: "Kunta selvitti Monimuotoinen ohjaus" → at "Monimuotoinen".

    A name begins at its last run of capitalised words; small joining words inside the run belong to it. An adverbial
    that opens the sentence ("Kainuussa Hyvä arki") is no part of it.
    """
    tokens = _last_tokens(before)
    if not tokens:
        return len(before)
    first = max((i for i, token in enumerate(tokens) if _begins_name(token.group())), default=0)
    while first > 0 and (_begins_name(tokens[first - 1].group()) or tokens[first - 1].group() in _JOINS):
        first -= 1
    opens = tokens[first].start() == 0 or before[: tokens[first].start()].rstrip()[-1:] in ".!?•"
    follows = first + 1 < len(tokens) and _begins_name(tokens[first + 1].group())
    if opens and follows and _OPENING_ADVERBIAL.fullmatch(tokens[first].group()):
        first += 1
    return tokens[first].start()


def _last_tokens(before: str) -> list[re.Match[str]]:
    """Return the last words of a text that one name may be made of: only blanks and dashes stand between them."""
    tokens = list(_TOKEN.finditer(before))
    last = len(tokens) - 1
    while last > 0 and len(tokens) - last < _MAX_WORDS:
        between = before[tokens[last - 1].end() : tokens[last].start()]
        if not _GAP.fullmatch(between) or tokens[last - 1].group().endswith(","):
            break
        last -= 1
    return tokens[max(0, last) :]


def _begins_name(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()


def _same(title: str, own: str) -> bool:
    first, second = (re.sub(r"[\W_]+", " ", value).casefold().strip() for value in (title, own))
    return bool(second) and (first in second or second in first)
