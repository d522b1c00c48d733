"""Take the README's picture: the demo's map in headless Chromium, with no way to any network.

python benchmarks/screenshot.py demo-output/map.html docs/images/map.png
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1400,900",
    "--virtual-time-budget=8000",
]


def main() -> int:
    """Write a PNG of a page; returns 3 where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None or len(sys.argv) != 3:
        print(__doc__ if browser else "No Chromium on the PATH: install Debian's chromium package.")
        return 3 if browser is None else 2
    page, picture = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as profile:
        network_off = ["--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}"]
        subprocess.run(
            [browser, *FLAGS, *network_off, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True
        )
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
