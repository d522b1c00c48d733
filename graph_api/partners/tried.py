"""Who tried a method, where, and how did it end?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.tables import Links
from graph_api.partners.answers import Proof
from graph_api.partners.market import LEADING, Market
from graph_api.wording import Term, said
from loaders.iris import DCTERMS, RDF

_DESCRIPTION = ox.NamedNode(DCTERMS + "description")
_SUBJECT, _PREDICATE = ox.NamedNode(RDF + "subject"), ox.NamedNode(RDF + "predicate")


@dataclass(frozen=True, slots=True)
class Trial:
    """An initiative or pilot that used a method: positions in the index.

    `method` is the one that it used itself: what was asked, or else something narrower; for a pilot of an initiative
    that used it, `through` is that initiative. `outcome` is the sentence that says how it ended, "" where the graph
    holds none; `outcome_evidence` the IRI of its evidence. `proofs` say who and what.
    """

    initiative: int
    method: int
    through: int | None
    implementers: list[int]
    places: list[int]
    status: str
    outcome: str
    outcome_evidence: str
    proofs: list[Proof]


def who_tried(market: Market, store: ox.Store, method: int) -> list[Trial]:
    """Return the initiatives and pilots that used a method or a narrower one, the latest first, then by IRI."""
    index = market.index
    wanted = index.methods.within([method])
    used = index.methods_used
    rows = np.flatnonzero(wanted[used.right])
    rows = rows[np.argsort(used.right[rows] != method, kind="stable")]  # itself before narrower ones
    direct = {int(used.left[row]): int(row) for row in rows[::-1].tolist()}
    trials = [_trial(market, store, initiative, row, None) for initiative, row in direct.items()]
    for pilot, parent in zip(index.pilots.left.tolist(), index.pilots.right.tolist(), strict=True):
        if parent in direct and pilot not in direct:
            trials.append(_trial(market, store, pilot, direct[parent], parent))
    last = market.last_years
    return sorted(trials, key=lambda trial: (-int(last[_dated(trial)]), trial.initiative))


def _dated(trial: Trial) -> int:
    return trial.initiative if trial.through is None else trial.through


def _trial(market: Market, store: ox.Store, initiative: int, row: int, through: int | None) -> Trial:
    index, used = market.index, market.index.methods_used
    method = int(used.right[row])
    outcome, evidence = _outcome(store, index.initiatives.iris[initiative])
    proofs = [
        Proof(said("proof.uses", method=index.methods.labels[method]), int(used.left[row]), _first_piece(used, row))
    ]
    if through is not None:
        proofs += [Proof(said("proof.pilot"), initiative, piece) for piece in _pieces(index.pilots, initiative)]
    who = _implementers(market, initiative)
    proofs += [proof for _, proof in who]
    return Trial(
        initiative=initiative,
        method=method,
        through=through,
        implementers=list(dict.fromkeys(place for place, _ in who)),
        places=index.initiative_places.right[index.initiative_places.of(initiative)].tolist(),
        status=index.initiatives.statuses[initiative],
        outcome=outcome,
        outcome_evidence=evidence,
        proofs=proofs,
    )


def _implementers(market: Market, initiative: int) -> list[tuple[int, Proof]]:
    """Return the hosts of a pilot, else who leads an initiative, else all who take part, with what says so."""
    index, table = market.index, market.index.participations
    hosted = index.hosts.of(initiative)
    if hosted.stop > hosted.start:
        return [
            (
                who,
                Proof(
                    said("proof.host", name=index.organisations.labels[who]), initiative, _first_piece(index.hosts, row)
                ),
            )
            for row, who in zip(range(hosted.start, hosted.stop), index.hosts.right[hosted].tolist(), strict=True)
        ]
    found = []
    for who in index.matrices.workers.row(initiative).tolist():
        rows = market.participations_of(who)
        for row in rows[table.initiatives[rows] == initiative].tolist():
            role = index.roles[int(table.roles[row])]
            pieces = table.evidence[row]
            what = said("proof.part", name=index.organisations.labels[who], role=Term("roles", role))
            proof = Proof(what, initiative, _first(pieces))
            found.append((role in LEADING or role == "pilot", who, proof))
    leading = [(who, proof) for leads, who, proof in found if leads]
    return leading or [(who, proof) for _, who, proof in found]


def _pieces(links: Links, left: int) -> Iterator[int | None]:
    rows = links.of(left)
    return (_first_piece(links, row) for row in range(rows.start, rows.stop))


def _first_piece(links: Links, row: int) -> int | None:
    return _first(links.evidence[row])


def _first(pieces: np.ndarray[tuple[int], np.dtype[np.int32]]) -> int | None:
    return int(pieces[0]) if len(pieces) else None


def _outcome(store: ox.Store, iri: str) -> tuple[str, str]:
    """Return the sentence that says how a trial ended, and the evidence of it."""
    node = ox.NamedNode(iri)
    said = sorted(
        q.object.value for q in store.quads_for_pattern(node, _DESCRIPTION, None) if isinstance(q.object, ox.Literal)
    )
    if not said:
        return "", ""
    pieces = (quad.subject for quad in store.quads_for_pattern(None, _SUBJECT, node))
    fitting = [
        piece.value
        for piece in pieces
        if isinstance(piece, ox.NamedNode)
        and any(True for _ in store.quads_for_pattern(piece, _PREDICATE, _DESCRIPTION))
    ]
    return said[0], min(fitting, default="")
