"""Names that a legal form or a note on the size of the enterprise marks: "Debora Oy", "AEKS (mikro säätiö)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.authority import LEGAL_FORM, nominative_head, type_of_name
from loaders.find_first import Anchored
from loaders.gazetteer import Hit, web_spans
from loaders.language.foreign_heads import foreign_type
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.mentions import LOCATIVE, Mention, mention_of
from loaders.vocabulary import word_list

_CAPITAL = r"[A-ZÅÄÖÉ0-9][\w&’'-]*(?:\.\w[\w-]*)?"  # one way to read each word, lest many words take for ever


_LEGAL = r"(?:Oyj|Oy Ab|Oy Ltd|Oy|OY|Ab|AB|ry|r\.y\.|rf|r\.f\.|sr|Ltd|Ky|osk)"


_COMPANY = Anchored(
    rf"(?:(?<=[\s(/,;:])|^)((?:{_CAPITAL}|4H-\w+)(?:[ ](?!{_LEGAL}(?::\w+)?[ ](?:ja|sekä|och|and)[ ])(?:{_CAPITAL}|ja|&|och|and|of|(?:i|på|för|vid)(?=[ ][A-ZÅÄÖ]))){{0,6}}[ ]{_LEGAL})(?::\w+)?(?![\w-])",
    re.MULTILINE,
    whole=True,
)


_ORDINARY_COMPANY = Anchored(
    rf"(?<![\w-])((?:[A-ZÅÄÖ][\w-]*n[ ]|[A-ZÅÄÖ][a-zåäö]+-[ ]ja[ ][a-zåäö]+n[ ]){{1,2}}[a-zåäö][a-zåäö-]{{3,}}(?:[ ][a-zåäö][a-zåäö-]{{3,}})?[ ]{_LEGAL})(?::\w+)?(?![\w-])",
    whole=True,
)

# "Mallbygdens anhöriga rf", "Anhöriga och vänner -förbundet rf".
_ORDINARY_SWEDISH = Anchored(
    lambda: (
        r"(?<![\w-])((?:(?:[A-ZÅÄÖ][\w-]*s[ ]){1,2}[a-zåäö][a-zåäö-]{3,}(?:[ ][a-zåäö][a-zåäö-]{3,})?"
        rf"|[A-ZÅÄÖ][a-zåäö]+(?:[ ][\w-]+){{0,4}}[ ]-?(?:{any_of(word_list('swedish-association'))}))[ ]rf)(?![\w-])"
    ),
    whole=True,
)


_FORM_FIRST = Anchored(
    r"(?<![\w-])((?:Asunto|Kiinteistö|Bostads|Fastighets)?[ ]?(?:Oy|Ab)(?:[ ](?!ja\b|sekä\b|och\b)[A-ZÅÄÖ][\w&-]*){1,3}(?:[ ](?:Oy|Ab))?)(?![\w-])"
)


_HYPHENED = Anchored(
    lambda: (
        rf"(?<![\w-])((?:[A-ZÅÄÖ][\w&’'-]*[ ]){{0,3}}[A-ZÅÄÖ][\w&’'-]* -(?:{any_of(word_list('hyphened-head'))}))(?![\w-])"
    )
)


def with_hyphened_head(text: str) -> Iterator[Mention]:
    """Yield names that a blank and a hyphen join to what they are: "Kuopio Health -osuuskunta"."""
    for match in _HYPHENED.finditer(text):
        head = match.group(1).rpartition("-")[2]
        yield Mention(Span(match.start(1), match.end(1)), match.group(1), "hyphened-head", 0.85, type_of_name(head))


_SIZE_NOTE = Anchored(
    r"(?<![\w&’'-])([A-ZÅÄÖ][\w&’'-]*(?:[ ][A-ZÅÄÖ0-9][\w&’'-]*){0,6}(?:[ ][a-zåäö]+)?)\s?\((?:mikro|pieni|pien|keskisuuri|suuri|pk-?)[\s-]?(säätiö|yritys|yhdistys|osuuskunta)\)"
)


def with_legal_form(text: str, hits: list[Hit]) -> Iterator[Mention]:
    masked = web_spans(text)
    for match in (*_COMPANY.finditer(text), *_ordinary(text), *_form_first(text)):
        start = _after_known_name(text, hits, match.start(1), match.end(1))
        name = text[start : match.end(1)]
        while " " in name and not name.endswith(" rf") and _is_lead_word(name.partition(" ")[0], name):
            dropped, _, name = name.partition(" ")
            start += len(dropped) + 1
        span = Span(start, match.end(1))
        if any(span.overlaps(other) for other in masked) or not LEGAL_FORM.sub("", name).strip():
            continue
        yield mention_of(name, span, "legal-form", 0.93, type_of_name(name))


def _ordinary(text: str) -> Iterator[re.Match[str]]:
    """Yield names of which only the first word has its capital: "Maa- ja metsätalouden tuki ry"."""
    yield from _ORDINARY_COMPANY.finditer(text)
    yield from _ORDINARY_SWEDISH.finditer(text)


def _form_first(text: str) -> Iterator[re.Match[str]]:
    """Yield names that begin with their legal form: "Asunto Oy Testipiha", "Oy Prov Ab"."""
    for match in _FORM_FIRST.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if not match.group(1).startswith(("Oy", "Ab", " ")) or not before.strip(" ") or before[-2:-1] in ",;:(•\n":
            yield match


def _after_known_name(text: str, hits: list[Hit], start: int, end: int) -> int:
    """Return where a name begins that a conjunction joins to a known one: "Työterveyslaitos ja Debora Oy" are two."""
    for hit in hits:
        if hit.kind in {"organisation", "place"} and hit.span.start == start:
            joined = re.match(r"[ ](?:ja|sekä|och|and)[ ]", text[hit.span.end : hit.span.end + 6])
            return hit.span.end + joined.end() if joined else start
    for joined in re.finditer(r"[ ](?:ja|sekä|och|and)[ ]", text[start:end]):
        if foreign_type(text[start : start + joined.start()]):
            return start + joined.end()
    return start


def _is_lead_word(word: str, name: str) -> bool:
    # "Kumppanina Debora Oy": a sentence's first word is no part of the name when it stands in a locative case.
    return bool(LOCATIVE.search(word) and word[1:].islower() and name.count(" ") > 1) or word in {
        "ja",
        "och",
        "and",
        "&",
    }


def noted_by_size(text: str) -> Iterator[Mention]:
    """Yield names that a note on enterprise size marks as organisations: "AEKS (mikro säätiö)"."""
    types = {"säätiö": "foundation", "yhdistys": "association"}
    for match in _SIZE_NOTE.finditer(text):
        words = match.group(1).split()
        name = match.group(1)
        if len(words) > 1 and words[-1].isupper():
            name = words[-1]
        span = Span(match.end(1) - len(name), match.end(1))
        nominative = nominative_head(name.split()[-1])
        if nominative and nominative != name.split()[-1]:
            name = " ".join([*name.split()[:-1], nominative])
        yield Mention(span, name, "enterprise-size-note", 0.85, types.get(match.group(2), "company"))
