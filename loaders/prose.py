"""Everything that prose says, read in one order: people, organisations with roles, places, methods, money, other initiatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.authority import nominative_head
from loaders.document import Document
from loaders.employers import employer_in_prose
from loaders.find_first import Anchored
from loaders.model import Money, Named, Span, Standing, Value
from loaders.naming import read_name
from loaders.recognise.duration import dates_in_prose
from loaders.recognise.mentions import Mention, has_weak_head, known_mention
from loaders.recognise.methods import accepted_hits, known_methods, new_methods
from loaders.recognise.money import money_in
from loaders.recognise.people import PersonMention, people_in_prose
from loaders.recognise.pilots import PilotItem
from loaders.recognise.places import places_in_prose
from loaders.recognise.related import related_initiatives
from loaders.recognise.roles import MENTIONED, RoleGuess, guess_role, share_in_lists
from loaders.spans import Placed
from loaders.trials import Sites, add_listed_trials, find_sites
from loaders.vocabulary import organisations, scheme

_MEMBERS = Anchored(
    r"\b(?:kuntaa|kaupunkia|kuntayhtymää)[ ]?:|(?:kunnat|kaupungit|kuntayhtymät|kunnat/kuntayhtymät|organisaatiot|osallistujat|jäsenkunnat)[ ](?:ovat|olivat)[ ]?:?"
    r"|\bmukana[ ](?:ovat|olivat|on)\b|\b(?:ovat|olivat)[ ]mukana\b|\bosallistu(?:vat|ivat)\b|\bkuulu(?:vat|ivat)\b",
    re.IGNORECASE,
)


def read_prose(
    document: Document, regions: list[Span], lead_role: str, *, method_regions: list[Span] | None = None
) -> None:
    """Add what the prose of a document says to its facts.

    Parameters
    ----------
    document : Document
        The document under work; labelled fields have been read already.
    regions : list of Span
        The stretches of prose.
    lead_role : str
        ``applicant`` for funded projects, ``host`` for practices and programmes.
    method_regions : list of Span, optional
        Where methods are looked for (default: `regions`).
    """
    people = [p for region in regions for p in people_in_prose(document.text, region.start, region.end)]
    items = add_listed_trials(document)
    members = list(_member_lists(document, regions))
    for mention in members:
        document.add_mention(mention, "partner", "member-list", 0.85)
    _add_organisations(document, regions, lead_role, [item.line.span for item in items])
    if lead_role == "host":
        _opening_subject(document, regions)
    _add_people(document, people)
    _add_places(document, regions, people, items, members)
    spans = regions if method_regions is None else method_regions
    _add_methods(document, spans)
    for region in regions:
        _add_money(document, region)
        for programme in _programmes(document, region):
            document.collect.programme(programme)
    for name, value in dates_in_prose(document.text, regions):
        _add_date(document, name, value)
    title = document.facts.initiative.title
    own = title.text if title else ""
    for related in related_initiatives(document.text, regions, own, document.facts.initiative.kind):
        document.collect.related(related)


def _add_people(document: Document, people: list[PersonMention]) -> None:
    for found in people:
        employer = employer_in_prose(document, found)
        document.add_person(found, "title-and-name", employer, Standing.INFERRED)


def _add_organisations(document: Document, regions: list[Span], lead_role: str, listed: list[Span]) -> None:
    named = [
        m
        for m in document.mentions
        if any(region.contains(m.span) for region in regions) and not any(s.contains(m.span) for s in listed)
    ]
    sites = find_sites(document, named, regions)
    guesses = [_role(document, sites, m, lead_role) for m in named]
    for mention, guess in zip(named, share_in_lists(document.text.text, named, guesses), strict=True):
        document.add_mention(mention, guess.role, guess.rule, guess.confidence)
    sites.add_to(document)
    _add_own_units(document, regions, lead_role)
    _share_with_owners(document)


def _role(document: Document, sites: Sites, mention: Mention, lead_role: str) -> RoleGuess:
    """Return the role of a body; a name that opens the title is the work's own: "Kunteko kannustaa kuntia" tells of it."""
    guess = sites.role_of(mention) or guess_role(document.text, mention, lead_role)
    title = document.facts.initiative.title
    own = title is not None and re.match(rf"{re.escape(mention.name)}\b(?!-| [a-zåäö])", title.text)
    return MENTIONED if own and guess.rule == "subject-of-activity" else guess


# "kaupungin liikuntapalvelut" on a page of Lieksan kaupunki; "Lieksan kaupungin …" has been read as a name.
_OWN_UNIT = Anchored(r"(?<![\w-])(?:[Kk]aupungin|[Kk]unnan|[Kk]aupunkimme|[Kk]untamme)[ ]([a-zåäö]{6,})(?![\w-])")
_UNITS = frozenset({"sub_unit", "public_body", "school"})


def _add_own_units(document: Document, regions: list[Span], lead_role: str) -> None:
    """Add the units that a municipality's own page names without its name."""
    owners = _municipal_owners(document)
    for match in (m for region in regions for m in _OWN_UNIT.finditer(document.text.text, region.start, region.end)):
        unit = nominative_head(match.group(1)) if len(owners) == 1 else None
        before = document.text.text[max(0, match.start() - 2) : match.start()].strip()
        if unit is None or before[-1:] == "n" or has_weak_head(unit):
            continue
        named = read_name(f"{owners[0]} / {unit}", prefix_units=True)[-1]
        if named.type not in _UNITS or document.collect.find(named.name) is not None:
            continue
        span = Span(match.start(), match.end())
        mention = Mention(span, named.name, "unit-of-page-owner", 0.8, named.type, named.key, owners[0])
        guess = guess_role(document.text, mention, lead_role)
        document.add_mention(mention, guess.role, guess.rule, guess.confidence)


def _municipal_owners(document: Document) -> list[str]:
    """Return the names of the municipalities that lead; where nobody does, of those that a field names: "Kunta: Ii"."""
    found = document.facts.organisations
    leads = [o.name for o in found if o.type == "municipality" and o.role in _LEADS]
    if leads or any(o.role in _LEADS for o in found):
        return leads
    places = [place.key for place in document.facts.places if place.evidence.rule == "labelled-place" and place.key]
    return [organisations()[key].name for key in places if key in organisations()]


_LEADS = frozenset({"applicant", "host"})


def _share_with_owners(document: Document) -> None:
    """Let a unit that takes part lead where its owner leads, and an owner that only its unit's name names take part.

    "Ylä-Savon ammattiopiston lehtorit kiertävät" on a page of its joint authority: the applicant is at work. "Arvioinnin
    tekee Turun yliopiston Porin yksikkö": the university evaluates.
    """
    for unit in document.facts.organisations:
        owner = document.collect.find(unit.part_of) if unit.part_of else None
        if owner is None or owner is unit or any(e.standing is Standing.ASSERTED for e in unit.evidence):
            continue
        if owner.role in _LEADS and unit.role == "partner":
            unit.role = owner.role
        elif owner.role == "mentioned" and unit.role != "funder":
            owner.role = unit.role


def _opening_subject(document: Document, regions: list[Span]) -> None:
    """Make the subject of the opening sentence the lead, where nothing else says who leads: "X kokoaa kunnat …"."""
    if not regions or any(o.role in {"host", "applicant"} for o in document.facts.organisations):
        return
    opening = document.text.sentence(Span(regions[0].start, regions[0].start))
    for mention in document.mentions:
        surface = document.text.text[mention.span.start : mention.span.end]
        if mention.span.start == opening.start and not surface.endswith("n"):
            document.add_mention(mention, "host", "subject-of-opening-sentence", 0.7)


def _member_lists(document: Document, regions: list[Span]) -> Iterator[Mention]:
    """Yield the municipalities that a list of members names by place: "sitoutuneet kunnat ovat: Kirkkonummi, …"."""
    for region in regions:
        for match in _MEMBERS.finditer(document.text.text, region.start, region.end):
            sentence = document.text.sentence(Span(match.end(), match.end()))
            for hit in document.hits:
                if hit.kind != "place" or hit.span.start < match.end() or hit.span.end > sentence.end:
                    continue
                nominative = document.text.text[hit.span.start : hit.span.end] in _names_of(hit.notation)
                if nominative and hit.notation in organisations():
                    yield known_mention(hit.notation, hit.span, "municipality-by-place", 0.85)


def _names_of(place: str) -> set[str]:
    concept = scheme("places").get(place)
    return {label.text for label in concept.labels} if concept else set()


def _add_places(
    document: Document, regions: list[Span], people: list[PersonMention], items: list[PilotItem], members: list[Mention]
) -> None:
    own = {m.span for m in members}
    # A municipality that a bare place name means is a place as well.
    bodies = [m for m in document.mentions if m.span not in own and not m.rule.startswith("municipality-by-place")]
    taken = [m.span for m in bodies] + [p.span for p in people]
    taken += [m for item in items for m in [item.content]]
    # "Manner-Suomen maaseudun kehittämisohjelma" says which programme it is, not where the work is done.
    taken += [hit.span for hit in document.hits if hit.kind == "programme"]
    title = document.facts.initiative.title
    spans = [*regions, title.evidence.span] if title else regions
    for place in places_in_prose(document.text, document.hits, spans, taken):
        document.collect.place(place)


def _add_methods(document: Document, regions: list[Span]) -> None:
    bodies = Placed((mention.span, mention.span) for mention in document.mentions)
    # "Lapin yliopiston palvelumuotoilun laitos" names a body, and what it works on is no method here.
    hits = [
        hit
        for hit in document.hits
        if not any(span != hit.span and span.contains(hit.span) for span in bodies.overlapping(hit.span))
    ]
    for method in known_methods(document.text, hits, regions):
        document.collect.method(method)
    taken = [hit.span for hit in document.hits if hit.kind == "organisation"]
    taken += [hit.span for hit in accepted_hits(document.text, hits, regions)]
    for method in new_methods(document.text, regions, taken):
        document.collect.method(method)


def _add_money(document: Document, region: Span) -> None:
    for line in document.text.lines:
        if region.contains(line.span):
            for money in money_in(document.text, line.span):
                document.collect.money(money)


def _add_date(document: Document, name: str, value: Value) -> None:
    """Set a date that prose alone, or more exactly, gives; keep it beside the present one where both cannot be right."""
    present: Value | None = getattr(document.facts.initiative, name)
    shorter = min(len(present.text), len(value.text)) if present else 0
    if present is not None and present.text[:shorter] != value.text[:shorter]:
        document.facts.initiative.alternatives.append((name, value))
    elif document.facts.initiative.kind != "practice" and (present is None or len(value.text) > shorter):
        setattr(document.facts.initiative, name, value)


def _programmes(document: Document, region: Span) -> Iterator[Named]:
    for hit in document.hits:
        if hit.kind == "programme" and region.contains(hit.span):
            name = scheme("programmes")[hit.notation].name
            yield Named(name, document.text.evidence(hit.span, "known-programme", 0.9), hit.notation)


def amount_fields(document: Document, label: str, amount: str, kind: str, span: Span) -> None:
    """Add a labelled amount of public funding."""
    evidence = document.text.evidence(span, "labelled-amount", 0.98, Standing.ASSERTED)
    document.collect.money(Money(label=label, amount=amount, kind=kind, evidence=evidence))
