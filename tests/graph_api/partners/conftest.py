"""A desk over a small world."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from partner_worlds import MakeDesk, Project, lines_of

from graph_api.partners.desk import Desk, open_desk
from graph_api.store import load, new_generation


@pytest.fixture
def make_desk(tmp_path: Path) -> MakeDesk:
    """Return what opens a desk over projects, homes, types of organisations and further statements."""

    def make(
        projects: Mapping[str, Project],
        homes: Mapping[str, str] | None = None,
        types: Mapping[str, str] | None = None,
        more: list[str] | None = None,
        language: str = "en",
    ) -> Desk:
        with new_generation(tmp_path / "store") as generation:
            file = generation.folder / "lines.nq"
            file.write_text("".join(lines_of(projects, homes or {}, types or {}) + (more or [])), "utf-8")
            load(generation, [file])
            generation.write_manifest({"documents": []})
        return open_desk(tmp_path / "store", language=language)

    return make
