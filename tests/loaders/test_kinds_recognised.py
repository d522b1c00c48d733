"""Each kind of document is recognised by its content, and no kind takes the documents of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.extract import extract
from loaders.kinds import KINDS
from loaders.model import Facts
from loaders.plugins import evidence_of
from loaders.readers import read_document
from loaders.text import Text

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = REPOSITORY / "tests" / "fixtures" / "pages"
DEMO = {
    "circular_economy": "eura2014-page",
    "elinvoimaa_organisaatioon": "eura2014-page",
    "fokus_tyohyvinvointi": "eura2014-page",
    "hyvat_kaytannot": "eura2007-page",
    "itseohjautuvuus": "practice-card",
    "kierto_10": "eura2014-page",
    "kolme_w_ohjelma": "programme-page",
    "kunteko_2020": "eura2014-page",
    "lapin_yrityskunto": "eura2007-page",
    "lean_kotihoito": "practice-card",
    "leva_och_lara": "university-project",
    "liaani": "eura2014-page",
    "mentorointi_varhaiskasvatus": "practice-card",
    "perheille_parasta_hanke": "eura2014-page",
    "perheille_parasta_toimintatapa": "practice-card",
    "sotedialogit": "eura2014-page",
    "tukeva_tyoyhteiso": "university-project",
    "tulevaa_yhdessa": "practice-card",
}
OF_FIXTURES = {
    "innokyla": "innokyla-model",
    "rural": "rural-network",
    "university": "university-project",
    "general": "programme-page",
}


def documents() -> Iterator[tuple[Path, str]]:
    for path in sorted((REPOSITORY / "data" / "documents").iterdir()):
        yield path, DEMO[path.stem]
    for path in sorted(PAGES.iterdir()):
        yield path, OF_FIXTURES[path.stem.partition("_")[0]]


@pytest.fixture(params=[pytest.param(item, id=item[0].name) for item in documents()])
def document(request: pytest.FixtureRequest) -> tuple[Path, str]:
    found: tuple[Path, str] = request.param
    return found


def test_a_document_is_read_by_its_own_kind(document: tuple[Path, str]) -> None:
    path, kind = document
    assert extract(path).source.kind.partition("/")[0] == kind


def test_the_right_kind_is_clearly_ahead(document: tuple[Path, str]) -> None:
    path, kind = document
    text = Text(read_document(path).text)
    scores = {each.name: each.score(text) for each in KINDS}
    assert all(0 <= score <= 1 for score in scores.values())
    others = max(score for name, score in scores.items() if name != kind)
    assert scores[kind] > others + (0 if kind == "programme-page" else 0.05), scores


def test_each_kind_of_page_has_three_fixtures() -> None:
    found = [kind for path, kind in documents() if path.parent == PAGES]
    assert all(found.count(kind) >= 3 for kind in ("innokyla-model", "rural-network", "university-project"))


def test_the_quote_of_every_fact_stands_at_its_offsets(document: tuple[Path, str]) -> None:
    facts = extract(document[0])
    found = list(evidence_of(facts))
    assert found
    for evidence in found:
        assert facts.source.text[evidence.span.start : evidence.span.end] == evidence.quote
        assert evidence.quote


def test_no_fact_holds_a_contact_detail_of_a_person(document: tuple[Path, str]) -> None:
    facts: Facts = extract(document[0])
    addresses = {person.email for person in facts.persons} | {person.phone for person in facts.persons}
    for evidence in evidence_of(facts):
        assert not any(address and address in evidence.quote for address in addresses)
