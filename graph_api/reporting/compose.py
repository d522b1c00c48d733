"""A report on a subject: which sections it has, and in which order."""

from __future__ import annotations

import re

from graph_api.networks.measures import figures
from graph_api.reporting import closing, contents, partners
from graph_api.reporting.model import Report, Section
from graph_api.reporting.room import Appendix, Room
from graph_api.reporting.scope import Scope

TOP = 20
"""Rows of a table, unless another number is asked for."""


def compose(room: Room, scope: Scope, *, top: int = TOP, known_initiatives: int | None = None) -> Report:
    """Return the report on a subject.

    `top` is the largest number of rows of a table; `known_initiatives` says how many there really are, for the
    statement of coverage. With small-cell suppression, single initiatives and their quotes are not shown.
    """
    words, appendix = room.words, Appendix(room)
    title = words(f"title.{scope.kind}", name=scope.name)
    sections = [
        contents.summary(room, scope),
        contents.years(room, scope),
        partners.ties(room, scope, top),
        partners.most_active(room, scope, top),
        partners.groups(room, scope, top),
        *(contents.shared(room, scope, kind, top) for kind in ("method", "funder", "place")),
        contents.money(room, scope),
        contents.initiatives(room, scope, appendix, top),
        closing.coverage(room, scope, known_initiatives),
        closing.uncertain(room, scope, appendix, top),
        closing.cite(room, title),
        closing.evidence(room, appendix),
    ]
    kept: list[Section] = [section for section in sections if section is not None]
    tail = re.sub(r"[^A-Za-z0-9._-]+", "-", scope.iri.rpartition("/")[2])
    return Report(title, words.language, f"{scope.kind}-{tail}" if tail else scope.kind, kept, figures(scope.network))
