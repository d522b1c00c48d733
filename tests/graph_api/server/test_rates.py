"""Token buckets: how often a client may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.server.rates import Buckets, client_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_in_and_then_the_rate() -> None:
    clock = Clock()
    buckets = Buckets(2, 3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, pytest.approx(0.5)]
    assert buckets.take("b") == 0
    clock.now += 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0, pytest.approx(0.5)]
    clock.now += 100
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, pytest.approx(0.5)]


@given(st.floats(0.1, 100), st.integers(1, 50), st.lists(st.floats(0, 5), max_size=200))
def test_never_more_than_the_burst_and_the_rate(rate: float, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    buckets, let_in = Buckets(rate, burst, clock=clock), 0
    for pause in pauses:
        clock.now += pause
        let_in += buckets.take("a") == 0
    assert let_in <= burst + rate * sum(pauses) + 1e-6 * len(pauses) + 1


@given(st.floats(0.1, 100), st.integers(1, 50))
def test_who_waits_as_told_is_let_in(rate: float, burst: int) -> None:
    clock = Clock()
    buckets = Buckets(rate, burst, clock=clock)
    for _ in range(3 * burst):
        clock.now += buckets.wait("a") + 1e-9
        assert buckets.take("a") == 0


def test_the_memory_is_bounded() -> None:
    buckets = Buckets(1, 1, most=100, clock=Clock())
    for number in range(1000):
        buckets.take(f"c{number}")
    assert buckets.take("c999") > 0
    assert buckets.take("c0") == 0


def test_addresses_of_one_ipv6_site_are_one_client() -> None:
    assert client_of("2001:db8:1:2::1") == client_of("2001:db8:1:2:ffff::9") != client_of("2001:db8:1:3::1")
    assert client_of("192.0.2.1") != client_of("192.0.2.2")
    assert client_of("no address") == "no address"
