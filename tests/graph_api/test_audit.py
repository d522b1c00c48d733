"""The audit log: a write is in it before it is begun, and how it ended after."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_api.audit import Act, audited, read_audit, record
from loaders.errors import CannotRunError

ACT = Act("desk", "steward", "update", "r1", {"sha256": "ab"})


def test_an_act_is_written_before_and_after(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    with audited(log, ACT) as outcome:
        assert [line["outcome"] for line in read_audit(log, 9)] == ["begun"]
        outcome["statements"] = 7
    after, before = read_audit(log, 9)
    assert (before["outcome"], after["outcome"], after["statements"]) == ("begun", "done", 7)
    assert {line["request"] for line in (before, after)} == {"r1"}
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_act_that_fails_is_written_with_the_kind_of_its_error_alone(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    with pytest.raises(ValueError, match="secret"), audited(log, ACT):
        raise ValueError("secret")
    assert read_audit(log, 1)[0]["outcome"] == "failed"
    assert "secret" not in log.read_text("utf-8")


def test_what_cannot_be_written_down_is_not_begun(tmp_path: Path) -> None:
    begun = []
    with pytest.raises(CannotRunError, match="nothing was changed"), audited(tmp_path, ACT):
        begun.append(1)
    assert begun == []


def test_lines_written_at_the_same_time_stay_whole_and_the_latest_come_first(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: record(log, Act(f"n{n}", "steward", "x\ny"), "done"), range(40)))
    assert len(read_audit(log, 100)) == 40
    record(log, Act("last", "steward", "x"), "done")
    assert [line["who"] for line in read_audit(log, 1)] == ["last"]
    assert read_audit(tmp_path / "none", 5) == []
