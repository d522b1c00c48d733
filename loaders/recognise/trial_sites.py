"""Where something is tried out, when a sentence says it: the bodies and places that are the sites of a trial.

Finnish marks the part that a name has by its case, so that a word on trials and the case of the name tell together:

- in the case of a place beside a passive: "mallia pilotoidaan Porissa ja Rauman kaupungin työpajalla";
- in the genitive before the trial or before a noun in the case of a place: "Kuhmon kokeilu alkaa", "testattiin Kemin
  kaupungin varikolla";
- in the nominative beside a noun for sites or for going into a trial: "testikohteina ovat Kuhmo ja Puolanka", "kokeiluun
  lähti Akaan kaupunki";
- in the nominative as the one who tries: "Urjalan kunta kokeilee kävelykokouksia".

What is only planned, cancelled, watched or denied is no trial.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.find_first import Anchored
from loaders.model import Span

_TRIAL = r"(?:[\wåäö-]*(?:pilot|kokeilu|koejakso|koeajo|koevaihe)|testi|testaus)"
_PASSIVE = (
    r"(?:pilotoi(?:daan|tiin|tu|tava\w*)|kokeil(?:laan|tiin|tu)|testa(?:taan|ttiin|ttu)|koekäyte(?:tään|ttiin|tty)|koeponniste(?:taan|ttiin|ttu)"
    r"|koeviljel(?:lään|tiin|ty)|koekäytössä|koekäyttöön|testikäytössä|testikäyttöön)"
)
_HELD = (
    r"(?:tehdään|tehtiin|tehty|järjeste(?:tään|ttiin|tty)|toteute(?:taan|ttiin|ttu)|ajetaan|ajettiin|ajettu|käynniste(?:tään|ttiin|tty)"
    r"|aloite(?:taan|ttiin|ttu)|alkaa|alkavat|alkoi|alkoivat|käynnistyy|käynnistyivät|käynnistyi|on|oli|ovat|olivat|pide(?:tään|ttiin|tty)|sijoittui|sijoittuu)"
)
_ONE = r"(?:t|a|ja|n|it|ti|tti|ttia|tteja|ttien|inti|innit|intia|inteja|jen|ita)?"
# "pilotoidaan X:ssä", "kokeiluja järjestetään X:ssä", "X:ssä järjestettiin kokeilu", "alkoi kolmessa yksikössä: X:ssä, Y:ssä".
_TRIED = re.compile(
    rf"\b{_PASSIVE}\b|\b{_TRIAL}{_ONE}\s(?:[\wåäö]+\s){{0,3}}?{_HELD}\b|\b{_HELD}\s(?:[\wåäö]+\s){{0,3}}?{_TRIAL}{_ONE}\b"
    r"|\b(?:aloitettiin|käynnistettiin|käynnistyi|alkoi|otettiin käyttöön)\b[^.:]{0,60}\b(?:kahdessa|kolmessa|neljässä|viidessä|kuudessa)\s\w+ss[aä]\b",
    re.IGNORECASE,
)
_SITE = r"(?:kohte|paik|yksikö|yksikk|kun|kaupun|koulu|alue|organisaatio|työpa|tiimi|osasto|ryhm|päiväko|kirjasto|satam|kylä|ympäristö|toimijo)"
# "testikohteina ovat X", "pilottikunniksi valittiin X", "pilottikunnat olivat X", "pilotteina toimivat X".
_SITES = re.compile(
    rf"\b(?:(?:pilotti|pilotointi|kokeilu|testi|testaus|koe)-?{_SITE}\w*(?:na|nä|ksi|ksiin)|pilotteina|pilotiksi|pilotteihin|testaajina|testaajiksi)\b"
    rf"|\b(?:pilotti|pilotointi|kokeilu|testi|testaus|koe)-?{_SITE}\w*\s(?:ovat|olivat|on|oli|ovat olleet)\b",
    re.IGNORECASE,
)
# "kokeiluun lähtee X", "pilottiin osallistuivat X", "kokeilussa on mukana X".
_JOINS = re.compile(
    rf"\b{_TRIAL}\w*(?:un|iin|ihin|aan|oon|ssa|issa)\b\s(?:[\wåäö]+\s){{0,2}}?(?:läht|osallistu|valit|valik|ilmoittaut|tul|liitty|pääs|(?:on|ovat|oli|olivat) mukana)"
    rf"|\b(?:läht\w+|osallistu\w+|valit\w+|valik\w+|ilmoittaut\w+|tul\w+|liitty\w+|pääs\w+)\s(?:[\wåäö]+\s){{0,1}}?{_TRIAL}\w*(?:un|iin|ihin|aan|oon)\b",
    re.IGNORECASE,
)
_TRIES = re.compile(
    r"^(?:\s\([^)]{1,40}\))?\s(?:(?:puolestaan|taas|myös|on|ovat|oli)\s)?(?:kokeili(?:vat)?|kokeil(?:ee|evat|lut|leet)|testa(?:a|si|avat|sivat|nnut|nneet)"
    r"|pilotoi(?:vat|nut|neet)?|koekäytt(?:i|ää)|(?:järjesti|järjestää|toteutti|toteuttaa|tekee|teki)\s(?:\w+\s){0,2}(?:kokeilun|pilotin|pilotoinnin))\b",
    re.IGNORECASE,
)
_OF_TRIAL = re.compile(r"^\s(?:(?:ja|sekä)\s[\wåäöÅÄÖ-]+\s)?(?:kokeilu|pilot|koejakso|koeajo)\w*", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:ei(?:vät|kä)?|peruuntu\w*|peruttiin|perutaan|peruttu|luovu\w+|jäi(?:vät)?\s(?:\w+\s)?pois|suunnitel\w+|tarkoitus|tavoitteena|aiko\w+"
    r"|aiottiin|harkit\w+|seuraa|seurasi|kiinnostu\w+|kiinnostunut|tutustu\w+|myöhemmin|jatkossa|halu\w+|voidaan|voi(?:vat)?|inte|not)\b",
    re.IGNORECASE,
)
_CUE = Anchored(
    r"pilot|kokeil|test|koekäyt|koeaj|koejak|koepon|koevilj|koevaih|käynnis|aloite|alkoi|käyttöön|pröv|försök|tried|trial",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";\s|\s[–—-]\s|,\s(?:(?:ja|sekä|och|and|mutta|men|but|sillä|koska|kun|jotta|vaan|jolloin|missä|joissa|jossa|joka|jotka|jota|joita|jonka|som|where|which)\b)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"(?:ssa|ssä|lla|llä)$")
_NOUN_IN_PLACE = re.compile(r"^\s(?:[a-zåäö-]+(?:n|t)\s)?(?P<noun>[a-zåäö-]{4,}(?:ssa|ssä|lla|llä))(?![\w-])")
# "testikohteina ovat Kuhmon kaupungin ulkoilureitit ja …": what a name in the genitive owns, as the last or next of a list.
_ITS_NOUN = re.compile(r"^\s[a-zåäö-]{4,}(?:t|i|o|ö|u|y|a|ä)(?=,|\s(?:ja|sekä)\b|\.|$)")
# "THL:n hankkeessa", "kaupungin tuella": no site.
_NO_SITE = re.compile(
    r"hankk|projekt|ohjelma|verkosto|malli|menetelm|johdo|avu|tue|tuki|rahoitu|rahaston|kysely|alusta|sovellu|työkalu|ohjau|tava|vuon|aika|kesä|syks|talv|kevä|puole|päätök|vastu|hallin"
)
_FOREIGN_TRIED = re.compile(
    r"\b(?:prövas|prövades|provas|testas|testades|piloteras|piloterades|försök\w*|piloten|pilot(?:s|ed)?|tried(?: out)?|tested|trial(?:s|led)?)\b",
    re.IGNORECASE,
)
_FOREIGN_PLACE = re.compile(r"\b(?:i|på|vid|hos|in|at)\s(?:the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A body or a place that a text names; `nominative` says whether it stands in its basic form."""

    span: Span
    nominative: bool
    body: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A named thing that is the site of a trial, with the rule that says so."""

    span: Span
    rule: str


def may_tell(text: str, sentence: Span) -> bool:
    """Return whether a sentence holds a word on trials."""
    return bool(_CUE.search_piece(text, sentence.start, sentence.end))


def trial_sites(text: str, sentence: Span, named: Sequence[Named]) -> list[Site]:
    """Return those of the things named in a sentence that are sites of a trial.

    Parameters
    ----------
    text : str
        The whole text.
    sentence : Span
        A sentence.
    named : sequence of Named
        What it names, in order; a place inside the name of a body is not among them.
    """
    found = []
    for clause in _clauses(text, sentence):
        said = text[clause.start : clause.end]
        if _NOT.search(said):
            continue
        inside = [each for each in named if clause.contains(each.span)]
        for each, following in zip(inside, [*inside[1:], None], strict=False):
            rule = _rule(text, clause, said, each)
            if rule and not (_only_locates(text, each, following) and _rule(text, clause, said, following)):
                found.append(Site(each.span, rule))
    return found


def _clauses(text: str, sentence: Span) -> list[Span]:
    ends = [match.start() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    starts = [sentence.start, *ends]
    return [Span(start, end) for start, end in zip(starts, [*ends, sentence.end], strict=True)]


def _only_locates(text: str, each: Named, following: Named | None) -> bool:
    """Return whether a place only says where the next thing is: "Nurmeksessa Nuorisokeskus Hyvärilässä"."""
    if following is None or each.body:
        return False
    return (
        bool(re.fullmatch(r"\s(?:(?!ja\b|sekä\b|tai\b|och\b|and\b)\w+\s)?", text[each.span.end : following.span.start]))
        and following.body
    )


def _rule(text: str, clause: Span, said: str, each: Named | None) -> str | None:
    """Return the rule by which a thing is a site, or ``None``."""
    if each is None:
        return None
    surface, after = text[each.span.start : each.span.end], text[each.span.end : clause.end]
    if _is_tried_there(said, surface, text[clause.start : each.span.start], after):
        return "tried-there"
    return _rule_of_subject(said, after) if each.nominative else _rule_of_owner(said, surface, after)


def _is_tried_there(said: str, surface: str, before: str, after: str) -> bool:
    """Return whether a name stands where something is tried; a preposition does in Swedish what case does in Finnish."""
    if _TRIED.search(said) and _stands_in_place(surface, after):
        return True
    return bool(_FOREIGN_TRIED.search(said) and _FOREIGN_PLACE.search(before))


def _rule_of_owner(said: str, surface: str, after: str) -> str | None:
    if not surface.endswith("n"):
        return None
    if _OF_TRIAL.match(after):
        return "trial-of-place"
    return "site-of-trial" if _SITES.search(said) and _ITS_NOUN.match(after) else None


def _rule_of_subject(said: str, after: str) -> str | None:
    if _SITES.search(said):
        return "site-of-trial"
    if _JOINS.search(said):
        return "joins-trial"
    return "tries-in-prose" if _TRIES.match(after) else None


def _stands_in_place(surface: str, after: str) -> bool:
    ending = re.match(r":?(ssa|ssä|lla|llä)\b", after)
    if _IN_PLACE.search(surface) or ending:
        return True
    noun = _NOUN_IN_PLACE.match(after) if surface.endswith("n") else None
    return bool(noun and not _NO_SITE.match(noun.group("noun")))
