"""The manifest of the reconciliation service: what it is called, and where its parts are."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from graph_api.reconciliation.preview import HEIGHT, WIDTH
from graph_api.reconciliation.types import FOLDERS, entity_types
from loaders.iris import BASE, HV

BATCH = 50
"""The most queries in one request."""


def manifest(address: str) -> dict[str, Any]:
    """Return the manifest of a service at an address (without a closing slash)."""
    known = entity_types()
    suggest = {
        kind: {"service_url": address, "service_path": f"/suggest/{kind}"} for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": "Hankeverkko",
        "identifierSpace": BASE,
        "schemaSpace": HV,
        "serviceVersion": version("hankeverkko"),
        "defaultTypes": [{"id": kind, "name": known[kind].name} for kind in dict.fromkeys(FOLDERS.values())],
        "view": {"url": f"{address}/preview?id={{{{id}}}}"},
        "feature_view": {"url": f"{address}/features?id={{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }
