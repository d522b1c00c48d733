"""What overlaps a span is what a look at each of the others finds, in a time that does not grow with them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from loaders.model import Span
from loaders.recognise.mentions import Mention
from loaders.recognise.organisations import _settle
from loaders.spans import Placed

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 300), st.integers(0, 150))


@given(st.lists(spans, max_size=30), spans)
def test_the_overlapping_are_those_that_share_a_code_point(others: list[Span], span: Span) -> None:
    placed = Placed((other, other) for other in others)
    expected = {other for other in others if other.overlaps(span)}
    assert set(placed.overlapping(span)) == expected
    assert placed.is_taken(span) is bool(expected)


def test_ten_thousand_mentions_are_settled_at_once() -> None:
    mentions = [
        Mention(Span(at * 20, at * 20 + 14), "Oulun kaupunki", "known-name", 0.9, "municipality")
        for at in range(10_000)
    ]
    began = time.process_time()
    assert len(_settle(mentions)) == 10_000
    assert time.process_time() - began < 3  # looking at each of the others took a minute
