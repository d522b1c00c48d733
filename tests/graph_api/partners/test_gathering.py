"""Who is listed: no programmes, nobody without anything in common, one place for a body and for the same reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from partner_worlds import MakeDesk, Project

from graph_api.partners.desk import Desk, open_desk
from graph_api.partners.fitting import Fitted
from graph_api.partners.folding import folded
from graph_api.partners.question import Criteria, Question
from graph_api.partners.scoring import merged, weigh
from loaders.iris import BASE, HV, document_graph

OWNED = [f"<{BASE}organisation/{unit}> <{HV}unitOf> <{BASE}organisation/City> <{document_graph('1')}> .\n"
         for unit in ("Care", "Schools")]  # fmt: skip
TOWN = {
    "P1": Project("City:applicant Care Uni", "Kotihoito", "lean"),
    "P2": Project("Schools Uni", "Koulu", "lean"),
    "P3": Project("Care Firm", "Kotihoito uudistuu"),
}
CONSORTIUM = {
    "Own": Project("Asker:applicant Friend", "Perheille parasta"),
    "Focus": Project("Friend:applicant A B C D", "Fokus johtamiseen"),
    "Other": Project("Friend E", "Kotihoito"),
}


def ask(desk: Desk, organisation: str | None = None, number: int = 10, plan: str = "", **options: Any) -> Any:
    """Return the suggestions, by name."""
    gathered = options.pop("gathered", True)
    who = desk.position("organisation", organisation) if organisation else None
    question = Question(who, plan, Criteria(**options), gathered)
    return {each["name"]: each for each in desk.partners(question, number)}


def names(found: list[dict[str, Any]]) -> list[str]:
    """Return the names of organisations."""
    return [each["name"] for each in found]


def test_a_unit_and_its_owner_have_one_place(make_desk: MakeDesk) -> None:
    found = ask(make_desk(TOWN, more=OWNED), theme="kotihoito")
    assert set(found) == {"Care", "Uni", "Firm"}  # the care has done most
    assert names(found["Care"]["same_body"]) == ["City"]  # the schools have done nothing of the theme
    assert found["Care"]["same_body"][0]["score"] < found["Care"]["score"]
    assert [each["rank"] for each in found.values()] == [1, 2, 3]


def test_each_has_a_place_where_that_is_asked_for(make_desk: MakeDesk) -> None:
    found = ask(make_desk(TOWN, more=OWNED), theme="kotihoito", gathered=False)
    assert {"City", "Care"} <= set(found)
    assert not any(each["same_body"] or each["same_reasons"] for each in found.values())


def test_folded_units_work_as_their_owner(make_desk: MakeDesk, tmp_path: Path) -> None:
    make_desk(TOWN, more=OWNED)
    desk = open_desk(tmp_path / "store", language="en", fold_units=True)
    found = ask(desk, methods=(desk.position("method", "lean"),))
    assert set(found) == {"City", "Uni"}
    texts = [reason["text"] for reason in found["City"]["reasons"]]
    assert "Has used lean, which you look for (2 initiatives)." in texts  # its own, and its schools'
    proof = found["City"]["reasons"][0]["evidence"][1]
    assert (proof["what"][:15], proof["evidence"]["quote"]) == ("City takes part", "rivi P1")
    ends = [desk.position("organisation", name) for name in ("Care", "Firm")]
    (step,) = desk.path(*ends, way="shortest", avoid_hubs=False) or []
    assert (step["from"]["name"], step["participants"]) == ("City", 2)


def test_folding_leaves_no_work_to_units_and_counts_an_owner_once(make_desk: MakeDesk) -> None:
    index = folded(make_desk(TOWN, more=OWNED).market.index)
    work = {name: len(index.matrices.work.row(place)) for place, name in enumerate(index.organisations.labels)}
    assert work == {"City": 3, "Care": 0, "Schools": 0, "Uni": 2, "Firm": 1}


def test_the_other_partners_of_one_project_have_one_place(make_desk: MakeDesk) -> None:
    found = ask(make_desk(CONSORTIUM), "Asker")
    assert set(found) == {"A", "E"}
    assert names(found["A"]["same_reasons"]) == ["B", "C", "D"]
    assert not found["E"]["same_reasons"]


def test_those_whom_something_else_speaks_for_keep_their_place(make_desk: MakeDesk) -> None:
    projects = {**CONSORTIUM, "Own": Project("Asker:applicant Friend", "Perheille parasta", "lean")}
    found = ask(make_desk({**projects, "More": Project("C", "Kahvila", "lean")}), "Asker")
    assert set(found) == {"C", "A", "E"}
    assert names(found["A"]["same_reasons"]) == ["B", "D"]


def test_the_number_of_places_does_not_change_who_stands_in_one(make_desk: MakeDesk) -> None:
    desk = make_desk(CONSORTIUM)
    one, several = ask(desk, "Asker", 1), ask(desk, "Asker", 2)
    first = next(iter(several))
    assert one == {first: several[first]}


def test_ranking_does_not_depend_on_gathering(make_desk: MakeDesk) -> None:
    from graph_api.partners.features import features
    from graph_api.partners.question import allowed, profile_of

    desk = make_desk(CONSORTIUM)
    question = Question(desk.position("organisation", "Asker"), gathered=False)
    profile = profile_of(desk.market, question)
    weighted = weigh(features(desk.market, profile), Fitted().of(is_newcomer=True))
    labels = desk.market.index.organisations.labels
    ranked = [labels[who] for who in merged(desk.market, weighted, allowed(desk.market, question), 10).tolist()]
    assert names(desk.partners(question)) == ranked
    assert sorted(ranked) == ["A", "B", "C", "D", "E"]


def test_a_programme_is_no_partner_unless_asked_for(make_desk: MakeDesk) -> None:
    projects = {"P1": Project("Kunteko Keva", "Kunteko 2020 - Ohjelma", "lean")}
    desk = make_desk(projects, types={"Kunteko": "programme_body", "Keva": "public_body"})
    method = (desk.position("method", "lean"),)
    assert set(ask(desk, methods=method)) == {"Keva"}
    assert set(ask(desk, methods=method, programmes=True)) == {"Keva", "Kunteko"}
    assert set(ask(desk, types=("programme_body",))) == {"Kunteko"}


@pytest.mark.parametrize(
    ("title", "kind", "listed"),
    [
        ("Askel - liikettä arkeen", "", False),
        ("Askel", "", False),
        ("Askelma", "", True),  # another word
        ("Uusi Askel", "", True),
        ("Askel - liikettä arkeen", "association", True),  # an association that names its project after itself
    ],
)
def test_the_name_of_an_initiative_is_no_partner(make_desk: MakeDesk, title: str, kind: str, listed: bool) -> None:
    types = {"Askel": kind} if kind else {}
    desk = make_desk({"P1": Project("Askel Keva", title, "lean")}, types=types)
    assert ("Askel" in ask(desk, methods=(desk.position("method", "lean"),))) == listed


def test_a_theme_that_nobody_works_on_finds_nobody_and_says_so(make_desk: MakeDesk) -> None:
    desk = make_desk(CONSORTIUM)
    for asker in (None, "Asker"):
        assert ask(desk, asker, theme="asdf") == {}
    assert desk.notes(Question(criteria=Criteria(theme="asdf"))) == [
        "No work on this theme is known: no title has “asdf”."
    ]
    assert desk.notes(Question(criteria=Criteria(theme="kotihoidossa asdf"))) == [
        "No title has “asdf”. The other words of the theme were looked for."
    ]
    assert set(ask(desk, theme="kotihoidossa asdf")) == {"E", "Friend"}
    assert desk.notes(Question(criteria=Criteria(theme="kotihoidossa"))) == []


def test_a_plan_of_which_nothing_is_known_finds_nobody_and_says_so(make_desk: MakeDesk) -> None:
    desk = make_desk(CONSORTIUM)
    assert ask(desk, plan="xyz qwerty") == {}
    told = "Nothing in the plan is known: no method, and no word of any title."
    assert desk.notes(Question(plan="xyz qwerty")) == [told]
    assert desk.notes(Question(plan="johtamiseen xyz")) == []


def test_what_has_nothing_on_the_theme_asked_for_is_told(make_desk: MakeDesk) -> None:
    desk = make_desk({"P1": Project("A", "Satama", "lean"), "P2": Project("B", "Kotihoito", "lean")})
    found = ask(desk, theme="kotihoidon", methods=(desk.position("method", "lean"),))
    told = "No work of it on the theme asked for is known (kotihoidon)."
    assert (told in found["A"]["cautions"], told in found["B"]["cautions"]) == (True, False)
