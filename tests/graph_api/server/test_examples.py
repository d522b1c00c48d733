"""The examples in the documents are run, word for word but for the address, against a server process."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(repository: Path, name: str, language: str) -> list[str]:
    text = (repository / "docs" / name).read_text("utf-8")
    return [code for found, code in BLOCK.findall(text) if found == language]


def run(language: str, code: str, client: httpx.Client) -> str:
    program = {"python": [sys.executable, "-c"], "bash": ["bash", "-c"]}[language]
    address = str(client.base_url).rstrip("/")
    assert "http://127.0.0.1:8000" in code
    command = [*program, code.replace("http://127.0.0.1:8000", address)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_sparqlwrapper(client: httpx.Client, repository: Path) -> None:
    pytest.importorskip("SPARQLWrapper")
    (code,) = (block for block in blocks(repository, "sparql.md", "python") if "SPARQLWrapper" in block)
    lines = run("python", code, client).splitlines()
    assert len(lines) == 5
    assert lines == sorted(lines)


def test_rdflib(client: httpx.Client, repository: Path) -> None:
    (code,) = (block for block in blocks(repository, "sparql.md", "python") if "SPARQLStore" in block)
    *initiatives, number = run("python", code, client).splitlines()
    assert "https://w3id.org/hankeverkko/id/initiative/S21947" in initiatives
    assert int(number) > 20


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl(client: httpx.Client, repository: Path) -> None:
    (code,) = blocks(repository, "sparql.md", "bash")
    header, methods, organisations = run("bash", code, client).split()
    assert header == "kind,n"
    assert methods.startswith("https://w3id.org/hankeverkko/ontology#Method,")
    assert int(organisations.rpartition(",")[2]) > 20


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_for_matching(client: httpx.Client, repository: Path) -> None:
    (code,) = blocks(repository, "reconciliation.md", "bash")
    best = json.loads(run("bash", code, client))["row1"]["result"][0]
    assert (best["id"], best["match"]) == ("organisation/lapin-yliopisto", True)
