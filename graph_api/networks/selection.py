"""Which rows of the material a network is made of: filters, and units folded into their owners."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.ownership import roots
from graph_api.collaboration.tables import COLLABORATION_ROLES, UNKNOWN_YEAR, IntArray, Period
from graph_api.collaboration.tables import KINDS as INITIATIVE_KINDS
from graph_api.collaboration.words import stems
from graph_api.networks.material import Kind, Material, Ties
from loaders.errors import UsageError

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the rows.

    Attributes
    ----------
    period : pair of int or None
        First and last year, either open. A row counts where its own years, or else those of its initiative, touch it.
    roles : collection of str, optional
        Roles of organisations that count; those of collaboration (`COLLABORATION_ROLES`) where none are named.
    kinds : collection of str, optional
        Kinds of initiative.
    regions : collection of str
        Names or IRIs of regions. An initiative is in those where it takes place; where nothing is said of that, in
        those where its participants are at home.
    themes : collection of str
        Words; an initiative counts whose title holds one of them in any of its inflected forms, or that uses a method
        of which the name does.
    min_confidence : float
        Rows less certain than this are left out.
    fold_units : bool
        A unit's work counts as its owner's.
    largest : int, optional
        Shared things (initiatives, methods, …) with more members are left out: few of them have met.
    """

    period: Period = (None, None)
    roles: Collection[str] | None = None
    kinds: Collection[str] | None = None
    regions: Collection[str] = ()
    themes: Collection[str] = ()
    min_confidence: float = 0.0
    fold_units: bool = False
    largest: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The rows that were kept, and the initiatives left out because a period was asked for and theirs is not known."""

    ties: Ties
    undated: int


def select(material: Material, kind: Kind, filters: Filters) -> Selection:
    """Return the rows of a kind that the filters keep.

    Raises UsageError for roles, kinds, regions, themes or periods that do not exist.
    """
    check(material, filters)
    rows = _rows(material, kind)
    kept = _initiatives(material, filters)[rows.initiatives]
    if filters.min_confidence:
        kept &= rows.confidences >= filters.min_confidence - 1e-9
    if kind == "organisation":
        wanted = filters.roles or COLLABORATION_ROLES
        kept &= np.array([role in wanted for role in material.roles], bool)[rows.roles]
    touches, dated = _in_period(material, rows, filters.period)
    lost = kept & ~dated
    undated = np.setdiff1d(rows.initiatives[lost], rows.initiatives[kept & dated]) if lost.any() else ()
    rows = take(rows, kept & touches)
    if filters.fold_units and kind in ("organisation", "funder"):
        rows = replace(rows, things=roots(material.owners)[rows.things])
    return Selection(rows, len(undated))


def check(material: Material, filters: Filters) -> None:
    """Check that what the filters name exists.

    Raises UsageError where it does not.
    """
    first, last = filters.period
    if first is not None and last is not None and first > last:
        raise UsageError(f"The period {first}–{last} ends before it starts. Give the earlier year first.")
    if not 0 <= filters.min_confidence <= 1:
        raise UsageError(f"A confidence of {filters.min_confidence:g} is not possible. Give a number from 0 to 1.")
    choices = (
        (filters.roles or (), material.roles, "role"),
        (filters.kinds or (), INITIATIVE_KINDS, "kind of initiative"),
        (filters.regions, [name for names in _called(material) for name in names], "region"),
    )
    for asked, known, what in choices:
        unknown = sorted(set(asked).difference(known))
        if unknown:
            names = (
                ", ".join(dict.fromkeys(name for name in known if "://" not in name)) or "none is known to the graph"
            )
            raise UsageError(f'There is no {what} "{unknown[0]}". Use some of: {names}.')


def regions_of_initiatives(material: Material) -> tuple[IntArray, IntArray]:
    """Return pairs of initiative and region: where it takes place, else where those who carry it out are at home."""
    initiatives, regions = material.sites
    ties = material.ties["organisation"]
    doing = np.array([role in COLLABORATION_ROLES for role in material.roles], bool)[ties.roles]
    unsaid = doing & ~np.isin(ties.initiatives, initiatives) & (material.homes[ties.things] >= 0)
    return unique_pairs(
        np.concatenate([initiatives, ties.initiatives[unsaid]]),
        np.concatenate([regions, material.homes[ties.things[unsaid]]]),
    )


def unique_pairs(first: IntArray, second: IntArray) -> tuple[IntArray, IntArray]:
    """Return the different pairs of two parallel arrays of numbers from nought, sorted."""
    width = int(second.max(initial=0)) + 1
    pairs = np.unique(first.astype(np.int64) * width + second)
    return (pairs // width).astype(np.int32), (pairs % width).astype(np.int32)


def years(material: Material, rows: Ties) -> tuple[IntArray, IntArray]:
    """Return the first and last year of each row: its own, else its initiative's, else the other end's."""
    own = (rows.starts != UNKNOWN_YEAR) | (rows.ends != UNKNOWN_YEAR)
    starts = np.where(own, rows.starts, material.starts[rows.initiatives])
    ends = np.where(own, rows.ends, material.ends[rows.initiatives])
    return np.where(starts == UNKNOWN_YEAR, ends, starts), np.where(ends == UNKNOWN_YEAR, starts, ends)


def _rows(material: Material, kind: Kind) -> Ties:
    if kind in ("initiative", "pilot"):
        every = np.arange(material.initiatives, dtype=np.int32)
        if kind == "pilot":
            every = every[material.kinds.among({"pilot"})]
        return Ties.plain(every, every)
    material.things_of(kind)
    return material.ties[kind]


def _initiatives(material: Material, filters: Filters) -> Mask:
    """Say of each initiative whether its kind, region and theme are asked for."""
    kept = np.ones(material.initiatives, bool)
    if filters.kinds:
        kept &= material.kinds.among(filters.kinds)
    if filters.regions:
        kept &= _in_regions(material, filters.regions)
    if filters.themes:
        kept &= _on_themes(material, filters.themes)
    return kept


def _in_regions(material: Material, names: Collection[str]) -> Mask:
    called = zip(*_called(material), strict=True)
    wanted = [place for place, known in enumerate(called) if not set(known).isdisjoint(names)]
    initiatives, regions = regions_of_initiatives(material)
    inside = np.zeros(material.initiatives, bool)
    inside[initiatives[np.isin(regions, wanted)]] = True
    return inside


def _called(material: Material) -> list[Sequence[str]]:
    """Return what regions are called, list by list: their names, their names in each language, their IRIs."""
    return [material.regions.labels, *material.region_names, material.regions.iris]


def _on_themes(material: Material, words: Collection[str]) -> Mask:
    """Say of each initiative whether it is on one of some themes, by the words that partner finding goes by too."""
    on = np.zeros(material.initiatives, bool)
    for theme in words:
        wanted = stems(theme) or {theme.casefold()}
        found = np.array([_says(title, wanted) for title in material.things["initiative"].labels], bool)
        if "method" in material.things:
            ties = material.ties["method"]
            named = np.array([_says(label, wanted) for label in material.things["method"].labels], bool)
            found[ties.initiatives[named[ties.things]]] = True
        if not found.any():
            raise UsageError(f'No title and no method has the word "{theme}" in any form. Ask for another theme.')
        on |= found
    return on


def _says(text: str, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(stems(text) | set(text.casefold().split()))


def _in_period(material: Material, rows: Ties, period: Period) -> tuple[Mask, Mask]:
    """Say of each row whether it touches the period, and whether anything is known of when it took place."""
    if period == (None, None):
        return np.ones(len(rows), bool), np.ones(len(rows), bool)
    first, last = period
    starts, ends = years(material, rows)
    dated = starts != UNKNOWN_YEAR
    touches = dated.copy()
    if first is not None:
        touches &= ends >= first
    if last is not None:
        touches &= starts <= last
    return touches, dated


def take(rows: Ties, kept: NDArray[Any]) -> Ties:
    """Return the rows that are kept: a mask, or positions in the order in which rows are wanted."""
    return Ties(
        things=rows.things[kept],
        initiatives=rows.initiatives[kept],
        roles=rows.roles[kept],
        confidences=rows.confidences[kept],
        starts=rows.starts[kept],
        ends=rows.ends[kept],
        evidence=rows.evidence[kept],
    )
