"""New methods by the shape of their names, in Finnish, Swedish and English.

Names of several words before a hyphened kind ("Toimiva arki -valmennus"), closed compounds ("vahvuuspedagogiikka"), the
model of a place ("Imatran malli"), names beside a word that speaks of a tool ("mobiilisovellus Nappula"), and genitive
phrases before "malli" ("nuorten osallisuuden malli").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.find_first import Anchored
from loaders.gazetteer import gazetteer
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.listed_methods import listed_methods
from loaders.recognise.method_heads import method_heads, names_method, split_head, stems_of_compounds
from loaders.text import Text
from loaders.vocabulary import word_list, word_set

Candidate = tuple[str, Span, str, float]
_PLACE = frozenset({"place"})
_BODIES = frozenset({"place", "organisation"})
_PRESENTED = re.compile(
    r"kehitet|kehitti|kehittä|luotiin|luodaan|luoda|laadit|rakennet|raken|mallinn|testa|pilot|kokeil|käytet|käytös|käyttöö|"
    r"hyödyn|sovel|otet|otti|avulla|menetelm|työkalu|mitata|mitat|toteutet|järjestet|tuotet|syntyi|juurru|levit",
    re.IGNORECASE,
)
_INFLECTED = re.compile(r"(?:n|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|mme|v[aä]t|[ij]a|itä|nut|nyt)$")
_SURELY_INFLECTED = re.compile(r"(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|mme|v[aä]t|[td]iin|[td][aä]{2}n|neet)$")
_KIND_AFTER_BLANK = re.compile(r"[ ]-([a-zåäö]{4,})(?![\w-])")
# The second word of a name may be small, and the blank before the hyphen left out: "Pieni askel-menetelmä"; a name may
# have a hyphen of its own: "ABC-X-malli".
_KIND_AFTER_HYPHEN = re.compile(
    r"(?<![\w-])((?:[A-ZÅÄÖ][\w!+]+[ ]){0,3}[A-ZÅÄÖ0-9][\w!+]+(?:-[\w!+]+)?(?:[ ][a-zåäö]{3,})?)-([a-zåäö]{4,})(?![\w-])"
)
_NUMBER = re.compile(r"[A-Z]?\d+[A-Z]?")  # sizes of paper, years, levels
_COMPOUND = Anchored(
    lambda: rf"(?<![\w-])([A-ZÅÄÖ]?[a-zåäö]{{3,}}(?:{any_of(stems_of_compounds())})[a-zåäö]*)(?![\w-])"
)
_OF_PLACE = Anchored(
    r"(?<![\w-])([A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ]?[a-zåäö]+)?n)[ ]mall(?:i|in|ia|issa|ista|iin|illa|ille|iksi)(?![\w-])"
)
_PHRASE = Anchored(
    r"(?<![\w-])((?:[a-zåäö]+(?:isen|[vt][aäuy]n|isten|vien|tujen|tyjen)[ ][a-zåäö]{4,}n"
    r"|[a-zåäö]+(?:ten|jen|iden|ien)[ ][a-zåäö]{3,}(?:uden|yden|misen|nnin|uksen|yksen|työn|tuen)"
    r"|(?:kotona|[a-zåäö]{4,}(?:ll[aä]|öön|oon|uun|iin))[ ][a-zåäö]{3,}(?:misen|uun|uksen)))[ ](toiminta|työskentely)?"
    r"mall(?:i|in|ia|issa|ista|iin|illa|ille|iksi)(?![\w-])"
)
# Words that only say which model is meant: "yhteisen toiminnan malli" names nothing.
_VAGUE = re.compile(
    r"(?:uuden|yhteis|nykyis|kyseis|tällais|sellais|erilais|tois|jokais|saman|alueellis|paikallis|valtakunnallis|ensimmäis|tulev|"
    r"pysyv|toimiv|uusi|kaikki|muiden|muun|hank|projekt|kunt|kaupunk|toimi(?:jo|nna)|eri|näiden|niiden|heidän|useiden|monien)",
)
_BESIDE_TOOL = Anchored(
    lambda: (
        rf"(?<![\w-])[A-ZÅÄÖ]?[a-zåäö]*(?:{any_of(word_list('tool'))})[ ](?:nimeltä(?:än)?[ ])?[\"”“»']?"
        r"([A-ZÅÄÖ][\w+]*(?:[ ][A-ZÅÄÖ0-9][\w+]*){0,3})[\"”»']?(?=[,.;)\n]|[ ](?:ja|on|oli|otettiin|sekä|auttaa|tukee)\b|$)"
    )
)
_CALLED = Anchored(
    r"(?<![\w-])[\"”“»']?([A-ZÅÄÖ][\w+]*(?:[ ][\w+]+){0,3})[\"”»']?[ ]?-nimi(?:nen|sen|stä|sellä|sessä)[ ][a-zåäö]*(?:menetelm|mall|sovellu|työkalu|peli|alust|mittari|konsept)"
)
_SWEDISH = Anchored(
    r"(?<![\w-])([A-ZÅÄÖ][\w+]+(?:[ ][A-ZÅÄÖ][\w+]+){0,2}(?:[ ][a-zåäö]{3,})?)[ ]?-(?:metod|modell|verktyg|app|index|kort)(?:en|et)?(?![\w-])"
)
_SWEDISH_BEFORE = Anchored(
    r"(?<![\w-])(?:metoden|modellen|verktyget|appen|arbetsmodellen|plattformen)[ ][\"”»]?([A-ZÅÄÖ][\w+]+(?:[ ][A-ZÅÄÖ][\w+]+){0,3})[\"”»]?(?![\w-])"
)
_ENGLISH = Anchored(
    r"(?<![\w-])([A-Z][\w+]+(?:[ -][A-Z][\w+]+){0,3})[ ](method|methodology|model|framework|toolkit|toolbox|app|technique)(?![\w-])"
)


def named_methods(text: Text, region: Span) -> Iterator[Candidate]:
    """Yield the methods that the shape of a name tells in a region: name, place, rule, confidence."""
    yield from _before_kind(text, region)
    yield from _compounds(text, region)
    yield from _models(text, region)
    yield from _beside_tool(text, region)
    yield from _foreign(text, region)
    yield from listed_methods(text, region)


def _before_kind(text: Text, region: Span) -> Iterator[Candidate]:
    body = text.text
    for match in _KIND_AFTER_HYPHEN.finditer(body, region.start, region.end):
        kind = _kind(match.group(2))
        start = _start_of_name(text, match.start(), match.end(1)) if kind else None
        name = "" if start is None else body[start : match.end(1)]
        if start is not None and name not in word_set("no-method-name") and not _NUMBER.fullmatch(name):
            yield _with_kind(name, kind), Span(start, match.end()), "hyphened-method", 0.7
    for match in _KIND_AFTER_BLANK.finditer(body, region.start, region.end):
        kind = _kind(match.group(1))
        line = max(region.start, text.line_at(match.start()).start)
        start = _start_of_name(text, line, match.start()) if kind else None
        if start is not None:
            name = body[start : match.start()].strip("\"”“»'")
            yield f"{name} -{kind}", Span(start, match.end()), "hyphened-method", 0.7


def _with_kind(name: str, kind: str | None) -> str:
    return f"{name} -{kind}" if " " in name else f"{name}-{kind}"


def _kind(word: str) -> str | None:
    """Return a kind of method in the nominative: "valmennusmallia" is "valmennusmalli"."""
    split = split_head(word)
    return f"{split[0]}{split[1]}" if split and split[1] in method_heads() else None


def _start_of_name(text: Text, begin: int, end: int) -> int | None:
    """Return where the name of several words before a place begins: at its quote, else at its capital word."""
    before = text.text[begin:end]
    if before[-1:] in "\"”»'":
        opening = max(before.rfind(sign, 0, len(before) - 1) for sign in "\"”“»'")
        return begin + opening if opening >= 0 else None
    words = list(re.finditer(r"\S+", before))[-6:]
    first = text.sentence(Span(end, end)).start
    start: int | None = None
    for word in reversed(words):
        place, shape = begin + word.start(), word.group()
        if start is None and word is not words[-1] and shape[-1] in ".,:;!?)":
            return None
        if shape[-1] in ".,:;)(" or (start is not None and not shape[0].isupper()):
            break
        if shape[0].isupper() or shape[0].isdigit():
            if start is not None and gazetteer().find(shape, _BODIES):  # "Kainuun Voima -malli": whose it is, no part
                break
            if place <= first and _only_opens(shape, alone=start is None):
                break
            start = place
    return start


def _only_opens(word: str, *, alone: bool) -> bool:
    """Return whether a word has its capital from the sentence: "Hankkeessa" has, "Perheiden" of "Perheiden arki" may not.

    `alone`: no other capital follows before the kind, so that the name, if there is one, begins here.
    """
    return word in word_set("method-lead-in") or bool((_SURELY_INFLECTED if alone else _INFLECTED).search(word))


def _compounds(text: Text, region: Span) -> Iterator[Candidate]:
    for match in _COMPOUND.finditer(text.text, region.start, region.end):
        split = split_head(match.group(1))
        if split is None or not names_method(*split):
            continue
        first, head = split
        span = Span(match.start(), match.end())
        recognition = method_heads()[head]
        if recognition == "strong" or (recognition == "weak" and _presented(text, span)):
            yield f"{first[0].lower()}{first[1:]}{head}", span, "compound-method", 0.62


def _models(text: Text, region: Span) -> Iterator[Candidate]:
    for match in _OF_PLACE.finditer(text.text, region.start, region.end):
        span = Span(match.start(), match.end())
        if gazetteer().find(match.group(1), _PLACE) or text.sentence(span).start < span.start:
            yield f"{match.group(1)} malli", span, "model-of-place", 0.65
    for match in _PHRASE.finditer(text.text, region.start, region.end):
        span = Span(match.start(), match.end())
        if not _VAGUE.match(match.group(1)) and _presented(text, span):
            yield f"{match.group(1)} {match.group(2) or ''}malli", span, "genitive-and-model", 0.65


def _beside_tool(text: Text, region: Span) -> Iterator[Candidate]:
    for rule, pattern in (("name-beside-tool", _BESIDE_TOOL), ("called", _CALLED)):
        for match in pattern.finditer(text.text, region.start, region.end):
            name = match.group(1)
            if not _INFLECTED.search(name) and not gazetteer().find(name) and name not in word_set("no-method-name"):
                yield name, Span(match.start(1), match.end(1)), rule, 0.65


def _foreign(text: Text, region: Span) -> Iterator[Candidate]:
    body = text.text
    for match in _SWEDISH.finditer(body, region.start, region.end):
        if match.group(1) not in word_set("no-method-name"):
            yield match.group(), Span(match.start(), match.end()), "hyphened-method", 0.7
    for match in _SWEDISH_BEFORE.finditer(body, region.start, region.end):
        if not gazetteer().find(match.group(1)):
            yield match.group(1), Span(match.start(1), match.end(1)), "name-beside-tool", 0.65
    for match in _ENGLISH.finditer(body, region.start, region.end):
        first = re.split(r"[ -]", match.group(1))[0]
        name = re.sub(r"^(?:The|A|An|Our|This)[ ]", "", match.group(1))
        lead_in = word_set("english-method-lead-in")
        opens = name.split()[0] in lead_in | word_set("no-method-name")
        if not opens and (first not in lead_in or name != match.group(1)):
            start = match.start() + len(match.group(1)) - len(name)
            yield f"{name} {match.group(2)}", Span(start, match.end()), "hyphened-method", 0.65


def _presented(text: Text, span: Span) -> bool:
    """Return whether the sentence, beside the name itself, says that something is made or used."""
    sentence = text.sentence(span)
    return bool(
        _PRESENTED.search(text.text, sentence.start, span.start) or _PRESENTED.search(text.text, span.end, sentence.end)
    )
