"""Every exception that Hankeverkko raises on purpose.

HankeverkkoError
├── DataError          the data has a problem (exit code 1)
│   ├── ReadError      a file cannot be read as what it claims to be
│   └── VocabularyError a vocabulary breaks its own rules
├── UsageError         the request makes no sense as it stands (exit code 2)
│   ├── QueryError     a SPARQL text cannot be read
│   ├── RefusedError   what is asked for is not allowed here
│   ├── NotFoundError  what is asked for is not there
│   └── FormatError    the answer cannot be written in any of the forms asked for
└── CannotRunError     the machine lacks something (exit code 3)
    ├── BusyError      others are being served; try again
    ├── LimitError     the work took more time, memory or space than it may
    └── ProposerError  a proposer cannot do its work; the document is loaded without its proposals

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


class ProposerError(CannotRunError):
    """A proposer cannot do its work (no server, a wrong key, an answer that makes no sense).

    Parameters
    ----------
    message : str
        What was wrong, and what to do.
    is_lasting : bool
        It would be the same for every other document: asking again is of no use.
    """

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


class QueryError(UsageError):
    """A SPARQL text cannot be read, or contradicts the parameters beside it."""


class RefusedError(UsageError):
    """What is asked for could be done, and is not allowed here."""


class NotFoundError(UsageError):
    """What is asked for is not there: no such graph, no such document."""


class FormatError(UsageError):
    """The answer cannot be written in any of the forms that were asked for."""


class BusyError(CannotRunError):
    """Others are being served, or something is being changed; the same request may succeed later."""


class LimitError(CannotRunError):
    """The work took more time, memory or space than it may."""
