"""Names of organisations in international lists: capitals without diacritics, and words of programmes and funds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from loaders.authority import find_body
from loaders.iris import slug
from loaders.tables.model import Name, Programme
from loaders.tables.places import without_marks
from loaders.vocabulary import organisations, scheme

_NOT_KEY = re.compile(r"[^\w&+]+")


def spelt_out(name: str) -> str:
    """Return the name of the known body that capitals without diacritics mean, or the name as it is.

    >>> spelt_out("TAMPEREEN KORKEAKOULUSAATIO SR"), spelt_out("Helsingin yliopisto")
    ('Tampereen korkeakoulusäätiö sr', 'Helsingin yliopisto')
    """
    if not (name.isascii() and name.isupper()) or find_body(name) is not None:
        return name
    return _without_diacritics().get(_key(name)) or name


@cache
def _without_diacritics() -> Mapping[str, str]:
    """Return the label that each key means; a key that two bodies share means none."""
    found: dict[str, tuple[str, str] | None] = {}
    for body in organisations().values():
        for label in body.labels:
            if label.kind in {"preferred", "alternative"}:
                known = found.setdefault(_key(label.text), (body.notation, label.text))
                if known is not None and known[0] != body.notation:
                    found[_key(label.text)] = None
    return {key: known[1] for key, known in found.items() if known}


def _key(name: str) -> str:
    return _NOT_KEY.sub("", without_marks(name))


def programme_of(name: str, language: str | None = None) -> Programme | None:
    """Return the programme of a name ("H2020", "Interreg VI-A Aurora"), or ``None`` where there is none."""
    if not name:
        return None
    key = _programmes().get(name.casefold())
    return Programme(Name(scheme("programmes")[key].name, "fi"), key) if key else Programme(Name(name, language))


@cache
def _programmes() -> Mapping[str, str]:
    return {label.text.casefold(): c.notation for c in scheme("programmes").values() for label in c.labels}


def readable_key(*parts: str) -> str:
    """Return a readable beginning for the key of an initiative that has no code of its own."""
    return "-".join(slug(part, 30) for part in parts if part)
