"""Answers in Finnish, Swedish and English: every text in each of them, and what is asked for told as asked."""

from __future__ import annotations

import ast
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest
from partner_worlds import MakeDesk, Project, contact

import graph_api
from graph_api.partners.desk import Desk
from graph_api.partners.question import Criteria, Question
from graph_api.wording import LANGUAGES, Term, Words, said
from loaders.errors import UsageError
from loaders.iris import BASE, SKOS, VOCABULARY_GRAPH

PACKAGE = Path(graph_api.__file__).parent
TEXTS = tomllib.loads((PACKAGE / "partners" / "texts.toml").read_text("utf-8"))
LEAN_AND_5S = [
    f"<{BASE}method/5s> <{SKOS}broader> <{BASE}method/lean> <{VOCABULARY_GRAPH}> .\n",
    f'<{BASE}method/lean> <{SKOS}prefLabel> "Lean"@fi <{VOCABULARY_GRAPH}> .\n',
]
PROJECTS = {
    "P1": Project("A:applicant B", "Kotihoidon kehittäminen", "lean"),
    "P2": Project("D:applicant E", "Kotihoito uudistuu", "5s"),
    "P3": Project("F", "Kahvila", "5s lean"),
    "P4": Project("B G", "Satama"),
}


def places_of(text: str) -> set[str]:
    """Return the names in braces of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def told(desk: Desk, organisation: str | None = None, **criteria: Any) -> dict[str, list[str]]:
    """Return the texts of the reasons of each suggestion, by its name."""
    who = desk.position("organisation", organisation) if organisation else None
    found = desk.partners(Question(who, "", Criteria(**criteria)))
    return {each["name"]: [reason["text"] for reason in each["reasons"]] for each in found}


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_in_each_language_with_the_same_places(key: str) -> None:
    assert set(TEXTS[key]) == set(LANGUAGES)
    places = {language: places_of(text) for language, text in TEXTS[key].items()}
    if key != "reason.near":  # where Finnish and Swedish have "the partner suggested", for a name would be inflected
        assert places["fi"] == places["sv"] == places["en"]


def test_what_is_said_has_a_text() -> None:
    said_of = {
        node.args[0].value
        for file in (PACKAGE / "partners").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"said", "words"}
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert len(said_of) > 15
    assert said_of <= set(TEXTS)


def test_reasons_and_cautions_in_finnish(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS, {"A": "Utajoki/Pohjola", "G": "Utajoki/Pohjola"}, more=LEAN_AND_5S, language="fi")
    (found,) = [each for each in desk.partners(Question(desk.position("organisation", "A"), "")) if each["name"] == "G"]
    assert [reason["text"] for reason in found["reasons"]][:2] == [
        "Yhteinen kumppani on B: teidän kanssanne hankkeessa ”Kotihoidon kehittäminen”, "
        "ehdotetun kumppanin kanssa hankkeessa ”Satama”.",
        "Sijaitsee samassa maakunnassa: Pohjola.",
    ]
    assert found["reasons"][0]["kind"] == "two steps away"  # a code, not for reading
    assert found["reasons"][0]["evidence"][0]["what"] == "B on mukana (rooli: kumppani)"
    assert "Ohut näyttö: siltä tunnetaan vain yksi hanke." in found["cautions"]


def test_reasons_in_swedish(make_desk: MakeDesk) -> None:
    texts = told(make_desk(PROJECTS, more=LEAN_AND_5S, language="sv"), "A")
    assert "Har använt metoden Lean, som också ni har använt (1 projekt)." in texts["F"]


def test_a_narrower_method_is_told_as_such_and_the_one_asked_for_comes_first(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS, more=LEAN_AND_5S)
    texts = told(desk, "A", methods=(desk.position("method", "lean"),))
    assert "Has used 5s, a kind of Lean, which you look for (1 initiative)." in texts["D"]
    assert "Has used Lean, which you look for (1 initiative)." in texts["F"]
    assert not any("as well" in text for each in texts.values() for text in each)


def test_a_trial_is_told_with_the_method_asked_for(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS, more=LEAN_AND_5S)
    trials = desk.tried(desk.position("method", "lean"))
    assert {trial["title"]: trial["method"] for trial in trials} == {
        "Kotihoidon kehittäminen": "Lean",
        "Kotihoito uudistuu": "5s",
        "Kahvila": "Lean",
    }


def test_a_contact_without_a_title_is_told_in_the_language(make_desk: MakeDesk) -> None:
    person = [line for line in contact("Maija Malli", "x", "B", "P1") if "jobTitle" not in line]
    desk = make_desk(PROJECTS, more=person, language="fi")
    ends = [desk.position("organisation", name) for name in "AB"]
    (step,) = desk.path(*ends, way="shortest", avoid_hubs=False) or []
    assert step["contacts"] == {"A": [], "B": ["yhteyshenkilö"]}


def test_numbers_and_terms_as_each_language_writes_them() -> None:
    fi, en = (Words("graph_api.partners", language) for language in ("fi", "en"))
    assert [fi.write(each) for each in (1234, 0.756, "x", Term("roles", "pilot"))] == [
        "1\u00a0234",
        "0,756",
        "x",
        "pilottipaikka",
    ]
    assert [en.write(each) for each in (1234, 0.756, Term("roles", "nothing"))] == ["1,234", "0.756", "nothing"]
    assert fi.write((said("quoted", text="a"), said("quoted", text="b"))) == "”a”, ”b”"
    assert (fi.decimals(0.3), en.decimals(0.3, 1)) == ("0,30", "0.3")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="Answers are in fi, sv, en, not in 'de'"):
        Words("graph_api.partners", "de")
