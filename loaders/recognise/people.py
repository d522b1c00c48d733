"""People in running text: a job title before a name, a name before an address, the lines of a contact block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from loaders.authority import find_body, type_of_name
from loaders.gazetteer import Hit, gazetteer
from loaders.language.contacts import EMAIL, ascii_name, resolve_email, resolve_phone
from loaders.language.inflection import head_noun
from loaders.language.people import NAME, is_given_name, is_job_title, job_title_heads, job_titles, normalise_name
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.mentions import LOCATIVE
from loaders.text import Line, Text
from loaders.vocabulary import word_list

_ADDRESS_ROOM = 90
_TITLE_ROOM = 240  # no titles before a name are longer
_BETWEEN = re.compile(r"^[ ,:]{1,3}$")
_VERB_OF_BEING = re.compile(r"(?:on|oli|toimi|toimii)$")
_LOWER_RUN = re.compile(r"(?<![\w-])(?:(?:[a-zåäö][\w-]*|[A-ZÅÄÖ]{2,}(?=-)[\w-]*)[ ])*$")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in the text."""

    span: Span
    name: str
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    organisation: str | None = None
    organisation_span: Span | None = None


def people_in_prose(text: Text, start: int, end: int) -> Iterator[PersonMention]:
    """Yield the people of a stretch of text: "kehittämispäällikkö Virpi Harilahti – Juolan", "X (x.y@z.fi)"."""
    body = text.text
    for match in NAME.finditer(body, start, end):
        name, span = match.group(), Span(match.start(), match.end())
        while (first := name.partition(" ")[0]) and " " in name and is_job_title(first):
            name = name.partition(" ")[2]
            span = Span(span.end - len(name), span.end)
        if name.count(" ") == 2 and _begins_body(body, span):
            name = name.rpartition(" ")[0]  # "Aino Malli Oulun yliopistosta": the third word is another name's first
            span = Span(span.start, span.start + len(name))
        if " " not in name or not (is_given_name(name.partition(" ")[0]) or _is_addressed(text, name, span)):
            continue
        if _is_body(name):
            continue
        line = text.line_at(span.start)
        email = _email_after(body, span, line)
        title = _title_before(body, span, line) or _title_after(body, span, line)
        if title or email or _is_of_body(body, span):
            yield PersonMention(
                span=span,
                name=normalise_name(name, email),
                title=title,
                email=email,
                phone=resolve_phone(body[span.end : min(line.end, span.end + 80)]),
            )


def _is_addressed(text: Text, name: str, span: Span) -> bool:
    """Return whether the address behind a name confirms it."""
    if not EMAIL.may_stand(text.text, span.end, span.end + _ADDRESS_ROOM):
        return False
    return is_confirmed_by_address(name, _address_after(text.text, span, text.line_at(span.start)))


def _is_body(name: str) -> bool:
    """Return whether what looks like a person's name is a body's, called after somebody: "Alli Mallin Säätiö"."""
    return find_body(name) is not None or (name.count(" ") > 1 and type_of_name(name) != "other")


def is_confirmed_by_address(name: str, email: str | None) -> bool:
    """Return whether an address (given.surname) spells a name, so that it is one whatever the given name."""
    parts = [ascii_name(part) for part in name.split()]
    local = (email or "").partition("@")[0].split(".")
    return len(parts) > 1 and len(local) > 1 and {parts[0], parts[-1]} == {local[0], local[-1]}


def _is_of_body(body: str, span: Span) -> bool:
    """Return whether a known body in the genitive stands right before a name: "Keski-Suomen liiton Sanna Hokkala"."""
    start = max(0, span.start - 80)
    before = body[start : span.start - 1]
    if not before.endswith("n") or body[span.start - 1] != " " or body[span.start : span.end].count(" ") != 1:
        return False
    hits = gazetteer().find(before[-80:], frozenset({"organisation"}))
    surname = body[span.start : span.end].rpartition(" ")[2]
    return bool(hits) and hits[-1].span.end == len(before[-80:]) and head_noun(surname) is None


def _begins_body(body: str, span: Span) -> bool:
    """Return whether the last word of what looks like a name begins the name of a place or body in the genitive."""
    last = body.rfind(" ", span.start, span.end) + 1
    hits = [hit for hit in gazetteer().find(body[last : span.end + 40]) if hit.span.start == 0]
    return any(
        body[last + hit.span.end - 1] == "n" or hit.span.end > span.end - last or _is_from_place(body, last, span, hit)
        for hit in hits
    )


def _is_from_place(body: str, last: int, span: Span, hit: Hit) -> bool:
    """Return whether the last word says where somebody comes from: "Aino Malli Virroilta"."""
    return (
        hit.kind == "place" and last + hit.span.end == span.end and LOCATIVE.search(body[last : span.end]) is not None
    )


def _email_after(body: str, span: Span, line: Line) -> str | None:
    return _address_after(body, span, line, normalise_name(body[span.start : span.end]))


def _address_after(body: str, span: Span, line: Line, name: str | None = None) -> str | None:
    """Return the address after a name, one that is only a pattern filled in from the name where it is given."""
    found = EMAIL.search(body, span.end, min(line.end, span.end + _ADDRESS_ROOM))
    return resolve_email(found.group(), name) if found else None


def _ends_in_title(before: str) -> bool:
    bare = _VERB_OF_BEING.sub("", before.rstrip(" ,:").casefold())
    return bare.rstrip(" ,").endswith(job_title_heads())


def _title_before(body: str, span: Span, line: Line) -> str | None:
    before = body[max(line.start, span.start - _TITLE_ROOM) : span.start]
    if not _ends_in_title(before):
        return None
    titles = [match for match in job_titles(before) if not re.search(r"[.!?;(]", before[match.end() :])]
    if not titles or not re.fullmatch(r"[ ,:]{0,3}|[ ,]*(?:on|oli|toimi|toimii)[ ]", before[titles[-1].end() :]):
        return None
    first = titles[-1]
    for earlier in reversed(titles[:-1]):
        if _BETWEEN.match(before[earlier.end() : first.start()].rstrip() + " ") is None:
            break
        first = earlier
    lead = _LOWER_RUN.search(before[: first.start()].rpartition(":")[2])
    prefix = lead.group() if lead else ""
    kept = [word for word in prefix.split() if word.endswith(("n", "-")) or word == "ja"]
    start = prefix.split()[-len(kept) :] == kept and kept
    title = before[first.start() : titles[-1].end()]
    return " ".join([*kept, title]) if start else title


def _title_after(body: str, span: Span, line: Line) -> str | None:
    after = body[span.end : min(line.end, span.end + 70)]
    found = re.match(r",[ ]([^,()@.:]{4,60})", after)
    return (
        found.group(1).strip() if found and is_job_title(found.group(1)) and not found.group(1)[0].isupper() else None
    )


def contact_block(lines: list[Line]) -> Iterator[PersonMention]:
    """Yield the people of a contact block, where name, address, title and organisation stand on lines of their own.

    A new person begins at each line that is a name; the lines may come in any order after it, and some may be missing.
    """
    entry: list[Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        bare = without_degree(line)
        named = _is_name_line(bare) or (following is not None and _is_confirmed(bare, following))
        if named and entry:
            yield from _entry(entry)
            entry = []
        if entry or named:
            entry.append(bare if named else line)
    if entry:
        yield from _entry(entry)


@cache
def _degree() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{any_of(word_list('degree'))})\b\.?,?[ ]+){{1,2}}(?=[A-ZÅÄÖ])")


def without_degree(line: Line) -> Line:
    """Return a line without the title or degree before a name: "dos. Aino Malli"."""
    found = _degree().match(line.text)
    if found is None:
        return line
    return Line(line.number, line.start + found.end(), line.end, line.text[found.end() :])


def _is_confirmed(line: Line, following: Line) -> bool:
    """Return whether the address on the next line shows that a line is a name, whatever the given name."""
    words = [word for part in line.text.replace("–", "-").split() if (word := part.strip(","))]
    address = EMAIL.search(following.text)
    if not (2 <= len(words) <= 4) or address is None or not all(w[:1].isupper() for w in words):
        return False
    return is_confirmed_by_address(" ".join(words), resolve_email(address.group()))


def _is_name_line(line: Line) -> bool:
    bare = line.text.strip(" ,")
    words = [word for part in bare.replace("–", "-").split() if (word := part.strip(","))]
    if "@" in bare or EMAIL.search(bare) or is_job_title(bare):
        return False
    return bool(
        2 <= len([w for w in words if w != "-"]) <= 4
        and all(w[0].isupper() or w == "-" for w in words)
        and any(is_given_name(w.capitalize()) for w in words)
        and not re.search(r"\d", bare)
    )


def _is_small_word(line: str) -> bool:
    """Return whether a line without capitals or digits names no organisation: in a contact block, it is a title."""
    words = line.split()
    return line.islower() and len(words) <= 4 and not re.search(r"[\d./:@]", line) and head_noun(line) is None


def _entry(lines: list[Line]) -> Iterator[PersonMention]:
    name_line, *rest = lines
    email = title = phone = organisation = None
    organisation_span = None
    for line in rest:
        address = EMAIL.search(line.text)
        if address:
            email = email or resolve_email(address.group(), normalise_name(name_line.text))
        elif resolve_phone(line.text):
            phone = phone or resolve_phone(line.text)
        elif title is None and (is_job_title(line.text) or _is_small_word(line.text)):
            title = line.text
        elif organisation is None and not line.text.startswith(("Jaa ", "http", "www.")):
            organisation, organisation_span = line.text, line.span
    yield PersonMention(
        span=name_line.span,
        name=normalise_name(name_line.text, email),
        title=title,
        email=email,
        phone=phone,
        organisation=organisation,
        organisation_span=organisation_span,
    )
