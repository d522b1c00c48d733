"""Looking names up in the authority file; typos are repaired against known names only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.authority import find_body, find_business_id, name_key, repair, type_of_name
from loaders.vocabulary import organisations

NAMES = sorted({body.name for body in organisations().values()})


@pytest.mark.parametrize(
    ("name", "notation"),
    [
        ("Itä-Suomen yliopisto", "ita-suomen-yliopisto"),
        ("ITÄ-SUOMEN YLIOPISTO", "ita-suomen-yliopisto"),
        ("Itä\u2011Suomen yliopisto", "ita-suomen-yliopisto"),
        ("Itä-Suomen yliopisto (UEF)", "ita-suomen-yliopisto"),
        ("University of Eastern Finland", "ita-suomen-yliopisto"),
        ("UEF", "ita-suomen-yliopisto"),
        ("Suomen Kuntaliitto", "kuntaliitto"),
        ("Suomen Kuntaliitto ry", "kuntaliitto"),
        ("Finlands Kommunförbund rf", "kuntaliitto"),
        ("Tammerfors stad", "kunta-837"),
        ("”Debora Oy”", "debora"),
    ],
)
def test_a_body_is_found_under_any_of_its_names(name: str, notation: str) -> None:
    body = find_body(name)
    assert body is not None
    assert body.notation == notation


@pytest.mark.parametrize("name", ["", "()", "(aiemmin toinen)", "Olematon Säätiö sr", "yliopisto", "Oy"])
def test_an_unknown_name_gives_none(name: str) -> None:
    assert find_body(name) is None


@pytest.mark.parametrize(
    "others",
    [
        ("Tampereen yliopisto", "Tampereen kaupunki", "Tampereen ammattikorkeakoulu Oy"),
        ("Lapin yliopisto", "Lapin ammattikorkeakoulu Oy", "Lapin liitto"),
    ],
)
def test_bodies_of_one_place_are_different(others: tuple[str, ...]) -> None:
    assert len({body.notation for name in others if (body := find_body(name))}) == len(others)


def test_a_business_id_leads_to_its_body() -> None:
    body = find_business_id("2285733-9")
    assert body is not None
    assert body.notation == "ita-suomen-yliopisto"
    assert find_business_id("0000000-0") is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Tapereen yliopisto", "Tampereen yliopisto"),
        ("Lappeenrannan teknillinen ylipisto", "Lappeenrannan teknillinen yliopisto"),
        ("Hämeen ammattikorkekoulu", "Hämeen ammattikorkeakoulu Oy"),
        ("Itä-Suomen yliopitso", "Itä-Suomen yliopisto"),
    ],
)
def test_a_typo_in_a_known_name_is_repaired(printed: str, name: str) -> None:
    body = find_body(name)
    assert body is not None
    assert repair(printed) == body.name


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Tampereen yliopisto", id="nothing to repair"),
        pytest.param("Mielikuvituksen yliopsto", id="the right name would be unknown"),
        pytest.param("Espon liitto", id="a short word is left alone"),
        pytest.param("Tampere yliopisto kaupunki", id="all words known, the name not"),
        pytest.param("", id="nothing"),
    ],
)
def test_nothing_is_bent_into_a_known_name(printed: str) -> None:
    assert repair(printed) is None


@given(st.sampled_from(NAMES))
@settings(deadline=None)
def test_every_preferred_name_is_found_and_needs_no_repair(name: str) -> None:
    assert find_body(name) is not None
    assert repair(name) is None


@given(st.text(max_size=40))
@settings(deadline=None)
def test_the_key_of_any_name_is_stable(name: str) -> None:
    key = name_key(name)
    assert name_key(f"  {name} ") == key
    assert find_body(name) is None or name.strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Debora Oy", "DEBORA"),
        ("Malli-Tuki r.y.", "Malli – Tuki ry"),
        ("Malli Oy Ab", "Malli"),
        ("Modell Ab", "Modell Oy"),
        ("”Malli” sr", "Malli"),
    ],
)
def test_case_dashes_quotes_and_legal_form_are_set_aside(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Testaajien Tuki ry", "association"),
        ("Testare i Norden rf", "association"),
        ("Testaus Oy", "company"),
        ("Testaussäätiö", "foundation"),
        ("Testauksen Tuki sr", "foundation"),
        ("Mallilan kunta", "municipality"),
        ("Mallilan ammattikorkeakoulu Oy", "uas"),
        ("Mallilan yliopisto", "university"),
        ("Kuopion kaupunki", "municipality"),
        ("Testaajat", "other"),
    ],
)
def test_a_name_shows_its_type(name: str, kind: str) -> None:
    assert type_of_name(name) == kind
