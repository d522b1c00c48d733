"""Confidence follows what was counted, and stays near what a rule states where little was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.calibration import COLUMNS, FILE, as_stated, calibrated, estimate
from loaders.resources import read_text


@given(st.floats(0.01, 0.99), st.integers(0, 1000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_an_estimate_lies_between_what_is_stated_and_what_was_counted(stated: float, seen: tuple[int, int]) -> None:
    observed, correct = seen
    share = correct / observed if observed else stated
    found = estimate(stated, observed, correct)
    assert min(stated, share, 0.99) - 0.006 <= found <= max(stated, share) + 0.006
    assert found <= 0.99


@pytest.mark.parametrize(("observed", "correct", "expected"), [(0, 0, 0.6), (14, 14, 0.88), (400, 200, 0.5)])
def test_many_observations_outweigh_the_rule(observed: int, correct: int, expected: float) -> None:
    assert estimate(0.6, observed, correct) == expected


def test_a_rule_without_observations_is_trusted_as_it_states() -> None:
    assert calibrated("no such rule", 0.42) == 0.42


def test_the_table_of_counts_is_whole_and_is_what_confidences_come_from() -> None:
    header, *lines = read_text("ontology", FILE).splitlines()
    assert tuple(header.split("\t")) == COLUMNS
    rows = [line.split("\t") for line in lines]
    assert rows
    assert sorted(rows) == rows
    for rule, stated, observed, correct in rows:
        assert 0 <= int(correct) <= int(observed)
        assert calibrated(rule, float(stated)) == estimate(float(stated), int(observed), int(correct))
        with as_stated():
            assert calibrated(rule, float(stated)) == float(stated)
