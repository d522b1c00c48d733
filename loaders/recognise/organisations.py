"""Organisations in running text.

Four phenomena, strongest first: a known name in any inflected form; a unit named after its owner or place ("Tornion
kaupungin lastensuojelu"); a name with a legal form ("Debora Oy"); a proper name before a head noun ("Kallinpesän
nuorisokoti"). Coordinated names ("Lapin ja Seinäjoen ammattikorkeakoulut") are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from loaders.authority import LEGAL_FORM, find_body, name_key, nominative_head, type_of_name
from loaders.gazetteer import Hit, gazetteer
from loaders.language.inflection import genitive_of
from loaders.language.people import is_given_name
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.branches import regional_branches
from loaders.recognise.coordinated_names import (
    coordinated_places,
    coordinated_proper_names,
    hanging_names,
    municipalities_acting,
    municipalities_together,
)
from loaders.recognise.local_cases import nominative_of_local_case
from loaders.recognise.mentions import (
    LOCATIVE,
    NEXT_WORD,
    Mention,
    has_weak_head,
    is_class_of_bodies,
    is_genitive,
    known_mention,
    mention_of,
    municipal_owner,
)
from loaders.recognise.names_by_form import noted_by_size, with_hyphened_head, with_legal_form
from loaders.recognise.names_by_head import (
    capitalised_compounds,
    head_first,
    houses_by_name,
    of_two_matters,
    proper_with_head,
    with_foreign_head,
)
from loaders.spans import Placed
from loaders.vocabulary import organisations, scheme, word_list

_CONNECTIVES = {"ja", "sekä", "&", "och", "and"}


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
    mentions += coordinated_places(text, hits)
    mentions += municipalities_together(text, hits)
    mentions += municipalities_acting(text, hits)
    mentions += coordinated_proper_names(text)
    mentions += hanging_names(text)
    mentions += head_first(text)
    mentions += houses_by_name(text)
    mentions += regional_branches(text, hits)
    mentions += with_hyphened_head(text)
    mentions += capitalised_compounds(text)
    mentions += of_two_matters(text)
    mentions += [unit for unit in _units(text, hits) if weak_heads or not has_weak_head(unit.name)]
    mentions += with_legal_form(text, hits)
    mentions += noted_by_size(text)
    mentions += with_foreign_head(text, [m for m in mentions if m.key])
    proper = proper_with_head(text, [m.span for m in mentions])
    mentions += [mention for mention in proper if not has_weak_head(mention.name)]
    return _without_appositions(text, _settle([m for m in mentions if not _is_programme(m)]))


def _is_programme(mention: Mention) -> bool:
    """Return whether a name that no vocabulary has is a programme's: "Kymenlaakson liiton maakuntaohjelma"."""
    return mention.key is None and mention.name.casefold().endswith("ohjelma")


def _without_appositions(text: str, mentions: list[Mention]) -> list[Mention]:
    """Drop a known short name right behind a name: "Kouvolan seudun ammattiopisto Eduko", "Mallilan Kehitys Oy MALKE".

    A short name in brackets behind the owner or a unit of the body that usually bears it means that one in this text.
    """
    ends = {m.span.end: m for m in mentions}
    meant = {
        text[m.span.start : m.span.end]: long
        for m in mentions
        if (long := ends.get(m.span.start - 2)) is not None and _is_defined(text, m, long)
    }
    kept = [m for m in mentions if not _stands_behind(text, m, ends.get(m.span.start - 1))]
    return [_renamed(m, meant.get(text[m.span.start : m.span.end])) for m in kept]


def _is_defined(text: str, short: Mention, long: Mention) -> bool:
    """Return whether brackets give a short name to a body whose unit or owner usually bears it: "A (B)"."""
    in_brackets = (
        text[short.span.start - 2 : short.span.start] == " (" and text[short.span.end : short.span.end + 1] == ")"
    )
    related = long.key is not None and (short.owner == long.name or long.owner == short.name)
    return in_brackets and related and " " not in text[short.span.start : short.span.end]


def _renamed(mention: Mention, meant: Mention | None) -> Mention:
    return mention if meant is None or meant.key is None else known_mention(meant.key, mention.span)


def _stands_behind(text: str, short: Mention, long: Mention | None) -> bool:
    printed = text[short.span.start : short.span.end]
    if long is None or short.key is None or " " in printed or text[short.span.start - 1] != " ":
        return False
    return long.type == short.type and (long.key is not None or (printed.isupper() and long.rule == "legal-form"))


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


def _units(text: str, hits: list[Hit]) -> Iterator[Mention]:
    for hit in hits:
        if hit.kind not in {"organisation", "place"} or not is_genitive(text, hit.span):
            continue
        if hit.kind == "place" and text[hit.span.start : hit.span.end] not in _genitives(hit.notation):
            continue
        yield from units_after(text, hit)


@lru_cache(maxsize=4_096)
def _genitives(notation: str) -> tuple[str, ...]:
    place = scheme("places")[notation]
    return (
        *place.properties.get("genitive", ()),
        *(genitive_of(label.text) for label in place.labels if label.language == "fi"),
    )


_NAME_AFTER = re.compile(r"[ ]([A-ZÅÄÖ][\wåäö]{2,})(?![\w:-])(?! [A-ZÅÄÖ])")


def _is_known(word: str) -> bool:
    """Return whether a word after a unit's name is a name of its own, or inflected: no part of the unit's."""
    return bool(LOCATIVE.search(word)) or any(h.kind != "method" for h in gazetteer().find(word)) or is_given_name(word)


# "Mallilan yliopiston (MY) historian laitos", "Mallilan ev.lut. seurakunta", "Mallilan kunnan teknisessä toimessa".
_SHORT_NAME_BETWEEN = re.compile(r"[ ]\([A-ZÅÄÖ][\w-]{1,10}\)(?=[ ][a-zåäö])")
_ABBREVIATED = re.compile(r"[ ][Ee]v\.?[ -]?lut\.(?=[ ][a-zåäö])")
_PARISH = "evankelis-luterilainen"


@cache
def _adjective() -> re.Pattern[str]:
    """Return what finds an adjective of a unit's name in a local case: "teknisessä"."""
    stems = any_of(word.removesuffix("nen") for word in word_list("adjective-of-unit"))
    return re.compile(rf"({stems})s(?:ess[aä]|est[aä]|ell[aä]|elt[aä]|elle|een)")


def _start_of_unit(text: str, position: int) -> tuple[int, list[str]]:
    """Return where the words of a unit begin after its owner, and those that stand there in short."""
    between = _SHORT_NAME_BETWEEN.match(text, position)
    position = between.end() if between else position
    abbreviated = _ABBREVIATED.match(text, position)
    return (abbreviated.end(), [_PARISH]) if abbreviated else (position, [])


def units_after(text: str, hit: Hit) -> Iterator[Mention]:
    """Yield the units named after an owner or place in the genitive, outermost first."""
    owner_text = " ".join(text[hit.span.start : hit.span.end].split())
    position, words = _start_of_unit(text, hit.span.end)
    for _ in range(8):
        match = NEXT_WORD.match(text, position)
        if match is None:
            return
        word, position = match.group(1), match.end()
        if word in _CONNECTIVES and not words:
            return  # "Lapin ja Seinäjoen ammattikorkeakoulut" are two names
        nominative = nominative_head(word)
        if nominative is not None and not word.endswith("-"):
            if is_class_of_bodies(nominative):
                return
            name = " ".join([owner_text, *_agreeing(words, word, nominative), nominative])
            named = _NAME_AFTER.match(text, position) if word == nominative else None
            own = (nominative_of_local_case(named.group(1)) or named.group(1)) if named is not None else ""
            if named is not None and not _is_known(own):
                yield _unit(hit, Span(hit.span.start, named.end()), f"{name} {own}")
                return
            yield _unit(hit, Span(hit.span.start, position), name)
            if not word.endswith("n") or word == nominative:
                return
            words.append(word)
        elif _may_stand_inside(word, words[-1] if words else ""):
            words.append(word)
        elif adjective := _adjective().fullmatch(word):
            words.append(adjective.group(1) + "nen")
        else:
            return


def _agreeing(words: list[str], head: str, nominative: str) -> list[str]:
    """Return the words before a head, the last in the nominative where it is an adjective that agrees with the head.

    "ruotsinkielisen työväenopiston" → "ruotsinkielinen" (työväenopisto); "sosiaalisen" stays in "sosiaalisen työn yksikkö".
    """
    if head != nominative and head.endswith("n") and words and words[-1].endswith("isen") and words[-1].islower():
        return [*words[:-1], words[-1].removesuffix("sen") + "nen"]
    return words


def _may_stand_inside(word: str, previous: str) -> bool:
    """Return whether a word may stand before the head: a genitive, or "koulutus- ja" with its hyphen."""
    if word in _CONNECTIVES:
        return previous.endswith("-")
    return word.endswith("-") or (word.endswith("n") and len(word) > 3 and word != "kanssa")


def _unit(hit: Hit, span: Span, name: str) -> Mention:
    kind = type_of_name(name)
    owner = organisations()[hit.notation].name if hit.kind == "organisation" else municipal_owner(hit.notation, kind)
    return mention_of(name, span, "unit-of-owner", 0.88, kind, owner)


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
