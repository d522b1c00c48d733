"""Who tried a method, where, and how it ended."""

from __future__ import annotations

from partner_worlds import MakeDesk, Project

from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS, VOCABULARY_GRAPH, document_graph

GRAPH = f"<{document_graph('1')}>"
PROJECTS = {
    "P1": Project("A:applicant B", "Lean kotona", "lean", (2018, 2019)),
    "P2": Project("C D", "Viisi ässää", "lean-5s", (2021, 2022)),
    "P3": Project("E", "Muuta", "lumo"),
}
PILOT = f"<{BASE}pilot/p1>"
MORE = [
    f"<{BASE}method/lean-5s> <{SKOS}broader> <{BASE}method/lean> <{VOCABULARY_GRAPH}> .\n",
    f"{PILOT} <{RDF}type> <{HV}Initiative> {GRAPH} .\n",
    f"{PILOT} <{RDF}type> <{HV}Pilot> {GRAPH} .\n",
    f'{PILOT} <{DCTERMS}title> "Taulu"@fi {GRAPH} .\n',
    f"{PILOT} <{HV}pilotOf> <{BASE}initiative/P1> {GRAPH} .\n",
    f"{PILOT} <{HV}hostedBy> <{BASE}organisation/H> {GRAPH} .\n",
    f'{PILOT} <{DCTERMS}description> "pilotti päättyi syksyllä 2019"@fi {GRAPH} .\n',
    f"<{BASE}evidence/state> <{RDF}subject> {PILOT} {GRAPH} .\n",
    f"<{BASE}evidence/state> <{RDF}predicate> <{DCTERMS}description> {GRAPH} .\n",
    f"<{BASE}organisation/H> <{RDF}type> <{HV}Organisation> {GRAPH} .\n",
]


def test_initiatives_and_pilots_of_a_method_and_of_narrower_ones(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS, more=MORE)
    trials = desk.tried(desk.position("method", "lean"))
    assert [trial["title"] for trial in trials] == ["Viisi ässää", "Lean kotona", "Taulu"]
    assert [trial["method"] for trial in trials] == ["lean-5s", "lean", "lean"]
    assert [[who["name"] for who in trial["implementers"]] for trial in trials] == [["C", "D"], ["A"], ["H"]]
    assert [trial["title"] for trial in desk.tried(desk.position("method", "lean-5s"))] == ["Viisi ässää"]


def test_a_pilot_tells_how_it_ended_and_through_what_it_used_the_method(make_desk: MakeDesk) -> None:
    desk = make_desk(PROJECTS, more=MORE)
    pilot = desk.tried(desk.position("method", "lean"))[-1]
    assert pilot["outcome"] == "pilotti päättyi syksyllä 2019"
    assert pilot["outcome_evidence"].endswith("/evidence/state")
    assert pilot["through"]["title"] == "Lean kotona"
    assert pilot["evidence"][0]["evidence"]["quote"] == "rivi P1"


def test_the_method_asked_for_comes_before_a_narrower_one_of_the_same_work(make_desk: MakeDesk) -> None:
    also = f"<{BASE}initiative/P1> <{HV}usesMethod> <{BASE}method/a-narrower> {GRAPH} .\n"
    narrower = f"<{BASE}method/a-narrower> <{SKOS}broader> <{BASE}method/lean> <{VOCABULARY_GRAPH}> .\n"
    desk = make_desk(PROJECTS, more=[*MORE, also, narrower])
    first = {trial["title"]: trial["method"] for trial in desk.tried(desk.position("method", "lean"))}
    assert first["Lean kotona"] == "lean"
