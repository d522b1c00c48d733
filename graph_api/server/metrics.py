"""Numbers for Prometheus: requests by route and status, their time, the pool, the generation in force."""

from __future__ import annotations

import contextlib

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from graph_api.server.pool import Pool
from loaders.errors import CannotRunError

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of when it began
        self.registry = CollectorRegistry()
        labels = ["method", "route", "status"]
        self._requests = Counter("hankeverkko_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "hankeverkko_request_seconds",
            "Time until the end of an answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._acts = Counter(
            "hankeverkko_acts", "Acts in the audit log that succeeded.", ["what"], registry=self.registry
        )
        self._workers = Gauge("hankeverkko_workers", "Processes for queries.", ["state"], registry=self.registry)
        self._waiting = Gauge("hankeverkko_queries_waiting", "Queries that wait for a process.", registry=self.registry)
        self._store = Gauge(
            "hankeverkko_store_info", "The generation in force.", ["generation"], registry=self.registry
        )

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_act(self, what: str) -> None:
        """Count an act that stands in the audit log."""
        self._acts.labels(what).inc()

    def exposition(self, pool: Pool) -> bytes:
        """Return all numbers in the text format of Prometheus."""
        standing = pool.standing()
        self._workers.labels("idle").set(standing.idle)
        self._workers.labels("busy").set(standing.busy)
        self._waiting.set(standing.waiting)
        self._store.clear()
        with contextlib.suppress(CannotRunError):  # no store, no generation
            self._store.labels(pool.generation()).set(1)
        return generate_latest(self.registry)
