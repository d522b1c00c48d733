"""What tells kinds of documents apart stands in a vocabulary, by the names of the kinds."""

from __future__ import annotations

from loaders.kinds import KINDS
from loaders.kinds.telling_labels import labels_seen, telling_labels
from loaders.text import Text
from loaders.vocabulary import scheme


def test_labels_are_counted_each_once_in_any_case() -> None:
    page = Text("Ohjelma/Rahasto: Leader\nALATOIMENPIDE: Yhteistyö\nHankenumero: 12345\nHankenumero: 12346\n")
    assert labels_seen(page, "rural-network") == (2, 1)
    assert labels_seen(page, "innokyla-model") == (0, 0)


def test_every_kind_of_the_vocabulary_is_read_and_has_labels_of_its_own() -> None:
    names = {kind.name for kind in KINDS}
    for notation in scheme("document-kinds"):
        assert notation in names
        labels = telling_labels(notation)
        assert labels.own
        assert not labels.own & labels.shared
