"""Known names in running text: every case form, abbreviations with a colon, look-alikes, never inside an address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.gazetteer import fold, gazetteer, web_spans
from loaders.vocabulary import scheme


def find(text: str, kind: str | None = None) -> list[tuple[str, str]]:
    hits = gazetteer().find(text, frozenset({kind}) if kind else None)
    return [(text[hit.span.start : hit.span.end], hit.notation) for hit in hits]


@pytest.mark.parametrize(
    "form",
    ["Kuopion kaupunki", "Kuopion kaupungin", "Kuopion kaupungissa", "Kuopion kaupungilta", "Kuopion kaupunkia"],
)
def test_a_known_name_is_found_in_every_case(form: str) -> None:
    assert find(f"Siellä {form} kehitti.", "organisation") == [(form, "kunta-297")]


@pytest.mark.parametrize(
    ("form", "notation"),
    [
        ("Joroisissa", "kunta-171"),
        ("Kemijärvellä", "kunta-320"),
        ("Vantaalta", "kunta-092"),
        ("Esbo", "kunta-049"),
        ("Pohjois-Savossa", "maakunta-11"),
    ],
)
def test_places_are_found_in_their_own_local_cases(form: str, notation: str) -> None:
    assert find(f"Toimimme {form}.", "place") == [(form, notation)]


@pytest.mark.parametrize(
    ("text", "surface", "notation"),
    [
        ("UEF:ssa tutkittiin", "UEF:ssa", "ita-suomen-yliopisto"),
        ("THL:n opas", "THL:n", "thl"),
        ("KEVA:lta kysyttiin", "KEVA:lta", "keva"),
        ("TaY/UEF", "UEF", "ita-suomen-yliopisto"),
        ("(THL)", "THL", "thl"),
    ],
)
def test_an_abbreviation_keeps_its_case_ending(text: str, surface: str, notation: str) -> None:
    assert (surface, notation) in find(text, "organisation")


@pytest.mark.parametrize("text", ["Itä\u2011Suomen yliopisto", "Itä–Suomen yliopisto", "Itä-Suomen\nyliopisto"])
def test_dashes_and_line_breaks_do_not_hide_a_name(text: str) -> None:
    assert find(text, "organisation") == [(text, "ita-suomen-yliopisto")]


@pytest.mark.parametrize(
    "text",
    [
        "espoossa",
        "Espoolainen",
        "www.espoo.fi",
        "onni.testaaja@espoo.fi",
        "onni.testaaja(at)espoo.fi",
        "https://kunta.example/Espoo/malli",
        "uef",
        "Thl",
    ],
)
def test_what_only_looks_like_a_name(text: str) -> None:
    assert find(text) == []


def test_the_longest_name_of_a_kind_wins() -> None:
    text = "Lapin yliopiston koulutus- ja kehittämispalvelut"
    assert find(text, "organisation") == [(text, "lapin-yliopiston-koulutus-ja-kehittamispalvelut")]


def test_a_place_inside_an_organisation_is_returned_as_well() -> None:
    assert find("Kuopion kaupunki") == [("Kuopion kaupunki", "kunta-297"), ("Kuopion", "kunta-297")]


def test_web_spans_are_the_addresses() -> None:
    text = "Katso https://kunta.example/a, kunta.fi tai onni (at) kunta.example."
    assert [text[s.start : s.end] for s in web_spans(text)] == [
        "https://kunta.example/a,",
        "kunta.fi",
        "onni (at) kunta.example",
    ]


def test_a_short_name_with_a_legal_form_is_not_an_ordinary_word() -> None:
    assert find("Debora tuli", "organisation") == []
    assert find("Debora Oy:n väki", "organisation") == [("Debora Oy:n", "debora")]


@given(st.text(max_size=80))
@settings(deadline=None)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), st.sampled_from(["Kuopion kaupungissa", "THL:n", "Joroisten"]), st.text(max_size=60))
@settings(deadline=None)
def test_hits_of_any_text_are_whole_words_in_order(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    hits = gazetteer().find(text)
    assert [hit.span.start for hit in hits] == sorted(hit.span.start for hit in hits)
    for hit in hits:
        assert 0 <= hit.span.start < hit.span.end <= len(text)
        assert hit.span.end == len(text) or not text[hit.span.end].isalnum()


def test_a_group_of_methods_is_no_method() -> None:
    groups = [concept for concept in scheme("methods").values() if "topConceptOf" in concept.properties]
    named = {hit.notation for group in groups for hit in gazetteer().find(group.name, frozenset({"method"}))}
    assert groups
    assert named.isdisjoint(group.notation for group in groups)
