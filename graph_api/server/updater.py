"""A process that carries out one update: ``python -m graph_api.server.updater STORE --memory BYTES``.

Killed half way, it leaves the store as it was.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from graph_api.server.errands import errand
from graph_api.sparql.update import Change, apply_update


def update(store: Path, task: dict[str, Any]) -> dict[str, Any]:
    """Carry out an update; tells the number of statements after it."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in task.items()}
    return {"quads": apply_update(store, Change(**fields))}


if __name__ == "__main__":
    sys.exit(errand(update))
