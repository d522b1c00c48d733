"""A process that carries out one update: ``python -m graph_api.server.updater STORE --memory BYTES``.

It reads the change (JSON) from its input and writes what came of it (JSON) to its output. Killed half way, it leaves the
store as it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from graph_api.server.confinement import confine
from graph_api.server.worker import limit_memory, live_with_the_server
from graph_api.sparql.update import Change, apply_update
from loaders.errors import HankeverkkoError


def main(arguments: list[str] | None = None) -> int:
    """Carry out the update."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--memory", type=int, required=True)
    options = parser.parse_args(arguments)
    live_with_the_server()
    limit_memory(options.memory)
    confine()
    fields: dict[str, Any] = json.load(sys.stdin)
    fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    try:
        told: dict[str, object] = {"quads": apply_update(options.store, Change(**fields))}
    except HankeverkkoError as error:
        told = {"name": type(error).__name__, "detail": str(error)}
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
