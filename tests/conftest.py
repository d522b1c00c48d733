"""Fixtures for all tests.

Policy: tests use small real inputs from `tests/fixtures` and `data`; those marked ``acceptance`` use the acceptance
material, found through HANKEVERKKO_ACCEPTANCE or a folder beside the repository, and are skipped where there is none.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def acceptance() -> Path:
    """Return the folder of the acceptance material, or skip."""
    named = os.environ.get("HANKEVERKKO_ACCEPTANCE")
    for folder in [Path(named)] if named else [REPOSITORY.parent / "shared"]:
        if (folder / "gold").is_dir():
            return folder
    pytest.skip("no acceptance material: set HANKEVERKKO_ACCEPTANCE to its folder")


@pytest.fixture(scope="session")
def demo_store(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store built from the demo documents; copy it before changing it."""
    from graph_api.build import build

    store = tmp_path_factory.mktemp("demo") / "store"
    build([repository / "data"], store)
    return store
