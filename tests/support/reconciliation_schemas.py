"""JSON Schemas of what a service of the Reconciliation API 0.2 answers, written from the text of its specification."""

from __future__ import annotations

from typing import Any


def record(required: dict[str, Any], optional: dict[str, Any] | None = None, *, closed: bool = False) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": not closed,
    }


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT: dict[str, Any] = {"type": "string"}
FULL: dict[str, Any] = {"type": "string", "minLength": 1}
URI: dict[str, Any] = {"type": "string", "pattern": "^https?://"}
TEMPLATE: dict[str, Any] = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
NAMED = record({"id": FULL, "name": FULL}, {"description": TEXT})
TYPE = record({"id": FULL, "name": FULL}, {"broader": listed(NAMED)})
SUGGEST = record(
    {"service_url": URI, "service_path": {"type": "string", "pattern": "^/"}},
    {"flyout_service_url": URI, "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"}},
)
MANIFEST = record(
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": FULL,
        "identifierSpace": URI,
        "schemaSpace": URI,
    },
    {
        "defaultTypes": {"type": "array", "items": TYPE, "uniqueItems": True},
        "documentation": URI,
        "logo": URI,
        "serviceVersion": TEXT,
        "view": record({"url": TEMPLATE}),
        "feature_view": record({"url": TEMPLATE}),
        "preview": record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": record({}, {"entity": SUGGEST, "property": SUGGEST, "type": SUGGEST}, closed=True),
        "extend": record({}, {"propose_properties": record({"service_url": URI, "service_path": TEXT})}),
        "batchSize": {"type": "integer", "minimum": 1},
    },
)
FEATURE = record({"id": FULL, "value": {"type": ["boolean", "number"]}}, closed=True)
CANDIDATE = record(
    {"id": FULL, "name": FULL, "score": {"type": "number"}},
    {"description": TEXT, "match": {"type": "boolean"}, "type": listed(TYPE), "features": listed(FEATURE)},
    closed=True,
)
RESULTS = {"type": "object", "additionalProperties": record({"result": listed(CANDIDATE)}, closed=True)}
SUGGESTED_ENTITIES = record({"result": listed(record({"id": FULL, "name": FULL}, {"notable": listed(TYPE)}))})
SUGGESTED = record({"result": listed(NAMED)})
SUGGESTED_TYPES = record({"result": listed(TYPE)})
PROPOSED = record({"properties": listed(NAMED)}, {"type": TEXT, "limit": {"type": "integer"}})
CELL = {
    "oneOf": [
        record({}, closed=True),
        record({"id": FULL, "name": FULL}, {"description": TEXT}, closed=True),
        record({"str": TEXT}, closed=True),
        record({"int": {"type": "integer"}}, closed=True),
        record({"float": {"type": "number"}}, closed=True),
    ]
}
EXTENDED = record(
    {
        "meta": listed(record({"id": FULL, "name": FULL}, {"type": record({"id": FULL}), "service": URI})),
        "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": listed(CELL)}},
    },
    closed=True,
)
