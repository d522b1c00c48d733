"""Word documents to text: a paragraph a line, a cell a line, lists with their numbers, text boxes after their anchor.

Text that was deleted under tracking, hidden text, headers, footers and field codes are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from loaders.errors import ReadError
from loaders.readers.docx_lists import Lists, read_lists, whole
from loaders.readers.reading import Reading
from loaders.readers.text import clean

MAX_UNPACKED = 400_000_000
MAX_BODY = 60_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTAINERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "tbl", "tr", "tc")
)
_IN_LINE = frozenset(
    f"{W}{name}"
    for name in (
        "r",
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "dir",
        "bdo",
        "customXml",
    )
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_HEADING = re.compile(r"heading \d|title|subtitle", re.IGNORECASE)


def read_docx(data: bytes) -> Reading:
    """Return the text of a Word document.

    Raises
    ------
    ReadError
        It is no Word document, or unpacks to more than is read.
    """
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ReadError(
            "is no whole Word document: parts of it are missing or damaged. Open it in Word and save it again."
        ) from error
    body = document.element.find(f"{W}body")
    if body is None:
        raise ReadError("is a Word document without a body. Open it in Word and save it again.")
    lines = _Body(document.styles.element, _lists(document)).lines(body)
    text = clean("\n".join(line.strip() for line in lines))
    return Reading(re.sub(r"\n{3,}", "\n\n", text).strip() + "\n")


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError("is a damaged or incomplete Word document. Open it in Word and save it again.") from error
    largest = max((size for name, size in sizes.items() if name.endswith((".xml", ".rels"))), default=0)
    if sum(sizes.values()) > MAX_UNPACKED or largest > MAX_BODY:
        raise ReadError(f"unpacks to {sum(sizes.values()):,} bytes, more than a document holds. Save it as text.")


def _lists(document: Any) -> Lists:
    for relation in document.part.rels.values():
        if str(relation.reltype).endswith("/numbering") and not relation.is_external:
            return read_lists(parse_xml(relation.target_part.blob), W)
    return Lists()


class _Body:
    """Walks a document in its order."""

    def __init__(self, styles: Any, lists: Lists) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iterchildren(f"{W}style")}
        self._lists = lists

    def lines(self, element: Any) -> Iterator[str]:
        """Yield the lines of a body, a cell or a text box."""
        for child in element.iterchildren():
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag in _CONTAINERS:
                yield from self.lines(child)
                if child.tag == f"{W}tbl":
                    yield ""
            elif child.tag == f"{_COMPATIBILITY}AlternateContent":
                yield from self.lines(_chosen(child))

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        text = _columns("".join(_pieces(paragraph, boxes)))
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style: str | None = None if named is None else named.get(f"{W}val")
        is_heading = any(_HEADING.fullmatch(name) for name in self._names(style)) and bool(text.strip())
        marker = self._marker(paragraph, style) if text.strip() else ""
        yield from ["", f"{marker}{text.lstrip()}", ""] if is_heading else [f"{marker}{text.lstrip()}"]
        for box in boxes:
            yield from self.lines(box)

    def _ancestry(self, style: str | None) -> Iterator[Any]:
        """Yield a style and the styles that it is based on (a style based on itself ends it)."""
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            base = element.find(f"{W}basedOn")
            style = None if base is None else base.get(f"{W}val")

    def _names(self, style: str | None) -> Iterator[str]:
        for element in self._ancestry(style):
            name = element.find(f"{W}name")
            yield "" if name is None else name.get(f"{W}val", "")

    def _marker(self, paragraph: Any, style: str | None) -> str:
        for element in (paragraph, *self._ancestry(style)):
            numbered = element.find(f"{W}pPr/{W}numPr")
            if numbered is not None and (name := numbered.find(f"{W}numId")) is not None:
                level = numbered.find(f"{W}ilvl")
                depth = 0 if level is None else whole(level.get(f"{W}val"))
                return self._lists.marker(name.get(f"{W}val", ""), depth)
        return ""


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the visible text of a paragraph; text boxes that hang on it are put into `boxes`."""
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag in _IN_LINE:
            if child.tag != f"{W}r" or child.find(f"{W}rPr/{W}vanish") is None:
                yield from _pieces(child, boxes)
        elif child.tag == f"{_COMPATIBILITY}AlternateContent":
            yield from _pieces(_chosen(child), boxes)
        elif child.tag in _DRAWN:
            boxes.extend(child.iter(f"{W}txbxContent"))


def _chosen(alternatives: Any) -> Any:
    """Return one of the forms in which a drawing is given, so that its text is read once."""
    children = list(alternatives.iterchildren())
    return next(
        (child for child in children if child.tag.endswith("}Choice")), children[-1] if children else alternatives
    )


def _columns(line: str) -> str:
    """Return a line whose columns set by tabulators are lines; after a colon a value stays beside its label."""
    return re.sub(
        r"(?<=\S)[ \u00a0]*\t[\t \u00a0]*(?=\S)", lambda m: " " if line[: m.start()].endswith(":") else "\n", line
    )
