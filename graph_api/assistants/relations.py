"""What stands between two entities and has facts of its own: participations with their roles, funding with its amounts."""

from __future__ import annotations

from graph_api.assistants.answers import MOST_VALUES, Amount, Participation
from graph_api.assistants.graph import Opened
from loaders.iris import BASE

_PARTICIPATIONS = """
SELECT w.name, w.iri, i.name, i.iri, coalesce(min(r.name), min(rf.value), '')
FROM fact p JOIN fact q ON q.subject = p.subject AND q.predicate = 'inInitiative'
JOIN entity w ON w.id = p.object JOIN entity i ON i.id = q.object
LEFT JOIN fact rf ON rf.subject = p.subject AND rf.predicate = 'role' LEFT JOIN entity r ON r.id = rf.object
WHERE p.predicate = 'participant' AND (w.iri = ?1 OR i.iri = ?1)
GROUP BY p.subject ORDER BY i.name, w.name LIMIT ?2
"""
_AMOUNTS = """
SELECT i.name, i.iri, coalesce(min(f.name), ''), a.value, coalesce(min(c.value), ''), coalesce(min(k.name), min(kf.value), '')
FROM fact n JOIN entity i ON i.id = n.object JOIN fact a ON a.subject = n.subject AND a.predicate = 'amount'
LEFT JOIN fact c ON c.subject = n.subject AND c.predicate = 'currency'
LEFT JOIN fact kf ON kf.subject = n.subject AND kf.predicate = 'amountKind' LEFT JOIN entity k ON k.id = kf.object
LEFT JOIN fact ff ON ff.subject = n.subject AND ff.predicate = 'funder' LEFT JOIN entity f ON f.id = ff.object
WHERE n.predicate = 'fundedInitiative' AND (i.iri = ?1 OR f.iri = ?1)
GROUP BY n.subject ORDER BY i.name, a.value LIMIT ?2
"""


def participations(opened: Opened, iri: str) -> list[Participation]:
    """Return who takes part in an initiative, or in what an organisation takes part, with the role; the first ones."""
    with opened.index.connection() as connection:
        rows = [tuple(row) for row in connection.execute(_PARTICIPATIONS, (iri, MOST_VALUES))]
    return [
        Participation(
            organisation=who,
            organisation_id=who_iri.removeprefix(BASE),
            initiative=what,
            initiative_id=what_iri.removeprefix(BASE),
            role=role,
        )
        for who, who_iri, what, what_iri, role in rows
    ]


def amounts(opened: Opened, iri: str) -> list[Amount]:
    """Return the money of an initiative, or of those that a funder funds; the first ones."""
    with opened.index.connection() as connection:
        rows = [tuple(row) for row in connection.execute(_AMOUNTS, (iri, MOST_VALUES))]
    return [
        Amount(
            initiative=what,
            initiative_id=what_iri.removeprefix(BASE),
            funder=funder,
            amount=amount,
            currency=currency,
            kind=kind,
        )
        for what, what_iri, funder, amount, currency, kind in rows
    ]
