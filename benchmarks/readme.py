"""Put the demo's real output into the README, between its two marks.

python benchmarks/readme.py          writes README.md
python benchmarks/readme.py --check  exits with 1 where README.md is out of date
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- demo:start -->\n).*?(<!-- demo:end -->)", re.DOTALL)


def demo_output() -> str:
    """Return what the demo prints, 110 columns wide."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "graph_api.cli.main", "demo", "--data", str(REPOSITORY / "data")],
            cwd=folder,
            env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def main() -> int:
    """Write or check the README."""
    path = REPOSITORY / "README.md"
    present = path.read_text("utf-8")
    block = f"```text\n{demo_output()}\n```\n"
    wanted = BLOCK.sub(lambda match: match.group(1) + block + match.group(2), present)
    if "--check" in sys.argv:
        print(
            "README.md is up to date."
            if wanted == present
            else "README.md is out of date: run python benchmarks/readme.py"
        )
        return int(wanted != present)
    path.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
