"""The description of the API, held against a running server: every answer is one that is described, and none is a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks

from graph_api.server.app import create_app
from graph_api.settings import Settings

_EXAMPLES = 5


schema = schemathesis.openapi.from_dict(create_app(Settings(store=Path("nowhere"))).openapi())


@schema.parametrize()
@settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_described_and_none_is_a_fault(case: schemathesis.Case, client: httpx.Client) -> None:
    # That a value has the right form does not say that the graph knows it: 400 is a proper answer.
    unfit = [checks.positive_data_acceptance]
    case.call_and_validate(base_url=str(client.base_url).rstrip("/"), excluded_checks=unfit, timeout=60)


def _operations(client: httpx.Client) -> list[tuple[str, dict[str, Any]]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [(path, operation) for path, methods in paths.items() for operation in methods.values()]


def test_problems_are_described_as_such(client: httpx.Client) -> None:
    operations = _operations(client)
    assert len(operations) > 40
    for path, operation in operations:
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"], (path, status)


def test_everything_is_explained(client: httpx.Client) -> None:
    for path, operation in _operations(client):
        assert operation.get("summary"), path
        assert operation.get("description"), path
        assert [p["name"] for p in operation.get("parameters", []) if not p.get("description")] == [], path
