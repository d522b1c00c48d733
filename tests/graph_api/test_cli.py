"""The command line as a user meets it: a real process, its output, its exit code, and errors that are sentences."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONTACT = "organisaatio.example"


def run(
    *arguments: str, cwd: Path | None = None, stdin: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph_api.cli.main", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "160", **env},
    )


@pytest.fixture(scope="module")
def store(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli")
    done = run("demo", "--data", str(repository / "data"), "--output", str(folder))
    assert done.returncode == 0, done.stderr
    assert "Closest collaborations" in done.stdout
    assert "Lapin yliopisto" in done.stdout
    assert str(folder / "map.html") in done.stdout.replace("\n", "")
    assert (folder / "map.html").read_text("utf-8").startswith("<!")
    return str(folder / "store")


def test_version() -> None:
    done = run("version")
    assert done.returncode == 0
    assert done.stdout.startswith("hankeverkko 0.")


@pytest.mark.parametrize("form", ["table", "csv", "json", "turtle"])
def test_a_named_query_in_every_format(store: str, form: str) -> None:
    done = run("query", "partners-of-organisation", "organisation=Lapin yliopisto", "--format", form, "--store", store)
    assert done.returncode == 0, done.stderr
    assert "Tornion kaupunki" in done.stdout


def test_queries_are_listed_without_a_name() -> None:
    done = run("--json", "query")
    assert len(json.loads(done.stdout)) >= 14


def test_stats_and_validate(store: str) -> None:
    assert run("validate", "--store", store).returncode == 0
    done = run("--json", "stats", "--store", store)
    assert json.loads(done.stdout)["documents"]["practice-card/1"] == 5


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "net", "json", "cyjs", "ttl", "zip"])
def test_the_network_is_written(store: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"network.{suffix}"
    done = run("network", "--weighting", "newman", "--period", "2015-", "-o", str(path), "--store", store)
    assert done.returncode == 0, done.stderr
    assert path.stat().st_size > 500


def test_a_map_is_written(store: str, tmp_path: Path) -> None:
    done = run("map", "-o", str(tmp_path / "m.html"), "--title", "Kartta", "--language", "fi", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "Kartta" in (tmp_path / "m.html").read_text("utf-8")


@pytest.mark.parametrize("narrowed", [("--period", "2050-"), ("--minimum", "99")])
def test_no_blank_map_is_written(store: str, tmp_path: Path, narrowed: tuple[str, str]) -> None:
    done = run("map", "-o", str(tmp_path / "m.html"), *narrowed, "--store", store)
    assert done.returncode == 2
    assert "the map would be blank" in " ".join(done.stderr.split())
    assert not (tmp_path / "m.html").exists()


def test_contacts_are_printed_only_when_asked_for(repository: Path) -> None:
    path = str(repository / "data" / "documents" / "liaani.txt")
    without, with_them = run("extract", path), run("extract", "--contacts", path)
    assert CONTACT not in without.stdout + without.stderr
    assert CONTACT in with_them.stdout


def test_reconcile_reads_standard_input() -> None:
    done = run("reconcile", "-", stdin="Lapin yliopisto\nLAPIN YLIOPISTO\nVaasan yliopisto\n")
    entities = [line.split("\t")[1] for line in done.stdout.splitlines()]
    assert entities[0] == entities[1] != entities[2]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["build", "nothing-here"], 2, "no such file or folder"),
        (["query", "partners-of", "--store", "nowhere"], 3, "There is no store at nowhere"),
        (["stats", "--store", "nowhere"], 3, "hankeverkko build"),
        (["reconcile", "no-such-file.txt"], 2, "cannot be read"),
        (["demo", "--data", "no-such-folder"], 2, "demo documents are not there"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_are_sentences_with_an_exit_code(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "partners-of-organisaton", "organisation=x"], "partners-of-organisation"),
        (["query", "partners-of-organisation"], "organisation"),
        (["query", "partners-of-organisation", "Lapin yliopisto"], "key=value"),
        (["query", "partners-of-organisation", "organisation=Lapin yliopsto"], "Lapin yliopisto"),
        (["network", "--period", "soon"], "not a period"),
        (["network", "--weighting", "heavy"], 'no weighting "heavy"'),
    ],
)
def test_wrong_usage_says_what_is_right(store: str, arguments: list[str], message: str) -> None:
    done = run(*arguments, "--store", store)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


def test_a_problem_in_the_data_gives_exit_code_1_and_loads_the_rest(repository: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    done = run("build", str(bad), str(repository / "data" / "documents" / "liaani.txt"), "--store", str(tmp_path / "s"))
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    assert run("stats", "--store", str(tmp_path / "s")).returncode == 0


def test_no_colour_is_honoured(store: str) -> None:
    assert "\x1b[" not in run("stats", "--store", store, NO_COLOR="1").stdout


def test_the_steward_adds_reviews_forgets_and_removes(repository: Path, tmp_path: Path) -> None:
    """One session at the terminal: build, add, list drafts, judge one, see it done, forget a person, remove."""
    documents, store = repository / "data" / "documents", ("--store", str(tmp_path / "store"))
    built = run("build", str(documents / "lean_kotihoito.txt"), *store)
    assert built.returncode == 0, built.stderr
    added = run("add", str(documents / "tulevaa_yhdessa.txt"), *store)
    assert added.returncode == 0, added.stderr
    assert "Added: tulevaa_yhdessa." in added.stdout
    listed = run("review", "list", "--document", "tulevaa_yhdessa", *store)
    assert "»" in listed.stdout
    (first, *_) = json.loads(run("--json", "review", "list", *store).stdout)
    settled = run("review", "accept", first["id"], "--by", "Testaaja", "--why", "luettu", *store)
    assert settled.returncode == 0, settled.stderr
    (done,) = json.loads(run("--json", "review", "done", *store).stdout)
    assert (done["verdict"], done["who"], done["why"]) == ("accepted", "Testaaja", "luettu")
    contacts = json.loads(run("--json", "contacts", *store).stdout)
    name = contacts[0]["person"]
    forgotten = run("forget", name, *store)
    assert forgotten.returncode == 0, forgotten.stderr
    assert name not in run("contacts", *store).stdout
    removed = run("remove", "tulevaa_yhdessa", *store)
    assert "Removed: tulevaa_yhdessa." in removed.stdout
    assert run("remove", "tulevaa_yhdessa", *store).returncode == 2


def test_min_confidence_filters_everywhere(store: str) -> None:
    def rows(*arguments: str) -> str:
        done = run("--json", *arguments, "--store", store)
        assert done.returncode == 0, done.stderr
        return done.stdout

    for command in (("query", "counts"), ("stats",), ("network",)):
        assert rows(*command) != rows(*command, "--min-confidence", "0.97")
    refused = run("query", "counts", "--min-confidence", "2", "--store", store)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_the_loaders_are_listed_with_where_they_come_from() -> None:
    done = run("loaders")
    assert done.returncode == 0, done.stderr
    rows = {line.split("│")[1].strip(): line for line in done.stdout.splitlines() if line.count("│") > 3}
    assert {"eura2014-page", "innokyla-model", "rural-network", "university-project", "programme-page"} <= set(rows)
    assert "built-in" in rows["rural-network"]


def test_a_plug_in_that_breaks_is_named_and_the_others_work(tmp_path: Path, repository: Path) -> None:
    info = tmp_path / "frail-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: frail\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[hankeverkko.kinds]\nours = no_such_module:KIND\n", "utf-8")
    (tmp_path / "sivu.txt").write_text("Testattu hanke\nRahoittaja: Lapin liitto\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), str(repository)])
    done = run("extract", str(tmp_path / "sivu.txt"), PYTHONPATH=path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["kind"].startswith("programme-page/")
    assert done.stderr.startswith("Left out: frail 1.0: its loader “ours” is left out: no_such_module:KIND cannot be")
    assert run("loaders", PYTHONPATH=path).returncode == 1


HANKE = "Oma hanke\n\nHankkeessa ovat mukana Lapin yliopisto ja Tornion kaupunki.\n"


def test_a_file_without_facts_and_a_table_of_no_known_kind_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    (tmp_path / "t.csv").write_text("nimi;koodi\nA;1\n", "utf-8")
    (tmp_path / "oma.txt").write_text(HANKE, "utf-8")
    done = run("build", "x.json", "t.csv", "oma.txt", "--store", "store", cwd=tmp_path)
    assert done.returncode == 0
    assert "x.json: no facts were found in it" in done.stderr
    assert "t.csv: a table of no known kind" in done.stderr
    assert "oma.txt" not in done.stderr


def test_the_same_content_under_two_names_is_told_and_a_files_name_removes_its_document(tmp_path: Path) -> None:
    for name in ("oma.txt", "oma2.txt"):
        (tmp_path / name).write_text(HANKE, "utf-8")
    (tmp_path / "muu.txt").write_text(HANKE + "Muu hanke.\n", "utf-8")
    assert (
        "oma2.txt: the same content as the document oma."
        in run("build", "oma.txt", "oma2.txt", "muu.txt", "--store", "store", cwd=tmp_path).stderr
    )
    again = run("add", "oma2.txt", "--store", "store", cwd=tmp_path)
    assert "Nothing to change." in again.stdout
    assert "oma2: the same content as the document oma." in again.stderr
    (tmp_path / "muu.txt").write_text(HANKE + "Toinen hanke.\n", "utf-8")
    replaced = run("replace", "muu.txt", "--store", "store", cwd=tmp_path)
    assert "Replaced: muu." in replaced.stdout
    assert "Added" not in replaced.stdout
    assert "Removed: oma." in run("remove", "oma.txt", "--store", "store", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "arguments",
    [["review", "import", "no.csv"], ["restore", "no.gz"], ["reconcile", "no.txt"], ["reconcile", "data.bin"]],
)
def test_a_file_that_is_not_there_or_no_text_is_wrong_usage(tmp_path: Path, store: str, arguments: list[str]) -> None:
    (tmp_path / "data.bin").write_bytes(b"PK\x03\x04\x00junk")
    folder = "new" if arguments[0] == "restore" else store
    done = run(*arguments, "--store", folder, cwd=tmp_path)
    assert done.returncode == 2
    assert "Check the path" in done.stderr or "is no text file" in done.stderr
    assert "Errno" not in done.stderr


@pytest.mark.parametrize("command", [["network"], ["stats"], ["--json", "review", "list", "-n", "99"]])
def test_a_reader_that_has_seen_enough_is_no_problem(store: str, command: list[str]) -> None:
    """What begins to read and stops at once: `hankeverkko network | head -1`."""
    with subprocess.Popen(
        [sys.executable, "-m", "graph_api.cli.main", *command, "--store", store],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0, said
    assert "Broken" not in said


def test_json_and_quiet_are_understood_after_the_command_too(store: str) -> None:
    after = run("stats", "--store", store, "--json")
    assert json.loads(after.stdout) == json.loads(run("--json", "stats", "--store", store).stdout)
    assert run("add", "-q", str(Path(store).parent / "nothing.txt"), "--store", store).returncode == 2


NAMES = "Tornio\nxyz\nLapin yliopistolla\nPohjankodit\nLapin yliopisto / Uusi laitos\n"


def test_reconcile_says_which_names_nobody_knows() -> None:
    done = run("--json", "reconcile", "-", "--explain", stdin=NAMES)
    assert "4 of 5 names are of no organisation that the vocabularies know" in done.stderr
    town, junk, known, _, unit = json.loads(done.stdout)
    assert [row["known"] for row in (town, junk, known, unit)] == [False, False, True, False]
    assert town["score"] is None
    assert "“Tornion kaupunki” may be meant" in town["reason"]
    assert town["perhaps"].endswith("/kunta-851")
    assert junk["perhaps"] is None
    assert junk["entity"]
    assert known["score"] > 0.9
    assert "a unit of “Lapin yliopisto”" in unit["reason"]


def test_reconcile_leaves_the_unknown_empty_where_that_is_asked_for() -> None:
    lines = run("reconcile", "-", "--known-only", stdin=NAMES).stdout.splitlines()
    assert lines[1] == "xyz\t"
    assert lines[2].endswith("/lapin-yliopisto")


def test_reconcile_knows_the_names_and_decisions_of_a_store(store: str, tmp_path: Path) -> None:
    folder = shutil.copytree(store, tmp_path / "store")
    decided = run("identity", "decide", "xyz", "Pohjankodit Oy", "same", "--by", "maija", "--store", str(folder))
    assert decided.returncode == 0, decided.stderr
    rows = json.loads(run("--json", "reconcile", "-", "--explain", "--store", str(folder), stdin=NAMES).stdout)
    assert rows[1]["entity"] == rows[3]["entity"]
    assert [row["name"] for row in rows if row["known"]] == ["Pohjankodit Oy", "Lapin yliopisto", "Pohjankodit Oy"]
    assert run("reconcile", "-", "--store", str(tmp_path / "none"), stdin=NAMES).returncode == 3
