"""A store is swapped in as a whole: a build that fails leaves what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.store import canonical_nquads, current, load, new_generation, open_graph
from loaders.errors import CannotRunError

QUAD = "<https://example.org/s> <https://example.org/p> <https://example.org/{}> <https://example.org/g> .\n"


def make(store: Path, name: str) -> None:
    with new_generation(store) as generation:
        file = generation.folder / "in.nq"
        file.write_text(QUAD.format(name), "utf-8")
        load(generation, [file])
        (generation.folder / "manifest.json").write_text("{}", "utf-8")


def fail_half_way(store: Path) -> None:
    with new_generation(store) as generation:
        (generation.folder / "half").write_text("half", "utf-8")
        raise CannotRunError("half way")


def test_a_new_generation_takes_the_place_of_the_old(tmp_path: Path) -> None:
    make(tmp_path, "one")
    first = current(tmp_path).folder
    make(tmp_path, "two")
    assert QUAD.format("two") == canonical_nquads(open_graph(tmp_path))
    assert not first.exists()


def test_a_build_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    make(tmp_path, "one")
    before = current(tmp_path).folder
    with pytest.raises(CannotRunError, match="half way"):
        fail_half_way(tmp_path)
    assert current(tmp_path).folder == before
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [before.name]


def test_what_a_killed_build_left_behind_is_removed_by_the_next(tmp_path: Path) -> None:
    orphan = tmp_path / "generations" / "g-orphan"
    orphan.mkdir(parents=True)
    make(tmp_path, "one")
    assert not orphan.exists()


def test_without_a_store_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match=r"There is no store at .*hankeverkko build"):
        open_graph(tmp_path / "nothing")


def test_a_folder_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", "utf-8")
    with pytest.raises(CannotRunError, match="cannot be written"), new_generation(file):
        pass
