"""A page about an initiative as websites print it: a title, labelled values, prose; navigation and footers around them.

`read_page` does what such pages share; a kind of page says in a `PageForm` what its labels mean and who leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from loaders.authority import find_body
from loaders.document import Document
from loaders.field_readers import READERS, FieldReader, give_people_to_lead, lead_role
from loaders.field_values import is_navigation
from loaders.labels import Field, fields, heading, is_label
from loaders.language.dates import find_period
from loaders.model import Named, Span, Standing, Value
from loaders.prose import read_prose
from loaders.text import Line, Text, join_spans

_YEARS_AT_END = re.compile(r"\s*\(?((?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|(?:19|20)\d\d)\)?\s*$")
_PROGRAMME = re.compile(r"ohjelma|program\b|programme", re.IGNORECASE)
_BREADCRUMB = re.compile(r"\s[»›>]\s")
_PATH = re.compile(r"\s[/|]\s")
_ORNAMENT = re.compile(r"^\W*$|^icon/|^Created with\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageForm:
    """What the labels of a kind of page mean.

    Parameters
    ----------
    kind : str, optional
        The kind of initiative; without it the title tells whether it is a programme or a project.
    readers : mapping
        Which reader a field has.
    prose : frozenset
        Fields whose values are running text and are read with the prose.
    ignored : frozenset
        Fields that say nothing for the graph. Any further field with a value is reported as not read.
    """

    kind: str | None = None
    readers: Mapping[str, FieldReader] = field(default_factory=lambda: READERS)
    prose: frozenset[str] = frozenset({"description", "contact", "methods", "priority-axis", "specific-objective"})
    ignored: frozenset[str] = frozenset(
        {
            "title",
            "measure",
            "web",
            "street",
            "postcode",
            "contact-title",
            "organisation-type",
            "business-id",
            "applicant-count",
            "programme-part",
            "byline",
        }
    )


def read_page(document: Document, form: PageForm) -> list[Field]:
    """Read title, labelled values and prose of a page; return its fields.

    Parameters
    ----------
    document : Document
        The document under work.
    form : PageForm
        What the labels of this kind of page mean.
    """
    found = fields(document.text)
    title = read_title(document, found, form.kind)
    for item in found:
        _read_field(document, item, form)
    _subtitle(document, title)
    give_people_to_lead(document)
    read_prose(document, prose_of(document.text, found, form, title), lead_role(document))
    if any(item.name == "byline" for item in found):
        _name_initiative_of_story(document)
    give_people_to_lead(document)
    return found


def _name_initiative_of_story(document: Document) -> None:
    """Take for the title the initiative that a news story names first: its headline is no name of one."""
    facts = document.facts
    named = next((r for r in facts.related if r.evidence.rule in _NAMED), None)
    if named is not None:
        facts.related.remove(named)
        facts.initiative.title = Value(named.title, named.evidence)


_NAMED = frozenset({"named-initiative", "quoted-initiative"})


def _read_field(document: Document, item: Field, form: PageForm) -> None:
    reader = form.readers.get(item.name)
    if reader is not None:
        reader(document, item)
    elif item.value and item.name not in form.prose | form.ignored:
        reason = f"the field “{item.label}” is not read on this kind of page"
        document.report(item.line.number, item.line.text, reason)


def read_title(document: Document, found: list[Field], kind: str | None = None) -> Line | None:
    """Read the title from its field, else from the first line that is not the site's; return the line it stands on."""
    labelled = next((f for f in found if f.name == "title" and f.value), None)
    line = next(_own_lines(document.text.lines), None)
    line = line if line is None or not is_label(line) else None
    if labelled is None and line is None:
        return None
    printed, span = (
        (labelled.value, labelled.span) if labelled else (line.text, line.span) if line else ("", Span(0, 0))
    )
    years = _YEARS_AT_END.search(printed)
    title = _without_site(printed[: years.start()].strip() if years and years.start() > 3 else printed)
    evidence = document.text.evidence(span, "page-title", 0.98 if labelled else 0.9, Standing.ASSERTED)
    document.set_once("title", Value(title, evidence))
    document.facts.initiative.kind = kind or ("programme" if _PROGRAMME.search(title) else "project")
    period = find_period(years.group(1)) if years else None
    for name, date in (("start", period.start), ("end", period.end)) if period else ():
        if date:
            document.set_once(name, Value(date, evidence))
    if document.facts.initiative.kind == "programme":
        document.collect.programme(Named(title, evidence))
    return line


def is_furniture(line: Line) -> bool:
    """Return whether a line belongs to the site: a link of its navigation, a path to the page, an ornament."""
    if _BREADCRUMB.search(line.text) or _ORNAMENT.search(line.text) or is_navigation(line.text):
        return True
    steps = _PATH.split(line.text)
    return len(steps) > 2 and is_navigation(steps[0])


_SITE = re.compile(r"\s+(?:\||[-–—])\s+")


def _own_lines(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of a page that are not the site's, nor the heading that the browser shows for it."""
    for line, following in zip_longest(lines, lines[1:]):
        if not is_furniture(line) and not (following is not None and _is_site_heading(line.text, following.text)):
            yield line


def _is_site_heading(heading_of_site: str, following: str) -> bool:
    """Return whether a line names the site and only its section or what the next line says in full.

    "Kuntaliitto – Hyvät käytännöt"; "ARKI+ | Lapin yliopisto" above "Arki kuntoon (ARKI+)".
    """
    parts = _SITE.split(heading_of_site)
    others = [part for part in parts if find_body(part) is None]
    return 0 < len(others) < len(parts) and all(
        is_navigation(p) or p.casefold() in following.casefold() for p in others
    )


def _without_site(title: str) -> str:
    """Return a title without the site that a bar parts it from: "Arki kuntoon | Lapin yliopisto"."""
    own, bar, site = title.rpartition(" | ")
    return own.strip() if bar and find_body(site) is not None else title


def _subtitle(document: Document, title: Line | None) -> None:
    """A known body alone on a line below the title is whose page it is: it leads."""
    number = title.number if title else 0
    for line in [line for line in document.text.lines if line.number > number][:2]:
        body = find_body(line.text)
        if body is not None and not any(o.role in {"applicant", "host"} for o in document.facts.organisations):
            document.add_name(line.text, line.span, lead_role(document), rule="body-below-title")


def prose_of(text: Text, found: list[Field], form: PageForm, title: Line | None) -> list[Span]:
    """Return the stretches of prose: what is neither title, labelled value, heading nor the site's."""
    taken = {f.line.number for f in found if f.name not in form.prose}
    taken |= {text.line_at(span.start).number for f in found for _, span in f.values if f.name not in form.prose}
    number = title.number if title else 0
    spans = [
        line.span
        for line in text.lines
        if line.number not in taken and line.number > number and heading(line) is None and not is_furniture(line)
    ]
    return join_spans(spans, text)
