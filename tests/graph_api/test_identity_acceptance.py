"""Identity measured on the acceptance material."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graph_api.identity.resolver import Mention, Resolver, reconcile

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def score(acceptance: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    gold = acceptance / "gold" / "identity"
    names = [line for line in (gold / "mentions.txt").read_text("utf-8").splitlines() if line.strip()]
    answer = tmp_path_factory.mktemp("identity") / "answer.tsv"
    answer.write_text("".join(f"{name}\t{iri}\n" for name, iri in reconcile(names)), "utf-8")
    command = [
        sys.executable,
        str(acceptance / "tools" / "score_identity.py"),
        *("--gold", str(gold / "gold_clusters.tsv"), "--neg", str(gold / "gold_negatives.tsv")),
        *("--lineage", str(gold / "gold_lineage.tsv"), "--pred", str(answer), "--json"),
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(printed)
    return found


def test_names_of_one_organisation_are_joined(score: dict[str, Any]) -> None:
    assert score["b3"]["f1"] >= 0.97
    assert score["pairwise"]["f1"] >= 0.95


def test_look_alikes_are_kept_apart(score: dict[str, Any]) -> None:
    assert score["false_merge"]["merged"] <= 3


def test_units_are_never_their_owners_nor_predecessors_their_successors(score: dict[str, Any]) -> None:
    assert score["unit_parent"]["merged_pairs"] == 0
    assert score["lineage"]["merged"] == 0


def test_every_name_of_the_material_is_answered(score: dict[str, Any]) -> None:
    assert score["missing_gold"] == 0


def test_names_are_resolved_at_some_thousands_a_second(acceptance: Path) -> None:
    names = (acceptance / "gold" / "identity" / "mentions.txt").read_text("utf-8").splitlines()
    many = [f"{name} {number}" if number else name for number in range(8) for name in names if name.strip()]
    Resolver(Mention(name) for name in names)
    started = time.perf_counter()
    resolver = Resolver(Mention(name) for name in many)
    assert {resolver.resolve(name).iri for name in many}
    assert time.perf_counter() - started < len(many) / 500
