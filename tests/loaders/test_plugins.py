"""Loaders of other distributions: found by entry point, run through `extract`, left out with a sentence when they break."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.extract import extract_source
from loaders.kinds import KINDS
from loaders.model import Facts, Source
from loaders.plugins import GROUP, installed

CARD = """Pihalle yhdessä
Apurahan numero: 2023-17
Saaja: Mallilan kyläyhdistys ry
Myönnetty: 12 000 €

Kyläläiset kunnostavat pihan yhdessä Kuopion kaupungin kanssa.
"""
GOOD = "from loaders.kinds import Kind\nfrom loaders.kinds.programme_page import load\n"
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install small real distributions into a temporary folder on the path."""
    monkeypatch.syspath_prepend(str(tmp_path))
    names: list[str] = []

    def put(distribution: str, source: str, *points: str, version: str = "1.0") -> Path:
        module = distribution.replace("-", "_")
        names.append(module)
        (tmp_path / f"{module}.py").write_text(source, "utf-8")
        info = tmp_path / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", "utf-8")
        lines = [f"{point.replace(':', f' = {module}:', 1)}" for point in points]
        (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines]), "utf-8")
        installed.cache_clear()
        return tmp_path

    installed.cache_clear()
    yield put
    installed.cache_clear()
    for name in names:
        sys.modules.pop(name, None)


def kinds() -> list[str]:
    return [kind.name for kind in installed().kinds]


def facts_of(text: str = CARD) -> Facts:
    return extract_source(Source("kortti", "ab" * 32, "text/plain", text))


def example(repository: Path) -> str:
    """Return the code of the page's example."""
    page = (repository / "docs" / "writing-a-loader.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    return str(code)


def test_the_example_of_the_page_is_complete_and_short(repository: Path) -> None:
    assert len(example(repository).splitlines()) < 60
    page = (repository / "docs" / "writing-a-loader.md").read_text("utf-8")
    assert f'[project.entry-points."{GROUP}"]\nmalli-grant = "hankeverkko_malli:MALLI_GRANT"' in page


def test_the_example_of_the_page_reads_a_card(repository: Path, install: Install) -> None:
    folder = install("hankeverkko-malli", example(repository), "malli-grant:MALLI_GRANT")
    (folder / "card.txt").write_text(CARD, "utf-8")
    path = os.pathsep.join([str(folder), str(repository)])

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "graph_api.cli.main", *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}, cwd=folder
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    record = json.loads(run("extract", "card.txt"))
    assert record["kind"] == "malli-grant/1"
    assert (record["initiative"]["title"], record["initiative"]["code"]) == ("Pihalle yhdessä", "2023-17")
    assert {(o["name"], o["role"]) for o in record["organisations"]} == {
        ("Mallilan kyläyhdistys ry", "applicant"),
        ("Kuopion kaupunki", "partner"),
    }
    assert [(m["label"], m["amount"]) for m in record["money"]] == [("Myönnetty", 12000)]
    assert record["unread"] == []
    listed = json.loads(run("--json", "loaders"))
    assert {"kind": "malli-grant", "version": "1", "from": "hankeverkko-malli 1.0"} in listed["loaders"]
    assert listed["left_out"] == []
    assert [kind["kind"] for kind in listed["loaders"] if kind["from"] == "built-in"] == [kind.name for kind in KINDS]


def test_the_built_in_kinds_come_first() -> None:
    assert kinds()[: len(KINDS)] == [kind.name for kind in KINDS]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "import no_such_module",
            "broken:KIND cannot be imported (ModuleNotFoundError: No module named 'no_such_module')",
        ),
        ("raise SystemExit('worn\\nout')", "cannot be imported (SystemExit: worn out)"),
        ("OTHER = 1", "cannot be imported (AttributeError"),
        ("KIND = 'ours'", "is a str, not a loaders.kinds.Kind"),
        (f"{GOOD}KIND = Kind('Our Kind', '1', lambda t: 0.0, load)", "has the name 'Our Kind'"),
        (f"{GOOD}KIND = Kind('ours', '1/2', lambda t: 0.0, load)", "has the version '1/2'"),
        (f"{GOOD}KIND = Kind('ours', '1', 0.5, load)", "has a score or load that cannot be called"),
        (f"{GOOD}KIND = Kind('programme-page', '9', lambda t: 1.0, load)", "is the name of a built-in kind already"),
    ],
)
def test_a_broken_plug_in_is_left_out_with_a_sentence(install: Install, source: str, sentence: str) -> None:
    install("broken", source, "ours:KIND")
    install("sound", f"{GOOD}KIND = Kind('sound-kind', '1', lambda t: 0.9, load)", "sound:KIND")
    (problem,) = installed().problems
    assert problem.startswith("broken 1.0: its loader “ours” is left out: ")
    assert sentence in problem
    assert "\n" not in problem
    assert kinds() == [*(kind.name for kind in KINDS), "sound-kind"]
    assert facts_of().source.kind == "sound-kind/1"


def test_of_two_plug_ins_with_one_name_the_first_in_the_alphabet_is_used(install: Install) -> None:
    source = f"{GOOD}KIND = Kind('ours', '{{}}', lambda t: 0.9, load)"
    install("b-loader", source.format(2), "ours:KIND")
    install("a-loader", source.format(1), "ours:KIND")
    (problem,) = installed().problems
    assert problem.startswith("b-loader 1.0: ")
    assert "a kind of a-loader 1.0" in problem
    assert facts_of().source.kind == "ours/1"


def test_a_tie_goes_to_the_built_in_kind(install: Install) -> None:
    install("even", f"{GOOD}KIND = Kind('even', '1', lambda t: 0.25, load)", "even:KIND")
    assert facts_of("Hyvä arki\n\nKerromme siitä.").source.kind.startswith("programme-page/")


FAILING_LOAD = """
def fail(document):
    document.add_name("Väärä Oy", document.text.lines[0].span, "partner")
    raise KeyError("puuttuu")
"""
LOOSE = """
from loaders.model import Evidence, Span, Value
def loose(document):
    document.set_once("title", Value("X", Evidence("not there", Span(0, 3), "X", "rule", 0.9)))
"""
ODD_KIND = """
def odd(document):
    document.facts.initiative.kind = "party"
"""


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            f"{GOOD}{FAILING_LOAD}KIND = Kind('ours', '1', lambda t: 1.0, fail)",
            "failed in its load (KeyError: 'puuttuu')",
        ),
        (f"{GOOD}KIND = Kind('ours', '1', lambda t: 1 / 0, load)", "failed in its score (ZeroDivisionError"),
        (f"{GOOD}KIND = Kind('ours', '1', lambda t: 7, load)", "was 7, not a number from 0 to 1"),
        (f"{GOOD}KIND = Kind('ours', '1', lambda t: float('nan'), load)", "was nan, not a number from 0 to 1"),
        (f"{GOOD}KIND = Kind('ours', '1', lambda t: None, load)", "was None, not a number from 0 to 1"),
        (f"{GOOD}{LOOSE}KIND = Kind('ours', '1', lambda t: 1.0, loose)", "a quote that does not stand at its offsets"),
        (f"{GOOD}{ODD_KIND}KIND = Kind('ours', '1', lambda t: 1.0, odd)", "none of practice, programme, project"),
    ],
)
def test_a_plug_in_that_fails_on_a_document_leaves_it_to_the_next_kind(
    install: Install, source: str, sentence: str
) -> None:
    install("frail", source, "ours:KIND")
    facts = facts_of()
    assert facts.source.kind.startswith("programme-page/")
    assert "Väärä Oy" not in [organisation.name for organisation in facts.organisations]
    (unread,) = [item for item in facts.unread if "frail" in item.reason]
    assert unread.reason.startswith("frail 1.0: ")
    assert sentence in unread.reason
