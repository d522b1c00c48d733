"""The process that matches names: ``python -m graph_api.server.matcher_process STORE CURATION --memory BYTES``.

It reads the names and identity of one generation into memory, gives up what it will not need, as a worker does, and
answers requests (JSON in, JSON out) until the server closes its input.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_api.curation.bureau import Bureau
from graph_api.reconciliation.candidates import Candidate
from graph_api.reconciliation.matcher import Matcher, Query
from graph_api.reconciliation.names import Entry, Names
from graph_api.reconciliation.types import entity_types
from graph_api.server.confinement import confine
from graph_api.server.frames import DATA, ERROR, READY, pack
from graph_api.server.worker import Channel, limit_memory, live_with_the_server
from graph_api.store import open_graph
from loaders.errors import CannotRunError, HankeverkkoError, LimitError
from loaders.gazetteer import gazetteer

MATCH, SUGGEST = "match", "suggest"


def main(arguments: list[str] | None = None) -> int:
    """Run until the server closes the input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("curation", type=Path)
    parser.add_argument("--memory", type=int, required=True)
    options = parser.parse_args(arguments)
    live_with_the_server()
    limit_memory(options.memory)
    channel = Channel(sys.stdin.fileno(), sys.stdout.fileno())
    try:
        matcher = Matcher(Names(open_graph(options.store)), Bureau(options.store, options.curation).resolver)
    except HankeverkkoError as error:
        channel.send(_error(error))
        return error.exit_code
    gazetteer()
    confine()
    channel.send(pack(READY))
    while (frame := channel.receive()) is not None:
        channel.send(_answer(matcher, frame[1]))
    return 0


def _answer(matcher: Matcher, payload: bytes) -> bytes:
    try:
        return pack(DATA, json.dumps(answer(matcher, json.loads(payload))).encode())
    except MemoryError:
        return _error(LimitError("The names took more memory than they may. Ask for fewer at a time."))
    except Exception as error:  # noqa: BLE001 - whatever a name brings about ends this answer, not the process
        return _error(
            CannotRunError(f"The names could not be matched ({type(error).__name__}). Ask for fewer at a time.")
        )


def answer(matcher: Matcher, request: dict[str, Any]) -> Any:
    """Return what a request asks for, in the protocol's form: candidates of each query, or suggested entities."""
    if request["ask"] == SUGGEST:
        found = matcher.names.suggest(request["prefix"], request["types"], request["skip"])
        return [_suggested(matcher.names, entry) for entry in found]
    return {key: {"result": _result(matcher, read_query(fields))} for key, fields in request["queries"].items()}


def request_of(queries: dict[str, Query]) -> dict[str, Any]:
    """Return the request that asks for the candidates of queries."""
    return {"ask": MATCH, "queries": {key: asdict(query) for key, query in queries.items()}}


def read_query(fields: dict[str, Any]) -> Query:
    """Return the query that was written by `request_of`."""
    given = tuple((name, tuple(values)) for name, values in fields["given"])
    return Query(**(fields | {"types": tuple(fields["types"]), "given": given}))


def _result(matcher: Matcher, query: Query) -> list[dict[str, Any]]:
    return [_candidate(matcher.names, candidate, match=match) for candidate, match in matcher.match(query)]


def _candidate(names: Names, candidate: Candidate, *, match: bool) -> dict[str, Any]:
    entry = candidate.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "description": f"{names.describe(entry)}. Why: {candidate.reason}.",
        "type": _types(entry),
        "score": candidate.score,
        "match": match,
        "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
    }


def _suggested(names: Names, entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "name": entry.name, "description": names.describe(entry), "notable": _types(entry)}


def _types(entry: Entry) -> list[dict[str, str]]:
    known = entity_types()
    return [{"id": identifier, "name": known[identifier].name} for identifier in entry.types]


def _error(error: HankeverkkoError) -> bytes:
    return pack(ERROR, json.dumps({"name": type(error).__name__, "detail": str(error)}).encode())


if __name__ == "__main__":
    sys.exit(main())
