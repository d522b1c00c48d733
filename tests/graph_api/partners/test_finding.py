"""Who is suggested, why, on what evidence, and what is said to be uncertain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from partner_worlds import MakeDesk, Project

from graph_api.partners.desk import Desk
from graph_api.partners.question import Criteria, Question
from loaders.errors import NotFoundError, UsageError

PROJECTS = {
    "P1": Project("A:applicant B", "Kotihoidon kehittäminen", "lean", (2020, 2021)),
    "P2": Project("B:applicant C", "Satamien logistiikka", "", (2021, 2022)),
    "P3": Project("D:applicant E", "Kotihoito uudistuu", "lean", (2022, 2023), 0.6, "inferred"),
    "P4": Project("F:applicant G", "Metsien hoito", "", (2005, 2006), language="sv"),
}
HOMES = {"A": "Utajoki/Pohjola", "D": "Etelälä/Etelä", "C": "Utajoki/Pohjola"}
TYPES = {"C": "municipality", "D": "university", "E": "company"}


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """Return a desk over the small world above."""
    return make_desk(PROJECTS, HOMES, TYPES)


def ask(desk: Desk, organisation: str | None = None, plan: str = "", number: int = 10, **criteria: Any) -> Any:
    """Return suggestions by name."""
    who = desk.position("organisation", organisation) if organisation else None
    found = desk.partners(Question(who, plan, Criteria(**criteria)), number)
    return {each["name"]: each for each in found}


def reasons(found: Any) -> dict[str, Any]:
    """Return the reasons of a suggestion by kind."""
    return {reason["kind"]: reason for reason in found["reasons"]}


def test_neither_oneself_nor_those_met_are_suggested(desk: Desk) -> None:
    assert set(ask(desk, "A")) == {"C", "D", "E", "F", "G"}
    assert "B" in ask(desk, "A", unmet=False)
    assert "A" not in ask(desk, "A", unmet=False)


def test_reasons_are_told_in_words_with_their_evidence(desk: Desk) -> None:
    found = ask(desk, "A")
    method = reasons(found["D"])["shared method"]
    assert method["text"] == "Has used lean, which you have used as well (1 initiative)."
    assert [proof["initiative"]["title"] for proof in method["evidence"]] == [
        "Kotihoito uudistuu",
        "Kotihoito uudistuu",
        "Kotihoidon kehittäminen",
    ]
    assert method["evidence"][0]["evidence"]["quote"] == "rivi P3"
    assert method["evidence"][0]["evidence"]["document"] == "Lista"
    theme = reasons(found["D"])["same theme in another region"]
    assert theme["text"] == "Works on the same theme, in Etelä: “Kotihoito” in “Kotihoito uudistuu”."
    near = reasons(found["C"])["two steps away"]
    assert near["text"] == (
        "Two steps away through B: with you in “Kotihoidon kehittäminen”, with C in “Satamien logistiikka”."
    )
    assert reasons(found["C"])["same region"]["text"] == "Is in the same region, Pohjola."
    assert reasons(found["D"])["reliable lead"]["text"] == "Has led 1 initiative."
    assert "recent activity" not in reasons(found["F"])


def test_points_add_up_to_the_score(desk: Desk) -> None:
    for found in ask(desk, "A").values():
        told = sum(reason["points"] for reason in found["reasons"])
        assert told <= found["score"] + 1e-3
    best = ask(desk, "A")["D"]
    assert sum(reason["points"] for reason in best["reasons"]) == pytest.approx(best["score"], abs=0.02)


def test_what_is_uncertain_is_said(desk: Desk) -> None:
    found = ask(desk, "A")
    assert "Thin: only one initiative of it is known." in found["D"]["cautions"]
    assert "Read from prose, not from a labelled field: 1 of 2 pieces of evidence." in found["D"]["cautions"]
    assert "The least certain of its evidence has confidence 0.6." in found["D"]["cautions"]
    assert "Nothing of it is known after 2006." in found["F"]["cautions"]
    assert "It is not known where it is." in found["F"]["cautions"]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"types": ("university",)}, {"D"}),
        ({"types": ("university", "company")}, {"D", "E"}),
        ({"role": "lead"}, {"A", "B", "D", "F"}),
        ({"language": "sv"}, {"F", "G"}),
        ({"period": (2022, None)}, {"B", "C", "D", "E"}),
        ({"period": (None, 2010)}, {"F", "G"}),
        ({"role": "lead", "period": (2022, 2022)}, {"B", "D"}),
    ],
)
def test_criteria(desk: Desk, criteria: dict[str, Any], expected: set[str]) -> None:
    assert set(ask(desk, **criteria)) == expected


def test_places_and_methods_hold_what_lies_inside(desk: Desk) -> None:
    pohjola = desk.position("place", "Pohjola")
    assert set(ask(desk, places=(pohjola,))) == {"A", "C"}
    assert set(ask(desk, methods=(desk.position("method", "lean"),))) == {"A", "B", "D", "E"}


def test_words_of_a_theme_find_other_forms_of_them(desk: Desk) -> None:
    assert set(list(ask(desk, theme="kotihoidossa"))[:4]) == {"A", "B", "D", "E"}


def test_a_plan_is_read_for_methods_and_words(make_desk: MakeDesk) -> None:
    desk = make_desk({**PROJECTS, "P5": Project("H I", "Satama", "palvelumuotoilu")})
    first = next(iter(ask(desk, plan="Haemme kumppania palvelumuotoiluun.").values()))
    assert first["name"] == "H"
    assert reasons(first)["shared method"]["text"].startswith("Has used palvelumuotoilu, which you look for")


def test_equal_ones_come_in_the_order_of_iris(desk: Desk) -> None:
    names = list(ask(desk, methods=(desk.position("method", "lean"),), types=()))
    assert names.index("D") < names.index("E")  # D leads, which speaks for it
    assert list(ask(desk, language="sv")) == ["F", "G"]


def test_a_newcomer_has_a_place_among_insiders(make_desk: MakeDesk) -> None:
    crowd = " ".join(f"K{number:02}" for number in range(14))
    projects = {
        "P1": Project(f"A {crowd}", "Metsän hoito", "lean"),
        "P2": Project("N M", "Metsien hoito", "lean"),
    } | {f"Q{number}": Project(f"K{number:02} L{number:02} {crowd}", "Metsä", "lean") for number in range(14)}
    found = ask(make_desk(projects), "A")
    assert [name for name, each in found.items() if each["newcomer"]] == ["M"]
    assert list(found)[-1] == "M"
    assert len(found) == 10


def test_what_does_not_exist_is_said(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r'no role "boss"\. Use one of: lead, partner, pilot'):
        ask(desk, role="boss")
    with pytest.raises(UsageError, match=r'no type of organisation in this graph "x"'):
        ask(desk, types=("x",))
    with pytest.raises(UsageError, match="ends before it starts"):
        ask(desk, period=(2020, 2010))
    with pytest.raises(UsageError, match="0 partners"):
        ask(desk, number=0)
    with pytest.raises(UsageError, match="not known"):
        desk.position("organisation", "Nobody")


def test_a_place_that_nothing_is_connected_with(make_desk: MakeDesk) -> None:
    from loaders.iris import BASE, SKOS, VOCABULARY_GRAPH

    desk = make_desk(PROJECTS, more=[f'<{BASE}place/kunta-9> <{SKOS}prefLabel> "Autio"@fi <{VOCABULARY_GRAPH}> .\n'])
    with pytest.raises(NotFoundError, match="Nothing in the graph is connected with the place 'Autio'"):
        desk.position("place", "Autio")


def test_the_same_ranking_in_another_process_with_another_hash_seed(desk: Desk, tmp_path: Path) -> None:
    script = (
        "import sys, json; from pathlib import Path; from graph_api.partners.desk import open_desk;"
        "from graph_api.partners.question import Question;"
        "d = open_desk(Path(sys.argv[1])); print(json.dumps(d.partners(Question(d.position('organisation', 'A')))))"
    )
    import os

    told = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "store")],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
