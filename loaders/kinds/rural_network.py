"""Project descriptions of the rural network: a table of labels in Finnish or Swedish, prose in either language."""

from __future__ import annotations

from loaders.document import Document, Kind
from loaders.field_readers import READERS, read_programme_or_fund
from loaders.kinds.telling_labels import labels_seen
from loaders.page import PageForm, read_page
from loaders.text import Text

_FORM = PageForm(kind="project", readers={**READERS, "programme": read_programme_or_fund})


def load(document: Document) -> None:
    """Read a project description of the rural network."""
    read_page(document, _FORM)


def score(text: Text) -> float:
    """Return how much a text looks like one of the register: labels of its own weigh most."""
    own, shared = labels_seen(text, "rural-network")
    return min(1.0, 0.3 * own + 0.15 * shared) if own and own + shared > 2 else 0.15 * shared


RURAL_NETWORK = Kind("rural-network", "1", score, load)
