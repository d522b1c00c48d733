"""Which evidence says that an initiative belongs to what a report is about."""

from __future__ import annotations

import numpy as np

from graph_api.collaboration.tables import COLLABORATION_ROLES, Links
from graph_api.networks.material import NO_PLACE
from graph_api.networks.selection import Mask
from graph_api.reporting.room import Room
from graph_api.reporting.scope import Scope

_MOST = 2


def proof_of(room: Room, scope: Scope, initiative: int) -> list[int]:
    """Return the best pieces of evidence (positions in the index) for an initiative in the scope of a report.

    Of a funder or a method what says that it funds it or is used in it; of a region what says where it takes place; of
    an organisation its participation; where that has none, and for a network, whoever takes part in it.
    """
    index = room.index
    found: list[int] = []
    if scope.kind == "funder":
        found = _of_links(index.funders, index.funders.right == initiative, index.funders.left == _place(room, scope))
    elif scope.kind == "method":
        used = index.methods_used
        found = _of_links(used, used.left == initiative, used.right == _place(room, scope))
    elif scope.kind == "region":
        sited = index.initiative_places
        found = _of_links(sited, sited.left == initiative, _in_region(room, scope)[sited.right])
    return (found or _of_participants(room, scope, initiative))[:_MOST]


def _place(room: Room, scope: Scope) -> int:
    return room.material.things_of(scope.kind).position(scope.iri)


def _in_region(room: Room, scope: Scope) -> Mask:
    places = room.index.places
    regions = places.regions()
    wanted = [n for n, iri in enumerate(places.iris) if iri == scope.iri]
    inside: Mask = np.isin(regions, wanted) & (regions != NO_PLACE)
    return inside


def _of_links(links: Links, *conditions: Mask) -> list[int]:
    rows = np.flatnonzero(np.logical_and.reduce(conditions))
    return _best([links.evidence[row].tolist() for row in rows.tolist()])


def _of_participants(room: Room, scope: Scope, initiative: int) -> list[int]:
    index, table = room.index, room.index.participations
    rows = np.flatnonzero(table.initiatives == initiative).tolist()
    rows = [row for row in rows if index.roles[int(table.roles[row])] in COLLABORATION_ROLES]
    if scope.kind == "organisation":
        who = _place(room, scope)
        own = [row for row in rows if int(table.organisations[row]) == who]
        rows = own or [row for row in rows if int(index.organisations.owners[table.organisations[row]]) == who]
    return _best([table.evidence[row].tolist() for row in rows])


def _best(pieces: list[list[int]]) -> list[int]:
    """Return the best piece of each row, each once, in the order of the rows."""
    return list(dict.fromkeys(each[0] for each in pieces if each))
