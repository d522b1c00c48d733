"""Free-form pages on a programme or project: any labelled values they have, and their prose.

The values may stand after the label or on the next line, in Finnish, Swedish or English. This kind reads what no other
kind claims.
"""

from __future__ import annotations

from loaders.document import Document, Kind
from loaders.page import PageForm, read_page
from loaders.text import Text

_FORM = PageForm()


def load(document: Document) -> None:
    """Read a free-form page: title, labelled values, prose."""
    read_page(document, _FORM)


def score(_text: Text) -> float:
    """Return a low certainty: this kind reads what no other kind claims, an empty page among it."""
    return 0.25


PROGRAMME_PAGE = Kind("programme-page", "2", score, load)
