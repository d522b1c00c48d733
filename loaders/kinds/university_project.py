"""Project pages of universities and universities of applied sciences: the page's own school leads, unless it says else."""

from __future__ import annotations

from functools import cache

from loaders.document import Document, Kind
from loaders.field_readers import give_people_to_lead
from loaders.gazetteer import gazetteer
from loaders.kinds.telling_labels import labels_seen
from loaders.labels import fields
from loaders.language.contacts import EMAIL, resolve_email
from loaders.model import Organisation
from loaders.page import PageForm, read_page
from loaders.text import Text
from loaders.vocabulary import organisations

SCHOOLS = frozenset({"university", "uas"})
_FORM = PageForm()
_OF_PROJECT = frozenset(
    {"period", "start", "funder", "programme", "budget", "partners", "leader", "applicant", "title", "contact", "place"}
)
_NOT_A_SCHOOL = 0.24


def load(document: Document) -> None:
    """Read a university's project page."""
    read_page(document, _FORM)
    _lead(document)
    give_people_to_lead(document)


def _lead(document: Document) -> None:
    """Let the school whose page it is lead: the one of the addresses, else the only one named."""
    found = document.facts.organisations
    if any(o.role in {"applicant", "host"} for o in found):
        return
    schools = [o for o in found if o.type in SCHOOLS]
    own = [o for o in schools if _domains(o) & _domains_of_page(document)]
    lead = own[0] if len(own) == 1 else schools[0] if len(schools) == 1 else None
    if lead is not None:
        lead.role = "applicant"


def _domains(organisation: Organisation) -> set[str]:
    body = organisations().get(organisation.key or "")
    return set(body.properties.get("emailDomain", ())) if body else set()


def _domains_of_page(document: Document) -> set[str]:
    address = (document.source.address or "").partition("://")[2].partition("/")[0].removeprefix("www.")
    printed = (resolve_email(match.group(), "x y") or "" for match in EMAIL.finditer(document.text.text))
    return {address, *(email.rpartition("@")[2] for email in printed)} - {""}


def score(text: Text) -> float:
    """Return how much a text looks like a university's project page: labels of projects, and signs of a school."""
    found = fields(text)
    labels = {field.name for field in found} & _OF_PROJECT
    if len(labels) < 2:
        return 0.0
    own = labels_seen(text, "university-project")[0] > 0
    if not own and not _names_school(text):
        return _NOT_A_SCHOOL
    return min(0.65, 0.35 + 0.08 * len(labels) + 0.1 * own)


def _names_school(text: Text) -> bool:
    """Return whether a school is named at the head of the page, leads by a label, or has the addresses of the page."""
    leads = [field for field in fields(text) if field.name in {"applicant", "contact", "leader"}]
    named = [line.text for line in text.lines[:6]] + [field.line.text for field in leads]
    named += [value for field in leads for value, _ in field.values]
    hits = gazetteer().find("\n".join(named), frozenset({"organisation"}))
    if any(hit.notation in _schools() for hit in hits):
        return True
    domains = {(resolve_email(m.group(), "x y") or "").rpartition("@")[2] for m in EMAIL.finditer(text.text)}
    return bool(domains & _school_domains())


@cache
def _schools() -> frozenset[str]:
    return frozenset(k for k, body in organisations().items() if body.first("organisationType") in SCHOOLS)


@cache
def _school_domains() -> frozenset[str]:
    return frozenset(d for k in _schools() for d in organisations()[k].properties.get("emailDomain", ()))


UNIVERSITY_PROJECT = Kind("university-project", "1", score, load)
