"""Entities and evidence out of the read model."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable

from graph_api.assistants.answers import MOST_VALUES, EntityFacts, EvidenceResult, Facts, Sentence, Value, shortened
from graph_api.assistants.graph import Opened
from graph_api.assistants.relations import amounts, participations
from graph_api.likeness import alike, meant
from graph_api.search.entities import SEARCHED
from graph_api.search.folding import fold
from graph_api.search.index import Hit
from loaders.errors import NotFoundError, RefusedError, UsageError
from loaders.iris import BASE

_MOST_NAMES = 30
_NAMED = """
SELECT DISTINCT e.iri FROM entity e JOIN name n ON n.entity = e.id WHERE n.folded = ? AND e.kind <> 'person'
UNION SELECT e.iri FROM entity e JOIN fact f ON f.subject = e.id
WHERE f.predicate IN ('code', 'businessId', 'notation') AND f.value = ? AND e.kind <> 'person'
"""
_FACTS = """
SELECT f.predicate, coalesce(o.name, f.value), coalesce(o.iri, ''), f.confidence FROM fact f
JOIN entity s ON s.id = f.subject LEFT JOIN entity o ON o.id = f.object
WHERE s.iri = ? AND (o.id IS NULL OR o.kind IN ({kinds})) ORDER BY f.predicate, f.confidence DESC, 2
"""
_OF_IT = """
SELECT f.predicate, s.name, s.iri, f.confidence FROM fact f
JOIN entity o ON o.id = f.object JOIN entity s ON s.id = f.subject
WHERE o.iri = ? AND s.kind IN ({kinds}) ORDER BY f.predicate, f.confidence DESC, 2
"""
_EVIDENCE = """
SELECT coalesce(o.name, f.value), e.quote, coalesce(d.name, ''),
       coalesce((SELECT min(w.value) FROM fact w WHERE w.subject = d.id AND w.predicate = 'source'), ''),
       coalesce(e.standing, ''), e.confidence, coalesce(e.rule, ''), e.start, e."end", e.row
FROM fact f JOIN entity s ON s.id = f.subject LEFT JOIN entity o ON o.id = f.object
JOIN basis b ON b.fact = f.id JOIN evidence e ON e.id = b.evidence LEFT JOIN entity d ON d.id = e.document
WHERE s.iri = ? AND f.predicate = ? AND (? = '' OR o.iri = ? OR f.value = ?)
ORDER BY e.standing_rank DESC, e.confidence DESC, e.id
"""


def find_entity(opened: Opened, text: str) -> Hit:
    """Return the entity of an id, IRI, code, business id or name, in any form that is sure (`graph_api.likeness`).

    Raises
    ------
    NotFoundError
        There is none.
    UsageError
        There are several; they are named.
    """
    asked = text.strip().removeprefix("id:")
    found = opened.index.find(asked if asked.startswith(BASE) else BASE + asked)
    if found is not None:
        return found
    with opened.index.connection() as connection:
        iris = [row[0] for row in connection.execute(_NAMED, (fold(asked), asked)).fetchmany(MOST_VALUES)]
    names = [] if iris else _names_like(opened, asked)
    hits = [hit for iri in iris or meant(asked, names) if (hit := opened.index.find(iri)) is not None]
    if len(hits) == 1:
        return hits[0]
    if not hits:
        near = [hit.name for iri in alike(asked, names) if (hit := opened.index.find(iri)) is not None]
        hint = f" Did you mean {' or '.join(f'“{name}”' for name in dict.fromkeys(near))}?" if near else ""
        raise NotFoundError(f"Nothing is called “{asked[:100]}”.{hint} Use search to find its id.")
    listed = "; ".join(f"{hit.iri.removeprefix(BASE)} ({hit.kind}, {hit.name})" for hit in hits[:10])
    raise UsageError(f"“{asked[:100]}” may be: {listed}. Give the id of one.")


def _names_like(opened: Opened, text: str) -> list[tuple[str, str]]:
    """Return the names of what a search finds, people left out, each with the IRI."""
    kinds = [kind for kind in SEARCHED if kind != "person"]
    found = opened.index.search(text, kinds=kinds).hits
    return [(name, hit.iri) for hit in found for name, _ in opened.index.names(hit.iri)]


def look_up(opened: Opened, text: str) -> EntityFacts:
    """Return what is known of an entity.

    Raises
    ------
    UsageError
        It is not known, or ambiguous.
    """
    entity = find_entity(opened, text)
    names = list(dict.fromkeys(name for name, _ in opened.index.names(entity.iri) if name != entity.name))
    return EntityFacts(
        id=entity.iri.removeprefix(BASE),
        iri=entity.iri,
        kind=entity.kind,
        type=entity.type or "",
        name=entity.name,
        other_names=names[:_MOST_NAMES],
        facts=_grouped(opened, _FACTS, entity.iri),
        of_it=_grouped(opened, _OF_IT, entity.iri),
        participations=participations(opened, entity.iri),
        amounts=amounts(opened, entity.iri),
    )


def _grouped(opened: Opened, query: str, iri: str) -> list[Facts]:
    text = query.format(kinds=", ".join(f"'{kind}'" for kind in (*SEARCHED, "document")))
    with opened.index.connection() as connection:
        rows = [tuple(row) for row in connection.execute(text, (iri,))]
    groups = itertools.groupby(rows, key=lambda row: row[0])
    return [_facts(opened, name, list(group)) for name, group in groups]


def _facts(opened: Opened, name: str, rows: list[tuple[str, str, str, float | None]]) -> Facts:
    values = [
        Value(text=shortened(opened.discreet(text)), id=iri.removeprefix(BASE), confidence=confidence)
        for _, text, iri, confidence in rows[:MOST_VALUES]
    ]
    return Facts(property=name, values=values, total=len(rows))


def evidence_of(opened: Opened, subject: str, name: str, value: str, most: int) -> EvidenceResult:
    """Return the words on which facts rest.

    Raises
    ------
    UsageError
        An entity is not known, or ambiguous; there is no such fact.
    RefusedError
        The fact is about a person.
    """
    entity = find_entity(opened, subject)
    if entity.kind == "person":
        raise RefusedError("What is said of a person is not shown here: only their role and organisation.")
    wanted = value and _value(opened, value)
    with opened.index.connection() as connection:
        rows = _rows(connection, (entity.iri, name, wanted, wanted, wanted))
    if not rows:
        raise NotFoundError(
            f"Nothing is said of “{entity.name}” with {name}{' and that value' if value else ''} that has evidence. "
            "Its facts are in look_up."
        )
    sentences = [_sentence(opened, row) for row in rows[:most]]
    return EvidenceResult(subject=entity.iri.removeprefix(BASE), property=name, evidence=sentences, total=len(rows))


def _rows(connection: sqlite3.Connection, values: Iterable[str]) -> list[tuple[str | float | None, ...]]:
    return [tuple(row) for row in connection.execute(_EVIDENCE, tuple(values))]


def _value(opened: Opened, text: str) -> str:
    """Return the IRI of a value that is an entity, else the value as it is."""
    try:
        return find_entity(opened, text).iri
    except NotFoundError:
        return text


def _sentence(opened: Opened, row: tuple[str | float | None, ...]) -> Sentence:
    value, quote, document, source, standing, confidence, rule, start, end, number = row
    where = f"row {number}" if number is not None else f"characters {start}–{end}"
    return Sentence(
        value=str(value),
        quote=shortened(opened.discreet(str(quote))),
        document=str(document),
        source=str(source),
        standing=str(standing),
        confidence=float(confidence) if confidence is not None else None,
        rule=str(rule),
        where=where,
    )
