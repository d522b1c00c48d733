"""Whom a person named in running text works for: told by the address, by a name beside the person, or by the lead."""

from __future__ import annotations

import re
from functools import cache

from loaders.document import Document
from loaders.iris import slug
from loaders.language.contacts import domain_of
from loaders.language.people import is_job_title
from loaders.language.word_patterns import words_pattern
from loaders.model import Span
from loaders.recognise.mentions import known_mention
from loaders.recognise.people import PersonMention
from loaders.vocabulary import organisations, word_list

_CONSULTANT_TITLE = re.compile(r"konsult|kouluttaja|valmentaja", re.IGNORECASE)


def employer_in_prose(document: Document, found: PersonMention) -> str | None:
    """Return whom a person named in prose works for: the organisation of the address, else the document's lead."""
    if _CONSULTANT_TITLE.search(found.title or ""):
        return None
    of_address = _organisation_of_domain(document, found.email) if found.email else None
    return of_address or _named_near(document, found.span) or _lead(document, found.span)


def _named_near(document: Document, person: Span) -> str | None:
    """Return the body that a text names right behind a person, in brackets, or before the title."""
    text = document.text.text
    beside = next((m.name for m in document.mentions if _stands_beside(text, person, m.span)), None)
    return (
        beside
        or _organisation_in_brackets(document, person)
        or _town_before_title(document, person)
        or _named_before(document, person)
    )


def _named_before(document: Document, person: Span) -> str | None:
    named = [m for m in document.mentions if m.span.end < person.start and person.start - m.span.end < 60]
    between = document.text.text[named[-1].span.end : person.start] if named else "."
    return named[-1].name if named and not re.search(r"[.!?\n]", between) else None


def _lead(document: Document, person: Span) -> str | None:
    if _speaks_for_others(document, person):
        return None
    leads = (o.name for o in document.facts.organisations if o.role in {"applicant", "host"} and o.part_of is None)
    return next(leads, None)


_SHORT_NAME = re.compile(r"[ ]\(([A-ZÅÄÖ][\w-]{2,})\)")


def _organisation_in_brackets(document: Document, person: Span) -> str | None:
    """Return the document's organisation whose name holds the word in brackets behind a person: "Aino Malli (Tavastia)"."""
    short = _SHORT_NAME.match(document.text.text, person.end)
    named = [o.name for o in document.facts.organisations if short and short.group(1) in o.name.split()]
    return named[0] if named else None


@cache
def _elsewhere() -> re.Pattern[str]:
    """Return what tells that a person comes from elsewhere: a steering group, or being asked what they think."""
    steering, saying = words_pattern(word_list("steering-group")), words_pattern(word_list("saying"))
    return re.compile(rf"{steering}|{saying}\w*[ ](?:\w+[ ]){{0,3}}$", re.IGNORECASE)


def _speaks_for_others(document: Document, person: Span) -> bool:
    """Return whether a sentence names a person as of a steering group or as the speaker of what stands before."""
    sentence = document.text.sentence(person)
    return _elsewhere().search(document.text.text[sentence.start : person.start]) is not None


_TITLE_WORDS = re.compile(r"[ ](?:[a-zåäö-]+[ ]){1,3}")


def _town_before_title(document: Document, person: Span) -> str | None:
    """Return the municipality whose official a person is, and add it: "Kuhmon tekninen johtaja Aino Malli"."""
    body, start = document.text.text, person.start
    for hit in document.hits:
        near = hit.kind == "place" and hit.span.end < start <= hit.span.end + 60 and hit.notation in organisations()
        title = body[hit.span.end : start] if near else ""
        if not _TITLE_WORDS.fullmatch(title) or not is_job_title(title) or body[hit.span.end - 1] != "n":
            continue
        if not any(m.span.overlaps(hit.span) for m in document.mentions):
            town = known_mention(hit.notation, hit.span, "municipality-by-place", 0.8)
            return document.add_mention(town, "mentioned", "employer-by-place", 0.7).name
    return None


def _stands_beside(text: str, person: Span, body: Span) -> bool:
    """Return whether a body follows a person's name at once: "Aino Malli (Taideyliopisto)", "… Oulun kaupungista".

    Only a title may come between: "Aino Malli, lehtori, Taideyliopisto".
    """
    between = text[person.end : body.start] if person.end <= body.start else "x"
    titled = re.fullmatch(r", ([^,.;()@\n]{3,60}), ", between)
    return (
        between in {" (", ", "}
        or (titled is not None and is_job_title(titled.group(1)))
        or (between == " " and text[: body.end].endswith(("sta", "stä", "lta", "ltä")))
    )


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
