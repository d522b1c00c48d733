"""People in a field for contacts: a block of lines, or all of a person on one line ("Aino Malli, lehtori, p. 040 …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from loaders.authority import find_body
from loaders.language.contacts import EMAIL, PHONE, resolve_email, resolve_phone
from loaders.language.people import NAME, is_given_name, is_job_title, normalise_name
from loaders.language.word_patterns import any_of
from loaders.model import Span
from loaders.recognise.people import PersonMention, is_confirmed_by_address, without_degree
from loaders.text import Line, Text
from loaders.vocabulary import word_list

_LEAD_IN = re.compile(r"^[•·▪●*–-]\s*")
_AFTER_NAME = re.compile(r"\s*[,;:(|–-]\s*|\s{2,}|\t|$")
_PIECES = re.compile(r"\s*[,;|()\t]\s*|\s+[–-]\s+|\s{2,}")
_NEXT_PERSON = re.compile(r"\s*;\s*|\s+(?:ja|sekä|och|samt|and)\s+(?=[A-ZÅÄÖ])")


@cache
def _contact_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(word_list('contact-word'))})\b\.?:?", re.IGNORECASE)


def contact_lines(text: Text, lines: list[Line], start: int) -> Iterator[PersonMention]:
    """Yield the people of a field's lines.

    Parameters
    ----------
    text : Text
        The document.
    lines : list of Line
        The lines of the value; the first may begin with the label.
    start : int
        Where the value begins.
    """
    entries: list[tuple[PersonMention, list[Line]]] = []
    for line in (piece for whole in lines for piece in _pieces_of(without_degree(_from(text, whole, start)))):
        person = _one_line(line)
        if person is not None:
            entries.append((person, []))
        elif entries:
            entries[-1][1].append(line)
    for person, below in entries:
        yield _filled(person, below)


def _pieces_of(line: Line) -> Iterator[Line]:
    """Yield the people of one line apart: "Aino Malli, a@b.fi; Ville Malli, v@b.fi"."""
    start = 0
    for match in [*_NEXT_PERSON.finditer(line.text), None]:
        if match is not None and _name_at_start(line.text[match.end() :]) is None:
            continue
        end = match.start() if match else len(line.text)
        yield Line(line.number, line.start + start, line.start + end, line.text[start:end])
        start = match.end() if match else end


def _filled(person: PersonMention, lines: list[Line]) -> PersonMention:
    """Fill in what the lines below a person say: address, number, title, organisation, in any order."""
    for line in lines:
        found = EMAIL.search(line.text)
        email = resolve_email(found.group(), person.name) if found else None
        bare = not found and not resolve_phone(line.text)
        is_title = bare and person.title is None and is_job_title(line.text)
        names = bare and not is_title and person.organisation is None and not line.text.startswith(("http", "www."))
        person = replace(
            person,
            name=normalise_name(person.name, person.email or email),
            email=person.email or email,
            phone=person.phone or resolve_phone(line.text),
            title=line.text if is_title else person.title,
            organisation=line.text if names else person.organisation,
            organisation_span=line.span if names else person.organisation_span,
        )
    return person


def _piece(line: Line, piece: str) -> Line:
    start = line.start + line.text.index(piece)
    return Line(line.number, start, start + len(piece), piece)


def _from(text: Text, line: Line, start: int) -> Line:
    begin = max(line.start, start) if line.start <= start < line.end else line.start
    body = text.text[begin : line.end]
    mark = _LEAD_IN.match(body)
    begin += mark.end() if mark else 0
    return Line(line.number, begin, line.end, text.text[begin : line.end])


def _name_at_start(line: str) -> str | None:
    """Return the name that a line begins with, given name first or last, else ``None``."""
    match = NAME.match(line)
    while match is not None:
        words = match.group().split()
        known = is_given_name(words[0]) or is_given_name(words[-1])
        if known and _AFTER_NAME.match(line, match.end()) and not is_job_title(match.group()):
            return match.group()
        shorter = match.group().rpartition(" ")[0]
        match = NAME.fullmatch(shorter) if " " in shorter else None
    words = re.split(r"[,(]", line)[0].split()
    whole = 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and line.isupper() is False
    return " ".join(words) if whole and is_given_name(words[0]) and line.startswith(" ".join(words)) else None


def _one_line(line: Line) -> PersonMention | None:
    """Return the person whose name a line begins with, with title and address on the same line; ``None`` without one."""
    name = _name_at_start(line.text) or _addressed_name(line.text)
    return _title_first(line) if name is None else _with_name(line, name)


def _addressed_name(line: str) -> str | None:
    """Return the name at the start of a line that the address on it spells, whatever the given name."""
    words = re.split(r"[,(;:]", line)[0].split()
    name = " ".join(words)
    whole = 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and line.startswith(name)
    return name if whole and is_confirmed_by_address(name, _address_in(line)) else None


def _address_in(line: str) -> str | None:
    found = EMAIL.search(line)
    return resolve_email(found.group()) if found else None


def _with_name(line: Line, name: str) -> PersonMention:
    """Return the person of a line that begins with a name, with the title, organisation and address after it."""
    rest = line.text[len(name) :]
    found = EMAIL.search(rest)
    email = resolve_email(found.group(), normalise_name(name)) if found else None
    plain = _contact_word().sub(" ", PHONE.sub(" ", EMAIL.sub(" ", rest)))
    pieces = [piece.strip(" .:") for piece in _PIECES.split(plain)]
    title = next((piece for piece in pieces if is_job_title(piece)), None)
    organisation = next((piece for piece in pieces if piece != title and (len(piece) > 3 or find_body(piece))), None)
    return PersonMention(
        span=Span(line.start, line.start + len(name)),
        name=normalise_name(name, email),
        title=title,
        email=email,
        phone=resolve_phone(rest),
        organisation=organisation,
        organisation_span=_piece(line, organisation).span if organisation and organisation in line.text else None,
    )


def _title_first(line: Line) -> PersonMention | None:
    """Read "Projektipäällikkö Aino Malli, …" and "lehtori, TtM Aino Malli": a title before the name."""
    for match in NAME.finditer(line.text):
        words = match.group().split()
        while len(words) > 2 and is_job_title(words[0]):
            words = words[1:]
        name = " ".join(words)
        before = line.text[: match.end() - len(name)].strip(" ,:")
        known = is_given_name(words[0]) or is_confirmed_by_address(name, _address_in(line.text))
        if len(words) > 1 and known and is_job_title(before) and len(before.split()) <= 6:
            start = line.start + match.end() - len(name)
            rest = _with_name(Line(line.number, start, line.end, line.text[match.end() - len(name) :]), name)
            return PersonMention(
                rest.span, rest.name, before, rest.email, rest.phone, rest.organisation, rest.organisation_span
            )
    return None
