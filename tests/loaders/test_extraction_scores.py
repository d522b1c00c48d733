"""The answer keys of the acceptance material, scored by its own tool, must not be missed by more than now."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.extract import extract
from loaders.record import record


@pytest.mark.acceptance
@pytest.mark.parametrize(
    ("gold", "documents", "wanted"),
    [("seeds", Path("seeds"), 0.93), ("dev", Path("docs", "dev"), 0.90)],
    ids=["seeds", "dev"],
)
def test_extraction_reaches_its_score(
    acceptance: Path, tmp_path: Path, gold: str, documents: Path, wanted: float
) -> None:
    paths = sorted((acceptance / documents).glob("*.txt"))
    predictions = tmp_path / "predictions.jsonl"
    lines = [json.dumps(record(extract(path), contacts=True), ensure_ascii=False) for path in paths]
    predictions.write_text("\n".join(lines), "utf-8")
    scorer = acceptance / "tools" / "score_extraction.py"
    run = subprocess.run(
        [sys.executable, str(scorer), str(acceptance / "gold" / gold), str(predictions), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(run.stdout)
    assert scores["documents"] == len(paths) > 0
    assert scores["mean_f1"] >= wanted, scores["fields"]
