"""PDF to text with `pypdf`: pieces of text with their places, put together to lines, and lines to paragraphs."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, EmptyFileError, LimitReachedError, PdfReadError
from pypdf.generic import ContentStream, NameObject

from loaders.errors import ReadError
from loaders.model import Unread
from loaders.readers.pdf_lines import Page, Placed, text_of, width, with_limits
from loaders.readers.reading import Reading
from loaders.readers.text import clean

MAX_PAGES = 3_000
RUNNING = "running headers, footers and page numbers, left out"
NO_TEXT = "pages without text (perhaps scanned)"
DAMAGED = "damaged pages, left out"
_PROTECTED = "is protected by a password or encryption. Save an unprotected copy."
# Codes that WinAnsiEncoding leaves unused stand for the bullet (ISO 32000-1, annex D.2, note 3).
_SIGNS = {0x7F: "•", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_MONOSPACED = re.compile("courier|mono|consol|typewriter", re.IGNORECASE)
_COLUMN_GAP = 1.6
_PLACING = frozenset({b"Td", b"TD", b"Tm", b"T*"})


def read_pdf(data: bytes) -> Reading:
    """Return the text of a PDF file.

    Raises
    ------
    ReadError
        It is protected, damaged, too large, or has no text layer.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(_PROTECTED)
        if len(reader.pages) > MAX_PAGES:
            raise ReadError(f"has more than {MAX_PAGES:,} pages. Split it.")
        pages, failed = _pages(reader)
    except DependencyError as error:
        raise ReadError(_PROTECTED) from error
    except LimitReachedError as error:
        raise ReadError("unpacks to more than a document holds. Save it again, or save it as text.") from error
    except (PdfReadError, EmptyFileError) as error:
        raise ReadError(
            "is a damaged or incomplete PDF file. Open it in a PDF reader and save it again, or fetch it again."
        ) from error
    if not any(pages):
        raise ReadError("has no text layer: it is scanned, or empty. Recognise its text first (OCR).")
    text, dropped = text_of(pages)
    return Reading(clean(text), None, _notes(pages, dropped, failed))


def _pages(reader: PdfReader) -> tuple[list[Page], int]:
    """Return the lines of each page, and how many pages failed; one that fails does not cost the others.

    Raises
    ------
    Exception
        What the first page failed with, where all did.
    """
    pages: list[Page] = []
    failures: list[Exception] = []
    for page in reader.pages:
        try:
            pages.append(_lines(page))
        except (MemoryError, LimitReachedError):
            raise
        except Exception as error:  # noqa: BLE001  a damaged page raises whatever it happens to hit
            failures.append(error)
    if failures and not any(pages):
        raise failures[0]
    return pages, len(failures)


def _notes(pages: Sequence[Page], dropped: int, failed: int) -> tuple[Unread, ...]:
    bare = sum(not page for page in pages)
    notes = [Unread(1, f"{dropped} lines", RUNNING)] if dropped else []
    notes += [Unread(1, f"{bare} of {len(pages) + failed} pages", NO_TEXT)] if bare else []
    notes += [Unread(1, f"{failed} of {len(pages) + failed} pages", DAMAGED)] if failed else []
    return tuple(notes)


@dataclass(slots=True)
class _Line:
    """A line while its pieces come in."""

    pieces: list[str] = field(default_factory=list)
    left: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    right: float = 0.0
    longest: int = 0


class _Collector:
    """Takes the pieces of a page as they are shown and puts them together to lines and columns."""

    def __init__(self) -> None:
        self.lines: Page = []
        self._line = _Line()

    def take(self, text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        """Take a piece; pypdf gives it with the two matrices that place it."""
        along, baseline, scale = _place(outer, inner)
        is_monospaced = _MONOSPACED.search(str(font.get("/BaseFont", ""))) is not None if font else False
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line()
            if part.strip():
                self._add(part, along, baseline, size * scale, monospaced=is_monospaced)
            elif part and self._line.pieces:
                self._line.pieces.append(" ")

    def _add(self, part: str, along: float, baseline: float, size: float, *, monospaced: bool) -> None:
        line = self._line
        if line.pieces:
            # What is far to the right on the same line is another column.
            is_apart = along - line.right > _COLUMN_GAP * max(size, 1.0) + 0.1 * (line.right - line.left)
            if is_apart or abs(baseline - line.baseline) > 0.8 * max(size, line.size):
                self.end_line()
                line = self._line
        if not line.pieces:
            line.left, line.baseline = along, baseline
        if len(part) > line.longest:
            line.size, line.longest = size, len(part)
        line.pieces.append(part)
        line.right = max(line.right, along + width(part.strip(), monospaced=monospaced) * size)

    def end_line(self) -> None:
        """Close the line under work."""
        text = re.sub(r"\s+", " ", clean("".join(self._line.pieces).translate(_SIGNS))).strip()
        if text:
            self.lines.append(Placed(text, self._line.left, self._line.right, self._line.baseline, self._line.size))
        self._line = _Line()


def _lines(page: PageObject) -> Page:
    collector = _Collector()
    _part_by_place(page)
    page.extract_text(visitor_text=collector.take)
    collector.end_line()
    return with_limits(collector.lines)


def _part_by_place(page: PageObject) -> None:
    """Make pypdf hand over each placed piece by itself: it does so at a change of coordinates, and this one is none."""
    given = page.get("/Contents")
    if given is None:
        return
    # Strings stay bytes: their encoding is the font's, and pypdf must not guess.
    content = ContentStream(given.get_object(), page.pdf, "bytes")
    operations = []
    for operation in content.operations:
        operations.append(operation)
        if operation[1] in _PLACING:
            operations.append(([1, 0, 0, 1, 0, 0], b"cm"))
    content.operations = operations
    page[NameObject("/Contents")] = content


def _place(outer: Sequence[float], inner: Sequence[float]) -> tuple[float, float, float]:
    """Return where a piece stands along its line, its baseline, and how much its size is scaled.

    Turned text is placed as it is read: along is its own direction.
    """
    a = inner[0] * outer[0] + inner[1] * outer[2]
    b = inner[0] * outer[1] + inner[1] * outer[3]
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = math.hypot(a, b)
    if not math.isfinite(scale + x + y) or scale == 0:
        return 0.0, 0.0, 1.0
    across, up = a / scale, b / scale
    return x * across + y * up, y * across - x * up, scale
