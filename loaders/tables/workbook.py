"""Workbooks, read in a limited process like any document, with room for as many rows as a workbook may have."""

from __future__ import annotations

import atexit

from loaders.readers.formats import Format
from loaders.readers.limits import MEBIBYTE, Limits
from loaders.readers.process import Readers
from loaders.readers.reading import Reading
from loaders.readers.xlsx import read_workbook
from loaders.tables.sheet import join_sheets

_READERS = Readers(
    Limits(
        seconds=900.0,
        processor_seconds=600,
        memory=6 * 1024 * MEBIBYTE,
        input=400_000_000,
        output=400_000_000,
        documents=100,
    )
)
atexit.register(_READERS.close)


def read_text(data: bytes) -> Reading:
    """Return the text of a workbook, in this process (see `loaders.tables.sheet` for its form).

    Raises
    ------
    ReadError
        The workbook is encrypted, damaged, or larger than the limits.
    """
    return Reading(join_sheets(read_workbook(data)))


def text_of_workbook(data: bytes) -> str:
    """Return the text of a workbook, read in a process of its own.

    Raises
    ------
    ReadError
        As `read_text`, or the workbook needs more time or memory than it is given.
    CannotRunError
        No reader process can be started.
    """
    return _READERS.read(Format.XLSX, data).text
