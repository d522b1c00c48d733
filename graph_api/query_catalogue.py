"""The named queries as they are packaged: each `.rq` file read into a `NamedQuery`.

A file opens with comment lines that say what it is::

    # name: partners-of-organisation
    # purpose: one sentence.
    # note: a definition or a caution (any number of these).
    # parameter: organisation (organisation, required) – what it means.
    # parameter: limit (integer, default 50) – what it means.
    # column: partner – what stands in it.

In the text a line ``#VALUES organisation`` is where the argument is bound, a line ``#LIMIT limit`` becomes a LIMIT, and
the lines between ``#IF place`` and ``#END place`` stay only where that argument is given; a line
``#FINALITY status rank`` gives each status its rank, so that the more final one can be taken. All are comments to
SPARQL, so a file is a valid query as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.errors import DataError
from loaders.resources import list_files, read_text

PARAMETER_TYPES = frozenset(
    [
        "organisation",
        "initiative",
        "method",
        "funder",
        "place",
        "person",
        "iri",
        "string",
        "integer",
        "decimal",
        "year",
        "concept",
    ]
)

_HEADER_LINE = re.compile(r"# (name|purpose|note|parameter|column): (.+)")
_PARAMETER = re.compile(r"(\w+) \((\w+), (?:(required)|(optional)|default (\S+))\) – (.+)")
_QUOTED = re.compile(r'"([^"]+)"')
_COLUMN = re.compile(r"(\w+) – (.+)")


@dataclass(frozen=True)
class Parameter:
    """What a query may be given: its type, whether it must be given, and its default as text."""

    name: str
    type: str
    required: bool
    default: str | None
    description: str

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the only values there are: those in quotes after "one of" in the description; none where any will do."""
        _, said, listed = self.description.partition("one of ")
        return tuple(_QUOTED.findall(listed)) if said else ()


@dataclass(frozen=True)
class Column:
    """One variable of the answer and what stands in it."""

    name: str
    description: str


@dataclass(frozen=True)
class NamedQuery:
    """One `.rq` file: what its header says, and the whole text."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    notes: tuple[str, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, or None where the query has none such."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


def catalogue() -> dict[str, NamedQuery]:
    """Return every packaged query by name, in alphabetical order.

    Raises:
        DataError: a packaged file has a header that breaks the form above.
    """
    return dict(_packaged())


@cache
def _packaged() -> dict[str, NamedQuery]:
    files = list_files("queries", suffix=".rq")
    return {name.removesuffix(".rq"): parse_query(name, read_text("queries", name)) for name in files}


def parse_query(file_name: str, text: str) -> NamedQuery:
    """Read the text of one `.rq` file.

    Parameters: `file_name` is the name in messages, and its stem must be the query's name; `text` is the whole file.

    Raises:
        DataError: the header lacks a name or purpose, names another file, or has a line that cannot be read.
    """
    found: dict[str, list[str]] = {"name": [], "purpose": [], "note": [], "parameter": [], "column": []}
    for number, line in _header_lines(text):
        match = _HEADER_LINE.fullmatch(line)
        if not match:
            raise DataError(f"{file_name}, line {number}: the header line {line!r} has none of the known keys.")
        found[match[1]].append(match[2].strip())
    if found["name"] != [file_name.removesuffix(".rq")] or len(found["purpose"]) != 1:
        raise DataError(f"{file_name}: the header needs one name, the same as the file's, and one purpose.")
    return NamedQuery(
        name=found["name"][0],
        purpose=found["purpose"][0],
        parameters=tuple(_parse_parameter(file_name, value) for value in found["parameter"]),
        columns=tuple(_parse_column(file_name, value) for value in found["column"]),
        text=text,
        notes=tuple(found["note"]),
    )


def _header_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("# "):
            return
        yield number, line


def _parse_parameter(file_name: str, value: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if not match or match[2] not in PARAMETER_TYPES:
        raise DataError(
            f"{file_name}: the parameter {value!r} must read “name (type, required|optional|default …) – …”."
        )
    return Parameter(match[1], match[2], required=bool(match[3]), default=match[5], description=match[6])


def _parse_column(file_name: str, value: str) -> Column:
    match = _COLUMN.fullmatch(value)
    if not match:
        raise DataError(f"{file_name}: the column {value!r} must read “name – what stands in it”.")
    return Column(match[1], match[2])
