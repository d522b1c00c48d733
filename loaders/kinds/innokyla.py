"""Operating models of Innokylä: a block of basic information, then sections on the need, the solution and its results."""

from __future__ import annotations

from loaders.document import Document, Kind
from loaders.field_readers import READERS, names_reader, read_place, read_site
from loaders.kinds.telling_labels import labels_seen
from loaders.labels import Field, heading
from loaders.page import PageForm, read_page
from loaders.text import Text


def read_places(document: Document, field: Field) -> None:
    """Read the site (organisations host) before the municipality, region or county (places only)."""
    reader = read_site if field.label.casefold() == "toteutuspaikka" else read_place
    reader(document, field)


_FORM = PageForm(kind="practice", readers={**READERS, "applicant": names_reader("host"), "place": read_places})

_SECTIONS = frozenset({"setting", "developers", "core-idea", "evaluation"})


def load(document: Document) -> None:
    """Read an operating model."""
    read_page(document, _FORM)


def score(text: Text) -> float:
    """Return how much a text looks like an operating model: its labels and its headings."""
    own, shared = labels_seen(text, "innokyla-model")
    sections = {heading(line) for line in text.lines} & _SECTIONS
    if not own and len(sections) < 2:
        return 0.0
    return min(1.0, 0.35 * own + 0.05 * shared + 0.2 * len(sections))


INNOKYLA_MODEL = Kind("innokyla-model", "1", score, load)
