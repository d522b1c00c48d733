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
    [
        ("{given}/gold/seeds", "{given}/seeds", 0.98),
        ("{given}/gold/dev", "{given}/docs/dev", 0.96),
        ("{ours}/a/gold", "{ours}/a/docs", 0.96),
        ("{ours}/b/gold", "{ours}/b/docs", 0.92),
    ],
    ids=["seeds", "dev", "held back a", "held back b"],
)
def test_extraction_reaches_its_score(
    acceptance: Path, repository: Path, tmp_path: Path, gold: str, documents: str, wanted: float
) -> None:
    given, ours = acceptance, repository / "tests" / "held_back"
    paths = sorted(Path(documents.format(given=given, ours=ours)).glob("*.txt"))
    predictions = tmp_path / "predictions.jsonl"
    lines = [json.dumps(record(extract(path), contacts=True), ensure_ascii=False) for path in paths]
    predictions.write_text("\n".join(lines), "utf-8")
    scorer = acceptance / "tools" / "score_extraction.py"
    run = subprocess.run(
        [sys.executable, str(scorer), gold.format(given=given, ours=ours), str(predictions), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(run.stdout)
    assert scores["documents"] == len(paths) > 0
    assert scores["mean_f1"] >= wanted, scores["fields"]
