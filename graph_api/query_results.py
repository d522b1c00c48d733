"""The answer of a named query, and the forms in which it can be taken away."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TextIO, get_args

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph_api.query_arguments import PREFIXES, compact_iri
from loaders.errors import UsageError
from loaders.iris import XSD

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]
TableFormat = Choice["csv", "json", "turtle", "table"]

RESULT_SET = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class QueryTable:
    """The rows of an answer, in order; `reached_limit` says that there may be more than were asked for."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    reached_limit: bool = False
    are_triples: bool = False


def table_format(name: str) -> TableFormat:
    """Return the format of that name.

    Raises:
        UsageError: there is none such.
    """
    for known in get_args(TableFormat):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise UsageError(f"The format {name!r} is not known; choose one of {', '.join(get_args(TableFormat))}.")


def write_table(table: QueryTable, form: TableFormat, stream: TextIO) -> None:
    """Write an answer.

    Parameters: `form` is csv (RFC 4180, cells that a spreadsheet would take for formulas opened with an apostrophe),
    json (SPARQL 1.1 Query Results JSON Format), turtle (the triples of a CONSTRUCT; the W3C result-set vocabulary for a
    SELECT) or table (tab-separated, IRIs compact); `stream` is open for text, with ``newline=""`` so that CSV keeps its
    line ends.
    """
    match form:
        case "csv":
            _write_csv(table, stream)
        case "json":
            _write_json(table, stream)
        case "turtle":
            stream.write(_triples_turtle(table) if table.are_triples else _result_set_turtle(table))
        case "table":
            stream.writelines("\t".join(row) + "\n" for row in [list(table.columns), *plain_rows(table)])


def plain_rows(table: QueryTable) -> list[list[str]]:
    """Return the cells as a person reads them: literals as they are, IRIs compact, control characters as blanks."""
    return [[_CONTROL.sub(" ", _plain(term)) for term in row] for row in table.rows]


def _plain(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return compact_iri(term.value)
    return _lexical(term)


def _lexical(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _write_csv(table: QueryTable, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([safe_cell(_lexical(term)) for term in row] for row in table.rows)


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (OWASP, CSV injection)."""
    is_formula = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def _write_json(table: QueryTable, stream: TextIO) -> None:
    bindings = [
        {column: _json_term(term) for column, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    json.dump(document, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _triples_turtle(table: QueryTable) -> str:
    triples = [Triple(*row) for row in table.rows]  # type: ignore[arg-type]
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def _result_set_turtle(table: QueryTable) -> str:
    """Write a SELECT's answer with the vocabulary of the W3C's SPARQL tests (`rs:ResultSet`)."""
    variables = ", ".join(f'"{column}"' for column in table.columns)
    parts = [f"@prefix rs: <{RESULT_SET}> .\n\n[] a rs:ResultSet ;\n  rs:resultVariable {variables}"]
    for index, row in enumerate(table.rows, start=1):
        pairs = [(column, term) for column, term in zip(table.columns, row, strict=True) if term is not None]
        cells = "".join(f' ;\n    rs:binding [ rs:variable "{column}" ; rs:value {term} ]' for column, term in pairs)
        parts.append(f" ;\n  rs:solution [\n    rs:index {index}{cells}\n  ]")
    return "".join([*parts, " .\n"])
