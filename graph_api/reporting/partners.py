"""Sections on who works with whom: ties, the most active organisations, groups."""

from __future__ import annotations

import numpy as np

from graph_api.networks import measures, tables
from graph_api.networks.communities import consensus
from graph_api.reporting.drawing import Tie, ring
from graph_api.reporting.model import Block, Cell, Figure, Paragraph, Section, Table
from graph_api.reporting.room import Room
from graph_api.reporting.scope import Scope

_DRAWN = 16


def ties(room: Room, scope: Scope, top: int) -> Section:
    """Return the section on partners (of an organisation) or the strongest ties (of all else), drawn and as a table."""
    name = "partners" if scope.kind == "organisation" else "ties"
    title = room.words(f"section.{name}")
    if not len(scope.network.sources):
        return Section(title, [Paragraph(room.words(f"{name}.none"))])
    return _partners(room, scope, title, top) if name == "partners" else _strongest(room, scope, title, top)


def _partners(room: Room, scope: Scope, title: str, top: int) -> Section:
    """Return the partners with the number of shared initiatives, and how many of the others each knows."""
    words, network = room.words, scope.network
    node = network.node(scope.iri)
    row = network.adjacency[[node]]
    partners = row.indices[np.lexsort((row.indices, -row.data))].tolist()
    weight = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    degrees, labels = np.diff(network.pattern.indptr), network.labels
    among = {  # a smallest shared initiative, as the command line names one
        frozenset(each[:2]): each[-1] for each in tables.strongest(network, len(network.sources)).rows
    }
    rows: list[list[Cell]] = []
    for each in partners[:top]:
        example = among[frozenset((labels[node], labels[each]))] if not scope.smallest else "–"
        rows.append([labels[each], words.write(int(weight[each])), words.write(int(degrees[each] - 1)), example])
    columns = [words(f"column.{each}") for each in ("partner", "shared", "knows", "example")]
    table = Table(words("caption.partners"), columns, rows, frozenset({1, 2}))
    drawn = partners[:_DRAWN]
    seats = {each: seat for seat, each in enumerate(drawn)}
    lines = [Tie(-1, seats[each], weight[each]) for each in drawn]
    lines += [
        Tie(seats[a], seats[b], float(w))
        for a, b, w in zip(network.sources.tolist(), network.targets.tolist(), network.weights.tolist(), strict=True)
        if a in seats and b in seats
    ]
    told = "; ".join(f"{labels[each]}: {words.write(int(weight[each]))}" for each in drawn)
    heading, said = words("figure.partners"), words("figure.partners.desc", name=scope.name, values=told)
    svg = ring("ties", heading, said, [labels[each] for each in drawn], lines, scope.name)
    text = words("partners.text", name=scope.name, partners=len(partners))
    blocks: list[Block] = [Paragraph(text), Figure(heading, said, svg), table]
    if len(partners) > top:
        blocks.append(Paragraph(words("cut", shown=top, all=len(partners))))
    return Section(title, blocks)


def _strongest(room: Room, scope: Scope, title: str, top: int) -> Section:
    words, found = room.words, tables.strongest(scope.network, top)
    rows: list[list[Cell]] = [
        [row[0], row[1], words.write(row[3]), row[-1] if not scope.smallest else "–"] for row in found.rows
    ]
    columns = [words(f"column.{each}") for each in ("organisation", "other", "shared", "example")]
    table = Table(words("caption.ties"), columns, rows, frozenset({2}))
    drawn = found.rows[:_DRAWN]
    labels = sorted({label for row in drawn for label in row[:2]})
    lines = [Tie(labels.index(row[0]), labels.index(row[1]), row[2]) for row in drawn]
    told = "; ".join(f"{row[0]} – {row[1]}: {words.write(row[3])}" for row in drawn)
    heading, said = words("figure.ties.drawn"), words("figure.ties.desc", values=told)
    svg = ring("ties", heading, said, labels, lines)
    return Section(title, [Paragraph(words("ties.text")), Figure(heading, said, svg), table])


def most_active(room: Room, scope: Scope, top: int) -> Section | None:
    """Return the organisations with the most partners, and who stands between others; None of an organisation alone."""
    if scope.kind == "organisation" or not len(scope.network.sources):
        return None
    words = room.words
    network = measures.measure(scope.network, ["degree", "betweenness"])
    shared, labels = dict(scope.counts("organisation")), network.labels
    found = tables.leaders(network, ["degree", "betweenness"], top)
    place = {label: n for n, label in reversed(list(enumerate(labels)))}
    rows: list[list[Cell]] = [
        [
            label,
            words.write(int(degree)),
            words.write(shared.get(int(network.nodes[place[label]]), 0)),
            words.write(round(float(between), 4)),
        ]
        for label, degree, between in found.rows
    ]
    columns = [words(f"column.{each}") for each in ("organisation", "partners", "initiatives", "between")]
    table = Table(words("caption.active"), columns, rows, frozenset({1, 2, 3}))
    return Section(words("section.active"), [Paragraph(words("active.text")), table])


def groups(room: Room, scope: Scope, top: int) -> Section | None:
    """Return the communities on which many runs agree, with their stability; None where there are hardly any ties."""
    if scope.kind == "organisation" or len(scope.network.sources) < 3:
        return None
    words = room.words
    found = consensus(scope.network.adjacency)
    rows: list[list[Cell]] = [
        [
            words("group", number=int(number) + 1),
            words.write(int(size)),
            words.write(round(float(stability), 2)),
            words(f"stability.{_trust(float(stability))}"),
            members,
        ]
        for number, size, stability, _, members in tables.communities(scope.network, found, top).rows
    ]
    columns = [words(f"column.{each}") for each in ("group", "members", "stability", "trust", "centre")]
    text = words(
        "groups.text", modularity=round(found.modularity, 3), runs=found.runs, agreement=round(found.agreement, 2)
    )
    table = Table(words("caption.groups"), columns, rows, frozenset({1, 2}))
    return Section(words("section.groups"), [Paragraph(text), table])


def _trust(stability: float) -> str:
    return "high" if stability > 0.85 else "low" if stability < 0.6 else "some"
