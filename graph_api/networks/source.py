"""The material of networks, from the collaboration index: views of its columns, each made when it is first asked for.

People are there by their job title and employer, never by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from graph_api.collaboration.columns import Categories, Lists
from graph_api.collaboration.index import read_index
from graph_api.collaboration.tables import UNKNOWN_YEAR, CollaborationIndex, FloatArray, IntArray, Links
from graph_api.networks.material import NO_EVIDENCE, NO_OWNER, NO_PLACE, Material, OnDemand, Things, Ties
from graph_api.networks.selection import regions_of_initiatives, take, unique_pairs
from graph_api.networks.themes import read_themes

DEFAULT_MONEY = "granted-eu-state"
"""Kind of amount that weighs by default: what was granted. Kinds are never mixed."""


def read_material(store: ox.Store, language: str = "fi", *, money: str = DEFAULT_MONEY) -> Material:
    """Read everything that a network can be made of from all graphs of a store; `money` is as in `material_of`.

    Where the store is a folder, the index that is kept in it is quicker: ``material_of(stored.index_of(folder))``.
    """
    return material_of(read_index(store, language), money=money)


def material_of(index: CollaborationIndex, *, money: str = DEFAULT_MONEY) -> Material:
    """Return everything that a network can be made of, as the index holds it.

    `money` is the kind of amount (notation) that an initiative weighs; where several sources give one, the largest is
    taken, since most of them repeat each other. Only euros count.
    """
    themes = cache(lambda: read_themes(index.initiatives.titles))
    region_of = index.places.regions()
    homes, municipalities = _homes(index, region_of)
    regions, number = _regions(index, region_of)
    organisations = Things(index.organisations.iris, index.organisations.labels, index.organisations.types)
    things = OnDemand(
        {
            "organisation": lambda: organisations,
            "initiative": lambda: Things(index.initiatives.iris, index.initiatives.titles, index.initiatives.kinds),
            "method": lambda: Things(index.methods.iris, index.methods.labels, _all("", len(index.methods))),
            "place": lambda: Things(index.places.iris, index.places.labels, _all("", len(index.places))),
            "funder": lambda: organisations,
            "person": lambda: _people(index),
            "document": lambda: Things(index.documents.iris, index.documents.titles, index.documents.kinds),
            "theme": lambda: themes()[0],
            "region": lambda: regions,
        }
    )
    ties = OnDemand(
        {
            "organisation": lambda: _participations(index),
            "funder": lambda: _tied(index.funders),
            "method": lambda: _tied(index.methods_used, turn=True),
            "place": lambda: _tied(index.initiative_places, turn=True),
            "person": lambda: _tied(index.contacts),
            "document": lambda: Ties.plain(index.described.left, index.described.right),
            "theme": lambda: Ties.plain(*themes()[1]),
            "region": lambda: Ties.plain(*regions_of_initiatives(material)[::-1]),
        }
    )
    material: Material = Material(
        things=things,
        ties=ties,
        kinds=index.initiatives.kinds,
        starts=index.initiatives.starts,
        ends=index.initiatives.ends,
        published=index.initiatives.published,
        money=_money(index, money),
        owners=index.organisations.owners,
        homes=number[homes],
        municipalities=municipalities,
        regions=regions,
        sites=_sites(index, number[region_of]),
        roles=index.roles,
        evidence=index.evidence.iris,
        type_labels=index.type_labels,
        codes=index.initiatives.codes,
        region_names=tuple(_at(names, np.flatnonzero(number[:-1] != NO_PLACE)) for names in index.places.names),
    )
    return material


def _all(text: str, size: int) -> Categories:
    return Categories(np.zeros(size, np.int32), [text])


def _at(texts: Sequence[str], places: NDArray[Any]) -> list[str]:
    return [texts[place] for place in places.tolist()]


def _participations(index: CollaborationIndex) -> Ties:
    table = index.participations
    confidences, evidence = _certainty(table.confidences, table.evidence)
    return Ties(
        things=table.organisations,
        initiatives=table.initiatives,
        roles=table.roles,
        confidences=confidences,
        starts=table.starts,
        ends=table.ends,
        evidence=evidence,
    )


def _tied(links: Links, *, turn: bool = False) -> Ties:
    """Return links of things to initiatives; with `turn`, of initiatives to things."""
    confidences, evidence = _certainty(links.confidences, links.evidence)
    ties = Ties.plain(*((links.right, links.left) if turn else (links.left, links.right)))
    ties = replace(ties, confidences=confidences, evidence=evidence)
    return take(ties, np.lexsort((ties.initiatives, ties.things))) if turn else ties


def _certainty(confidences: NDArray[np.float32], evidence: Lists) -> tuple[FloatArray, IntArray]:
    """Return how certain each row is, 1 where nobody said, and the best piece of evidence behind it."""
    held = np.diff(evidence.offsets) > 0
    best = np.full(len(held), NO_EVIDENCE, np.int32)
    best[held] = evidence.numbers[evidence.offsets[:-1][held]]
    return np.where(held, np.round(confidences.astype(np.float64), 6), 1.0), best


def _people(index: CollaborationIndex) -> Things:
    """Return people as "job title, employer": a network shows what somebody does, not who it is."""
    employers = index.organisations.labels
    labels = [
        f"{title or 'contact person'}, {employers[place]}" if place != NO_OWNER else title or "contact person"
        for title, place in zip(index.people.titles, index.people.employers.tolist(), strict=True)
    ]
    return Things(index.people.iris, labels, index.people.titles)


def _regions(index: CollaborationIndex, region_of: IntArray) -> tuple[Things, IntArray]:
    """Return the regions, and the number among them of each place that is one (`NO_PLACE` for others, and for none)."""
    places = np.unique(region_of[region_of != NO_PLACE])
    number = np.full(len(index.places) + 1, NO_PLACE, np.int32)  # the last place is that of NO_PLACE
    number[places] = np.arange(len(places), dtype=np.int32)
    return Things(_at(index.places.iris, places), _at(index.places.labels, places), ["region"] * len(places)), number


def _homes(index: CollaborationIndex, region_of: IntArray) -> tuple[IntArray, IntArray]:
    """Return the region and the municipality of each organisation: of the first place that the graph gives.

    A unit has its owner's. There is no municipality where only the region is known.
    """
    homes = np.full(len(index.organisations), NO_PLACE, np.int32)
    places = np.full(len(index.organisations), NO_PLACE, np.int32)
    links = index.organisation_places
    known = np.flatnonzero(region_of[links.right] != NO_PLACE)[::-1]  # of several the first is set last, and stays
    homes[links.left[known]], places[links.left[known]] = region_of[links.right[known]], links.right[known]
    owners = index.organisations.owners
    for _ in range(3):  # a team, its department, its town: deeper chains are not seen
        lacking = (homes == NO_PLACE) & (owners != NO_OWNER)
        homes[lacking], places[lacking] = homes[owners[lacking]], places[owners[lacking]]
    towns = index.places.around("municipality")
    return homes, np.where(places == NO_PLACE, NO_PLACE, towns[places] if len(towns) else NO_PLACE).astype(np.int32)


def _sites(index: CollaborationIndex, region_of: IntArray) -> tuple[IntArray, IntArray]:
    links = index.initiative_places
    known = region_of[links.right] != NO_PLACE
    return unique_pairs(links.left[known], region_of[links.right[known]])


def _money(index: CollaborationIndex, kind: str) -> FloatArray:
    table, money = index.money, np.full(len(index.initiatives), np.nan)
    counted = table.kinds.among({kind}) & table.currencies.among({"EUR"})
    np.fmax.at(money, table.initiatives[counted], table.amounts[counted])
    return money


__all__ = ["DEFAULT_MONEY", "UNKNOWN_YEAR", "material_of", "read_material"]
