"""Matching: what is certain, what is not, and that no name breaks it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.build import build
from graph_api.curation.bureau import Bureau
from graph_api.reconciliation.candidates import FEATURES
from graph_api.reconciliation.extension import as_node, extension_query
from graph_api.reconciliation.matcher import Matcher, Query
from graph_api.reconciliation.names import Names
from graph_api.reconciliation.properties import PROPERTIES
from graph_api.reconciliation.types import entity_types, with_broader
from graph_api.store import open_graph


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Matcher:
    """Return a matcher over some demo documents."""
    store = tmp_path_factory.mktemp("matching") / "store"
    documents = sorted(path for path in (repository / "data" / "documents").iterdir() if path.is_file())
    build(documents[::2], store, validate=False)
    return Matcher(Names(open_graph(store)), Bureau(store, store / "curation").resolver)


def match(matcher: Matcher, text: str, *types: str) -> str | None:
    return next((c.entry.id for c, is_match in matcher.match(Query(text, types)) if is_match), None)


@pytest.mark.acceptance
def test_real_spellings_are_never_matched_with_another_organisation(matcher: Matcher, acceptance: Path) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    number = 0
    with (acceptance / "gold" / "identity" / "gold_clusters.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found = match(matcher, row["mention"], "Organisation")
            if found is not None:
                meant[found].add(row["cluster_id"])
                number += 1
    assert {entity: clusters for entity, clusters in meant.items() if len(clusters) > 1} == {}
    assert number > 300
    with (acceptance / "gold" / "identity" / "gold_negatives.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            one, other = (match(matcher, row[name], "Organisation") for name in ("mention_a", "mention_b"))
            assert one is None or one != other, row


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "Organisation", "Place", "place-kind/region", "nothing"]))
def test_any_text_has_an_answer(matcher: Matcher, text: str, kind: str) -> None:
    found = matcher.match(Query(text, (kind,) if kind else (), given=(("place", (text,)), ("businessId", (text,)))))
    scores = [candidate.score for candidate, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert sum(is_match for _, is_match in found) <= 1
    assert {name for candidate, _ in found for name in candidate.features} <= set(FEATURES)
    assert not kind or all(kind in candidate.entry.types for candidate, _ in found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_text_gets_into_a_query(text: str) -> None:
    node = as_node(f"organisation/{text}")
    assert node is None or str(node).count(">") == 1
    assert as_node(text) is None or text.startswith(
        ("organisation", "initiative", "pilot", "programme", "method", "place", "http")
    )
    query = extension_query(PROPERTIES["name"], [f"organisation/{text}"])
    assert query.count("VALUES ?s") == 1


def test_types_know_those_above_them() -> None:
    assert with_broader(["Unit"]) == ("Unit", "Organisation")
    assert with_broader(["organisation-type/university", "nothing"]) == ("organisation-type/university", "Organisation")
    assert all(item.name for item in entity_types().values())
    assert "Person" not in entity_types()


def test_two_that_are_certain_are_no_match(matcher: Matcher) -> None:
    place = matcher.match(Query("place/kunta-698"))
    assert place[0][1]
    both = matcher.match(Query("kunta-698"))
    assert not any(is_match for _, is_match in both) or len({c.entry.id for c, _ in both if c.is_sure}) == 1
