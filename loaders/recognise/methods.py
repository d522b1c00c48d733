"""Methods: known ones wherever they are named, new ones where the text presents something as a method.

Patterns for new methods, each with lower confidence than a known name:

- a named tool before its kind: "ROIDU asiakaspalautejärjestelmä";
- an adjective of kind before a model: "monisektorinen työskentelymalli";
- a genitive phrase before a model or gauge: "henkilöstölähtöisten kokeilujen malli", "työhyvinvoinnin itsearviointimittari";
- names told by their shape alone: see `named_methods`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.find_first import Anchored
from loaders.gazetteer import Hit
from loaders.model import Named, Span
from loaders.recognise.named_methods import named_methods
from loaders.text import Text
from loaders.vocabulary import scheme, word_set

_HEADS = {
    "malli": r"mall(?:i|in|ia|issa|ista|iin|illa|ilta|ille|iksi)",
    "menetelmä": r"menetelm(?:ä|än|ää|ässä|ästä|ään|ällä|iä|in)",
    "mittari": r"mittari(?:n|a|ssa|sta|in|lla|lle|ksi)?",
    "järjestelmä": r"järjestelm(?:ä|än|ää|ässä|ästä|ään|ällä)",
    "työkalu": r"työkalu(?:n|a|lla|ssa|sta|un|ksi)?",
    "kysely": r"kysely(?:n|ä|llä|ssä|stä|yn|ksi)?",
    "keskustelu": r"keskustelu(?:n|a|lla|ssa|sta|un|ja|t|jen|issa|ista)?",
    "peli": r"peli(?:n|ä|llä|ssä|stä|in)?",
    "harjoitus": r"harjoitu(?:s|ksen|sta|ksella|ksessa|ksesta|kset|ksia)",
    "sovellus": r"sovellu(?:s|ksen|sta|ksella|ksessa|ksesta|kseen)",
    "koulutusmalli": r"koulutusmalli(?:n|a|lla|ssa|sta)?",
}
# Words of use, not of aim: "kehitetään työhyvinvoinnin johtamista" names a theme, "menetelmänä työhyvinvoinnin
# johtaminen" a method.
_CUE = re.compile(
    r"menetelm|metod|työkalu|välineen|hyödyn|käyttäen|käytettiin|käytetään|käyttöön|käytös|soveltam|sovelle|avulla|toimenpite|keino|valmennukse|method|using|verktyg|använd",
    re.IGNORECASE,
)
# A name that says itself that it is a method need only be made: "tiedolla johtamisen malli rakennettiin".
_SAYS_SO = re.compile(r"mall|menetelm|metod|työkalu|mittari", re.IGNORECASE)
_CREATED = re.compile(
    r"kehitet|kehitti|syntyi|syntyy|luotiin|muodostu|rakennet|mallinn|tulos|lopputuo|käyttöö|otet|sisält|tuote",
    re.IGNORECASE,
)
_NEN = r"[a-zåäö]{4,}(?:nen|sen|sella|sellä|sesta|sestä|sta|stä|seen|sessa|sessä|sena|senä|seksi)"
_ADJECTIVE = Anchored(
    rf"(?<![\w-])({_NEN})[ ]([a-zåäö]*(?:työskentely|toiminta|palvelu|johtamis|toteutus|yhteistyö|osallisuus|arviointi|ohjaus|valmennus|kuntoutus|hoito|tuki)){_HEADS['malli']}(?![\w-])"
)
_GENITIVE_PLURAL = Anchored(
    rf"(?<![\w-])([a-zåäö]+(?:ten|isten)[ ][a-zåäö]+(?:jen|ien|en))[ ]{_HEADS['malli']}(?![\w-])"
)
_GAUGE = Anchored(rf"(?<![\w-])([a-zåäö]{{5,}}n)[ ]([a-zåäö]{{4,}}){_HEADS['mittari']}(?![\w-])")
_NAMED = Anchored(
    rf"(?<![\w-])([A-ZÅÄÖ][A-ZÅÄÖ0-9]{{2,}}|[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ]\w*)[ -]([a-zåäö]*)({'|'.join(_HEADS.values())})(?![\w-])"
)
_PASSIVE = ("tiin", "taan", "tään")  # "luotiin osallisuusmittari": no genitive
# Adjectives that only say which model is meant: "yhteinen toimintamalli" names nothing.
_VAGUE = re.compile(
    r"(?:uude|yhtei(?:nen|sen|st)|nykyi|kyseis|tällai|sellai|erilai|toi(?:nen|sen)|samanlai|samankaltai|alueelli|paikalli|valtakunnalli|"
    r"kansalli|ensimmäi|enti(?:nen|sen)|aikaise|lopulli|varsinai|keskei|tavalli|yksinkertai|konkreetti|käytännölli|vastaavanlai)"
)


def accepted_hits(text: Text, hits: list[Hit], regions: list[Span]) -> list[Hit]:
    """Return the known names that mean their methods; ordinary words count only beside a cue of method use."""
    return [
        hit
        for hit in hits
        if hit.kind == "method" and any(region.contains(hit.span) for region in regions) and _counts(text, hit)
    ]


# What is granted, applied for or run under a method's name is not its use: "liikkumisen ohjauksen valtionavustus".
_NAMES_MONEY = re.compile(r"[ ][a-zåäö-]*(?:avustu|rahoitu|määrärah|rahoitushaku|bidrag)")


def _counts(text: Text, hit: Hit) -> bool:
    if _NAMES_MONEY.match(text.text, hit.span.end):
        return False
    if not _is_weak(hit):
        return True
    sentence = text.sentence(hit.span)
    clause = text.text[sentence.start : hit.span.start] + text.text[hit.span.end : sentence.end]
    surface = text.text[hit.span.start : hit.span.end]
    return bool(_CUE.search(clause) or (_SAYS_SO.search(surface) and _CREATED.search(clause)))


def _is_weak(hit: Hit) -> bool:
    return scheme("methods")[hit.notation].first("recognition") == "weak"


def known_methods(text: Text, hits: list[Hit], regions: list[Span]) -> Iterator[Named]:
    """Yield the methods of the vocabulary that a text names."""
    for hit in accepted_hits(text, hits, regions):
        confidence = 0.7 if _is_weak(hit) else 0.92
        name = scheme("methods")[hit.notation].name
        yield Named(name, text.evidence(hit.span, "known-method", confidence), hit.notation)


def new_methods(text: Text, regions: list[Span], taken: list[Span]) -> Iterator[Named]:
    """Yield what a text presents as a method of its own; spans in `taken` (known names) are left alone."""
    for region in regions:
        found = list(taken)
        candidates = sorted(_candidates(text, region), key=lambda found: (found[1].start, -found[1].end))
        for name, span, rule, confidence in candidates:
            if not any(span.overlaps(other) for other in found):
                found.append(span)
                yield Named(name, text.evidence(span, rule, confidence))


def _candidates(text: Text, region: Span) -> Iterator[tuple[str, Span, str, float]]:
    body, start, end = text.text, region.start, region.end
    for match in _NAMED.finditer(body, start, end):
        if match.group(1) not in word_set("no-method-name"):
            joint = "-" if body[match.end(1)] == "-" else " "  # "FISS-toimintamalli", "ROIDU asiakaspalautejärjestelmä"
            name = f"{match.group(1)}{joint}{match.group(2)}{_nominative(match.group(3))}"
            yield name, _span(match), "named-tool", 0.8
    yield from named_methods(text, region)
    yield from _presented_as_methods(text, region)


def _presented_as_methods(text: Text, region: Span) -> Iterator[tuple[str, Span, str, float]]:
    body, start, end = text.text, region.start, region.end
    for match in _ADJECTIVE.finditer(body, start, end):
        if _presented(text, match) and not _VAGUE.match(match.group(1)):
            yield (
                f"{_nominative_adjective(match.group(1))} {match.group(2)}malli",
                _span(match),
                "adjective-and-model",
                0.7,
            )
    for match in _GENITIVE_PLURAL.finditer(body, start, end):
        if _presented(text, match):
            yield f"{match.group(1)} malli", _span(match), "genitive-and-model", 0.65
    for match in _GAUGE.finditer(body, start, end):
        if _presented(text, match) and not match.group(1).endswith(_PASSIVE):
            yield f"{match.group(1)} {match.group(2)}mittari", _span(match), "gauge", 0.7


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _presented(text: Text, match: re.Match[str]) -> bool:
    sentence = text.sentence(_span(match))
    return bool(_CREATED.search(text.text, sentence.start, sentence.end))


def _nominative(word: str) -> str:
    for lemma, form in _HEADS.items():
        found = re.search(rf"^(.*?)(?:{form})$", word)
        if found:
            return found.group(1) + lemma
    return word


def _nominative_adjective(word: str) -> str:
    return re.sub(r"(?:sella|sellä|sesta|sestä|seen|sessa|sessä|sena|senä|seksi|sen|sta|stä)$", "nen", word)
