"""The command `hankeverkko partners`, run as a person runs it, on the demo documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(store: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "graph_api.cli.main", *arguments, "--store", str(store)]
    return subprocess.run(command, check=False, capture_output=True, text=True, input=given)


def test_a_coordinators_question(demo_store: Path) -> None:
    criteria = ["--place", "Lappi", "--type", "kunta", "--method", "Lean", "--theme", "kotihoito"]
    done = run(demo_store, "partners", *criteria)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()[:2]
    assert first.startswith(" 1. Tornion kaupunki (kunta, Tornio, Lappi)")
    assert "On käyttänyt menetelmää Lean, jota haette" in second


def test_json_holds_reasons_with_evidence(demo_store: Path) -> None:
    done = run(demo_store, "--json", "partners", "--for", "Tornion kaupunki", "--top", "3")
    found = json.loads(done.stdout)["partners"]
    assert [each["rank"] for each in found] == [1, 2, 3]
    proofs = [proof for each in found for reason in each["reasons"] for proof in reason["evidence"]]
    assert all(proof["evidence"]["quote"] for proof in proofs if "evidence" in proof)
    assert any("evidence" in proof for proof in proofs)


def test_a_plan_from_standard_input(demo_store: Path) -> None:
    done = run(demo_store, "partners", "--like-text", "-", given="Lean-menetelmä kotihoidossa")
    assert "On käyttänyt menetelmää Lean, jota haette" in done.stdout


def test_no_chain_is_an_answer(demo_store: Path) -> None:
    apart = ["partners", "path", "Tornion kaupunki", "Limingan kunta"]
    done = run(demo_store, *apart)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Yhteisten hankkeiden ketjua ei ole")
    english = run(demo_store, *apart, "--language", "en")
    assert english.stdout == "No chain of shared initiatives leads from Tornion kaupunki to Limingan kunta.\n"
    assert json.loads(run(demo_store, "--json", *apart).stdout) == {"steps": None}


def test_a_status_that_is_no_ending_is_not_told_as_one(demo_store: Path) -> None:
    told = " ".join(run(demo_store, "partners", "tried", "Lean", "--language", "en").stdout.split())
    assert "in-use" not in told
    assert "not told" in told


def test_path_and_tried(demo_store: Path) -> None:
    path = run(demo_store, "partners", "path", "Tornion kaupunki", "Vaasan yliopisto")
    assert path.stdout.startswith("1. Tornion kaupunki → ")
    tried = run(demo_store, "--json", "partners", "tried", "Lean")
    outcomes = {trial["outcome"] for trial in json.loads(tried.stdout)["trials"]}
    assert "pilotti päättyi keväällä 2023" in outcomes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing is asked for"),
        (["--place", "Ivalo"], "did you mean"),
        (["--type", "xx"], "no type of organisation"),
        (["--theme", "x", "--language", "de"], "Answers are in fi, sv, en"),
        (["path", "Tornion kaupunki", "Nobody at all"], "is not known"),
        (["tried", "Taikuus"], "is not known"),
        (["--like-text", "/nonexistent.txt"], "There is no file /nonexistent.txt"),
        (["--like-text", "suunnitelma 2.docx"], "There is no file suunnitelma 2.docx"),
        (["--like-text", "./suunnitelmat"], "There is no file ./suunnitelmat"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(demo_store: Path, arguments: list[str], said: str) -> None:
    done = run(demo_store, "partners", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_answers_are_in_the_language_asked_for(demo_store: Path) -> None:
    swedish = run(demo_store, "partners", "--method", "Lean", "--language", "sv", "--top", "1")
    assert "Har använt metoden Lean, som ni söker" in swedish.stdout
    english = run(demo_store, "partners", "tried", "Lean", "--language", "en")
    assert "is a pilot of it" in english.stdout
    finnish = run(demo_store, "partners", "path", "Tornion kaupunki", "Vaasan yliopisto")
    assert "yhteyden vahvuus 0," in finnish.stdout


def test_a_theme_that_nobody_works_on(demo_store: Path) -> None:
    done = run(demo_store, "partners", "--theme", "asdf")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "Aiheesta ei tunneta työtä: minkään hankkeen nimessä ei esiinny ”asdf”.",
            "Kukaan ei täytä kaikkia ehtoja. Väljentäkää hakua.",
        ],
    )


def test_a_town_and_its_unit_are_not_ranked_beside_each_other(demo_store: Path) -> None:
    asked = ["--json", "partners", "--theme", "kotihoito"]
    found = json.loads(run(demo_store, *asked).stdout)["partners"]
    (town,) = [each for each in found if each["name"].startswith("Seinäjoen kaupun")]
    assert "Seinäjoen kaupungin kotihoito" in {each["name"] for each in [town, *town["same_body"]]}
    folded = json.loads(run(demo_store, *asked, "--fold-units").stdout)["partners"]
    assert [each["name"] for each in folded if each["name"].startswith("Seinäjoen kaupun")] == ["Seinäjoen kaupunki"]
