"""Organisations in running text.

Four phenomena, strongest first: a known name in any inflected form; a unit named after its owner or place ("Tornion
kaupungin lastensuojelu"); a name with a legal form ("Debora Oy"); a proper name before a head noun ("Kallinpesän
nuorisokoti"). Coordinated names ("Lapin ja Seinäjoen ammattikorkeakoulut") are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from loaders.authority import LEGAL_FORM, find_body, name_key, nominative_head, type_of_name
from loaders.find_first import Anchored
from loaders.gazetteer import Hit, gazetteer, web_spans
from loaders.language.foreign_heads import foreign_type
from loaders.language.inflection import genitive_of, head_noun
from loaders.language.people import is_given_name
from loaders.model import Span
from loaders.recognise.foreign_names import foreign_names
from loaders.spans import Placed
from loaders.vocabulary import organisations, owner_name, scheme

_TOKEN = re.compile(r"[ \u00a0]{1,2}([^\W\d_][\w’'-]*(?:&\w+)?|&)")
_CONNECTIVES = {"ja", "sekä", "&", "och", "and"}
_CAPITAL = r"[A-ZÅÄÖÉ0-9][\w&’'-]*(?:\.\w[\w-]*)?"  # one way to read each word, lest many words take for ever
_LEGAL = r"(?:Oyj|Oy Ab|Oy Ltd|Oy|OY|Ab|AB|ry|r\.y\.|rf|r\.f\.|sr|Ltd|Ky|osk)"
_COMPANY = Anchored(
    rf"(?:(?<=[\s(/,;:])|^)((?:{_CAPITAL}|4H-\w+)(?:[ ](?!{_LEGAL}(?::\w+)?[ ](?:ja|sekä|och|and)[ ])(?:{_CAPITAL}|ja|&|och|and|of|(?:i|på|för|vid)(?=[ ][A-ZÅÄÖ]))){{0,6}}[ ]{_LEGAL})(?::\w+)?(?![\w-])",
    re.MULTILINE,
    whole=True,
)
_ORDINARY_COMPANY = Anchored(
    rf"(?<![\w-])((?:[A-ZÅÄÖ][\w-]*n[ ]){{1,2}}[a-zåäö][a-zåäö-]{{3,}}(?:[ ][a-zåäö][a-zåäö-]{{3,}})?[ ]{_LEGAL})(?::\w+)?(?![\w-])",
    whole=True,
)
_FORM_FIRST = Anchored(
    r"(?<![\w-])((?:Asunto|Kiinteistö|Bostads|Fastighets)?[ ]?(?:Oy|Ab)(?:[ ](?!ja\b|sekä\b|och\b)[A-ZÅÄÖ][\w&-]*){1,3}(?:[ ](?:Oy|Ab))?)(?![\w-])"
)
_LOCATIVE = re.compile(r"(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi)$")
_NOT_NAMES = {
    "hankkeen",
    "hankkeessa",
    "kunnan",
    "kaupungin",
    "projektin",
    "suomen",
    "euroopan",
    "alueen",
    "maakunnan",
    "suunnitelman",
}
_SIZE_NOTE = Anchored(
    r"(?<![\w&’'-])([A-ZÅÄÖ][\w&’'-]*(?:[ ][A-ZÅÄÖ0-9][\w&’'-]*){0,6}(?:[ ][a-zåäö]+)?)\s?\((?:mikro|pieni|pien|keskisuuri|suuri|pk-?)[\s-]?(säätiö|yritys|yhdistys|osuuskunta)\)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in the text: canonical (nominative) name, authority notation, type and owner."""

    span: Span
    name: str
    rule: str
    confidence: float
    type: str
    key: str | None = None
    owner: str | None = None


def find_organisations(text: str, hits: list[Hit] | None = None, *, weak_heads: bool = True) -> list[Mention]:
    """Return the organisations named in a text in order; a unit and the owner named inside it are both returned.

    Parameters
    ----------
    text : str
        Any text.
    hits : list of Hit, optional
        The known names in it, where they have been looked up already.
    weak_heads : bool
        Take a head noun that is an ordinary word as well ("toiminta", "hoito") for a unit's name, as is right in an
        owner line or a list of pilots and wrong in running text.
    """
    hits = gazetteer().find(text) if hits is None else hits
    mentions = list(_known(text, hits))
    mentions += _coordinated(text, hits)
    mentions += _together(text, hits)
    mentions += _coordinated_proper(text)
    mentions += _hanging(text)
    mentions += _head_first(text)
    mentions += _capitalised_compounds(text)
    mentions += [unit for unit in _units(text, hits) if weak_heads or not has_weak_head(unit.name)]
    mentions += _with_legal_form(text, hits)
    mentions += _noted_by_size(text)
    mentions += _with_foreign_head(text, [m.span for m in mentions if m.key])
    proper = _proper_with_head(text, [m.span for m in mentions])
    mentions += [mention for mention in proper if not has_weak_head(mention.name)]
    return _settle(mentions)


def has_weak_head(name: str) -> bool:
    """Return whether a name ends in a head noun that is an ordinary word too."""
    head = head_noun(name)
    return head is not None and head.lemma in _weak_heads()


@cache
def _weak_heads() -> frozenset[str]:
    return frozenset(c.name for c in scheme("head-nouns").values() if c.first("recognition") == "weak")


def _known(text: str, hits: list[Hit]) -> Iterator[Mention]:
    for hit in hits:
        if hit.kind == "organisation" and not _is_modifier(text, hit):
            mention = known_mention(hit.notation, hit.span)
            yield mention
            if mention.owner is not None:
                yield from _owner_inside(text, mention)


def _is_modifier(text: str, hit: Hit) -> bool:
    """Return whether an abbreviation only qualifies a compound: "EU-maat"; a fund's does name it ("ESR-rahoitus")."""
    if hit.label.kind != "abbreviation" or not re.match(r" ?[-–]", text[hit.span.end :]):
        return False
    return organisations()[hit.notation].first("organisationType") not in {"eu_fund", "fund"}


def _owner_inside(text: str, unit: Mention) -> Iterator[Mention]:
    """Yield the owner that a known unit's name begins with: "Lapin yliopiston koulutus- ja kehittämispalvelut"."""
    surface = text[unit.span.start : unit.span.end].rpartition(" ")[0]
    for hit in gazetteer().find(surface, frozenset({"organisation"})):
        if hit.span.start == 0 and hit.notation in _owners(unit.key or ""):
            yield known_mention(hit.notation, Span(unit.span.start, unit.span.start + hit.span.end))


def _owners(notation: str) -> Iterator[str]:
    """Yield the owners of a body of the authority file, the nearest first."""
    above = organisations()[notation].first("unitOf") if notation in organisations() else None
    if above:
        yield above
        yield from _owners(above)


def known_mention(notation: str, span: Span, rule: str = "known-name", confidence: float = 0.97) -> Mention:
    """Return a mention of a body of the authority file."""
    body = organisations()[notation]
    return Mention(
        span=span,
        name=body.name,
        rule=rule,
        confidence=confidence,
        type=body.first("organisationType") or "other",
        key=notation,
        owner=owner_name(body),
    )


def is_genitive(text: str, span: Span) -> bool:
    """Return whether a known name stands in the genitive (and so may be followed by what it owns)."""
    surface = text[span.start : span.end]
    return surface.endswith("n") and len(surface) > 3


def _units(text: str, hits: list[Hit]) -> Iterator[Mention]:
    for hit in hits:
        if hit.kind not in {"organisation", "place"} or not is_genitive(text, hit.span):
            continue
        if hit.kind == "place" and text[hit.span.start : hit.span.end] not in _genitives(hit.notation):
            continue
        yield from units_after(text, hit)


def _genitives(notation: str) -> tuple[str, ...]:
    place = scheme("places")[notation]
    return (
        *place.properties.get("genitive", ()),
        *(genitive_of(label.text) for label in place.labels if label.language == "fi"),
    )


_NAME_AFTER = re.compile(r"[ ]([A-ZÅÄÖ][\wåäö]{2,})(?![\w:-])(?! [A-ZÅÄÖ])")


def _is_known(word: str) -> bool:
    """Return whether a word after a unit's name is a name of its own, or inflected: no part of the unit's."""
    return (
        bool(_LOCATIVE.search(word)) or any(h.kind != "method" for h in gazetteer().find(word)) or is_given_name(word)
    )


def units_after(text: str, hit: Hit) -> Iterator[Mention]:
    """Yield the units named after an owner or place in the genitive, outermost first."""
    owner_text = " ".join(text[hit.span.start : hit.span.end].split())
    words: list[str] = []
    position = hit.span.end
    for _ in range(8):
        match = _TOKEN.match(text, position)
        if match is None:
            return
        word, position = match.group(1), match.end()
        if word in _CONNECTIVES and not words:
            return  # "Lapin ja Seinäjoen ammattikorkeakoulut" are two names
        nominative = nominative_head(word)
        if nominative is not None and not word.endswith("-"):
            if is_class_of_bodies(nominative):
                return
            name = " ".join([owner_text, *words, nominative])
            named = _NAME_AFTER.match(text, position) if word == nominative else None
            if named is not None and not _is_known(named.group(1)):
                yield _unit(hit, Span(hit.span.start, named.end()), f"{name} {named.group(1)}")
                return
            yield _unit(hit, Span(hit.span.start, position), name)
            if not word.endswith("n") or word == nominative:
                return
            words.append(word)
        elif _may_stand_inside(word, words[-1] if words else ""):
            words.append(word)
        else:
            return


def _may_stand_inside(word: str, previous: str) -> bool:
    """Return whether a word may stand before the head: a genitive, or "koulutus- ja" with its hyphen."""
    if word in _CONNECTIVES:
        return previous.endswith("-")
    return word.endswith("-") or (word.endswith("n") and len(word) > 3 and word != "kanssa")


_BODIES = {
    "municipality",
    "university",
    "uas",
    "ely",
    "ministry",
    "wellbeing_county",
    "regional_council",
    "joint_authority",
}


def is_class_of_bodies(head: str) -> bool:
    """Return whether a plural head noun means bodies of a kind, not one body: "Pohjois-Savon kunnat"."""
    noun = head_noun(head)
    return noun is not None and noun.plural and noun.organisation_type in _BODIES


def _unit(hit: Hit, span: Span, name: str) -> Mention:
    body = find_body(name)
    if body is not None:
        return known_mention(body.notation, span)
    kind = type_of_name(name)
    owner = organisations()[hit.notation].name if hit.kind == "organisation" else _municipal_owner(hit.notation, kind)
    return Mention(span=span, name=name, rule="unit-of-owner", confidence=0.88, type=kind, owner=owner)


_MUNICIPAL_UNITS = {"sub_unit", "school", "public_body"}


def _municipal_owner(place: str, kind: str) -> str | None:
    body = organisations().get(place)
    return body.name if body is not None and kind in _MUNICIPAL_UNITS else None


def _coordinated(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the bodies in "Kiteen, Tohmajärven ja Rääkkylän seurakunnat": one plural head, several places."""
    places = [hit for hit in hits if hit.kind == "place" and is_genitive(text, hit.span)]
    for run in _runs(text, places):
        match = _TOKEN.match(text, run[-1].span.end)
        head = _singular(match.group(1)) if match else None
        if match is None or head is None:
            continue
        for place in run:
            span = Span(place.span.start, match.end() if place is run[-1] else place.span.end)
            yield _of_place(f"{text[place.span.start : place.span.end]} {head}", place, span)


_PROPER_PAIR = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ][a-zåäö]+n)(?:, ([A-ZÅÄÖ][a-zåäö]+n))? (?:ja|sekä) ([A-ZÅÄÖ][a-zåäö]+n) ([a-zåäö][\w-]+)(?![\w-])"
)


def _coordinated_proper(text: str) -> Iterator[Mention]:
    """Yield the bodies in "Mallilan ja Testilän päiväkodeissa", whose places no vocabulary has."""
    for match in _PROPER_PAIR.finditer(text):
        head = _singular(match.group(4))
        noun = head_noun(head) if head else None
        if head is None or noun is None or noun.plural or is_class_of_bodies(head) or has_weak_head(head):
            continue
        for group in (1, 2, 3):
            if match.group(group) and match.group(group).casefold() not in _NOT_NAMES:
                end = match.end() if group == 3 else match.end(group)
                name = f"{match.group(group)} {head}"
                yield Mention(Span(match.start(group), end), name, "coordinated-names", 0.75, type_of_name(name))


def _runs(text: str, places: list[Hit]) -> Iterator[list[Hit]]:
    """Yield the runs of places that commas and one conjunction join: "A:n, B:n ja C:n"."""
    run: list[Hit] = []
    for first, last in pairwise(places):
        between = text[first.span.end : last.span.start]
        run = [*run, last] if run and run[-1] is first else [first, last]
        if between.strip() in {"ja", "sekä", "och"}:
            yield run
            run = []
        elif between.strip() != ",":
            run = []


_TOGETHER = re.compile(r" kanssa\b")


def _together(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield the municipalities that work is done with: "Testilän ja Mallilan kanssa on sovittu"."""
    places = [h for h in hits if h.kind == "place" and is_genitive(text, h.span) and h.notation in organisations()]
    runs = [run for run in _runs(text, places) if _TOGETHER.match(text, run[-1].span.end)]
    single = [[h] for h in places if _TOGETHER.match(text, h.span.end) and not any(h in run for run in runs)]
    for run in (*runs, *single):
        yield from (known_mention(h.notation, h.span, "municipality-by-place", 0.8) for h in run)


def _of_place(name: str, place: Hit, span: Span) -> Mention:
    body = find_body(name)
    if body is not None:
        return known_mention(body.notation, span, "coordinated-names", 0.9)
    kind = type_of_name(name)
    return Mention(span, name, "coordinated-names", 0.89, kind, owner=_municipal_owner(place.notation, kind))


_HEAD_FIRST = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ][a-zåäö]{5,}) ([A-ZÅÄÖ][\wåäö-]{2,})(?: (ry|rf|sr|Oy|oy|Ab|osk))?(?![\w:-])"
)
_NAMED_AFTER_HEAD = frozenset({"company", "sub_unit", "school", "association", "foundation", "church"})


def _head_first(text: str) -> Iterator[Mention]:
    """Yield the bodies whose head noun comes first: "Hoivakoti Rauhalahti", "Osuuskauppa Hämeenmaa"."""
    for match in _HEAD_FIRST.finditer(text):
        head = head_noun(match.group(1))
        if head is None or head.plural or head.lemma != match.group(1).casefold() or has_weak_head(match.group(1)):
            continue
        legal = f" {match.group(3)}" if match.group(3) else ""
        kind = type_of_name(f"Malli{legal}") if legal else head.organisation_type
        if kind in _NAMED_AFTER_HEAD and not _LOCATIVE.search(match.group(2)):
            span = Span(match.start(), match.end())
            yield Mention(span, " ".join(match.group().split()), "head-noun-first", 0.74, kind)


_COMPOUND = re.compile(r"(?<=[a-zåäö,(] )([A-ZÅÄÖ][a-zåäö]{8,})(?![\w-])")
_PROPER_COMPOUNDS = frozenset(
    {"foundation", "association", "state_agency", "public_body", "research_institute", "fund", "union"}
)


def _capitalised_compounds(text: str) -> Iterator[Mention]:
    """Yield the compounds that a capital inside a sentence marks as names: "…, ja Testijokisäätiö tuki"."""
    for match in _COMPOUND.finditer(text):
        nominative = nominative_head(match.group(1))
        head = head_noun(nominative) if nominative else None
        if nominative is None or head is None or head.lemma == nominative.casefold() or head.plural:
            continue
        if head.organisation_type in _PROPER_COMPOUNDS and not has_weak_head(nominative):
            span = Span(match.start(1), match.end(1))
            yield Mention(span, nominative, "capitalised-compound", 0.72, head.organisation_type)


_HANGING = Anchored(
    r"(?<![\w-])([A-ZÅÄÖ][\w]*)(?:-, ([A-ZÅÄÖ][\w]*))?-[ ](?:ja|sekä)[ ]([A-ZÅÄÖ][\w]*)-([a-zåäö][\w]{6,})(?![\w-])"
)


def _hanging(text: str) -> Iterator[Mention]:
    """Yield the bodies in "Karelia- ja LAB-ammattikorkeakoulut": one plural head, several names with a hyphen."""
    for match in _HANGING.finditer(text):
        head = _singular(match.group(4))
        for group in (1, 2, 3) if head else ():
            body = find_body(f"{match.group(group)}-{head}") if match.group(group) else None
            if body is not None:
                end = match.end() if group == 3 else match.end(group)
                yield known_mention(body.notation, Span(match.start(group), end), "coordinated-names", 0.9)


_PLURAL = re.compile(r"(?:t|jen|ien|issa|issä|ille|ista|istä|ihin|illa|illä)$")


def _singular(word: str) -> str | None:
    """Return the nominative singular of a head noun in the plural: "seurakuntien" → "seurakunta"."""
    plural = nominative_head(word)
    stem, count = _PLURAL.subn("", plural if plural and plural.endswith("t") else word)
    return nominative_head(stem + "n") if count else None


def _with_legal_form(text: str, hits: list[Hit]) -> Iterator[Mention]:
    masked = web_spans(text)
    for match in (*_COMPANY.finditer(text), *_ORDINARY_COMPANY.finditer(text), *_form_first(text)):
        start = _after_known_name(text, hits, match.start(1), match.end(1))
        name = text[start : match.end(1)]
        while " " in name and _is_lead_word(name.partition(" ")[0], name):
            dropped, _, name = name.partition(" ")
            start += len(dropped) + 1
        span = Span(start, match.end(1))
        if any(span.overlaps(other) for other in masked) or not LEGAL_FORM.sub("", name).strip():
            continue
        body = find_body(name)
        if body is not None:
            yield known_mention(body.notation, span)
        else:
            yield Mention(span, name, "legal-form", 0.93, type_of_name(name))


def _form_first(text: str) -> Iterator[re.Match[str]]:
    """Yield names that begin with their legal form: "Asunto Oy Testipiha", "Oy Prov Ab"."""
    for match in _FORM_FIRST.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if not match.group(1).startswith(("Oy", "Ab", " ")) or not before.strip(" ") or before[-2:-1] in ",;:(•\n":
            yield match


def _after_known_name(text: str, hits: list[Hit], start: int, end: int) -> int:
    """Return where a name begins that a conjunction joins to a known one: "Työterveyslaitos ja Debora Oy" are two."""
    for hit in hits:
        if hit.kind == "organisation" and hit.span.start == start:
            joined = re.match(r"[ ](?:ja|sekä|och|and)[ ]", text[hit.span.end : hit.span.end + 6])
            return hit.span.end + joined.end() if joined else start
    for joined in re.finditer(r"[ ](?:ja|sekä|och|and)[ ]", text[start:end]):
        if foreign_type(text[start : start + joined.start()]):
            return start + joined.end()
    return start


def _is_lead_word(word: str, name: str) -> bool:
    # "Kumppanina Debora Oy": a sentence's first word is no part of the name when it stands in a locative case.
    return bool(_LOCATIVE.search(word) and word[1:].islower() and name.count(" ") > 1) or word in {
        "ja",
        "och",
        "and",
        "&",
    }


def _noted_by_size(text: str) -> Iterator[Mention]:
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


def _with_foreign_head(text: str, known: list[Span]) -> Iterator[Mention]:
    """Yield the names that a Swedish or English head noun marks and no known name cuts: "Example Nature Foundation"."""
    for found in foreign_names(text):
        cut = [span for span in known if found.span.overlaps(span) and not found.span.contains(span)]
        if cut or (not found.opens and any(span.end == found.span.end for span in known)):
            continue  # "Arbetet vid Helsingfors universitet" is a known name and what stands before it
        body = find_body(found.name)
        if body is not None:
            yield known_mention(body.notation, found.span)
        else:
            yield Mention(found.span, found.name, "foreign-head-noun", 0.78, found.type)


_GIVEN_BEFORE = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ][\w-]+(?: ja [A-ZÅÄÖ][\w-]+| [A-ZÅÄÖ][\w-]+)?) $"
)  # "Alli Mallin Säätiö"
_LEGAL_AFTER = re.compile(r"[ ](?:ry|rf|sr|Oy|oy|Ab)(?![\w:-])")
_PROPER = re.compile(r"(?<![\w-])([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?n)[ ]([A-Za-zÅÄÖåäö][\w-]+)(?![\w-])")


def _proper_with_head(text: str, taken: list[Span]) -> Iterator[Mention]:
    placed = Placed((span, None) for span in taken)
    for match in _PROPER.finditer(text):
        span = Span(match.start(), match.end())
        word = match.group(2)
        nominative = nominative_head(word)
        if nominative is None or is_class_of_bodies(nominative) or placed.is_taken(span):
            continue
        if match.group(1).casefold() in _NOT_NAMES or (word[0].islower() and _starts_sentence(text, match.start())):
            continue
        legal = _LEGAL_AFTER.match(text, match.end()) if nominative == word else None
        first = _GIVEN_BEFORE.search(text[max(0, match.start() - 40) : match.start()]) if word[0].isupper() else None
        given = first.group(1) if first and is_given_name(first.group(1).split()[0]) else ""
        span = Span(match.start() - len(given) - bool(given), legal.end() if legal else match.end())
        name = f"{given} {match.group(1)} {nominative}{legal.group() if legal else ''}".strip()
        body = find_body(name)
        if body is not None:
            yield known_mention(body.notation, span)
        elif type_of_name(name) != "other":
            yield Mention(span, name, "proper-name-with-head-noun", 0.72, type_of_name(name))


def _starts_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 3) : offset].rstrip(" ")
    return not before or before[-1] in ".!?:\n•-"


def _settle(mentions: list[Mention]) -> list[Mention]:
    """Keep the longest reading of each place; an owner inside its unit's name is kept beside the unit."""
    ordered = sorted(mentions, key=lambda m: (m.span.start - m.span.end, -m.confidence, m.name))
    kept: list[Mention] = []
    placed: Placed[Mention] = Placed()
    for mention in ordered:
        if all(_is_owner_inside(mention, other) for other in placed.overlapping(mention.span)):
            kept.append(mention)
            placed.add(mention.span, mention)
    return sorted(kept, key=lambda m: (m.span.start, -m.span.end))


def _is_owner_inside(mention: Mention, unit: Mention) -> bool:
    inside = unit.span.contains(mention.span) and mention.span != unit.span
    return (
        inside
        and unit.owner is not None
        and mention.span.start == unit.span.start
        and mention.rule in {"known-name", "unit-of-owner"}
    )


def normalise_case(name: str) -> str:
    """Return a name printed with stray capitals as its head noun is written: "Vaasan Yliopisto" → "Vaasan yliopisto"."""
    body = find_body(name)
    if body is None:
        return name
    same = [label.text for label in body.labels if name_key(label.text) == name_key(name)]
    if not same:
        return body.name
    legal = LEGAL_FORM.search(name)
    return same[0] if not legal or LEGAL_FORM.search(same[0]) else same[0] + legal.group()
