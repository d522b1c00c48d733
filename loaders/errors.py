"""Every exception that Hankeverkko raises on purpose.

HankeverkkoError
├── DataError          the data has a problem (exit code 1)
│   ├── ReadError      a file cannot be read as what it claims to be
│   └── VocabularyError a vocabulary breaks its own rules
├── UsageError         the request makes no sense as it stands (exit code 2)
└── CannotRunError     the machine lacks something (exit code 3)

Each message is a sentence that says what was wrong, where, and what to do.
"""

from __future__ import annotations


class HankeverkkoError(Exception):
    """Base of all; `exit_code` is what the command line returns."""

    exit_code = 3


class DataError(HankeverkkoError):
    """The data has a problem that a person has to look at."""

    exit_code = 1


class ReadError(DataError):
    """A file cannot be read as what it claims to be."""


class VocabularyError(DataError):
    """A vocabulary breaks its own rules (two concepts claim one label, a notation is used twice)."""


class UsageError(HankeverkkoError):
    """The request makes no sense as it stands: unknown query, missing parameter, impossible period."""

    exit_code = 2


class CannotRunError(HankeverkkoError):
    """The machine lacks something: a store that is not there, a folder that cannot be written."""

    exit_code = 3
