"""What the repository as a whole must always satisfy."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

FORBIDDEN = {
    "an index address": re.compile(r"--(?:extra-)?index-url\b|\bfiles\.pythonhosted\b|\bregistry\.npmjs\b"),
    "a content network": re.compile(
        r"\b(?:unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|fonts\.googleapis\.com)\b"
    ),
    "an unexplained ignore": re.compile(r"# type: ignore(?!\[)"),
}
TEXT = {".py", ".md", ".toml", ".ttl", ".rq", ".txt", ".html", ".css", ".js", ".cff", ".lock", ".csv", ".trig", ""}


def tracked(repository: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=repository, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    return [
        repository / name for name in listed if name and (repository / name).is_file() and Path(name).suffix in TEXT
    ]


def test_no_file_holds_what_no_file_may_hold(repository: Path) -> None:
    here = Path(__file__).name
    found = [
        f"{path.relative_to(repository)}: {what}"
        for path in tracked(repository)
        if path.name != here
        for what, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_the_lock_has_hashes_and_no_addresses(repository: Path) -> None:
    lock = (repository / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^[a-z0-9][^\s=]*==[^\s]+", lock, re.MULTILINE)
    assert len(pinned) > 30
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_every_dependency_is_in_the_lock(repository: Path) -> None:
    project = (repository / "pyproject.toml").read_text("utf-8")
    block = project.partition("dependencies = [")[2].partition("]")[0]
    lock = (repository / "requirements.lock").read_text("utf-8").lower()
    for name in re.findall(r'"([A-Za-z0-9_.-]+)[><=]', block):
        assert re.search(rf"^{re.escape(name.lower().replace('_', '-'))}==", lock, re.MULTILINE), name


def test_modules_stay_under_four_hundred_lines(repository: Path) -> None:
    long = [
        f"{path.relative_to(repository)}: {lines}"
        for folder in ("loaders", "graph_api")
        for path in (repository / folder).rglob("*.py")
        if (lines := path.read_text("utf-8").count("\n")) > 400
    ]
    assert long == []
