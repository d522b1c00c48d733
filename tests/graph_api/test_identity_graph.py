"""Identity in the graph: decisions as edges, taken back without a trace; succession with its source; the graph of today."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from graph_api.build import build
from graph_api.change import add_documents, refresh, remove_documents, replace_documents
from graph_api.cli.main import app
from graph_api.collaboration.index import read_index
from graph_api.confidence import open_confident
from graph_api.curation.identity import decide
from graph_api.identity.decisions import Decision
from graph_api.people import forget_person
from graph_api.queries import run_query
from graph_api.store import canonical_nquads, current, open_graph
from graph_api.today import divided
from graph_api.validation import validate_store
from loaders.errors import UsageError
from loaders.iris import DCTERMS, HV, IDENTITY_GRAPH, INFERRED_GRAPH, RDF, SKOS, VOCABULARY_GRAPH, entity
from loaders.vocabulary import organisations

LIST = """Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion \
rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä
A90001,EAKR,Kuvitelma yksi,1,Lapin liitto,Päättynyt,1.1.2015,31.12.2016,{one},100,90,120,110
A90002,EAKR,Kuvitelma kaksi,1,Lapin liitto,Päättynyt,1.1.2015,31.12.2016,{two},200,190,220,210
A90003,EAKR,Kuvitelma kolme,1,Länsi-Suomen lääninhallitus,Päättynyt,1.1.2008,31.12.2009,Kuopion yliopisto,1,1,1,1
A90004,EAKR,Kuvitelma neljä,1,Lapin liitto,Päättynyt,1.1.2015,31.12.2016,Pajulan Paja Oy (ent. Lehdon Paja Oy),1,1,1,1
A90005,EAKR,Kuvitelma viisi,1,Lapin liitto,Päättynyt,1.1.2008,31.12.2009,Lehdon Paja Oy,1,1,1,1
A90006,EAKR,Kuvitelma kuusi,1,Lapin liitto,Päättynyt,1.1.2008,31.12.2009,Haukiputaan kunta,1,1,1,1
"""
CARD = """14.5.2019
Oulun kaupunki/ Varhaiskasvatus, Oulu
Perheiden tuki
Käytössä
Tarve ja tavoitteet
Perheet saivat tukea liian myöhään.
Ratkaisu
Kokeilussa mukana olivat Itä-Suomen yliopisto ja Kuopion yliopisto.
Kehittämiseen ovat osallistuneet
Itä-Suomen yliopisto
Kuopion yliopisto
Oamk
"""
NAMES = ("Lumon Taitotalo Oy", "Taikan Osaamistalo ry")


def write_documents(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lista.csv").write_text(LIST.format(one=NAMES[0], two=NAMES[1]), "utf-8")
    (folder / "kortti.txt").write_text(CARD, "utf-8")
    return [folder / "lista.csv", folder / "kortti.txt"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("identity")
    files = write_documents(folder / "in")
    report = build(files, folder / "store")
    assert not report.violations
    return folder / "store", files


@pytest.fixture
def store(built: tuple[Path, list[Path]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[0], tmp_path / "store"))


def graph(store: Path) -> str:
    return canonical_nquads(open_graph(store))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def objects(store: ox.Store, subject: str | None, predicate: str, name: str | None = None) -> set[str]:
    node = ox.NamedNode(subject) if subject else None
    where = ox.NamedNode(name) if name else None
    found = store.quads_for_pattern(node, ox.NamedNode(predicate), None, where)
    return {quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)}


def test_a_decision_is_an_edge_and_leaves_no_trace_when_it_is_taken_back(
    store: Path, built: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    before = graph(store)
    run("identity", "decide", *NAMES, "same", "--why", "asked", "--by", "maija", "--store", str(store))
    opened = open_graph(store)
    assert objects(opened, None, HV + "decidedName", IDENTITY_GRAPH) == set(NAMES)
    assert objects(opened, None, HV + "judgement") == {"same"}
    assert objects(opened, None, HV + "decidedBy") == {"maija"}
    assert len(objects(opened, None, HV + "decidedEntity")) == 1
    assert validate_store(opened) == []
    (merged,) = objects(opened, None, HV + "decidedEntity")
    assert {entity("initiative", code) for code in ("A90001", "A90002")} <= objects(
        opened, merged, HV + "participatesIn"
    )
    after = graph(store)
    del opened
    build(built[1][::-1], tmp_path / "again", curation=store / "curation")
    assert graph(tmp_path / "again") == after
    run("identity", "withdraw", *NAMES, "--by", "maija", "--store", str(store))
    assert graph(store) == before
    assert (store / "curation" / "identity.tsv").read_text("utf-8").count("\n") == 3


def test_no_source_statement_is_lost_in_a_merge(store: Path) -> None:
    def statements() -> tuple[set[str], set[str], set[str]]:
        opened = open_graph(store)
        labels = objects(opened, None, SKOS + "prefLabel") | objects(opened, None, SKOS + "altLabel")
        return objects(opened, None, HV + "quote"), labels, objects(opened, None, HV + "amount")

    before = statements()
    decide(store / "curation", [Decision("2026-01-02T03:04:05Z", "maija", "same", *NAMES)])
    refresh(store)
    assert all(kept <= now for kept, now in zip(before, statements(), strict=True))


def test_documents_go_when_a_decision_about_their_names_was_made(store: Path, tmp_path: Path) -> None:
    """Decide, then remove, replace, build elsewhere: a decision outlives the documents, and blocks nothing."""
    run("identity", "decide", *NAMES, "same", "--by", "maija", "--store", str(store))
    other = tmp_path / "muu.txt"
    other.write_text("Muu hanke\n\nHankkeessa oli mukana Sysmän kunta.\n", "utf-8")
    newer = tmp_path / "kortti.txt"
    newer.write_text(other.read_text("utf-8") + "\n", "utf-8")
    removed, replaced = (Path(shutil.copytree(store, tmp_path / name)) for name in ("removed", "replaced"))
    add_documents([other], removed)
    assert sorted(remove_documents(["lista", "kortti"], removed).removed) == ["kortti", "lista"]
    remove_documents(["lista"], replaced)
    assert replace_documents([newer], replaced).removed == ["kortti"]
    build([other], tmp_path / "elsewhere", curation=store / "curation")
    for kept in (removed, replaced, tmp_path / "elsewhere"):
        opened = open_graph(kept)
        assert validate_store(opened) == []
        assert objects(opened, None, HV + "judgement") == {"same"}
        assert not objects(opened, None, DCTERMS + "isReplacedBy")


def test_a_decision_that_names_nobody_is_told_blocks_nothing_and_can_be_taken_back(store: Path) -> None:
    before = graph(store)
    pair = ("Ei Missään Oy", "Tyhjän Talo ry")
    made = CliRunner().invoke(app, ["identity", "decide", *pair, "same", "--by", "maija", "--store", str(store)])
    assert made.exit_code == 0
    for name in pair:
        assert f"No document and no vocabulary has “{name}”" in made.stderr
    assert forget_person("Maija Meikäläinen", store).rewritten == []
    assert f"“{pair[0]}” and “{pair[1]}” are one organisation" in run(
        "identity", "explain", *pair, "--store", str(store)
    )
    run("identity", "withdraw", *pair, "--by", "maija", "--store", str(store))
    assert graph(store) == before


def test_a_decision_that_cannot_be_put_into_force_is_not_written_and_one_that_was_can_be_withdrawn(store: Path) -> None:
    body = organisations()["oamk"]
    pair = (body.iri, body.first("businessId") or "")
    arguments = ["--by", "maija", "--store", str(store)]
    made = CliRunner().invoke(app, ["identity", "decide", *pair, "different", *arguments])
    assert isinstance(made.exception, UsageError)
    assert "cannot be kept apart" in str(made.exception)
    assert not (store / "curation" / "identity.tsv").exists()
    decide(store / "curation", [Decision("2026-01-02T03:04:05Z", "m", "different", *pair)])
    run("identity", "withdraw", *pair, *arguments)


def test_different_holds_against_the_authority_file(store: Path) -> None:
    oamk = entity("organisation", "oamk")
    assert oamk in objects(open_graph(store), None, HV + "mentions")
    run("identity", "decide", "Oamk", oamk, "different", "--by", "maija", "--store", str(store))
    found = json.loads(run("--json", "identity", "explain", "Oamk", "Oulun ammattikorkeakoulu", "--store", str(store)))
    assert (found["judgement"], found["rule"], found["score"]) == ("different", "decision", 0.0)


def test_contradictory_decisions_stop_a_build_with_a_sentence(store: Path) -> None:
    journal = store / "curation" / "identity.tsv"
    decide(store / "curation", [Decision("2026", "m", "same", "A", "B"), Decision("2026", "m", "same", "B", "C")])
    with journal.open("a", encoding="utf-8") as file:
        file.write("2026\tm\tdifferent\tA\tC\t\t\n")
    before = graph(store)
    result = CliRunner().invoke(app, ["refresh", "--store", str(store)])
    assert result.exit_code != 0
    assert "line 4" in str(result.exception)
    assert graph(store) == before


def test_printed_succession_stands_with_its_row(built: tuple[Path, list[Path]]) -> None:
    opened = open_graph(built[0])
    names = {name: iri for iri, name in _labels(opened).items()}
    (source,) = (d for d in current(built[0]).manifest()["documents"] if d["name"] == "lista")
    earlier, later = names["Lehdon Paja Oy"], names["Pajulan Paja Oy"]
    assert objects(opened, earlier, HV + "predecessorOf", source["graph"]) == {later}
    assert objects(opened, earlier, HV + "currentForm", INFERRED_GRAPH) == {later}
    (evidence,) = (
        quad.subject for quad in opened.quads_for_pattern(None, ox.NamedNode(RDF + "subject"), ox.NamedNode(earlier))
    )
    assert isinstance(evidence, ox.NamedNode)
    assert objects(opened, evidence.value, HV + "row") == {"5"}
    (quote,) = objects(opened, evidence.value, HV + "quote")
    assert quote == current(built[0]).text(source["key"]).splitlines()[4]


def _labels(opened: ox.Store) -> dict[str, str]:
    found = opened.quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None)
    return {
        quad.subject.value: quad.object.value
        for quad in found
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        and quad.object.language == "fi"
    }  # fmt: skip


def test_a_former_municipality_leads_to_the_one_it_became_part_of(built: tuple[Path, list[Path]]) -> None:
    opened = open_graph(built[0])
    former, now = entity("organisation", "kunta-084"), entity("organisation", "kunta-564")
    assert objects(opened, former, HV + "predecessorOf", VOCABULARY_GRAPH) == {now}
    assert objects(opened, former, HV + "endedOn", VOCABULARY_GRAPH) == {"2012"}
    assert objects(opened, former, HV + "currentForm", INFERRED_GRAPH) == {now}


def test_today_whoever_carries_on_stands_for_whom_it_carries_on(store: Path) -> None:
    then, today = open_confident(store, None), open_confident(store, None, today=True)
    old, new = entity("organisation", "kuopion-yliopisto"), entity("organisation", "ita-suomen-yliopisto")
    assert entity("initiative", "A90003") in objects(then, old, HV + "participatesIn")
    assert entity("initiative", "A90003") not in objects(then, new, HV + "participatesIn")
    assert entity("initiative", "A90003") in objects(today, new, HV + "participatesIn")
    assert objects(today, old, HV + "participatesIn") == set()
    assert validate_store(today) == []
    answer = run_query(today, "initiatives-of-organisation", {"organisation": "Kuopion yliopisto"})
    assert any("A90003" in str(cell) for row in answer.rows for cell in row)
    index = read_index(today)
    members = {index.organisations.labels[int(p)] for p in index.participations.organisations}
    assert "Itä-Suomen yliopisto" in members
    assert not members & {"Kuopion yliopisto", "Haukiputaan kunta", "Lehdon Paja Oy"}


def test_today_one_that_was_divided_stays_with_a_note(store: Path) -> None:
    today = open_confident(store, None, today=True)
    (found,) = divided(today)
    assert found.name == "Länsi-Suomen lääninhallitus"
    assert "Divided among" in found.note
    assert objects(today, found.iri, RDF + "type")


def test_today_in_the_commands(store: Path) -> None:
    question = ["query", "initiatives-of-organisation", "organisation=Itä-Suomen yliopisto", "--store", str(store)]
    assert "A90003" not in run("--json", *question)
    assert "A90003" in run("--json", *question, "--as", "today")
    network = json.loads(run("--json", "network", "--as", "today", "--store", str(store)))
    assert network["organisations"] < json.loads(run("--json", "network", "--store", str(store)))["organisations"]


def test_the_steward_commands(store: Path) -> None:
    found = json.loads(run("--json", "identity", "explain", *NAMES, "--store", str(store)))
    assert found["judgement"] == "different"
    assert found["features"]
    run("identity", "decide", *NAMES, "unsure", "--by", "maija", "--store", str(store))
    listed = json.loads(run("--json", "identity", "list", "--store", str(store)))
    assert [(d["judgement"], d["first"], d["who"]) for d in listed] == [("unsure", NAMES[0], "maija")]
    pairs = json.loads(run("--json", "identity", "candidates", "--store", str(store)))
    assert all({pair["first"], pair["second"]} != set(NAMES) for pair in pairs)
    assert "Decisive:" in run("identity", "explain", "Lapin liitto", "LAPIN LIITTO", "--store", str(store))


def test_reconcile_explains_each_name(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Oulun yliopisto\nOulu yliopisto\n", "utf-8")
    rows = json.loads(run("--json", "reconcile", str(names), "--explain"))
    assert {row["entity"] for row in rows} == {entity("organisation", "oulun-yliopisto")}
    assert rows[1]["name"] == "Oulun yliopisto"
    assert 0.5 <= rows[1]["score"] < 1
    printed = run("reconcile", str(names), "--explain").splitlines()
    assert printed[0].split("\t") == ["mention", "entity", "name", "score", "reason"]
    assert len(printed) == 3


def test_deciding_without_a_store_waits_for_the_first_build(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    run("identity", "decide", *NAMES, "same", "--by", "maija", "--store", str(folder))
    build(write_documents(tmp_path / "in"), folder)
    assert len(objects(open_graph(folder), None, HV + "decidedEntity")) == 1
