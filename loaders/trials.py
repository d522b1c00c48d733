"""The trials that a document names: in numbered lists, in brackets, in lists below a line that opens them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document import Document
from loaders.language.inflection import genitive_of
from loaders.model import Pilot, Span, Standing
from loaders.recognise import trial_sites
from loaders.recognise.clauses import is_nominative
from loaders.recognise.mentions import Mention, has_weak_head
from loaders.recognise.organisations import find_organisations
from loaders.recognise.pilots import (
    PilotItem,
    host_groups,
    numbered_pilots,
    region_of,
    state_of,
    title_of,
    units_in_brackets,
)
from loaders.recognise.repairs import repaired_units
from loaders.recognise.roles import RoleGuess, guess_role, is_funder
from loaders.recognise.trial_lists import ListedTrial, listed_trials
from loaders.vocabulary import scheme

_SURE = 0.75
# Who tries something is a site where it is a body of a town or a place of care or learning; a researcher tests by trade.
_TESTS_BY_TRADE = frozenset(
    {"university", "uas", "research_institute", "company", "ministry", "state_agency", "ely", "association", "union"}
)


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of trials that sentences name: bodies, and places that stand alone."""

    bodies: dict[Span, tuple[Mention, str]]
    places: dict[Span, tuple[str, str]]

    def role_of(self, mention: Mention) -> RoleGuess | None:
        """Return the role that a site has, ``None`` for a mention that is none."""
        found = self.bodies.get(mention.span)
        return RoleGuess("pilot", _SURE, found[1]) if found else None

    def add_to(self, document: Document) -> None:
        """Add a pilot for each site that no list, nor an earlier sentence, has named."""
        for span, (mention, rule) in self.bodies.items():
            evidence = document.text.evidence(span, rule, _SURE)
            if not any(mention.name in pilot.hosts for pilot in document.facts.pilots):
                document.collect.pilot(Pilot(mention.name, evidence, [mention.name]))
        named = [name for pilot in document.facts.pilots for name in (pilot.title, *pilot.hosts)]
        for span, (notation, rule) in self.places.items():
            place = scheme("places")[notation].name
            if not any(name.startswith((place, genitive_of(place))) for name in named):
                evidence = document.text.evidence(span, rule, _SURE)
                document.collect.pilot(Pilot(place, evidence, place=notation))


def find_sites(document: Document, mentions: Sequence[Mention], regions: Sequence[Span]) -> Sites:
    """Return the sites of trials among the bodies that prose names and the municipalities that it names alone."""
    text, sites = document.text, Sites({}, {})
    taken = [m.span for m in document.mentions]
    bodies = {m.span: m for m in _outermost(mentions)}
    places = {
        span: notation for span, notation in _places(document, regions) if not any(span.overlaps(t) for t in taken)
    }
    sentences: dict[Span, list[Span]] = {}
    for span in sorted([*bodies, *places], key=lambda span: span.start):
        sentences.setdefault(text.sentence(span), []).append(span)
    for sentence, spans in sentences.items():
        if not trial_sites.may_tell(text.text, sentence):
            continue
        named = [
            trial_sites.Named(span, _nominative(document, span, bodies.get(span)), span in bodies) for span in spans
        ]
        for site in trial_sites.trial_sites(text.text, sentence, named):
            body = bodies.get(site.span)
            if body is None:
                sites.places[site.span] = places[site.span], site.rule
            elif not (site.rule == "tries-in-prose" and body.type in _TESTS_BY_TRADE) and not is_funder(
                text.text, body, sentence
            ):
                sites.bodies[site.span] = body, site.rule
    return sites


def _outermost(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions that do not stand inside the name of another."""
    for mention in mentions:
        if not any(m.span != mention.span and m.span.contains(mention.span) for m in mentions):
            yield mention


def _places(document: Document, regions: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    for hit in document.hits:
        if hit.kind != "place" or not any(region.contains(hit.span) for region in regions):
            continue
        if scheme("places")[hit.notation].first("placeKind") == "municipality":
            yield hit.span, hit.notation


def _nominative(document: Document, span: Span, body: Mention | None) -> bool:
    surface = document.text.text[span.start : span.end]
    if body is not None:
        return is_nominative(surface, body)
    return any(
        surface in {label.text for label in scheme("places")[hit.notation].labels}
        for hit in document.hits
        if hit.span == span and hit.kind == "place"
    )


def add_listed_trials(document: Document) -> list[PilotItem]:
    """Add the trials that stand in lists and brackets; return the items of numbered lists."""
    items = numbered_pilots(document.text)
    _add_numbered_pilots(document, items)
    _add_pilot_units(document)
    _add_trials(document, items)
    return items


def _add_numbered_pilots(document: Document, items: list[PilotItem]) -> None:
    implementer: str | None = None
    region: str | None = None
    for item in items:
        for line in item.headings:
            bodies = [m for m in find_organisations(line.text) if m.span.start == 0 and m.key]
            if bodies:
                implementer = bodies[0].name
                document.add_name(
                    bodies[0].name,
                    Span(line.start, line.start + bodies[0].span.end),
                    "partner",
                    standing=Standing.INFERRED,
                    rule="implementer-of-pilots",
                )
        region = region_of(item.headings, document.hits) or region
        _add_numbered_pilot(document, item, implementer, region)


def _add_numbered_pilot(document: Document, item: PilotItem, implementer: str | None, region: str | None) -> None:
    content = document.text.text[item.content.start : item.content.end]
    mentions = _owned_by_company(_item_organisations(content))
    for mention in mentions:
        start = item.content.start
        shifted = replace(mention, span=Span(mention.span.start + start, mention.span.end + start))
        helps = mention is not mentions[0] and guess_role(document.text, shifted, "host").rule in _HELPS
        document.add_mention(shifted, "partner" if helps else "pilot", "numbered-pilot", 0.75 if helps else 0.9)
    groups = host_groups(mentions) or [[]]
    separate = [[m for group in groups for m in group]] if "+" in content else groups
    for position, hosts in enumerate(separate):
        document.collect.pilot(
            Pilot(
                title=title_of(content, hosts) if position == 0 else hosts[0].name,
                evidence=document.text.evidence(item.content, "numbered-pilot", 0.9),
                hosts=[m.name for m in hosts],
                place=region,
                state=state_of(content),
                implementer=implementer,
            )
        )


# What a pilot's line says of a body that only helps: "yhdessä Porin prikaatin kanssa", "; Voima Oyj antoi tilan".
_HELPS = frozenset({"together-with", "subject-of-activity", "pays-in-prose"})


def _item_organisations(content: str) -> list[Mention]:
    """Return the organisations of a pilot item, a misspelt head noun repaired: "lastensuohelu"."""
    found = find_organisations(content)
    return [*found, *(m for m in repaired_units(content) if not any(m.span == o.span for o in found))]


def _owned_by_company(mentions: list[Mention]) -> list[Mention]:
    """Give the units of an item that begins with a company to it: "Pohjankodit Oy, Keminmaan nuorisokoti".

    A unit with an ordinary word for its head ("Hämeenlinnan tiimi") only says which part of the company it is.
    """
    if not mentions or mentions[0].type != "company":
        return mentions
    company, *rest = mentions
    owned = [
        replace(m, owner=company.name, type="sub_unit") if m.key is None and m.rule == "unit-of-owner" else m
        for m in rest
    ]
    return [company, *(m for m in owned if not has_weak_head(m.name))]


def _add_pilot_units(document: Document) -> None:
    for printed, span in units_in_brackets(document.text):
        collected = _collected_unit(document, printed)
        if collected is None:
            added = document.add_name(
                printed, span, "pilot", standing=Standing.INFERRED, rule="pilot-units-in-brackets"
            )
            if not added:
                continue
            collected = added[-1].name
        _set_pilot_role(document, collected)
        document.collect.pilot(
            Pilot(collected, document.text.evidence(span, "pilot-units-in-brackets", 0.85), [collected])
        )


def _collected_unit(document: Document, printed: str) -> str | None:
    """Return the collected unit that a short name means: "Kaupunginkirjasto" is Järvenpään kaupunginkirjasto."""
    wanted = printed.casefold()
    return next((o.name for o in document.facts.organisations if o.name.casefold().endswith(wanted)), None)


def _set_pilot_role(document: Document, name: str) -> None:
    organisation = document.collect.find(name)
    if organisation is not None and organisation.part_of is not None:
        organisation.role = "pilot"


def _add_trials(document: Document, listed: list[PilotItem]) -> None:
    numbered = {item.line.number for item in listed}
    for trial in listed_trials(document.text):
        if document.text.line_at(trial.span.start).number not in numbered:
            _add_trial(document, trial)


# A name at the beginning of an item stands inside a sentence for once: its capital says that it is a name.
_BEFORE_ITEM = "kohde "


def _add_trial(document: Document, trial: ListedTrial) -> None:
    """Add a trial: the bodies of the item try it, but a company beside others, or a known body in brackets, helps."""
    hosts = []
    offset = trial.span.start - len(_BEFORE_ITEM)
    mentions = find_organisations(_BEFORE_ITEM + trial.said)
    for mention in mentions:
        shifted = Span(mention.span.start + offset, mention.span.end + offset)
        before = document.text.text[trial.span.start : shifted.start]
        in_brackets = before.count("(") > before.count(")")
        helps = (mention.type == "company" and len(mentions) > 1) or (in_brackets and mention.key is not None)
        role = "partner" if helps else "pilot"
        document.add_mention(replace(mention, span=shifted), role, "list-of-trials", 0.75 if helps else 0.8)
        if not helps:
            hosts.append(mention.name)
    evidence = document.text.evidence(trial.span, "list-of-trials", 0.8)
    document.collect.pilot(Pilot(trial.title, evidence, hosts, state=state_of(trial.said)))
