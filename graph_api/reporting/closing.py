"""The last sections: what the report rests on, what is uncertain, how to cite it, and the evidence itself."""

from __future__ import annotations

import re

import numpy as np

from graph_api.collaboration.tables import COLLABORATION_ROLES, UNKNOWN_YEAR
from graph_api.networks.coverage import Share
from graph_api.networks.coverage import coverage as shares_of
from graph_api.reporting.contents import percent
from graph_api.reporting.model import Cell, Code, Paragraph, Pieces, Section, Table
from graph_api.reporting.room import Appendix, Room, Version
from graph_api.reporting.scope import Scope

UNSURE = 0.7
"""Below this confidence a participation is told as uncertain."""


def coverage(room: Room, scope: Scope, known: int | None) -> Section:
    """Return the statement of coverage: the same shares as the command line prints."""
    words = room.words
    rows: list[list[Cell]] = [
        [_what(room, share), words.write(share.have), words.write(share.of), percent(room, share)]
        for share in shares_of(scope.network, known_initiatives=known)
    ]
    columns = [words(f"column.{each}") for each in ("what", "have", "of", "share")]
    table = Table(words("caption.coverage"), columns, rows, frozenset({1, 2, 3}))
    return Section(words("section.coverage"), [Paragraph(words("coverage.text")), table])


def _what(room: Room, share: Share) -> str:
    """Return what a share is of, in the report's language; years stay as they are."""
    key, years = re.sub(r"\d{4}–\d{4}$", "", share.what).strip(), re.search(r"\d{4}–\d{4}$", share.what)
    name = f"coverage.{re.sub(r'[^a-z]+', '-', key.casefold()).strip('-')}"
    return room.words(name, years=years[0] if years else "")


def uncertain(room: Room, scope: Scope, appendix: Appendix, top: int) -> Section:
    """Return what is uncertain: read from prose, of low confidence, without date or partners; the least certain rows."""
    words, index, table = room.words, room.index, room.index.participations
    doing = np.array([role in COLLABORATION_ROLES for role in index.roles], bool)[table.roles]
    rows = np.flatnonzero(doing & np.isin(table.initiatives, scope.initiatives))
    best = [int(table.evidence[row][0]) if len(table.evidence[row]) else -1 for row in rows.tolist()]
    inferred = sum(1 for piece in best if piece >= 0 and index.evidence.standings[piece] == "inferred")
    weak = rows[(table.confidences[rows] < UNSURE) & (np.array(best, int) >= 0)] if len(rows) else rows
    undated = int((scope.material.starts[scope.initiatives] == UNKNOWN_YEAR).sum())
    text = words(
        "uncertain.text",
        inferred=inferred,
        rows=len(rows),
        weak=len(weak),
        limit=UNSURE,
        unsaid=best.count(-1),
        undated=undated,
        initiatives=len(scope.initiatives),
    )
    if scope.smallest or not len(weak):
        return Section(words("section.uncertain"), [Paragraph(text)])
    told: list[list[Cell]] = [
        [
            index.organisations.labels[int(table.organisations[row])],
            index.initiatives.titles[int(table.initiatives[row])],
            words.write(round(float(table.confidences[row]), 2)),
            appendix.links(table.evidence[row].tolist()[:1]),
        ]
        for row in weak[np.lexsort((weak, table.confidences[weak]))].tolist()[:top]
    ]
    columns = [words(f"column.{each}") for each in ("organisation", "initiative", "confidence", "evidence")]
    return Section(
        words("section.uncertain"),
        [Paragraph(text), Table(words("caption.uncertain"), columns, told, frozenset({2}))],
    )


def cite(room: Room, title: str) -> Section:
    """Return the version of the data, and how to cite the report."""
    words, version = room.words, room.version
    rows: list[list[Cell]] = [
        [words("version.day"), version.day.isoformat()],
        [words("version.generation"), version.generation],
        [words("version.fingerprint"), version.fingerprint],
        [words("version.documents"), words.write(version.documents)],
        [words("version.statements"), words.write(version.statements)],
        [words("version.software"), f"Hankeverkko {version.software}"],
    ]
    table = Table(words("caption.version"), [words("column.what"), words("column.value")], rows)
    text = words(
        "cite.text",
        title=title,
        day=version.day.isoformat(),
        fingerprint=version.fingerprint,
        software=version.software,
    )
    return Section(
        words("section.cite"),
        [Paragraph(words("version.text")), table, Paragraph(text), Code(_bibtex(title, version, words.language))],
    )


def _bibtex(title: str, version: Version, language: str) -> str:
    safe = re.sub(r"([{}\\%&#$_])", r"\\\1", " ".join(title.replace("\\", " ").split()))
    return "\n".join(
        [
            f"@misc{{hankeverkko-{version.fingerprint},",
            "  author = {{The Hankeverkko developers}},",
            f"  title = {{{{{safe}}}}},",
            f"  year = {{{version.day.year}}},",
            f"  note = {{Hankeverkko {version.software}; data {version.fingerprint} of {version.day.isoformat()}}},",
            f"  language = {{{language}}}",
            "}",
        ]
    )


def evidence(room: Room, appendix: Appendix) -> Section | None:
    """Return the appendix: each piece of evidence that the report refers to; None where it refers to none."""
    pieces = appendix.pieces()
    if not pieces:
        return None
    return Section(room.words("section.evidence"), [Paragraph(room.words("evidence.text")), Pieces(pieces)])
