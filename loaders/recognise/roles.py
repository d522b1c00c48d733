"""The role in which an organisation is named, from the cues of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.model import Span
from loaders.recognise.organisations import Mention
from loaders.text import Text

_MONEY_CUE = re.compile(r"rahoit|avustu|myönsi|myönnet|finansi|tukema|bidrag|fund(?:ed|s|ing)\b|grant", re.IGNORECASE)
_SOURCE_CASE = re.compile(r"(?:lta|ltä|sta|stä)$")
_FUNDER_AFTER = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:rahoit|myönt|on rahoittan|-rahoit|–\s?rahoit|tuki\b|tuella|tukee|finansierar|har finansierat|beviljade|funds\b|has funded|is funding|granted)",
    re.IGNORECASE,
)
_FUNDER_BEFORE = re.compile(
    r"rahoitt(?:i|aa|avat|ivat|ajana|ajina|ajat|aja)\b[^.;:]{0,80}$|rahoittaj\w+ (?:on|oli|ovat|olivat|toimi\w*)\b[^.;]{0,80}$"
    r"|\b(?:finansieras|finansierats|finansierat|finansierades|finansiering|understöd|bidrag) (?:av|från)\b[^.;:]{0,80}$"
    r"|\b(?:co-)?fund(?:ed|ing) (?:by|from)\b[^.;:]{0,80}$|\bfinansiär(?:er)?(?:na)? (?:är|var)\b[^.;]{0,80}$|\bfunders? (?:is|are|was|were)\b[^.;]{0,80}$|\bsupported by\b[^.;:]{0,80}$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"päätoteuttaja|johtaa|johti\b|hallinnoi|hallinnointi|koordinoi|koordinaattori|vetovastuu|huvudman|projektägare|päävastuu|samordna|hankkeen toteutt(?:i|aa)\b|hakijana|\btoteuttajana (?:toimi|on|oli)|koordinera|leds av|leddes av|leder projektet|coordinat(?:e|or)|lead partner|\bled by\b|\bleads the project\b|managed by",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"kumppan|yhteistyö|osatoteutt|toteuttaj|\byhdess|osallistu|mukana|sitoutune|verkosto|tillsammans|samarbet|partner|toteutetaan|toteuttavat|deltar|deltog|medverka|i samråd med|together with|collaborat|cooperat|co-operat|participat|joint(?:ly)?\b",
    re.IGNORECASE,
)
_CONSULTANT = re.compile(r"konsult|ulkopuolisena asiantuntija|kouluttajana|fasilitoi|valmentajana", re.IGNORECASE)
_PILOT = re.compile(
    r"pilotti(?:na|ksi|yksikk?ö|työpaik|organisaatio|kunta)|pilotoi|pilotteina|kokeilukun|pilotkommun|piloteras (?:i|hos|på|vid)|piloted (?:in|at|by)|pilot site",
    re.IGNORECASE,
)
# What a partner does: "Itä-Suomen yliopisto valmentaa mentorit", "MSL suunnitteli kysymykset".
_ACTS = re.compile(
    r"\s+(?:on\s+)?(?:valment|seura[as]|suunnittel|toteutt|arvioi|tutki|koulutt|tuott[ai]|kehitt|ohjaa|ohjasi|fasilitoi|mittas|"
    r"järjest|veti\b|vetää|vastaa\b|vastasi|rakensi|analysoi|sparra)",
    re.IGNORECASE,
)
_FUND_TYPES = {"eu_fund", "fund"}


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A role with the confidence and the rule that gave it."""

    role: str
    confidence: float
    rule: str


def guess_role(text: Text, mention: Mention, lead_role: str) -> RoleGuess:
    """Return the role of an organisation named in prose.

    Parameters
    ----------
    text : Text
        The document.
    mention : Mention
        The organisation.
    lead_role : str
        What a leading organisation is called in this kind of document: ``applicant`` or ``host``.
    """
    sentence = text.sentence(mention.span)
    clause = text.text[sentence.start : sentence.end]
    guesses = (
        (is_funder(text.text, mention, sentence), RoleGuess("funder", 0.85, "funder-in-prose")),
        (_PILOT.search(clause), RoleGuess("pilot", 0.75, "pilot-in-prose")),
        (_leads(clause, mention.span.start - sentence.start), RoleGuess(lead_role, 0.75, "lead-in-prose")),
        (_PARTNER.search(clause), RoleGuess("partner", 0.7, "partner-in-prose")),
        (_ACTS.match(text.text, mention.span.end), RoleGuess("partner", 0.65, "subject-of-activity")),
        (_CONSULTANT.search(clause), RoleGuess("partner", 0.6, "outside-expert-in-prose")),
    )
    return next((guess for holds, guess in guesses if holds), RoleGuess("mentioned", 0.6, "mentioned-in-prose"))


def is_funder(text: str, mention: Mention, sentence: Span) -> bool:
    """Return whether an organisation is named as the source of money."""
    if mention.type in _FUND_TYPES and mention.key is not None:
        return True
    after = text[mention.span.end : sentence.end]
    surface = text[mention.span.start : mention.span.end]
    if _FUNDER_AFTER.match(after) or _FUNDER_BEFORE.search(text[sentence.start : mention.span.start]):
        return True
    return bool(_SOURCE_CASE.search(surface) and _MONEY_CUE.search(text[sentence.start : sentence.end]))


def _leads(clause: str, offset: int) -> bool:
    """Return whether the nearest lead cue belongs to this mention: before it ("Päätoteuttaja oli X") or just after."""
    for match in _LEAD.finditer(clause):
        if match.start() <= offset:
            between = clause[match.end() : offset]
            if len(between) < 60 and not re.search(
                r"\b(?:ja|sekä|yhdessä|och|samt|tillsammans|and|together)\b|,", between
            ):
                return True
        elif match.start() - offset < 90 and not re.search(
            r",|\bja\b.*\bja\b|\bkoordin\w+ av\b", clause[offset : match.start()]
        ):
            return True
    return False
