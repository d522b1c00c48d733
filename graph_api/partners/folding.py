"""Units folded into their owners: the index as if the work of a unit were its owner's."""

from __future__ import annotations

from dataclasses import replace

from graph_api.collaboration.matrices import derive_matrices
from graph_api.collaboration.ownership import roots
from graph_api.collaboration.tables import CollaborationIndex


def folded(index: CollaborationIndex) -> CollaborationIndex:
    """Return the index with each unit's participations, and pilots that it hosts, as those of its last owner.

    Positions stay what they are; the units are left without work. The matrices are derived anew, so that an owner who
    takes part in an initiative with its units takes part once.
    """
    owner = roots(index.organisations.owners)
    participations = replace(index.participations, organisations=owner[index.participations.organisations])
    return replace(
        index,
        participations=participations,
        hosts=replace(index.hosts, right=owner[index.hosts.right]),
        matrices=derive_matrices(
            participations,
            index.methods_used,
            index.themes,
            index.roles,
            index.organisations,
            index.initiatives,
            index.methods,
        ),
    )
