"""What a labelled field of a free-form page says: each reader takes one field and adds its facts to the document.

A loader for a kind of page chooses the readers of its labels (`READERS` has the usual ones) and names the labels that it
leaves out; whatever else has a value is reported as not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from loaders.authority import find_body, type_of_name
from loaders.document import Document
from loaders.field_values import has_no_value, printed_values
from loaders.labels import Field
from loaders.language.contacts import EMAIL, resolve_email, resolve_phone
from loaders.language.dates import find_period, parse_date
from loaders.language.inflection import head_noun
from loaders.language.money import find_amounts, parse_amount
from loaders.language.people import NAME, is_given_name, normalise_name
from loaders.model import Money, Named, Person, Span, Standing
from loaders.naming import split_names
from loaders.recognise.contact_lines import contact_lines
from loaders.recognise.mentions import known_mention
from loaders.recognise.money import kind_of, money_in, plain
from loaders.recognise.organisations import find_organisations
from loaders.recognise.people import PersonMention
from loaders.recognise.places import place_of_value
from loaders.vocabulary import scheme

FieldReader = Callable[[Document, Field], None]
_CODE = re.compile(r"^(?=[^\s]*\d)[\w./-]{2,40}$")
_RANGE = re.compile(r"\d\s*(?:€|euroa?|eur)?\s*[-–—]\s*\d{2}", re.IGNORECASE)
_MONEY_NOTE = re.compile(r"[\d€%]|\beuro?\b", re.IGNORECASE)


def read_code(document: Document, field: Field) -> None:
    """Read a project's number or code."""
    for printed, span in list(printed_values(field))[:1]:
        if _CODE.match(printed):
            document.set_once("code", document.value(replace(field, values=((printed, span),)), "project-code"))
        else:
            document.report(field.line.number, field.line.text, "not a project code (one word with a figure)")


def read_status(document: Document, field: Field) -> None:
    """Read how far the initiative has come."""
    if field.value and not has_no_value(field.value):
        document.set_once("status", document.value(field, "activity-status"))


def read_period(document: Document, field: Field) -> None:
    """Read from when to when; a single date is the start."""
    value = " ".join(printed for printed, _ in field.values[:1])
    period = find_period(value)
    if period is None and value:
        single = parse_date(value)
        if single:
            document.set_once("start", document.value(field, "labelled-period", single))
        elif not has_no_value(value):
            document.report(field.line.number, field.line.text, "no dates understood")
        return
    for name, date in (("start", period.start), ("end", period.end)) if period else ():
        if date:
            document.set_once(name, document.value(field, "labelled-period", date))


def date_reader(name: str) -> FieldReader:
    """Return a reader of one date of the initiative: its ``start``, its ``end``, or the ``date`` of the page."""

    def reader(document: Document, field: Field) -> None:
        date = parse_date(field.value) if field.value else None
        if date:
            document.set_once(name, document.value(field, f"labelled-{name}", date))
        elif field.value and not has_no_value(field.value):
            document.report(field.line.number, field.line.text, "no dates understood")

    return reader


def read_modified(document: Document, field: Field) -> None:
    """Read when the page was last changed, where it does not say when it was made."""
    if document.facts.initiative.date is None:
        date_reader("date")(document, field)


def names_reader(role: str) -> FieldReader:
    """Return a reader of a list of organisations in a role; a person's name in it becomes a person."""

    def reader(document: Document, field: Field) -> None:
        for printed, span in printed_values(field):
            if is_person(printed):
                read_people(document, field)
                return
            _add_listed(document, printed, span, role)

    return reader


_LEAD_NOTE = re.compile(
    r"\s*\((?:\w*koordina\w+|päätoteutta\w+|hallinnoi\w+|hakija|vastuutoteuttaja|huvudman|projektägare|coordinator|lead(?:[ -]partner)?)\)",
    re.IGNORECASE,
)


def _add_listed(document: Document, printed: str, span: Span, role: str) -> None:
    """Add the names of a list; one of partners that a note calls the lead ("X (koordinaattori)") leads."""
    for name, offset in split_names(printed):
        note = _LEAD_NOTE.search(name) if role == "partner" else None
        bare = name[: note.start()] if note else name
        start = span.start + offset
        leads = lead_role(document) if note else role
        document.add_name(bare, Span(start, start + len(bare)), leads, rule=f"labelled-{role}")


def lead_role(document: Document) -> str:
    """Return what the leading organisation is called: funded projects have an applicant, others a host."""
    return "applicant" if document.facts.initiative.kind == "project" else "host"


def is_person(printed: str) -> bool:
    """Return whether a value is a person's name (with what follows a comma or bracket left aside)."""
    name = re.split(r"[,(;]", printed)[0].strip()
    whole = NAME.fullmatch(name) is not None and is_given_name(name.split()[0])
    return whole and type_of_name(name) == "other"


def read_funder(document: Document, field: Field) -> None:
    """Read who pays: names of funders, with the money and the programme named beside them."""
    for printed, span in printed_values(field):
        _add_money(document, field, span)
        for name, part in _without_money(printed, span):
            _add_funders(document, name, part)
    read_programme(document, field)


def _add_funders(document: Document, printed: str, span: Span) -> None:
    """Add the funders of a list; of a name that no vocabulary knows the known body in it: "OKM Erityisavustus"."""
    for name, offset in split_names(printed):
        start = span.start + offset
        inside = [m for m in find_organisations(name) if m.key] if type_of_name(name) == "other" else []
        for mention in inside:
            part = Span(start + mention.span.start, start + mention.span.end)
            document.add_name(mention.name, part, "funder", rule="labelled-funder")
        if not inside:
            document.add_name(name, Span(start, start + len(name)), "funder", rule="labelled-funder")


def _without_money(printed: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the parts of a funder's line that are no amounts: "Lapin liitto 45 000 €" → "Lapin liitto"."""
    if not find_amounts_in(printed):
        yield printed, span
        return
    for part in re.finditer(r"[^,;()]+", printed):
        amount = next(iter(find_amounts_in(part.group())), None)
        name = part.group()[: amount[0]] if amount else part.group()
        bare = name.strip(" :–-")
        if bare and not _MONEY_NOTE.search(bare):
            start = span.start + part.start() + part.group().index(bare)
            yield bare, Span(start, start + len(bare))


def find_amounts_in(printed: str) -> list[tuple[int, int]]:
    """Return where amounts of money stand in a text."""
    return [(amount.span.start, amount.span.end) for amount in find_amounts(printed)]


def read_programme(document: Document, field: Field) -> None:
    """Read the programmes that a field names."""
    for notation, span in _programmes_in(document, field):
        name = scheme("programmes")[notation].name
        evidence = document.text.evidence(span, "labelled-programme", 0.9, Standing.ASSERTED)
        document.collect.programme(Named(name, evidence, notation))


def _programmes_in(document: Document, field: Field) -> Iterator[tuple[str, Span]]:
    """Yield the programmes in a field; a body with a programme's name ("Leader") stands for it there."""
    for hit in document.hits:
        if not any(span.contains(hit.span) for _, span in field.values):
            continue
        if hit.kind == "programme":
            yield hit.notation, hit.span
        elif hit.kind == "organisation" and (same := _programme_names().get(hit.label.text.casefold())):
            yield same, hit.span


@cache
def _programme_names() -> Mapping[str, str]:
    return {label.text.casefold(): k for k, found in scheme("programmes").items() for label in found.labels}


def read_programme_or_fund(document: Document, field: Field) -> None:
    """Read a field that names a programme, a fund, or both; a name that no vocabulary knows is a programme of its own."""
    read_programme(document, field)
    for printed, span in printed_values(field):
        known = [m for m in document.mentions if span.contains(m.span)]
        for mention in [mention for mention in known if mention.type in {"fund", "eu_fund"}]:
            document.add_name(
                document.text.text[mention.span.start : mention.span.end],
                mention.span,
                "funder",
                rule="labelled-fund",
            )
        named = any(span.contains(found) for _, found in _programmes_in(document, field))
        if not known and not named:
            evidence = document.text.evidence(span, "labelled-programme", 0.85, Standing.ASSERTED)
            document.collect.programme(Named(printed, evidence))


def read_budget(document: Document, field: Field) -> None:
    """Read what the initiative costs; organisations named there pay: "Rahoitus: Lapin liitto, 45 000 €"."""
    for printed, span in printed_values(field):
        if _RANGE.search(printed) and len(find_amounts_in(printed)) == 1:
            document.report(field.line.number, field.line.text, "an amount between two limits is not read")
            continue
        _add_money(document, field, span, bare=True)
        for mention in find_organisations(printed):
            part = Span(span.start + mention.span.start, span.start + mention.span.end)
            listed = not find_amounts_in(printed) and mention.type != "company"
            alone = not re.search(r"osuu|omarah|share|andel", printed, re.IGNORECASE)
            if alone and (mention.key or mention.type in {"fund", "foundation"} or listed):
                document.add_name(mention.name, part, "funder", rule="labelled-funder")


def _add_money(document: Document, field: Field, span: Span, *, bare: bool = False) -> None:
    found = list(money_in(document.text, span, Standing.ASSERTED))
    amount = parse_amount(document.text.text[span.start : span.end]) if bare and not found else None
    if amount is not None and amount >= 3000:  # a bare year is no amount
        evidence = document.text.evidence(span, "labelled-amount", 0.9, Standing.ASSERTED)
        found = [Money("", plain(amount), "other", evidence)]
    for money in found:
        document.collect.money(_labelled(money, field.label))


def _labelled(money: Money, label: str) -> Money:
    """Give an amount without words of its own the field's label, and its kind."""
    if money.label not in {"", "rahoitus"}:
        return money
    return replace(money, label=label, kind=kind_of(label.lower()))


def read_contact_detail(document: Document, field: Field) -> None:
    """Read an address or number that stands in a field of its own, below the person it belongs to."""
    if not document.facts.persons or not field.value:
        return
    person = document.facts.persons[-1]
    found = EMAIL.search(field.value)
    person.email = person.email or (resolve_email(found.group(), person.name) if found else None)
    person.phone = person.phone or resolve_phone(field.value)


_RULES = {"contact": "contact-block", "author": "labelled-author"}  # an author need not work for whoever leads


def read_people(document: Document, field: Field) -> None:
    """Read the people of a field: one a line, or a block with title, address and organisation on lines of their own."""
    lines = [document.text.line_at(span.start) for _, span in field.values]
    start = field.values[0][1].start if field.values else 0
    people = list(contact_lines(document.text, lines, start))
    for person in people or _unknown_name(field):
        employer = _employer(document, person)
        leads = field.name != "contact"
        if leads and not person.title:
            person = replace(person, title=field.label)  # noqa: PLW2901
        added = document.add_person(person, _RULES.get(field.name, "labelled-leader"), employer, Standing.ASSERTED)
        added.role = added.role or person.title


def _unknown_name(field: Field) -> Iterator[PersonMention]:
    """Yield the person of a field for a leader whose given name no vocabulary knows."""
    name = re.split(r"\s*[,(;]", field.value)[0].strip()
    words = name.split()
    if field.name != "contact" and 2 <= len(words) <= 4 and all(word[0].isupper() for word in words):
        yield PersonMention(Span(field.span.start, field.span.start + len(name)), normalise_name(name))


def _employer(document: Document, person: PersonMention) -> str | None:
    if not person.organisation or person.organisation_span is None or type_of_name(person.organisation) == "other":
        return None
    body = find_body(person.organisation)
    if body is not None and (body.first("unitOf") or head_noun(person.organisation) is None):
        # The body alone, as the owner of a unit is not named here; a brand ("Oma Mallila") means the body's own name.
        mention = known_mention(body.notation, person.organisation_span, "contact-organisation", 0.85)
        return document.add_mention(mention, "mentioned", "contact-block", 0.85).name
    added = document.add_name(
        person.organisation,
        person.organisation_span,
        "mentioned",
        rule="contact-organisation",
        standing=Standing.INFERRED,
    )
    return added[-1].name if added else None


def read_place(document: Document, field: Field) -> None:
    """Read the places that a field names; a wellbeing services county is a place of its own."""
    counties = list(_counties(document, field))
    for hit in document.hits:
        if hit.kind != "place" or not any(span.contains(hit.span) for _, span in field.values):
            continue
        if any(span.contains(hit.span) for span in counties):
            continue
        concept = scheme("places")[hit.notation]
        if concept.first("placeKind") != "country":
            evidence = document.text.evidence(hit.span, "labelled-place", 0.95, Standing.ASSERTED)
            document.collect.place(Named(concept.name, evidence, hit.notation))


def _counties(document: Document, field: Field) -> Iterator[Span]:
    for printed, span in field.values:
        for part in re.finditer(r"[^,;]+", printed):
            notation = _county_names().get(part.group().strip().casefold())
            if notation:
                start = span.start + part.start() + len(part.group()) - len(part.group().lstrip())
                found = Span(start, start + len(part.group().strip()))
                evidence = document.text.evidence(found, "labelled-place", 0.95, Standing.ASSERTED)
                document.collect.place(Named(scheme("places")[notation].name, evidence, notation))
                yield found


@cache
def _county_names() -> Mapping[str, str]:
    places = scheme("places").items()
    counties = [(k, place) for k, place in places if place.first("placeKind") == "wellbeing-county"]
    return {label.text.casefold(): k for k, place in counties for label in place.labels}


def read_site(document: Document, field: Field) -> None:
    """Read where a practice is carried out: its places, and the organisations named, of which the first is its host."""
    read_place(document, field)
    for printed, span in printed_values(field):
        for mention in find_organisations(printed):
            hosted = any(o.role in {"host", "applicant"} for o in document.facts.organisations)
            part = Span(span.start + mention.span.start, span.start + mention.span.end)
            document.add_name(mention.name, part, "pilot" if hosted else "host", rule="labelled-site")


def read_post_town(document: Document, field: Field) -> None:
    """Read the town of an address."""
    place = place_of_value(document.text, field.value, field.span, "post-town") if field.value else None
    if place is not None:
        document.collect.place(place)


def read_author(document: Document, field: Field) -> None:
    """Read who wrote the page: a person, or the organisation that the practice belongs to."""
    for printed, span in list(printed_values(field))[:1]:
        if is_person(printed) or type_of_name(printed) == "other":
            read_people(document, field)
        else:
            document.add_name(printed, span, "host", rule="labelled-author")


READERS: Mapping[str, FieldReader] = {
    "code": read_code,
    "period": read_period,
    "start": date_reader("start"),
    "end": date_reader("end"),
    "created": date_reader("date"),
    "modified": read_modified,
    "status": read_status,
    "applicant": names_reader("applicant"),
    "partners": names_reader("partner"),
    "funder": read_funder,
    "authority": names_reader("authority"),
    "programme": read_programme,
    "budget": read_budget,
    "amount": read_budget,
    "leader": read_people,
    "contact": read_people,
    "contact-name": read_people,
    "author": read_author,
    "contact-email": read_contact_detail,
    "contact-phone": read_contact_detail,
    "phone": read_contact_detail,
    "place": read_place,
    "post-town": read_post_town,
}


def lead_of(document: Document) -> str | None:
    """Return the name of the organisation that leads, or ``None``."""
    return next((o.name for o in document.facts.organisations if o.role in {"applicant", "host"}), None)


def give_people_to_lead(document: Document) -> None:
    """Let the leaders and contacts of labelled fields work for the organisation that leads, where nothing else is said."""
    lead = lead_of(document)
    for person in document.facts.persons:
        if _is_labelled(person):
            person.organisation = person.organisation or lead


def _is_labelled(person: Person) -> bool:
    return person.evidence.rule in {"labelled-leader", "contact-block"}
