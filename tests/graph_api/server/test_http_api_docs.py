"""The examples of docs/http-api.md, run with curl against a server."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

ADDRESS = "http://127.0.0.1:8000"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "http-api.md"
EXAMPLES = re.findall(r"^    (curl .*)$", DOCUMENT.read_text("utf-8"), re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 12


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_an_answer(whole_client: httpx.Client, example: str) -> None:
    command = shlex.split(example.replace(ADDRESS, str(whole_client.base_url).rstrip("/")))
    to_nowhere = "-o" in command
    done = subprocess.run(
        [*command, "-sS", "--fail", "--noproxy", "*"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert to_nowhere or len(done.stdout) > 100
    assert '"total":0' not in done.stdout
