"""Methods: known ones in any form, ordinary words only beside a cue, and new ones that a text presents as methods."""

from __future__ import annotations

import pytest

from loaders.gazetteer import gazetteer
from loaders.model import Span
from loaders.recognise.methods import known_methods, new_methods
from loaders.text import Text
from loaders.vocabulary import scheme


def known(text: str) -> list[str]:
    return [m.name for m in known_methods(Text(text), gazetteer().find(text), [Span(0, len(text))])]


def new(text: str) -> list[str]:
    return [m.name for m in new_methods(Text(text), [Span(0, len(text))], [])]


def test_a_known_method_is_found_by_each_of_its_names() -> None:
    methods = [concept for concept in scheme("methods").values() if "topConceptOf" not in concept.properties]
    assert len(methods) > 100
    for concept in methods:
        assert concept.name in known(f"Menetelmänä käytettiin: {concept.name}."), concept.notation


def test_an_ordinary_word_counts_only_beside_a_cue_of_method_use() -> None:
    weak = [concept for concept in scheme("methods").values() if concept.first("recognition") == "weak"]
    assert weak
    for concept in weak:
        assert concept.name not in known(f"Aiheena oli {concept.name} ja kahvi."), concept.notation
        assert concept.name in known(f"Työkaluna oli {concept.name} ja kahvi."), concept.notation


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hankkeessa kehitettiin monisektorinen työskentelymalli.", "monisektorinen työskentelymalli"),
        ("Käyttöön otettiin TESTO palautejärjestelmä.", "TESTO palautejärjestelmä"),
        ("TESTO-työkalulla mitattiin.", "TESTO-työkalu"),
        ("Opeteltiin Testi-menetelmää.", "Testi-menetelmä"),
        ("Syntyi asukaslähtöisten kokeilujen malli.", "asukaslähtöisten kokeilujen malli"),
        ("Rakennettiin työnilon itsearviointimittari.", "työnilon itsearviointimittari"),
        ("Siellä on monisektorinen työskentelymalli.", None),
        ("EU-malli ja ESR-menetelmä kehitettiin.", None),
        ("Uusi malli syntyi.", None),
    ],
)
def test_a_text_presents_a_new_method(text: str, name: str | None) -> None:
    assert new(text) == ([name] if name else [])


def test_what_is_known_already_is_not_new() -> None:
    text = "Opeteltiin Testi-menetelmää."
    taken = [Span(text.index("Testi"), text.index("."))]
    assert list(new_methods(Text(text), [Span(0, len(text))], taken)) == []


def test_methods_outside_the_regions_are_left_alone() -> None:
    text = "Opeteltiin Testi-menetelmää.\nMuuta."
    assert list(new_methods(Text(text), [Span(29, len(text))], [])) == []


def test_evidence_stands_in_the_text() -> None:
    text = "Alku. Opeteltiin Testi-menetelmää. Loppu."
    (found,) = new_methods(Text(text), [Span(0, len(text))], [])
    assert (found.evidence.quote, found.evidence.surface) == ("Opeteltiin Testi-menetelmää.", "Testi-menetelmää")
