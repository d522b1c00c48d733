"""The benchmark of extraction runs, and its pages are what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


def run(repository: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(repository / "benchmarks" / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(repository), os.environ.get("PYTHONPATH", "")])},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_benchmark_prints_its_figures(repository: Path) -> None:
    printed = run(repository, "extraction.py", "--pages", "3", "--runs", "1", "--processes", "1")
    for what in ("extraction", "Aho–Corasick, known names", "thirty expressions"):
        assert re.search(rf"^{what} +\d+\.\d\d MB/s +by processor time +\d+\.\d\d MB/s", printed, re.MULTILINE), printed
    assert re.search(r"^start-up +\d", printed, re.MULTILINE)
    assert re.search(r"^peak memory +\d+ MB", printed, re.MULTILINE)
    assert "1 process" in printed


@pytest.mark.parametrize("seed", ["1", "2"])
def test_pages_are_seeded_and_of_ten_kilobytes(repository: Path, tmp_path: Path, seed: str) -> None:
    texts = []
    for folder in ("one", "two"):
        run(repository, "eura_pages.py", str(tmp_path / folder), "--pages", "5", "--seed", seed)
        texts.append([path.read_text("utf-8") for path in sorted((tmp_path / folder).iterdir())])
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 5
    assert 7_000 < sum(len(text.encode()) for text in texts[0]) / 5 < 14_000
