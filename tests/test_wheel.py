"""The built wheel: the four packages with their data files, ours and not another project's of the same name."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel
PACKAGES = ("ontology", "queries", "loaders", "graph_api")


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(repository)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=installed, env=env, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_every_data_file_and_nothing_else_than_the_packages(wheel: Path, repository: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == set(PACKAGES)
    for package in PACKAGES:
        for file in (repository / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert file.relative_to(repository).as_posix() in names


def test_the_installed_packages_are_ours(installed: Path) -> None:
    code = "import ontology, queries, loaders, graph_api; print(*[p.__file__ for p in (ontology, queries, loaders, graph_api)])"
    done = run(installed, "-c", code)
    assert done.returncode == 0, done.stderr
    assert all(str(installed) in path for path in done.stdout.split())


def test_the_installed_program_reads_a_document(installed: Path, repository: Path) -> None:
    document = repository / "data" / "documents" / "liaani.txt"
    done = run(installed, "-m", "graph_api.cli.main", "extract", str(document))
    assert done.returncode == 0, done.stderr
    assert "Metropolia Ammattikorkeakoulu Oy" in done.stdout
