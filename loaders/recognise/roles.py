"""The role in which an organisation is named, from what its clause says it does and from the cues of its sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.find_first import Anchored
from loaders.model import Span
from loaders.recognise.clauses import Act, act_of, word_after_genitive
from loaders.recognise.mentions import Mention
from loaders.text import Text

_MONEY_CUE = Anchored(r"rahoit|avustu|myönsi|myönnet|finansi|tukema|bidrag|fund(?:ed|s|ing)\b|grant", re.IGNORECASE)
_SOURCE_CASE = re.compile(r"(?:lta|ltä|sta|stä)$")
# A sum that comes from somewhere: "saatiin 18 000 € Taiteen edistämiskeskukselta".
_GOT_MONEY = re.compile(
    r"\b(?:sa(?:atiin|adaan|i|imme|ivat|anut|aneet|atu)|myönnettiin|tuli)\b[^.]*\d\s?(?:€|euro|e\b|t€)|\d\s?(?:€|euroa)[^.]*\bsaatiin\b",
    re.IGNORECASE,
)
_FUNDER_AFTER = re.compile(
    r"^\)?\s*(?:\([^)]*\)\s*)?(?:rahoit|avustu|myönt|on rahoittan|-rahoit|–\s?rahoit|tuki\b|tuella|tukee|finansierar"
    r"|har finansierat|beviljade|funds\b|has funded|is funding|granted)",
    re.IGNORECASE,
)
_FUNDER_BEFORE = Anchored(
    r"(?<![\w-])rahoitus: [^.;:]{0,80}$|(?<![\w-])rahoitus (?:tulee|tuli|saatiin|saadaan|on saatu)\b[^.;:]{0,100}$|rahoitt(?:i|aa|avat|ivat|ajana|ajina|ajat|aja)\b[^.;:]{0,80}$|rahoittaj\w+ (?:on|oli|ovat|olivat|toimi\w*)\b[^.;]{0,80}$"
    r"|\b(?:finansieras|finansierats|finansierat|finansierades|finansiering|understöd|bidrag|stöd) (?:av|från)\b[^.;:]{0,80}$"
    r"|\b(?:co-)?fund(?:ed|ing) (?:by|from)\b[^.;:]{0,80}$|\bfinansiär(?:er)?(?:na)? (?:är|var)\b[^.;]{0,80}$"
    r"|\bfunders? (?:is|are|was|were)\b[^.;]{0,80}$|\bsupported by\b[^.;:]{0,80}$",
    re.IGNORECASE,
)
_LEAD = Anchored(
    r"päätoteuttaja|johtaa|johti\b|hallinnoi(?!maan)|hallinnointi|koordinoi(?!maan)|koordinaattori(?:na|ksi)\b|koordinaatiosta vasta|vetovastuu|päävastuu|hankkeen toteutt(?:i|aa)\b"
    r"|hakijana|\btoteuttajana (?:toimi|on|oli)|huvudman|projektägare|samordna|koordinera|leds av|leddes av|leder projektet|coordinat(?:e|or)|lead partner"
    r"|\bled by\b|\bleads the project\b|managed by",
    re.IGNORECASE,
)
# Another initiative than the one that the page is about: "tuota aiempaa hanketta rahoitti X", "jatkohanke on saanut …".
_ANOTHER = Anchored(
    r"\b(?:aiem(?:pa|ma|mi)|edelli|edeltän|edeltäv|jatkohan|jatkoa|jatkolle|jatkorahoit|sisarhan|rinnakkaishan|toisessa hank|tidigare proj|previous proj)\w*",
    re.IGNORECASE,
)
# Money that is asked for and not given: "on haettu lisärahaa".
_ASKED = Anchored(
    r"\b(?:on |oli )?(?:haettu|haetaan|haettiin|hakenut|hakee|hakeneet|hakevat|anottu|anotaan|sökt|ansökt|applied)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:ei|eivät|eikä) (?:ole )?(?:[\wåäö]+ )?(?:osallis|mukana|tullut|lähte|liity|kuulu)\w*|\b(?:deltar|deltog|medverkar) inte\b|\b(?:does|did|do) not (?:take part|participate)",
    re.IGNORECASE,
)
_PARTNER = Anchored(
    r"kumppan|yhteistyö|osatoteutt|toteuttaj|\byhdess|osallistu|mukana|sitoutune|verkosto|toteutetaan|toteuttavat|ohjausryhm"
    r"|edustaj|sopimu|kuultiin|tillsammans|samarbet|partner|deltar|deltog|medverka|i samråd med|together with|collaborat"
    r"|cooperat|co-operat|participat|joint(?:ly)?\b",
    re.IGNORECASE,
)
_HIRED = Anchored(
    r"konsult(?:ti)?työnä|konsulttina|puitesopimuksella|ostopalvelu|toimeksian|tilaustyönä|som konsult|as (?:a )?consultant",
    re.IGNORECASE,
)
_CONSULTANT = Anchored(r"konsult|ulkopuolisena asiantuntija|kouluttajana|fasilitoi|valmentajana", re.IGNORECASE)
_PILOT = Anchored(
    r"pilotti(?:na|ksi|yksikk?ö|työpaik|organisaatio|kunta)|pilotoi|pilotteina|kokeilukun|kokeilupaik|pilotkommun"
    r"|piloteras (?:i|hos|på|vid)|piloted (?:in|at|by)|pilot site",
    re.IGNORECASE,
)
# A relative clause on something else: "ohjelmassa, jota Ikäinstituutti johtaa" says nothing of who leads here.
_RELATIVE = re.compile(r"\b(?:jota|jonka|joita|jossa|joissa|josta|som|which|that)\s*$")
# Acts by the stem of the verb; any other act is a partner's: "Itä-Suomen yliopisto valmentaa mentorit".
_PAYS = re.compile(r"(?:on |ovat )?(?:rahoit|maks(?!im)|myön(?:tä|si|ne)|tuk(?:i|ee|evat|ivat)$|avust|finansier)")
_LEADS = re.compile(
    r"(?:on |ovat )?(?:joht|koordino|hallinno|vet(?:i|ää|ivät|ävät)$|omist(?!au)|koordiner|led(?:er|de)$)"
)
_TRIES = re.compile(r"(?:on |ovat )?(?:kokeili|kokeil(?:ee|evat|lut|leet)|testa(?:si|a)|pilotoi|provade|prövar)")
_EVALUATES = re.compile(r"(?:ulko\w*)?(?:väli|loppu)?arvioin", re.IGNORECASE)
# A company that makes a study is hired: "Kuntotutkimukset teki Sitowise Oy".
_HIRED_ACTS = re.compile(
    r"[\w-]*arvioin|(?!\w*st[aä]$)[\w-]*(?:tutkimu|analyys|selvity|kartoitu|laskelm|mittau|suunnitelm|coaching|valmennu|raporti)",
    re.IGNORECASE,
)
_DECISION = re.compile(r"(?:tuki|rahoitus|avustus|myöntö)päätö\w*$", re.IGNORECASE)
# What is said, asked or felt, and what becomes of a body, is no part in the work.
_NO_ACT = re.compile(
    r"(?:on |ovat |oli )?(?:kysy|kiinnost|palkit|palkin|kiit|tote(?:si|aa)|sano|kerto|ilmoit|sijait|perust(?:et|i)|synty"
    r"|laajen|muutt|siirty|yhdisty|kuulu|tarvit|sai(?:vat)?$|saa(?:vat)?$|hyöty|jättäyty|ottanut|ottaneet|otti$|ottivat$|luopu|aiko|lopett|on käynyt|kävi$|tutustu|on$|oli$|ovat$|olivat$|antaneet kiit|näky|löyty|valvo|on valvo|on luvan|lupa(?:a|si)|seura(?:a|si)$)"
)
_STAFF = re.compile(
    r"(?:[\w-]*(?:opettaj|lehtor|asiantuntij|työntekij|opiskelij|tutkij|kouluttaj|ohjaaj|vetäj|edustaj|henkilöst|henkilökun"
    r"|työnohjaaj|konsultti|valmentaj))\w*$"
)
_WITH = frozenset({"kanssa"})
_TALKS = re.compile(r"neuvotel|keskustel", re.IGNORECASE)
# Into what somebody else leads ("Opetushallituksen koordinoimaan kehittämiseen") this work only feeds.
_UNDER = re.compile(r"(?:joh(?:dolla|taman?)|vetämä|koordinoima|hallinnoima)(?!an$|än$)\w*$")
_MONEY_AFTER = re.compile(r"(?:tuella|avustuks|rahoituks|rahoittam|myöntäm|apuraha|määräraha)\w*$")
_BROUGHT_IN = Anchored(
    r"hank(?:imme|ittiin|itaan|kii|ki)\b|tilat|ost(?:imme|ettiin)|tul(?:i|ivat|ee|evat)\b|saa(?:tiin|daan|imme)|lainaksi|mukaan"
)
_CASE_AFTER_COLON = re.compile(r":[a-zäö]{1,4}(?!\w)")
_FOR_HIRE = frozenset({"company", "foundation", "association", "other"})
_FUND_TYPES = {"eu_fund", "fund"}


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A role with the confidence and the rule that gave it."""

    role: str
    confidence: float
    rule: str


MENTIONED = RoleGuess("mentioned", 0.6, "mentioned-in-prose")


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
    offset = mention.span.start - sentence.start
    if _is_elsewhere(text.text, sentence, clause, offset):
        return MENTIONED
    if is_funder(text.text, mention, sentence):
        return RoleGuess("funder", 0.85, "funder-in-prose")
    if _PILOT.search_piece(text.text, sentence.start, sentence.end):
        return RoleGuess("pilot", 0.75, "pilot-in-prose")
    if mention.type in _FOR_HIRE and _HIRED.search_piece(text.text, sentence.start, sentence.end):
        return RoleGuess("consultant", 0.75, "hired-in-prose")
    may_lead = _LEAD.may_stand(text.text, sentence.start, sentence.end)
    if may_lead and _leads(clause, offset):
        return RoleGuess(lead_role, 0.75, "lead-in-prose")
    act = act_of(text.text, mention, sentence)
    if act and _LEADS.match(act.verb) and _RELATIVE.search(clause[:offset]):
        act = None
    after = word_after_genitive(text.text, mention, sentence)
    guess = of_act(act, lead_role, mention.type) if act else of_genitive(after, clause, lead_role)
    ending = _CASE_AFTER_COLON.match(text.text, mention.span.end)
    surface = text.text[mention.span.start : ending.end() if ending else mention.span.end]
    return guess or _of_cues(text.text, sentence, surface)


def _is_elsewhere(text: str, sentence: Span, clause: str, offset: int) -> bool:
    """Return whether a name stands in what is said of another initiative, of hopes, or of those who take no part."""
    if _ANOTHER.search_piece(text, sentence.start, sentence.start + offset):
        return True
    return bool(_ASKED.search_piece(text, sentence.start, sentence.end)) or bool(_NEGATED.search(clause[offset:]))


def of_act(act: Act, lead_role: str, kind: str = "") -> RoleGuess | None:
    """Return the role of the subject of a verb; ``None`` where the verb says nothing of a part in the work.

    `kind` is the type of the subject: a study by a company is hired work.
    """
    if _NO_ACT.match(act.verb):
        return None
    if _DECISION.search(act.object):
        return RoleGuess("authority", 0.75, "decides-in-prose")
    hired = _HIRED_ACTS if kind == "company" else _EVALUATES
    if hired.match(act.object) or act.verb.startswith("arvioi"):
        return RoleGuess("consultant", 0.7, "evaluates-in-prose")
    for verbs, role, confidence, rule in _ACTS:
        if verbs.match(act.verb):
            return RoleGuess(role or lead_role, confidence, rule)
    return RoleGuess("partner", 0.65, "subject-of-activity")


_ACTS = (
    (_PAYS, "funder", 0.75, "pays-in-prose"),
    (_LEADS, "", 0.75, "lead-in-prose"),
    (_TRIES, "pilot", 0.7, "tries-in-prose"),
)
"""What verbs tell of their subject: the role ("" for the one that leads is called), its confidence and rule."""


def of_genitive(word: str, clause: str, lead_role: str) -> RoleGuess | None:
    """Return the role that the word after a genitive tells: "Melan kanssa", "Kirkkohallituksen avustuksella"."""
    if word in _WITH and not _TALKS.search(clause):
        return RoleGuess("partner", 0.7, "together-with")
    if _MONEY_AFTER.match(word):
        return RoleGuess("funder", 0.75, "pays-in-prose")
    if _UNDER.match(word):
        return RoleGuess(lead_role, 0.7, "lead-in-prose")
    if _STAFF.match(word):
        return RoleGuess("partner", 0.6, "staff-of")
    return None


def _of_cues(text: str, sentence: Span, surface: str) -> RoleGuess:
    if _PARTNER.search_piece(text, sentence.start, sentence.end):
        return RoleGuess("partner", 0.7, "partner-in-prose")
    if _CONSULTANT.search_piece(text, sentence.start, sentence.end):
        return RoleGuess("partner", 0.6, "outside-expert-in-prose")
    if _SOURCE_CASE.search(surface) and _BROUGHT_IN.search_piece(text, sentence.start, sentence.end):
        return RoleGuess("partner", 0.6, "brought-in")
    return MENTIONED


def share_in_lists(text: str, mentions: Sequence[Mention], guesses: list[RoleGuess]) -> list[RoleGuess]:
    """Return the guesses, those of names in one list made alike: "maksavat OKM (96 000 €) ja Kulttuurirahasto".

    The verb stands beside the first or the last name of a list; a name that shows nothing itself takes what its neighbour
    in the list has.
    """
    shared = list(guesses)
    # An owner stands inside the name of its unit: it is no member of the list.
    members = [
        i for i, m in enumerate(mentions) if not any(o.span != m.span and o.span.contains(m.span) for o in mentions)
    ]
    pairs = [(i, j) for i, j in itertools.pairwise(members) if _is_list(text, mentions[i].span, mentions[j].span)]
    for one, other in [*pairs, *((b, a) for a, b in reversed(pairs))]:
        if shared[other].role == "mentioned" and shared[one].rule in _OF_CLAUSE:
            shared[other] = RoleGuess(shared[one].role, round(shared[one].confidence - 0.05, 2), shared[one].rule)
    return shared


_OF_CLAUSE = frozenset(
    {"subject-of-activity", "pays-in-prose", "together-with", "evaluates-in-prose", "funder-in-prose", "staff-of"}
)
_BETWEEN = re.compile(r"(?: [A-ZÅÄÖ]{2,8})?(?: ?\([^()]{1,60}\))?(?:, | ja | sekä | och | and |, ja |, sekä )")


def _is_list(text: str, first: Span, second: Span) -> bool:
    return first.end < second.start and bool(_BETWEEN.fullmatch(text[first.end : second.start]))


def is_funder(text: str, mention: Mention, sentence: Span) -> bool:
    """Return whether an organisation is named as the source of money."""
    if mention.type in _FUND_TYPES and mention.key is not None:
        return True
    after = text[mention.span.end : sentence.end]
    surface = text[mention.span.start : mention.span.end]
    if _FUNDER_AFTER.match(after) or _FUNDER_BEFORE.search_piece(text, sentence.start, mention.span.start):
        return True
    if not _SOURCE_CASE.search(surface):
        return False
    return bool(
        _MONEY_CUE.search_piece(text, sentence.start, sentence.end)
        or _GOT_MONEY.search(text[sentence.start : sentence.end])
    )


def _leads(clause: str, offset: int) -> bool:
    """Return whether the nearest lead cue belongs to this mention: before it ("Päätoteuttaja oli X") or just after."""
    if _RELATIVE.search(clause[:offset]):
        return False
    for match in _LEAD.finditer(clause):
        if match.start() <= offset:
            between = clause[match.end() : offset]
            joined = re.search(r"\b(?:ja|sekä|yhdessä|och|samt|tillsammans|and|together)\b|,", between)
            if len(between) < 60 and not joined:
                return True
        elif match.start() - offset < 90:
            between = clause[offset : match.start()]
            if not re.search(r",|\bja\b.*\bja\b|\bkoordin\w+ av\b", between):
                return True
    return False
