"""The spaCy proposer with a real pipeline: a blank Finnish one whose entity ruler knows a few names."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from loaders.errors import CannotRunError
from loaders.extract import extract_source
from loaders.model import Facts, Source
from loaders.proposers.spacy import SpacyProposer

needs_spacy = pytest.mark.skipif(find_spec("spacy") is None, reason="the extra spacy is not installed")

TEXT = """Tuettu arki
Käynnissä
Kokeilussa oli mukana Oulun yliopisto, ja Vireä Verkko tuki sitä. Kertojana oli Aino Esimerkki.
Lisää: www.vireaverkko.fi tai Aavalinna.
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    import spacy

    pipeline = spacy.blank("fi")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": "Oulun yliopisto"},
            {"label": "ORG", "pattern": "yliopisto"},
            {"label": "ORG", "pattern": "Vireä Verkko"},
            {"label": "ORG", "pattern": "www.vireaverkko.fi"},
            {"label": "PERSON", "pattern": "Aino Esimerkki"},
            {"label": "GPE", "pattern": "Aavalinna"},
            {"label": "DATE", "pattern": "Käynnissä"},
        ]
    )
    pipeline.meta["name"], pipeline.meta["version"] = "testi", "0.1"
    pipeline.to_disk(tmp_path / "malli")
    return str(tmp_path / "malli")


def read(model: str, text: str = TEXT) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text), [SpacyProposer(model)])


@needs_spacy
def test_entities_are_drafts_where_rules_found_nothing(model: str) -> None:
    facts = read(model)
    (outcome,) = facts.proposed
    assert outcome.by == "spacy:fi_testi/0.1"
    assert [(p.kind, p.value) for p in outcome.accepted] == [
        ("organisation", "Vireä Verkko"),
        ("person", "Aino Esimerkki"),
    ]
    assert outcome.known == 1
    assert outcome.rejected == {"it is not a name": 1, "no municipality or region is called so": 1}
    found = next(o for o in facts.organisations if o.name == "Vireä Verkko")
    assert (found.role, found.evidence[0].confidence, found.evidence[0].rule) == ("mentioned", 0.4, outcome.by)
    assert TEXT[found.evidence[0].span.start : found.evidence[0].span.end] == found.evidence[0].quote


@needs_spacy
def test_a_text_in_another_language_is_not_read(model: str) -> None:
    facts = read(
        model, "The project develops services together with Vireä Verkko and the people of the municipality.\n"
    )
    assert facts.source.language == "en"
    assert facts.proposed[0].accepted == []


@needs_spacy
@pytest.mark.parametrize("name", ["no_such_pipeline", "/nowhere/at/all"])
def test_a_pipeline_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(CannotRunError, match="HANKEVERKKO_SPACY_MODEL"):
        SpacyProposer(name)


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy is installed")
def test_without_spacy_a_sentence_says_what_to_install() -> None:
    with pytest.raises(CannotRunError, match=r"pip install 'hankeverkko\[spacy\]' spacy-fi-experimental-web-md"):
        SpacyProposer("spacy_fi_experimental_web_md")
