"""EURA project pages: the 2014–2020 form (EURA2014) and the 2007–2013 form (EURA2007) of Finland's structural funds.

Everything is found by label, so that pages without headings, blank lines or title are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from loaders.authority import find_body
from loaders.document import Document, Kind
from loaders.field_readers import (
    give_people_to_lead,
    read_contact_detail,
    read_people,
    read_post_town,
    read_programme_or_fund,
    read_status,
)
from loaders.kinds.telling_labels import telling_labels
from loaders.labels import Field, fields, heading, is_label
from loaders.language.contacts import resolve_email, resolve_phone
from loaders.language.dates import find_period
from loaders.language.money import parse_amount
from loaders.language.people import normalise_name
from loaders.model import Named, Person, Span, Standing, Value
from loaders.naming import BUSINESS_ID, type_of_label
from loaders.prose import amount_fields, read_prose
from loaders.recognise.mentions import Mention
from loaders.recognise.money import plain
from loaders.recognise.places import place_of_value
from loaders.text import Line, Text, join_spans
from loaders.vocabulary import scheme

_CODE = re.compile(r"^[A-Z]\d{5}$")
_IGNORED = {
    "street",
    "phone",
    "postcode",
    "web",
    "applicant-count",
    "measure",
    "description",
    "author",
    "created",
    "modified",
    "programme-part",
    "contact-phone",
    "contact-title",
    "contact-email",
    "business-id",
    "organisation-type",
}
_HEADER = re.compile(r"rahoittaman hankkeen kuvaus|Vipuvoimaa EU:lta|Euroopan unioni", re.IGNORECASE)


def load(document: Document) -> None:
    """Read an EURA page: labelled fields, the partner lines, then the prose."""
    found = fields(document.text)
    _applicant(document, found)
    for field in found:
        _HANDLERS.get(field.name, _unhandled)(document, field)
    _contact(document, found)
    _funder(document)
    lines = list(_prose(document.text, found))
    regions = join_spans((line.span for _, line in lines), document.text)
    of_methods = (line.span for section, line in lines if not _lists_groups(section, line.text))
    read_prose(document, regions, "applicant", method_regions=join_spans(of_methods, document.text))


def _code(document: Document, field: Field) -> None:
    if _CODE.match(field.value):
        document.set_once("code", document.value(field, "project-code"))
    elif field.value:
        document.report(field.line.number, field.line.text, "not a project code (a letter and five digits)")


def _title(document: Document, field: Field) -> None:
    if field.value:
        document.set_once("title", document.value(field, "project-title"))


def _period(document: Document, field: Field) -> None:
    period = find_period(field.value)
    if period is None:
        if field.value:
            document.report(field.line.number, field.line.text, "no dates understood")
        return
    for name, date in (("start", period.start), ("end", period.end)):
        if date:
            document.set_once(name, document.value(field, "implementation-period", date))


def _authority(document: Document, field: Field) -> None:
    if field.value:
        document.add_name(field.value, field.span, "authority", rule="responsible-authority")


def _partners(document: Document, field: Field) -> None:
    for printed, span in field.values:
        bare = printed.strip(" -•\t")
        if BUSINESS_ID.search(bare):
            document.add_name(bare, span, "partner", rule="partner-line")
        elif len(bare) < 200:
            document.add_names(printed, span, "partner", rule="partner-line")
        else:
            document.report(document.text.line_at(span.start).number, printed[:100], "not a partner line")


def _places(document: Document, field: Field) -> None:
    for printed, span in field.values:
        for part in re.finditer(r"[^,;]+", printed):
            name = part.group().strip()
            start = span.start + part.start() + part.group().index(name) if name else span.start
            place = place_of_value(document.text, name, Span(start, start + len(name)), "place-field") if name else None
            if place is not None:
                document.collect.place(place)


def _priority_axis(document: Document, field: Field) -> None:
    for hit in document.hits:
        if hit.kind == "programme" and field.span.contains(hit.span):
            name = scheme("programmes")[hit.notation].name
            evidence = document.text.evidence(hit.span, "programme-of-priority-axis", 0.95, Standing.ASSERTED)
            document.collect.programme(Named(name, evidence, hit.notation))


def _amount(document: Document, field: Field) -> None:
    amount = parse_amount(field.value) if field.value else None
    if amount is None:
        if field.value and field.value != "-":
            document.report(field.line.number, field.line.text, "no amount understood")
        return
    amount_fields(document, field.label, plain(amount), amount_kind(field.label), field.span)


def amount_kind(label: str) -> str:
    """Return the notation of the kind of money that a label names."""
    key = " ".join(label.casefold().split())
    for concept in scheme("amount-kinds").values():
        if any(found.text.casefold() == key for found in concept.labels):
            return concept.notation
    return "other"


def _ignore(document: Document, field: Field) -> None:
    """Known labels that say nothing for the graph, or that are read together with another field."""


def _unhandled(document: Document, field: Field) -> None:
    if field.value:
        document.report(
            field.line.number, field.line.text, f"the field “{field.label}” is not read on this kind of page"
        )


_HANDLERS: Mapping[str, Callable[[Document, Field], None]] = {
    "code": _code,
    "title": _title,
    "period": _period,
    "status": read_status,
    "programme": read_programme_or_fund,
    "authority": _authority,
    "partners": _partners,
    "post-town": read_post_town,
    "place": _places,
    "priority-axis": _priority_axis,
    "specific-objective": _priority_axis,
    "amount": _amount,
    "budget": _ignore,
    "applicant": _ignore,
    "contact-name": _ignore,
    "contact": _ignore,
    "leader": _ignore,
    **dict.fromkeys(_IGNORED, _ignore),
}


def _first(found: list[Field], name: str) -> Field | None:
    return next((field for field in found if field.name == name and field.value), None)


def _applicant(document: Document, found: list[Field]) -> None:
    field = _first(found, "applicant")
    if field is None:
        first = document.text.lines[0].text if document.text.lines else ""
        document.report(1, first, "no applicant on the page")
        return
    kind, number = _first(found, "organisation-type"), _first(found, "business-id")
    added = document.add_name(
        field.value, field.span, "applicant", kind=type_of_label(kind.value) if kind else None, rule="applicant-name"
    )
    if added and number and (match := BUSINESS_ID.search(number.value)):
        added[0].business_id = added[0].business_id or match.group(1)


def _contact(document: Document, found: list[Field]) -> None:
    name = _first(found, "contact-name")
    if name is None:
        _contact_of_block(document, found)
        return
    title, email, phone = (_first(found, key) for key in ("contact-title", "contact-email", "contact-phone"))
    phone = phone or next(
        (f for f in reversed(found) if f.name == "phone" and f.line.start > name.line.start and f.value), None
    )
    address = resolve_email(email.value, normalise_name(name.value)) if email else None
    applicant = next((o.name for o in document.facts.organisations if o.role == "applicant"), None)
    document.collect.person(
        Person(
            name=normalise_name(name.value, address),
            evidence=document.text.evidence(name.span, "contact-person", 0.98, Standing.ASSERTED),
            role=title.value if title else None,
            organisation=applicant,
            email=address,
            phone=(resolve_phone(phone.value) or phone.value) if phone else None,
        )
    )


def _contact_of_block(document: Document, found: list[Field]) -> None:
    """Read "Yhteyshenkilö: Aino Malli, lehtori" with the address and number in the fields below it."""
    contact = _first(found, "contact")
    if contact is None:
        return
    read_people(document, contact)
    for detail in found:
        if detail.name in _DETAILS and detail.line.number > contact.line.number:
            read_contact_detail(document, detail)
    give_people_to_lead(document)


_DETAILS = frozenset({"contact-email", "contact-phone", "phone"})


def _funder(document: Document) -> None:
    """Add the fund: named in a field or in the page's header, else told by the letter of the code (S social fund, A regional fund)."""
    if any(o.type == "eu_fund" and o.role == "funder" for o in document.facts.organisations):
        return
    for line in document.text.lines[:6]:
        if _HEADER.search(line.text):
            for mention in document.mentions:
                if line.span.contains(mention.span) and mention.type == "eu_fund":
                    document.add_mention(mention, "funder", "page-header", 0.98)
                    return
    code = document.facts.initiative.code
    if code is not None:
        _funder_of_code(document, code)


def _funder_of_code(document: Document, code: Value) -> None:
    name = {"S": "Euroopan sosiaalirahasto", "A": "Euroopan aluekehitysrahasto"}.get(code.text[0])
    body = find_body(name) if name else None
    if body is not None:
        start = document.text.text.index(code.text)
        mention = Mention(Span(start, start + len(code.text)), body.name, "fund-of-code", 0.9, "eu_fund", body.notation)
        document.add_mention(mention, "funder", "fund-of-code", 0.9)


_LONGEST_GROUP = 4


def _lists_groups(section: str, line: str) -> bool:
    """Return whether a line only lists whom the work is for: what they do is no method of it ("etsivä nuorisotyö, perheet")."""
    groups = line.rstrip(".").split(", ")
    return section == "target-groups" and all(len(group.split()) <= _LONGEST_GROUP for group in groups)


def _prose(text: Text, found: list[Field]) -> Iterator[tuple[str, Line]]:
    """Yield the lines that are neither labels, values of labels, headings nor the page's header, each with its section.

    The section on horizontal principles is left out: it is the form's own questionnaire ("Natura 2000 -ohjelman
    kohteet"), and names nobody who takes part.
    """
    taken = {line.number for field in found for line in [field.line]}
    taken |= {
        text.line_at(span.start).number
        for field in found
        for _, span in field.values
        if field.name not in {"budget", "leader"}
    }
    taken -= {
        field.line.number for field in found if field.name in {"budget", "leader", "period"} and _is_late(field, text)
    }
    section = ""
    for line in text.lines:
        section = heading(line, "eura") or section
        if line.number in taken or heading(line) is not None or (line.number < 8 and _HEADER.search(line.text)):
            continue
        if section in {"project", "applicant", "indicators"} and is_label(line):
            continue
        if section == "horizontal-principles":
            continue
        yield section, line


def _is_late(field: Field, text: Text) -> bool:
    """Return whether a label stands in the running text (a budget line of the summary) rather than in the form."""
    applicants = [
        line.number for line in text.lines if line.text.startswith(("Hakijan", "Toteuttajaorganisaation", "Y-tunnus"))
    ]
    return bool(applicants) and field.line.number > max(applicants)


_LABEL_LENGTH = 80


def _score(kind: str) -> Callable[[Text], float]:
    def score(text: Text) -> float:
        wanted = telling_labels(kind).own
        seen = {line.text[:_LABEL_LENGTH].partition(":")[0].casefold() for line in text.lines[:80]}
        found = sum(label in seen for label in wanted)
        return found / len(wanted) if found > 1 else 0.0  # "Hankkeen nimi" alone stands on anybody's page

    return score


EURA2014 = Kind("eura2014-page", "1", _score("eura2014-page"), load)
EURA2007 = Kind("eura2007-page", "1", _score("eura2007-page"), load)
