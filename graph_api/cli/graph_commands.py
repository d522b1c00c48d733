"""Commands on a built store: query, validate, stats."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.endpoints import DialectOption, EndpointOption, remote_store
from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, fail, print_json, print_table, say, warn
from graph_api.confidence import open_confident
from graph_api.queries import run_query
from graph_api.query_catalogue import catalogue
from graph_api.query_results import QueryTable, plain_rows, table_format, write_table
from graph_api.store import current, open_graph
from graph_api.today import divided
from loaders.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("query")(query_command)
    app.command("validate")(validate_command)
    app.command("stats")(stats_command)


def query_command(
    name: Annotated[str | None, typer.Argument(help="The query's name; without one, all are listed.")] = None,
    arguments: Annotated[list[str] | None, typer.Argument(help="Its parameters: key=value.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or turtle.")] = "table",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    dialect: DialectOption = "sparql",
) -> None:
    """Run a named query: hankeverkko query partners-of-organisation organisation="Lapin yliopisto"."""
    if name is None:
        _list_queries()
        return
    chosen = table_format("json" if OPTIONS.as_json else form)
    if endpoint is None:
        table = _ask_here(store, min_confidence, forms, name, _pairs(arguments or []))
    else:
        if min_confidence is not None or forms is Forms.TODAY:
            raise UsageError(
                "--min-confidence and --as work on a store of this machine. Leave them out with --endpoint."
            )
        with remote_store(endpoint, dialect) as server:
            table = run_query(server.view(), name, _pairs(arguments or []))
    if chosen == "table":
        print_table("", list(table.columns), plain_rows(table))
        say(f"{len(table.rows)} rows.")
    else:
        out = io.StringIO()
        write_table(table, chosen, out)
        sys.stdout.write(out.getvalue())


def _ask_here(
    store: Path | None, minimum: float | None, forms: Forms, name: str, arguments: dict[str, str]
) -> QueryTable:
    graph = open_confident(store_path(store), minimum, today=forms is Forms.TODAY)
    table = run_query(graph, name, arguments)
    for item in divided(graph) if forms is Forms.TODAY else []:
        if any(item.iri == getattr(cell, "value", None) for row in table.rows for cell in row):
            warn(f"{item.name} stays as it was. {item.note}.")
    return table


def _list_queries() -> None:
    queries = catalogue()
    if OPTIONS.as_json:
        print_json(
            {q.name: {"purpose": q.purpose, "parameters": [p.name for p in q.parameters]} for q in queries.values()}
        )
        return
    rows = [[q.name, q.purpose, " ".join(p.name for p in q.parameters)] for q in queries.values()]
    print_table("Named queries", ["name", "purpose", "parameters"], rows)


def _pairs(arguments: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals:
            raise UsageError(
                f'{argument!r} is not of the form key=value. Write, for instance: organisation="Lapin yliopisto".'
            )
        pairs[key.strip()] = value
    return pairs


def validate_command(store: StoreOption = None) -> None:
    """Check a store against the shapes (SHACL) and say what is wrong with it."""
    from graph_api.validation import readable_report, validate_store

    violations = validate_store(open_graph(store_path(store)))
    if OPTIONS.as_json:
        print_json([{"focus": v.focus, "path": v.path, "message": v.message, "value": v.value} for v in violations])
    elif violations:
        fail(readable_report(violations))
    else:
        say("The graph is valid.")
    if violations:
        raise typer.Exit(1)


def stats_command(min_confidence: MinConfidence = None, store: StoreOption = None) -> None:
    """Print what a store holds: counts by class, and the documents by kind."""
    folder = store_path(store)
    manifest = current(folder).manifest()
    counts = plain_rows(run_query(open_confident(folder, min_confidence), "counts", {}))
    kinds: dict[str, int] = {}
    for document in manifest["documents"]:
        kinds[document["kind"]] = kinds.get(document["kind"], 0) + 1
    if OPTIONS.as_json:
        print_json({"counts": counts, "documents": kinds, "statements": manifest["quads"]})
        return
    print_table("Documents", ["kind", "number"], [[kind, str(number)] for kind, number in sorted(kinds.items())])
    print_table("Entities", ["class", "number"], counts)
    say(f"{manifest['quads']:,} statements.")
