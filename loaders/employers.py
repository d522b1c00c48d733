"""Whom a person named in running text works for: told by the address, by a name beside the person, or by the lead."""

from __future__ import annotations

import re

from loaders.document import Document
from loaders.iris import slug
from loaders.language.contacts import domain_of
from loaders.language.people import is_job_title
from loaders.model import Span
from loaders.recognise.mentions import Mention, known_mention
from loaders.recognise.people import PersonMention
from loaders.vocabulary import organisations

_CONSULTANT_TITLE = re.compile(r"konsult|kouluttaja|valmentaja", re.IGNORECASE)


def employer_in_prose(document: Document, found: PersonMention) -> str | None:
    """Return whom a person named in prose works for: the organisation of the address, else the document's lead."""
    if _CONSULTANT_TITLE.search(found.title or ""):
        return None
    if found.email and (name := _organisation_of_domain(document, found.email)):
        return name
    beside = [m for m in document.mentions if _stands_beside(document.text.text, found.span, m.span)]
    if beside:
        return beside[0].name
    town = _town_before_title(document, found)
    if town is not None:
        return document.add_mention(town, "mentioned", "employer-by-place", 0.7).name
    named = [m for m in document.mentions if m.span.end < found.span.start and found.span.start - m.span.end < 60]
    between = document.text.text[named[-1].span.end : found.span.start] if named else "."
    if named and not re.search(r"[.!?\n]", between):
        return named[-1].name
    leads = [o for o in document.facts.organisations if o.role in {"applicant", "host"} and o.part_of is None]
    return leads[0].name if leads else None


_TITLE_WORDS = re.compile(r"[ ](?:[a-zåäö-]+[ ]){1,3}")


def _town_before_title(document: Document, found: PersonMention) -> Mention | None:
    """Return the municipality whose official a person is: "Kuhmon tekninen johtaja Aino Malli"."""
    body, start = document.text.text, found.span.start
    for hit in document.hits:
        near = hit.kind == "place" and hit.span.end < start <= hit.span.end + 60 and hit.notation in organisations()
        title = body[hit.span.end : start] if near else ""
        if not _TITLE_WORDS.fullmatch(title) or not is_job_title(title) or body[hit.span.end - 1] != "n":
            continue
        if not any(m.span.overlaps(hit.span) for m in document.mentions):
            return known_mention(hit.notation, hit.span, "municipality-by-place", 0.8)
    return None


def _stands_beside(text: str, person: Span, body: Span) -> bool:
    """Return whether a body follows a person's name at once: "Aino Malli (Taideyliopisto)", "… Oulun kaupungista"."""
    between = text[person.end : body.start] if person.end <= body.start else "x"
    return between in {" (", ", "} or (between == " " and text[: body.end].endswith(("sta", "stä", "lta", "ltä")))


def _organisation_of_domain(document: Document, email: str) -> str | None:
    """Return the organisation named in the text that an address's domain belongs to ("x@sosiaalitaito.fi")."""
    domain = domain_of(email)
    for mention in document.mentions:
        body = organisations().get(mention.key or "")
        known = body.properties.get("emailDomain", ()) if body else ()
        surface = document.text.text[mention.span.start : mention.span.end]
        if email.partition("@")[2] in known or slug(surface).startswith(domain):
            return mention.name
    return None
