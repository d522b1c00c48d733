"""Practice cards: a dated card of a municipality on something it does differently, with owner line and contact block."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from loaders.document import LABELLED, Document, Kind
from loaders.gazetteer import gazetteer
from loaders.labels import heading
from loaders.language.dates import find_period, parse_date
from loaders.model import Named, RelatedInitiative, Span, Standing, Value
from loaders.naming import read_name
from loaders.prose import read_prose
from loaders.recognise.people import PersonMention, contact_block
from loaders.text import Line, Text
from loaders.vocabulary import scheme

_DATE_LINE = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{4}$")
_AWARD = re.compile(r"^palkittu!?$", re.IGNORECASE)
_FOOTER = re.compile(r"\s*(?:Jaa (?:Twitterissä|Facebookissa|LinkedInissä|X:ssä)|Tulosta\b).*$")
_PROSE_SECTIONS = {"need", "solution", "results", "participants", "links"}
_JOINED_OWNERS = re.compile(r"\s+(?:ja|sekä)\s+")
_PROJECT_TITLE = re.compile(r"^(.{4,}?)\s*[-–]\s?(?:kehittämis)?(?:hanke|projekti|ohjelma)\b")


@cache
def _statuses() -> Mapping[str, str]:
    return {label.text.casefold(): c.notation for c in scheme("statuses").values() for label in c.labels}


def load(document: Document) -> None:
    """Read a practice card: the header lines, the contact block, then the prose of the sections."""
    document.facts.initiative.kind = "practice"
    header, sections = _divide(document.text)
    _header(document, header)
    for person in contact_block(_without_footer(sections.get("contacts", []))):
        _contact(document, person)
    regions = [_region(lines) for name, lines in sections.items() if name in _PROSE_SECTIONS and lines]
    read_prose(
        document,
        regions,
        "host",
        method_regions=[
            r
            for name, lines in sections.items()
            if name in _PROSE_SECTIONS - {"links"} and lines
            for r in [_region(lines)]
        ],
    )
    _project_behind(document, regions)


def _divide(text: Text) -> tuple[list[Line], dict[str, list[Line]]]:
    header: list[Line] = []
    sections: dict[str, list[Line]] = {}
    current = header
    for line in text.lines:
        name = heading(line, "card")
        if name is not None:
            current = sections.setdefault(name, [])
        elif heading(line) is None:
            current.append(line)
    return header, sections


def _region(lines: list[Line]) -> Span:
    return Span(lines[0].start, lines[-1].end)


def _header(document: Document, header: list[Line]) -> None:
    rest: list[Line] = []
    for line in header:
        if _DATE_LINE.match(line.text):
            document.set_once("date", _value(document, line, "card-date", parse_date(line.text)))
        elif line.text.casefold() in _statuses():
            document.set_once("status", _value(document, line, "card-status", line.text))
        elif not _AWARD.match(line.text):
            rest.append(line)
    owner = next((line for line in rest if _place_at_end(line.text) is not None), None)
    for line in rest:
        if line is not owner and (owner is None or line.number > owner.number):
            document.set_once("title", _value(document, line, "card-title", line.text))
            rest.remove(line)
            break
    if owner is not None:
        _owner_line(document, owner)
        rest.remove(owner)
    for line in rest:
        document.report(line.number, line.text, "a header line that is neither date, owner, title nor status")


def _value(document: Document, line: Line, rule: str, text: str | None) -> Value:
    return Value(text or line.text, document.text.evidence(line.span, rule, LABELLED, Standing.ASSERTED))


def _place_at_end(line: str) -> tuple[str, str, int] | None:
    """Return (place notation, place name, where the owners end) of an owner line "Organisation[/ Unit], Municipality"."""
    before, comma, last = line.rpartition(",")
    last = last.strip(" .")
    for hit in gazetteer().find(last, frozenset({"place"})):
        if comma and hit.span == Span(0, len(last)):
            return hit.notation, scheme("places")[hit.notation].name, len(before)
    return None


def _owner_line(document: Document, line: Line) -> None:
    found = _place_at_end(line.text)
    if found is None:
        return
    place, place_name, end = found
    start = line.start + line.text.rindex(",") + 1
    evidence = document.text.evidence(Span(start, line.end), "owner-line-place", LABELLED, Standing.ASSERTED)
    document.collect.place(Named(place_name, evidence, place))
    owners = [(m.group(), m.start()) for m in re.finditer(r"[^/]+", line.text[:end])]
    if len(owners) == 1:
        owners = _jointly(line.text[:end])
        for position, (printed, offset) in enumerate(owners):
            _owner(document, line, printed, offset, "host" if position == 0 else "partner")
        return
    first, *units = owners
    for printed, offset in _jointly(first[0]):  # "Viitasaaren kaupunki ja Pihtiputaan kunta / Ruokapalvelut"
        _owner(document, line, printed, offset, "host")
    head = read_name(first[0].strip())[0].name
    for printed, offset in units:
        _owner(document, line, f"{head} / {printed.strip()}", offset, "host", length=len(printed))


def _jointly(printed: str) -> list[tuple[str, int]]:
    """Divide "A ja B" where both are organisations; a conjunction inside a name does not divide."""
    for match in _JOINED_OWNERS.finditer(printed):
        left, right = printed[: match.start()], printed[match.end() :]
        if all(
            body.type != "other" for side in (left, right) for body in read_name(side.strip())[:1]
        ) and not left.endswith("-"):
            return [(left, 0), *((name, offset + match.end()) for name, offset in _jointly(right))]
    return [(printed, 0)]


def _owner(document: Document, line: Line, printed: str, offset: int, role: str, length: int | None = None) -> None:
    start = line.start + offset
    raw = line.text[offset : offset + (length or len(printed))]
    span = Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
    document.add_name(printed.strip(), span, role, prefix_units=True, rule="owner-line")


def _without_footer(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        footer = _FOOTER.search(line.text)
        if footer is None:
            kept.append(line)
        elif footer.start() > 0:
            bare = line.text[: footer.start()]
            kept.append(Line(line.number, line.start, line.start + len(bare), bare))
    return kept


def _contact(document: Document, person: PersonMention) -> None:
    employer: str | None = None
    if person.organisation and person.organisation_span:
        printed, span = person.organisation, person.organisation_span
        found = _place_at_end(printed)  # "Kirkonkylän nuorisotila, Ii": the municipality is no part of the name
        if found:
            printed, span = printed[: found[2]], Span(span.start, span.start + found[2])
        added = document.add_name(printed, span, "partner", rule="contact-organisation")
        employer = added[-1].name if added else None
    document.add_person(person, "contact-block", employer, Standing.ASSERTED)


def _project_behind(document: Document, regions: list[Span]) -> None:
    """Add the project that the card's title names ("X -hanke ja viestintätuote"), with the period in the prose."""
    title = document.facts.initiative.title
    match = _PROJECT_TITLE.match(title.text) if title else None
    if match is None or title is None:
        return
    name = match.group(1).strip()
    for region in regions:
        found = re.search(
            re.escape(name) + r"\s*-\s?han\w+\s*\(([^)]+)\)", document.text.text[region.start : region.end]
        )
        period = find_period(found.group(1)) if found else None
        if period:
            document.collect.related(RelatedInitiative(name, "project", title.evidence, None, period.start, period.end))
            return
    document.collect.related(RelatedInitiative(name, "project", title.evidence))


def score(text: Text) -> float:
    """Return how much a text looks like a practice card: its headings, and a status or date in its first lines."""
    headings = {name for line in text.lines if (name := heading(line))}
    main = len(headings & {"need", "solution", "results", "contacts"}) / 4
    early = {line.text.casefold() for line in text.lines[:10]}
    status = any(line in _statuses() for line in early) or any(_DATE_LINE.match(line.text) for line in text.lines[:3])
    return 0.8 * main + (0.2 if status else 0.0)


PRACTICE_CARD = Kind("practice-card", "1", score, load)
