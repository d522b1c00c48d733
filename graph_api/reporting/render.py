"""A report as a page of HTML and as Markdown. What comes from the graph is escaped in both; nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from graph_api.reporting.model import Block, Report
from graph_api.reporting.words import Words
from loaders.errors import CannotRunError
from loaders.resources import read_text

_PACKAGE = "graph_api.reporting"
_MARKS = re.compile(r"([\\`*_\[\]<>|#~&!{}])")
_LEADING = re.compile(r"^(\d+)([.)])|^([-+=])")


def html(report: Report) -> str:
    """Return the report as one page that needs no script and no other file (its policy forbids both)."""
    style = read_text(_PACKAGE, "report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template("report.html").render(
        report=report, style=style, style_hash=f"sha256-{digest}", contents=Words(report.language)("contents")
    )


def markdown(report: Report) -> str:
    """Return the report in CommonMark with tables (GitHub Flavored Markdown); figures are told in words."""
    text = _template("report.md").render(report=report)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def write_report(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write the page and the Markdown file into a folder; returns their paths.

    Raises CannotRunError where they cannot be written.
    """
    paths = folder / f"{report.slug}.html", folder / f"{report.slug}.md"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, (html(report), markdown(report)), strict=True):
            path.write_bytes(content.encode())
    except OSError as error:
        raise CannotRunError(
            f"The report cannot be written to {folder} ({error.strerror}). Name another folder."
        ) from error
    return paths


def escape_markdown(text: str) -> str:
    """Return a text in which Markdown sees no marks: one line, with a backslash before each mark."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _LEADING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _kinds(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    return ((type(block).__name__, block) for block in blocks)


@cache
def _template(name: str) -> Template:
    escaped = name.endswith(".html")
    # Markdown is escaped by its own filter.
    environment = Environment(autoescape=escaped, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters |= {"kinds": _kinds, "md": escape_markdown}
    return environment.from_string(read_text(_PACKAGE, name))
