"""Reading one file, as a document or a list, with the forgotten left out: what a process of many does.

It imports nothing that a process that only reads can do without: no store, no identity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from loaders.errors import HankeverkkoError, ReadError
from loaders.extract import extract
from loaders.kinds.project_list import ProjectList, read_project_list
from loaders.model import Facts
from loaders.proposers import Proposer
from loaders.redaction import Redactor


def read_file(path: Path, redactor: Redactor, proposers: Sequence[Proposer] = ()) -> Facts | ProjectList:
    """Return what a file says.

    Raises
    ------
    ReadError
        The file cannot be read.
    """
    listed = read_project_list(path) if ".csv" in path.name.lower() else None
    return redacted(listed, redactor.redact) if listed is not None else extract(path, redactor.redact, proposers)


def try_file(path: Path, redactor: Redactor, proposers: Sequence[Proposer] = ()) -> Facts | ProjectList | ReadError:
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


def redacted(listed: ProjectList, redact: Callable[[str], str]) -> ProjectList:
    """Return a list without the people who are to be forgotten."""
    text = redact(listed.text)
    if text == listed.text:
        return listed
    projects = [
        replace(p, raw=redact(p.raw), title=redact(p.title), applicant=redact(p.applicant)) for p in listed.projects
    ]
    return replace(listed, text=text, projects=projects)
