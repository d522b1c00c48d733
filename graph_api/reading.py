"""Reading one file, as a document or a list, with the forgotten left out: what a process of many does.

It imports nothing that a process that only reads can do without: no store, no identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from loaders.errors import HankeverkkoError, ReadError
from loaders.extract import extract
from loaders.model import Facts
from loaders.proposers import Proposer
from loaders.redaction import Redactor
from loaders.tables.model import Table
from loaders.tables.read import read_table


def read_file(path: Path, redactor: Redactor, proposers: Sequence[Proposer] = ()) -> Facts | Table:
    """Return what a file says.

    Raises
    ------
    ReadError
        The file cannot be read.
    """
    table = read_table(path, redactor.redact)
    return table if table is not None else extract(path, redactor.redact, proposers)


def try_file(path: Path, redactor: Redactor, proposers: Sequence[Proposer] = ()) -> Facts | Table | ReadError:
    """Return what a file says, or the error that kept it from being read."""
    try:
        return read_file(path, redactor, proposers)
    except HankeverkkoError as error:
        return ReadError(str(error))


def try_extract(path: Path, redactor: Redactor, proposers: Sequence[Proposer] = ()) -> Facts | ReadError:
    """Return the facts of a document, or the error that kept it from being read."""
    try:
        return extract(path, redactor.redact, proposers)
    except HankeverkkoError as error:
        return ReadError(str(error))
