"""Free-form pages on a programme or project: any labelled values they have, and their prose.

The values may stand after the label or on the next line, in Finnish, Swedish or English (university project pages).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from loaders.authority import find_body
from loaders.document import Document, Kind
from loaders.kinds.eura import _code, _joined, _post_town, _status
from loaders.labels import Field, fields, heading
from loaders.language.dates import find_period, parse_date
from loaders.language.people import normalise_name
from loaders.model import Named, Person, Span, Standing, Value
from loaders.prose import read_prose
from loaders.recognise.money import money_in
from loaders.recognise.people import contact_block, people_in_prose
from loaders.text import Line, Text
from loaders.vocabulary import scheme

_YEARS_AT_END = re.compile(r"\s*\(?((?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|(?:19|20)\d\d)\)?\s*$")
_PROGRAMME = re.compile(r"ohjelma|program\b|programme", re.IGNORECASE)
_BREADCRUMB = re.compile(r"\s[»›>]\s")
_CAMPUS_TYPES = {"university", "uas"}


def load(document: Document) -> None:
    """Read a free-form page: title, labelled values, prose; the lead is whoever coordinates, or the site's university."""
    found = fields(document.text)
    _title(document, found)
    for field in found:
        _HANDLERS.get(field.name, _ignore)(document, field)
    _contacts(document, found)
    _subtitle(document)
    read_prose(document, _prose(document.text, found), _lead_role(document))
    _lead_of_university_page(document, found)


def _title(document: Document, found: list[Field]) -> None:
    field = next((f for f in found if f.name == "title" and f.value), None)
    line = next((line for line in document.text.lines if not _BREADCRUMB.search(line.text)), None)
    if field is None and line is None:
        return
    printed, span = (field.value, field.span) if field else (line.text, line.span) if line else ("", Span(0, 0))
    years = _YEARS_AT_END.search(printed)
    title = printed[: years.start()].strip() if years and years.start() > 3 else printed
    evidence = document.text.evidence(span, "page-title", 0.9, Standing.ASSERTED)
    document.set_once("title", Value(title, evidence))
    document.facts.initiative.kind = "programme" if _PROGRAMME.search(title) else "project"
    period = find_period(years.group(1)) if years else None
    if period:
        for name, date in (("start", period.start), ("end", period.end)):
            if date:
                document.set_once(name, Value(date, evidence))
    if document.facts.initiative.kind == "programme":
        document.collect.programme(Named(title, evidence))


def _period(document: Document, field: Field) -> None:
    period = find_period(field.value)
    if period is None and field.value:
        single = parse_date(field.value)
        if single:
            document.set_once("start", document.value(field, "labelled-period", single))
        else:
            document.report(field.line.number, field.line.text, "no dates understood")
        return
    for name, date in (("start", period.start), ("end", period.end)) if period else ():
        if date:
            document.set_once(name, document.value(field, "labelled-period", date))


def _point(name: str) -> Callable[[Document, Field], None]:
    def handler(document: Document, field: Field) -> None:
        date = parse_date(field.value) if field.value else None
        if date:
            document.set_once(name, document.value(field, f"labelled-{name}", date))

    return handler


def _names(role: str) -> Callable[[Document, Field], None]:
    def handler(document: Document, field: Field) -> None:
        for printed, span in field.values:
            document.add_names(printed, span, role, rule=f"labelled-{role}")
        if role == "funder":
            _programme(document, field)

    return handler


def _programme(document: Document, field: Field) -> None:
    for hit in document.hits:
        if hit.kind == "programme" and any(span.contains(hit.span) for _, span in field.values):
            name = scheme("programmes")[hit.notation].name
            document.collect.programme(
                Named(
                    name, document.text.evidence(hit.span, "labelled-programme", 0.9, Standing.ASSERTED), hit.notation
                )
            )


def _budget(document: Document, field: Field) -> None:
    for money in money_in(document.text, field.line.span, Standing.ASSERTED):
        document.collect.money(money)
    for _, span in field.values:
        if not field.line.span.contains(span):
            for money in money_in(document.text, span, Standing.ASSERTED):
                document.collect.money(money)


def _leader(document: Document, field: Field) -> None:
    for printed, span in field.values[:1]:
        found = list(people_in_prose(document.text, field.line.start, span.end))
        name = found[0].name if found else normalise_name(re.split(r"[,(]", printed)[0])
        if 2 <= len(name.split()) <= 4:
            document.collect.person(
                Person(
                    name=name,
                    evidence=document.text.evidence(
                        Span(span.start, span.start + len(re.split(r"[,(]", printed)[0].rstrip())),
                        "labelled-leader",
                        0.9,
                        Standing.ASSERTED,
                    ),
                    role=field.label,
                    email=found[0].email if found else None,
                    phone=found[0].phone if found else None,
                )
            )


def _contacts(document: Document, found: list[Field]) -> None:
    """Read the lines below a label for contacts as a contact block."""
    for field in found:
        if field.name == "contact" and len(field.values) > 1:
            lines = [document.text.line_at(span.start) for _, span in field.values]
            for person in contact_block(lines):
                employer = (
                    document.add_name(
                        person.organisation,
                        person.organisation_span,
                        "mentioned",
                        rule="contact-organisation",
                        standing=Standing.INFERRED,
                    )
                    if person.organisation and person.organisation_span
                    else []
                )
                document.add_person(person, "contact-block", employer[-1].name if employer else None, Standing.ASSERTED)


def _subtitle(document: Document) -> None:
    """A known body alone on the line below the title is whose page it is: it leads."""
    for line in document.text.lines[1:3]:
        body = find_body(line.text)
        if body is not None and not any(o.role in {"applicant", "host"} for o in document.facts.organisations):
            document.add_name(line.text, line.span, _lead_role(document), rule="body-below-title")


def _place(document: Document, field: Field) -> None:
    for hit in document.hits:
        for _, span in field.values:
            if (
                hit.kind == "place"
                and span.contains(hit.span)
                and scheme("places")[hit.notation].first("placeKind") != "country"
            ):
                evidence = document.text.evidence(hit.span, "labelled-place", 0.95, Standing.ASSERTED)
                document.collect.place(Named(scheme("places")[hit.notation].name, evidence, hit.notation))


def _ignore(document: Document, field: Field) -> None:
    """Labels whose values are read as prose, or say nothing for the graph."""


_HANDLERS: Mapping[str, Callable[[Document, Field], None]] = {
    "code": _code,
    "period": _period,
    "start": _point("start"),
    "end": _point("end"),
    "status": _status,
    "applicant": _names("applicant"),
    "partners": _names("partner"),
    "funder": _names("funder"),
    "authority": _names("authority"),
    "programme": _programme,
    "budget": _budget,
    "leader": _leader,
    "place": _place,
    "post-town": _post_town,
}
_READ_AS_PROSE = {"measure", "contact", "methods", "priority-axis", "specific-objective"}


def _lead_role(document: Document) -> str:
    return "host" if document.facts.initiative.kind == "programme" else "applicant"


def _lead_of_university_page(document: Document, found: list[Field]) -> None:
    """On a university's own project page the only university named leads; the project leader works for it."""
    orgs = document.facts.organisations
    if not any(o.role in {"applicant", "host"} for o in orgs) and any(
        f.name in {"measure", "place", "leader"} for f in found
    ):
        schools = [o for o in orgs if o.type in _CAMPUS_TYPES]
        if len(schools) == 1:
            schools[0].role = "applicant"
    lead = next((o.name for o in orgs if o.role in {"applicant", "host"}), None)
    for person in document.facts.persons:
        person.organisation = person.organisation or (lead if "leader" in person.evidence.rule else None)


def _prose(text: Text, found: list[Field]) -> list[Span]:
    taken = {f.line.number for f in found if f.name not in _READ_AS_PROSE}
    taken |= {text.line_at(span.start).number for f in found for _, span in f.values if f.name not in _READ_AS_PROSE}
    first = text.lines[0].number if text.lines else 0
    return _joined([line.span for line in text.lines if line.number not in taken and _is_prose(line, first)], text)


def _is_prose(line: Line, first: int) -> bool:
    return line.number != first and heading(line) is None and not _BREADCRUMB.search(line.text)


def score(_text: Text) -> float:
    """Return a low certainty: this kind reads what no other kind claims, an empty page among it."""
    return 0.25


PROGRAMME_PAGE = Kind("programme-page", "1", score, load)
