"""What the benchmarks share: the machine they ran on, figures of a process of its own, peak memory."""

from __future__ import annotations

import datetime
import os
import platform
import resource
import subprocess
import sys


def machine() -> str:
    """Return the date (UTC) and the machine, as each benchmark prints them first; load is that of the last minute."""
    today, load = datetime.datetime.now(datetime.UTC).date(), os.getloadavg()[0]
    return f"{today}, {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}"


def peak_memory() -> float:
    """Return the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def figures_of(script: str, *arguments: str) -> list[float]:
    """Run a script in a process of its own and return the figures of the last line that it prints."""
    done = subprocess.run([sys.executable, script, *arguments], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.splitlines()[-1].split()]
