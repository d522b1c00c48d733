"""The fuzzer runs, knows every kind of document, and finds nothing in a few seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.kinds import KINDS


def fuzz(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(repository / "benchmarks" / "fuzz.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(repository), *sys.path])},
    )


@pytest.mark.parametrize("target", ["eml", "docx", KINDS[0].name, "project-list"])
def test_a_few_seconds_find_nothing(target: str, repository: Path, tmp_path: Path) -> None:
    ended = fuzz(repository, "--seconds", "3", "--target", target, "--output", str(tmp_path))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"{target}: " in ended.stdout
    assert "CRASH" not in ended.stdout


def test_kinds_are_targets_by_themselves(repository: Path) -> None:
    shown = fuzz(repository, "--help").stdout
    assert all(kind.name in shown for kind in KINDS)
