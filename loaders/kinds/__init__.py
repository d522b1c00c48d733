"""One module for each kind of document; a kind is recognised by its content, never by its file name.

Loaders of other distributions join them through the entry-point group `hankeverkko.kinds` (`loaders.plugins`).
"""

from __future__ import annotations

from loaders.document import Document, Kind
from loaders.kinds.eura import EURA2007, EURA2014
from loaders.kinds.innokyla import INNOKYLA_MODEL
from loaders.kinds.practice_card import PRACTICE_CARD
from loaders.kinds.programme_page import PROGRAMME_PAGE
from loaders.kinds.rural_network import RURAL_NETWORK
from loaders.kinds.university_project import UNIVERSITY_PROJECT

KINDS: tuple[Kind, ...] = (
    EURA2014,
    EURA2007,
    PRACTICE_CARD,
    INNOKYLA_MODEL,
    RURAL_NETWORK,
    UNIVERSITY_PROJECT,
    PROGRAMME_PAGE,
)

__all__ = ["KINDS", "Document", "Kind"]
