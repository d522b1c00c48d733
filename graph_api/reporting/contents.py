"""Sections on what is done: summary, years, methods, funders, places, money, initiatives."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from graph_api.collaboration.tables import UNKNOWN_YEAR
from graph_api.networks.coverage import Share
from graph_api.networks.measures import figures
from graph_api.reporting.drawing import bars
from graph_api.reporting.model import Block, Cell, Figure, Paragraph, Section, Table
from graph_api.reporting.proof import proof_of
from graph_api.reporting.room import Appendix, Room
from graph_api.reporting.scope import Scope


def summary(room: Room, scope: Scope) -> Section:
    """Return the section that says in a few lines what the report is about, with the main figures."""
    words, found = room.words, figures(scope.network)
    count = len(scope.initiatives)
    rows: list[list[Cell]] = [
        [words("figure.initiatives"), words.write(count), words("figure.initiatives.says")],
        [words("figure.organisations"), words.write(found["nodes"]), words("figure.organisations.says")],
        [words("figure.ties"), words.write(found["ties"]), words("figure.ties.says")],
        [words("figure.largest"), words.write(found["largest component"]), words("figure.largest.says")],
        [words("figure.density"), words.write(round(float(found["density"]), 4)), words("figure.density.says")],
    ]
    first, last = scope.network.filters.period
    blocks: list[Block] = [Paragraph(words(f"summary.{scope.kind}", name=scope.name, initiatives=count))]
    if first is not None or last is not None:
        blocks.append(Paragraph(words("summary.period", first=str(first or "…"), last=str(last or "…"))))
    if room.minimum:
        blocks.append(Paragraph(words("summary.confidence", minimum=room.minimum)))
    if scope.smallest:
        blocks.append(Paragraph(words("summary.suppressed", smallest=scope.smallest, hidden=scope.hidden)))
    columns = [words("column.figure"), words("column.number"), words("column.meaning")]
    blocks.append(Table(words("caption.figures"), columns, rows, frozenset({1})))
    return Section(words("section.summary"), blocks)


def years(room: Room, scope: Scope) -> Section | None:
    """Return the section with the number of initiatives that began in each year."""
    words, starts = room.words, scope.material.starts[scope.initiatives]
    counted = Counter(starts[starts != UNKNOWN_YEAR].tolist())
    if not counted:
        return None
    every = [(year, counted[year]) for year in range(min(counted), max(counted) + 1)]
    shown = [(year, number) for year, number in every if number >= scope.smallest or not number]
    hidden = sum(counted.values()) - sum(number for _, number in shown)
    if not scope.may_tell(hidden):
        return None
    told = "; ".join(f"{year}: {words.write(number)}" for year, number in shown if number)
    title, description = words("figure.years"), words("figure.years.desc", values=told)
    drawn = bars("years", title, description, [(str(year), number, words.write(number)) for year, number in shown])
    text = words("years.text", dated=sum(counted.values()), undated=int((starts == UNKNOWN_YEAR).sum()))
    return Section(words("section.years"), [Paragraph(text), Figure(title, description, drawn)])


def shared(room: Room, scope: Scope, kind: str, top: int) -> Section | None:
    """Return the section on the methods, funders or places of the initiatives; None where none is known."""
    if kind == scope.kind:
        return None
    words, counted, total = room.words, scope.counts(kind), len(scope.initiatives)
    things = scope.material.things_of(kind)
    if not counted:
        return None
    rows: list[list[Cell]] = [
        [things.labels[place], words.write(number), percent(room, Share("", number, total))]
        for place, number in counted[:top]
    ]
    columns = [words(f"column.{kind}"), words("column.initiatives"), words("column.share")]
    table = Table(words(f"caption.{kind}s"), columns, rows, frozenset({1, 2}))
    return Section(
        words(f"section.{kind}s"), [Paragraph(words(f"{kind}s.text")), table, *_cut(room, len(counted), top)]
    )


def money(room: Room, scope: Scope) -> Section | None:
    """Return the section on what was granted, by the year in which initiatives began."""
    words, euros = room.words, scope.money
    known = ~np.isnan(euros)
    if int(known.sum()) < max(scope.smallest, 1):
        return None
    text = words("money.text", total=_euros(euros[known].sum()), known=int(known.sum()), all=len(euros))
    starts = scope.material.starts[scope.initiatives]
    dated = known & (starts != UNKNOWN_YEAR)
    by_year = {
        year: float(euros[dated & (starts == year)].sum())
        for year in np.unique(starts[dated]).tolist()
        if int((dated & (starts == year)).sum()) >= scope.smallest
    }
    told_of = int(np.isin(starts[known], list(by_year)).sum())
    if not by_year or not scope.may_tell(int(known.sum()) - told_of):
        return Section(words("section.money"), [Paragraph(text)])
    told = "; ".join(f"{year}: {words.write(_euros(value))} €" for year, value in by_year.items())
    title, description = words("figure.money"), words("figure.money.desc", values=told)
    values = [
        (str(year), by_year.get(year, 0.0), words.write(round(by_year.get(year, 0.0) / 1000)))
        for year in range(min(by_year), max(by_year) + 1)
    ]
    drawn = bars("money", title, description, values)
    return Section(words("section.money"), [Paragraph(text), Figure(title, description, drawn)])


def initiatives(room: Room, scope: Scope, appendix: Appendix, top: int) -> Section:
    """Return the list of initiatives, the latest first, each with the evidence that it belongs here."""
    words, table = room.words, room.index.initiatives
    title = words("section.initiatives")
    if scope.smallest:
        return Section(title, [Paragraph(words("initiatives.suppressed", smallest=scope.smallest))])
    last = np.maximum.reduce([years[scope.initiatives] for years in (table.ends, table.starts, table.published)])
    rank = scope.initiatives[np.lexsort((scope.initiatives, -last))].tolist()
    rows: list[list[Cell]] = [
        [
            table.titles[place],
            table.codes[place] or "–",
            _when(room, place),
            _status(room, place),
            appendix.links(proof_of(room, scope, place)),
        ]
        for place in rank[:top]
    ]
    columns = [words(f"column.{name}") for name in ("initiative", "code", "period", "status", "evidence")]
    told = Table(words("caption.initiatives"), columns, rows)
    return Section(title, [Paragraph(words("initiatives.text")), told, *_cut(room, len(rank), top)])


def percent(room: Room, share: Share) -> str:
    """Return a share in per cent as `Share` writes it: rounding makes some neither none nor all."""
    found = re.search(r"\((under |over )?(\d+) %\)$", str(share))
    if found is None:
        return "–"
    sign = {"under ": "< ", "over ": "> "}.get(found[1] or "", "")
    return sign + room.words("percent", number=int(found[2]))


def period(start: int, end: int) -> str:
    """Return years as text: 2015–2018, 2015, or a dash where neither is known."""
    known = [str(year) for year in dict.fromkeys((start, end)) if year != UNKNOWN_YEAR]
    return "–".join(known) or "–"


def _when(room: Room, initiative: int) -> str:
    """Return the years of the work; where no source says them, the year of publication as what it is."""
    table = room.index.initiatives
    published = int(table.published[initiative])
    told = period(int(table.starts[initiative]), int(table.ends[initiative]))
    return told if told != "–" or published == UNKNOWN_YEAR else room.words("published", year=str(published))


def _status(room: Room, initiative: int) -> str:
    """Return the status that holds, with what the source says where its stated end has made that another."""
    holding, stated = (
        column[initiative] for column in (room.index.initiatives.statuses, room.index.initiatives.stated)
    )
    if not holding:
        return room.words("unknown")
    labels = room.concepts("status", {holding, stated})
    if holding == stated:
        return labels[holding]
    return room.words("status.past", holding=labels[holding], stated=labels[stated])


def _cut(room: Room, number: int, top: int) -> list[Block]:
    return [Paragraph(room.words("cut", shown=top, all=number))] if number > top else []


def _euros(value: float) -> int:
    return round(float(value))
