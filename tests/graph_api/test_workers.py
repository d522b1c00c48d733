"""Several processes give what one gives, in the same order, and leave nothing behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph_api import workers
from graph_api.workers import map_files, usable_cores
from loaders.errors import CannotRunError

PAGE = """Hankekoodi: S{number:05}

Hankkeen nimi: Testi {number}

Hakijan virallinen nimi: Oulun yliopisto

Osatoteuttajat

Malli {number} Oy, 0000000-0
"""


def write_pages(folder: Path, number: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{position:04}.txt" for position in range(number)]
    for position, path in enumerate(paths):
        path.write_text(PAGE.format(number=position), "utf-8")
    return paths


def name_length(path: Path) -> tuple[int, str]:
    return os.getpid(), path.name


def die(path: Path) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return len(path.name)


def test_few_files_are_done_in_this_process() -> None:
    files = [Path(f"{number}.txt") for number in range(workers.FEWEST - 1)]
    assert {pid for pid, _ in map_files(name_length, files, jobs=2)} == {os.getpid()}


def test_many_files_are_done_by_others_in_their_order() -> None:
    files = [Path(f"{number}.txt") for number in range(3 * workers.FEWEST)]
    results = list(map_files(name_length, files, jobs=2))
    assert [name for _, name in results] == [file.name for file in files]
    assert os.getpid() not in {pid for pid, _ in results}
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_an_error_that_says_what_to_do() -> None:
    files = [Path(f"{number}.txt") for number in range(workers.FEWEST)]
    with pytest.raises(CannotRunError, match="--jobs 1"):
        list(map_files(die, files, jobs=2))
    assert multiprocessing.active_children() == []


def test_nobody_is_left_where_the_rest_is_not_asked_for() -> None:
    results = map_files(name_length, [Path(f"{number}.txt") for number in range(10 * workers.FEWEST)], jobs=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_store_is_that_of_one_process(tmp_path: Path) -> None:
    from graph_api.build import build
    from graph_api.store import canonical_nquads, open_graph

    write_pages(tmp_path / "pages", workers.FEWEST + 10)
    graphs = []
    for jobs in (1, 2):
        store = tmp_path / f"store{jobs}"
        report = build([tmp_path / "pages"], store, jobs=jobs, validate=False)
        assert report.documents == {"eura2014-page/1": workers.FEWEST + 10}
        graphs.append(canonical_nquads(open_graph(store)))
    assert graphs[0] == graphs[1]


def test_extract_prints_the_same_with_several_processes(tmp_path: Path) -> None:
    files = write_pages(tmp_path / "pages", workers.FEWEST + 10)
    files[5].write_bytes(b"")
    one, two = (
        subprocess.run(
            [sys.executable, "-m", "graph_api.cli.main", "extract", "--jobs", jobs, str(tmp_path / "pages")],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HANKEVERKKO_STORE": str(tmp_path / "store"), "COLUMNS": "400"},
        )
        for jobs in ("1", "2")
    )
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert json.loads(two.stdout.splitlines()[7])["initiative"]["code"] == "S00008"  # one file could not be read
    assert str(files[5]) in two.stderr
    assert two.returncode == 1


def running_in_group(group: int) -> list[str]:
    """Return what still runs in a group of processes: the end of the line in /proc is state, parent, group …"""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            found.append(stat.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see which processes run")
def test_interrupts_end_all_processes_without_a_traceback(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", 20 * workers.FEWEST)
    running = subprocess.Popen(
        [sys.executable, "-m", "graph_api.cli.main", "extract", "--jobs", "2", str(tmp_path / "pages")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background leaves interrupts ignored, and children inherit it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        env={**os.environ, "HANKEVERKKO_STORE": str(tmp_path / "store")},
    )
    assert running.stdout is not None
    running.stdout.readline()  # the processes have begun
    for _ in range(2):  # an impatient user
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the processes are in its group as well
        time.sleep(0.05)
    _, errors = running.communicate(timeout=60)
    assert running.returncode != 0
    assert "Traceback" not in errors
    deadline = time.monotonic() + 20
    while (left := running_in_group(running.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


def test_usable_cores() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
