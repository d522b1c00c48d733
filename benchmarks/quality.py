"""How well extraction and identity do on the acceptance material (gold standards that are not part of this repository).

    HANKEVERKKO_ACCEPTANCE=FOLDER python benchmarks/quality.py

Prints the scorers' tables; the figures in docs/figures.md come from here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run both scorers; returns 3 where the material is not there."""
    folder = Path(os.environ.get("HANKEVERKKO_ACCEPTANCE", REPOSITORY.parent / "shared"))
    if not (folder / "gold").is_dir():
        print("No acceptance material: set HANKEVERKKO_ACCEPTANCE to its folder.")
        return 3
    from graph_api.identity.resolver import reconcile  # noqa: PLC0415 - slow to import
    from loaders.extract import extract  # noqa: PLC0415
    from loaders.record import record  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        for name, documents, gold in sets(folder):
            predicted = Path(scratch) / "extraction.jsonl"
            records = (record(extract(path), contacts=True) for path in sorted(documents.glob("*.txt")))
            predicted.write_text("".join(json.dumps(found, ensure_ascii=False) + "\n" for found in records), "utf-8")
            print(f"\nExtraction, {name}")
            score(folder / "tools" / "score_extraction.py", str(gold), str(predicted))
        identity = folder / "gold" / "identity"
        predicted = Path(scratch) / "entities.tsv"
        mentions = [line for line in (identity / "mentions.txt").read_text("utf-8").splitlines() if line.strip()]
        predicted.write_text("".join(f"{mention}\t{entity}\n" for mention, entity in reconcile(mentions)), "utf-8")
        print("\nIdentity, development split")
        standard = ["--gold", str(identity / "gold_clusters.tsv"), "--neg", str(identity / "gold_negatives.tsv")]
        score(
            folder / "tools" / "score_identity.py",
            *standard,
            "--lineage",
            str(identity / "gold_lineage.tsv"),
            "--pred",
            str(predicted),
        )
    return 0


def sets(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield the sets of documents: their name, their folder and that of their gold standards."""
    yield "real documents", folder / "seeds", folder / "gold" / "seeds"
    yield "development documents", folder / "docs" / "dev", folder / "gold" / "dev"
    for kept in sorted((REPOSITORY / "tests" / "held_back").iterdir()):
        if kept.is_dir():
            yield f"held back, set {kept.name}", kept / "docs", kept / "gold"


def score(script: Path, *arguments: str) -> None:
    """Print what a scorer prints."""
    sys.stdout.flush()
    subprocess.run([sys.executable, str(script), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
