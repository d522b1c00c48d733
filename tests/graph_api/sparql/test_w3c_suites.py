"""The W3C's suites for SPARQL 1.1 Query and Update: exactly these tests fail, for the reasons in docs/sparql.md."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.acceptance

FAILING = {
    "manifest-sparql11-query.ttl": {
        "aggregates/agg-empty-group-count-graph",
        "aggregates/agg-groupconcat-04",
        "aggregates/agg-groupconcat-06",
        "bindings/graph",
        "functions/bnode01",
        "negation/graph-minus",
        "property-path/zero_or_more_set_end",
        "property-path/zero_or_more_set_start",
        "property-path/zero_or_one_set_end",
        "property-path/zero_or_one_set_start",
    },
    "manifest-sparql11-update.ttl": set(),
    "manifest-sparql11-results.ttl": {"csv-tsv-res/csv03", "csv-tsv-res/tsv03"},
}
NUMBER = {
    "manifest-sparql11-query.ttl": 328,
    "manifest-sparql11-update.ttl": 157,
    "manifest-sparql11-results.ttl": 10,
}


@pytest.fixture(scope="module")
def w3c() -> ModuleType:
    spec = importlib.util.spec_from_file_location("w3c_suites", Path(__file__).with_name("w3c.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    importlib.import_module("sys").modules["w3c_suites"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("manifest", sorted(FAILING))
def test_what_fails_is_known(acceptance: Path, w3c: ModuleType, manifest: str) -> None:
    cases = list(w3c.cases(acceptance / "w3c" / "sparql11" / manifest))
    assert len(cases) == NUMBER[manifest]
    assert {case.name for case in cases if w3c.failure(case) is not None} == FAILING[manifest]
