"""The index as sparse matrices, and the part of it that lies before a year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.columns import IntArray
from graph_api.collaboration.matrix import Matrices, Matrix
from graph_api.collaboration.tables import (
    COLLABORATION_ROLES,
    UNKNOWN_YEAR,
    CollaborationIndex,
    Concepts,
    Initiatives,
    Links,
    Organisations,
    Participations,
    Themes,
)

UNPROVED = np.float32(0.5)
"""The weight of what has no evidence of known confidence."""


def derive_matrices(
    participations: Participations,
    methods_used: Links,
    themes: Themes,
    roles: list[str],
    organisations: Organisations,
    initiatives: Initiatives,
    methods: Concepts,
) -> Matrices:
    """Return the matrices of some tables; what they hold is told at `Matrices`."""
    joined = np.array([role in COLLABORATION_ROLES for role in roles], dtype=bool)[participations.roles]
    who, what = participations.organisations[joined], participations.initiatives[joined]
    sure = _weights(participations.confidences[joined])
    many, several, few = len(initiatives), len(organisations), len(methods)
    used = _weights(methods_used.confidences)
    weights = word_weights(themes, many)
    work = Matrix.of(who, what, sure, (several, many))
    return Matrices(
        work=work,
        workers=Matrix.of(what, who, sure, (many, several)),
        methods=Matrix.of(methods_used.left, methods_used.right, used, (many, few)),
        users=Matrix.of(methods_used.right, methods_used.left, used, (few, many)),
        words=Matrix.of(themes.initiatives, themes.words, weights, (many, len(themes.stems))),
        titled=Matrix.of(themes.words, themes.initiatives, weights, (len(themes.stems), many)),
        partners=_partners(work),
    )


def _partners(work: Matrix) -> IntArray:
    matrix = work.sparse()
    together = (matrix @ matrix.T).tocsr()
    met: IntArray = np.maximum(np.diff(together.indptr) - 1, 0).astype(np.int32)
    return met  # everybody has been together with itself


def _weights(confidences: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.where(confidences > 0, confidences, UNPROVED).astype(np.float32)


def inverse_frequencies(themes: Themes, initiatives: int) -> NDArray[np.float32]:
    """Return log((N + 1) / (n + 1)) for each word, N initiatives of which n have it in their titles."""
    frequencies = np.bincount(themes.words, minlength=len(themes.stems))
    return np.log((initiatives + 1) / (frequencies + 1)).astype(np.float32)


def word_weights(themes: Themes, initiatives: int) -> NDArray[np.float32]:
    """Return the weight of each pair of initiative and word, so that the words of an initiative have length one."""
    weights = inverse_frequencies(themes, initiatives)[themes.words]
    lengths = np.sqrt(np.bincount(themes.initiatives, weights=weights * weights, minlength=initiatives))
    return (weights / np.maximum(lengths[themes.initiatives], 1e-9)).astype(np.float32)


def before(index: CollaborationIndex, year: int) -> CollaborationIndex:
    """Return the index as if nothing had begun in `year` or later; what has no date is left out as well.

    Positions stay what they are; only links and participations go, and the matrices are derived anew from what stays,
    so that nothing of a later year is in them (not even in the rarity of a word).
    """
    starts = index.initiatives.starts
    kept = (starts != UNKNOWN_YEAR) & (starts < year)
    table = index.participations
    rows = np.flatnonzero(kept[table.initiatives]).astype(np.int32)
    participations = Participations(
        iris=type(table.iris).of(table.iris[row] for row in rows.tolist()),
        organisations=table.organisations[rows],
        initiatives=table.initiatives[rows],
        roles=table.roles[rows],
        starts=table.starts[rows],
        ends=table.ends[rows],
        confidences=table.confidences[rows],
        evidence=table.evidence.take(rows),
    )
    used = _kept(index.methods_used, kept[index.methods_used.left])
    words = kept[index.themes.initiatives]
    themes = replace(index.themes, initiatives=index.themes.initiatives[words], words=index.themes.words[words])
    return replace(
        index,
        participations=participations,
        methods_used=used,
        initiative_places=_kept(index.initiative_places, kept[index.initiative_places.left]),
        funders=_kept(index.funders, kept[index.funders.right]),
        pilots=_kept(index.pilots, kept[index.pilots.right]),
        hosts=_kept(index.hosts, kept[index.hosts.left]),
        themes=themes,
        matrices=derive_matrices(
            participations, used, themes, index.roles, index.organisations, index.initiatives, index.methods
        ),
    )


def _kept(links: Links, which: NDArray[np.bool_]) -> Links:
    rows: IntArray = np.flatnonzero(which).astype(np.int32)
    return Links(links.left[rows], links.right[rows], links.confidences[rows], links.evidence.take(rows))
