"""Where the command begins. It imports almost nothing, so that an interrupt is met from the first moment on."""

from __future__ import annotations

import sys


def main() -> None:
    """Import the command line, which takes a while, and run it."""
    try:
        from graph_api.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; nothing was changed.\n")
        sys.exit(3)
    run()


if __name__ == "__main__":
    main()
