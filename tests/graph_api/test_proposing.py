"""Proposers from the command line to the store: what is printed, what the graph and the manifest say, what is forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph_api.proposing import make_proposers
from graph_api.store import canonical_nquads, current, open_graph
from loaders.errors import UsageError

pytest.importorskip("openai", reason="the extra llm is not installed")

TEXT = """Tuetun arjen malli 2018–2020
Mukana oli Oulun kaupunki. Kokeilua tuki Vireä Verkko, ja siitä kertoi Aino Esimerkki.
"""


def fact(kind: str, value: str, quote: str) -> dict[str, str]:
    return {"kind": kind, "value": value, "role": "", "organisation": "", "quote": quote}


FACTS = [
    fact("organisation", "Vireä Verkko", "Kokeilua tuki Vireä Verkko"),
    fact("person", "Aino Esimerkki", "siitä kertoi Aino Esimerkki"),
    fact("organisation", "Keksitty Oy", "Keksitty Oy"),
]


@pytest.fixture
def run(chat_server: Any, tmp_path: Path) -> Any:
    """Return a function that runs the command line with the server in its settings."""
    environment = {
        "HANKEVERKKO_LLM_BASE_URL": chat_server.address,
        "HANKEVERKKO_LLM_MODEL": "talo/malli-1",
        "HANKEVERKKO_CACHE": str(tmp_path / "cache"),
        "HANKEVERKKO_STORE": str(tmp_path / "store"),
        "COLUMNS": "160",
    }

    def call(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "graph_api.cli.main", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment, **more},
        )

    return call


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "malli.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_a_store_with_proposals(chat_server: Any, run: Any, document: str, tmp_path: Path) -> None:
    chat_server.answers = [FACTS]
    done = run("build", document, "--proposer", "llm")
    assert done.returncode == 0, done.stderr
    assert "Proposed by llm:talo/malli-1/1: 2 added, 0 known already, 1 rejected" in done.stdout
    graph = canonical_nquads(open_graph(tmp_path / "store"))
    assert '"llm:talo/malli-1/1"' in graph
    assert "Vireä Verkko" in graph
    assert "Keksitty" not in graph
    (listed,) = current(tmp_path / "store").manifest()["documents"]
    assert listed["proposers"] == [
        {
            "proposer": "llm:talo/malli-1/1",
            "added": 2,
            "rejected": {"its quote does not stand in the text": 1},
            "note": "",
        }
    ]
    assert run("validate").returncode == 0
    # A rebuild without the option holds what rules read, and nothing was asked again.
    assert run("build", document).returncode == 0
    assert "Vireä Verkko" not in canonical_nquads(open_graph(tmp_path / "store"))
    assert len(chat_server.requests) == 1


def test_a_forgotten_person_leaves_the_proposals_and_the_kept_answers(
    chat_server: Any, run: Any, document: str, tmp_path: Path
) -> None:
    chat_server.answers = [FACTS]
    run("build", document, "--proposer", "llm")
    assert "Aino Esimerkki" in canonical_nquads(open_graph(tmp_path / "store"))
    assert len(list((tmp_path / "cache" / "llm").iterdir())) == 1
    done = run("forget", "Aino Esimerkki")
    assert done.returncode == 0, done.stderr
    graph = canonical_nquads(open_graph(tmp_path / "store"))
    assert "Vireä Verkko" in graph
    assert "Aino Esimerkki" not in graph
    generation = current(tmp_path / "store").folder
    held = [path.read_text("utf-8") for folder in ("facts", "texts") for path in (generation / folder).iterdir()]
    assert len(held) == 2
    assert not any("Esimerkki" in content for content in held)
    assert list((tmp_path / "cache" / "llm").iterdir()) == []
    # What is sent afterwards does not name the person.
    assert run("build", document, "--proposer", "llm").returncode == 0
    assert "Esimerkki" in chat_server.documents()[0]
    assert "Esimerkki" not in chat_server.documents()[1]


def test_add_and_replace_propose_as_well(chat_server: Any, run: Any, document: str, tmp_path: Path) -> None:
    other = tmp_path / "toinen.txt"
    other.write_text(TEXT.replace("arjen", "työn"), "utf-8")
    chat_server.answers = [[], FACTS]
    assert run("build", document).returncode == 0
    assert chat_server.requests == []
    assert run("add", str(other), "--proposer", "llm").returncode == 0
    other.write_text(TEXT.replace("arjen", "vapaan"), "utf-8")
    done = run("replace", str(other), "--proposer", "llm")
    assert "2 added" in done.stdout, done.stderr
    listed = {d["name"]: d.get("proposers") for d in current(tmp_path / "store").manifest()["documents"]}
    assert listed["malli"] is None
    assert listed["toinen"][0]["added"] == 2


def test_a_failing_server_is_a_warning_and_the_document_is_loaded(
    chat_server: Any, run: Any, document: str, tmp_path: Path
) -> None:
    chat_server.answers = [401]
    done = run("build", document, "--proposer", "llm", HANKEVERKKO_LLM_KEY="salaisuus")
    assert done.returncode == 0
    assert "Without proposals of llm:talo/malli-1/1: malli." in done.stderr
    assert "HANKEVERKKO_LLM_KEY" in done.stderr
    assert "salaisuus" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert "kunta-564" in canonical_nquads(open_graph(tmp_path / "store"))


def test_extract_prints_facts_on_standard_output_alone(chat_server: Any, run: Any, document: str) -> None:
    chat_server.answers = [FACTS]
    done = run("extract", document, "--proposer", "llm")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert [o["name"] for o in record["organisations"]] == ["Oulun kaupunki", "Vireä Verkko"]
    assert record["proposed"][0]["rejected"] == {"its quote does not stand in the text": 1}
    assert "2 added" in done.stderr
    assert "proposed" not in json.loads(run("extract", document).stdout)
    certain = json.loads(run("extract", document, "--proposer", "llm", "--min-confidence", "0.6").stdout)
    assert [o["name"] for o in certain["organisations"]] == ["Oulun kaupunki"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"HANKEVERKKO_LLM_MODEL": ""}, "HANKEVERKKO_LLM_MODEL"),
        ({"HANKEVERKKO_LLM_BASE_URL": "ftp://x"}, "is not an address"),
        ({"HANKEVERKKO_LLM_BASE_URL": "http://x:nine/v1"}, "is not an address"),
        ({"HANKEVERKKO_LLM_BASE_URL": "http://user:secret@x/v1"}, "must hold no password"),
    ],
)
def test_settings_that_make_no_sense_are_wrong_usage(
    run: Any, document: str, settings: dict[str, str], message: str
) -> None:
    done = run("build", document, "--proposer", "llm", **settings)
    assert done.returncode == 2
    assert message in done.stderr
    assert "secret" not in done.stderr


def test_an_unknown_proposer_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="llm, spacy"):
        make_proposers(["tuntematon"])
    assert make_proposers([]) == ()
