"""From any text to facts: the kind by content, the language, nothing raised, every quote at its offsets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.extract import extract, extract_source, language_of
from loaders.language.contacts import holds_contact
from loaders.model import Evidence, Facts, Source


def facts_of(text: str) -> Facts:
    return extract_source(Source(name="testi", sha256="ab" * 32, media_type="text/plain", text=text))


def evidence_of(facts: Facts) -> Iterator[Evidence]:
    initiative = facts.initiative
    values = [initiative.title, initiative.code, initiative.status, initiative.start, initiative.end, initiative.date]
    yield from (value.evidence for value in values if value is not None)
    yield from (value.evidence for _, value in initiative.alternatives)
    yield from (found for organisation in facts.organisations for found in organisation.evidence)
    yield from (person.evidence for person in facts.persons)
    yield from (other.evidence for other in facts.related)
    yield from (money.evidence for money in facts.money)
    yield from (pilot.evidence for pilot in facts.pilots)
    yield from (named.evidence for named in [*facts.places, *facts.methods, *facts.programmes])


def check(facts: Facts) -> None:
    text = facts.source.text
    for found in evidence_of(facts):
        assert text[found.span.start : found.span.end] == found.quote, found
        if not holds_contact(found.surface):
            assert found.surface in " ".join(found.quote.split()), found
        assert 0 < found.confidence <= 1
        assert found.rule


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hankekoodi: S29999\nHankkeen nimi: Malli\nHakijan virallinen nimi: Testaus Oy\n", "eura2014-page"),
        ("Projektikoodi: S19999\nProjektin nimi: Malli\nToteuttajaorganisaation nimi: Testaus Oy", "eura2007-page"),
        ("Malli\nKäytössä\nTarve ja tavoitteet\nA\nRatkaisu\nB\nTulokset\nC\nYhteyshenkilöt\nD", "practice-card"),
        ("Malliohjelma 2018–2020\nKerromme ohjelmasta.", "programme-page"),
        ("Vain yksi rivi", "programme-page"),
    ],
)
def test_the_kind_is_known_by_the_content(text: str, kind: str) -> None:
    name, _, version = facts_of(text).source.kind.partition("/")
    assert name == kind
    assert version.isdigit()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hankkeessa kehitetään kuntien palveluja yhdessä asukkaiden kanssa.", "fi"),
        ("Projektet utvecklar kommunernas tjänster tillsammans med invånarna.", "sv"),
        ("The project develops the services of municipalities together with people.", "en"),
    ],
)
def test_the_language_is_one_of_three(text: str, language: str) -> None:
    assert language_of(text) == language
    assert facts_of(text).source.language == language


def test_a_file_is_read_and_its_text_kept(tmp_path: Path) -> None:
    path = tmp_path / "ohjelma.html"
    path.write_text("<html><body><h1>Malliohjelma 2018–2020</h1><p>Mukana Kuopion kaupunki.</p></body></html>", "utf-8")
    facts = extract(path)
    assert facts.source.name == "ohjelma"
    assert facts.source.media_type == "text/html"
    assert [o.name for o in facts.organisations] == ["Kuopion kaupunki"]
    check(facts)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tyhja.txt"
    path.write_bytes(b"")
    with pytest.raises(ReadError):
        extract(path)


def test_the_demo_documents_have_their_evidence(repository: Path) -> None:
    paths = sorted((repository / "data" / "documents").iterdir())
    assert len(paths) > 10
    for path in paths:
        facts = extract(path)
        check(facts)
        assert facts.initiative.title is not None
        assert facts.organisations


LINES = st.sampled_from(
    [
        "Hankekoodi: S29999",
        "Hankekoodi: ei ole",
        "Hankkeen nimi: Testattu arki",
        "Hakijan virallinen nimi: Kiipulasäätiö / Kiipulan ammattiopisto",
        "Hakijan virallinen nimi:",
        "Y-tunnus: 2285733-9",
        "Suunnitelman mukainen toteutusaika: Alkaa 1.2-.2016 ja päättyy 31.8.2018",
        "Hankkeen yhteyshenkilön nimi: TESTAAJA ANNA",
        "Yhteyshenkilön sähköpostisoite: etunimi.sukunimi(at)kunta.example",
        "Osatoteuttajat",
        "Tapereen yliopisto, Ammattikorkeakoulu, 1234567-1",
        "Myönnetty EU- ja valtion rahoitus: 79.867,20",
        "Kunnat: Kuopio, , Varkaus;",
        "2.3.2020",
        "Kuopion kaupunki/ HR-palvelut, Kuopio",
        "Käytössä",
        "Tarve ja tavoitteet",
        "Ratkaisu",
        "Tulokset",
        "Yhteyshenkilöt",
        "Sari Testaaja",
        "sari.testaaja(at)kunta.example Jaa Twitterissä",
        "Pilotit",
        "1. Kemin kaupungin lastensuohelu, pilotti päättyi syksyllä 2019",
        "2. Tornion kaupunki + Kemin kaupunki",
        "3. Testaus Oy",
        "pilottiyksiköt (Kirjasto, , Kotihoito)",
        "Kehittämiskokeilut olivat:",
        "• ",
        "• Kävelykokoukset",
        "Mukana ovat Lapin ja Seinäjoen ammattikorkeakoulut sekä Testi-hanke (2018–2019).",
        "Kustannusarvio on 1,3 miljoonaa euroa, josta ESR 70 %.",
        "Projektipäällikkö: Ville Mallila (ville.mallila@kunta.example, 040 555 0161)",
        "Finansiärer",
        "Svenska kulturfonden",
        "Budjetti:",
        "",
        " \u00a0\t",
        "İ\u2028ẞ\u0301 \U0001f600",
    ]
)


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_facts_with_evidence(text: str) -> None:
    check(facts_of(text))


@given(st.lists(st.one_of(LINES, LINES, LINES, st.text(max_size=30)), max_size=25).map("\n".join))
@settings(max_examples=120, deadline=None)
def test_any_mixture_of_what_pages_hold_gives_facts_with_evidence(text: str) -> None:
    check(facts_of(text))
