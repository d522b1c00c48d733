"""Delimited text: a file's rows with their line numbers, and one line of text for each row.

Python's `csv` splits a well-formed row. CORDIS writes a field that begins with a quotation mark as ``""The action ""X""
works""``, which `csv` ends at the next delimiter; such a field is read here up to its own closing marks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache

DELIMITERS = (";", ",", "\t", "|")
_LONGEST = 65_536  # characters in a row of several lines: a quotation mark that is never closed swallows no more
_MOST_LINES = 100
_BLANK = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")

Row = tuple[int, list[str]]


def delimiter_of(head: str) -> str:
    """Return the delimiter of a table: the one that stands most often in its first line."""
    line = head.partition("\n")[0]
    return max(DELIMITERS, key=line.count)


def split_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text that are not empty, each with the number of the line on which it begins.

    A row that spans lines is read as one where it comes out as wide as the header; otherwise its first line is a row
    by itself (which will be found too short) and reading goes on with the next, so that no row takes others with it.
    """
    lines = text.split("\n")
    width = len(split_line(lines[0], delimiter))
    number = 0
    while number < len(lines):
        cells, taken = _row_at(lines, number, delimiter, width)
        if any(cells) and any(cell.strip() for cell in cells):
            yield number + 1, cells
        number += taken


def _row_at(lines: Sequence[str], number: int, delimiter: str, width: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins on a line, and how many lines it takes."""
    line = lines[number]
    cells = split_line(line, delimiter)
    if '"' not in line or (len(cells) == width and line.count('"') % 2 == 0):
        return cells, 1
    whole = _closed(lines, number) if line.count('"') % 2 else _doubled(lines, number, delimiter, width)
    found = split_line("\n".join(lines[number:whole]), delimiter) if whole > number + 1 else cells
    return (found, whole - number) if len(found) == width else (cells, 1)


def _closed(lines: Sequence[str], number: int) -> int:
    """Return the line after that on which the quotation mark is closed that a line opens; each is looked at once."""
    size = len(lines[number])
    for last in range(number + 1, min(number + _LONGEST, len(lines))):
        size += len(lines[last]) + 1
        if size > _LONGEST:
            break
        if lines[last].count('"') % 2:
            return last + 1
    return number + 1


def _doubled(lines: Sequence[str], number: int, delimiter: str, width: int) -> int:
    """Return the line after that on which a doubly opened field ends which begins on a line."""
    if not _opens_doubled(delimiter).search(lines[number]):
        return number + 1
    for last in range(number + 1, min(number + _MOST_LINES, len(lines))):
        text = "\n".join(lines[number : last + 1])
        if len(text) > _LONGEST:
            break
        if '""' in lines[last] and len(split_line(text, delimiter)) >= width:
            return last + 1
    return number + 1


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of a row; a field that opens with a doubled quotation mark keeps what it holds."""
    if '"' not in line:
        return line.split(delimiter)
    if '""' in line and _opens_doubled(delimiter).search(line):
        return list(_cells(line, delimiter))
    try:
        return next(csv.reader([line], delimiter=delimiter), [""])
    except csv.Error:
        return [line]  # a field beyond all measure, or a line break outside quotation marks


@cache
def _opens_doubled(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'(?:^|{d})""(?=[^"{d}\r\n])')


@cache
def _closings(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what ends a doubly opened field, and a whole quoted one."""
    d = re.escape(delimiter)
    return re.compile(rf'""(?=$|{d}"|{d}{d}|{d}$)'), re.compile(rf'"((?:[^"]|"")*)"(?=$|{d})')


def _cells(line: str, delimiter: str) -> Iterator[str]:
    """Yield the cells of a row in which a field opens with a doubled quotation mark."""
    closing, quoted = _closings(delimiter)
    start = 0
    while start <= len(line):
        doubled = line.startswith('""', start) and line[start + 2 : start + 3] not in {"", '"', delimiter}
        end = closing.search(line, start + 2) if doubled else None
        whole = None if end else quoted.match(line, start)
        if end:
            yield line[start + 1 : end.end() - 1].replace('""', '"')
            start = end.end() + 1
        elif whole:
            yield whole[1].replace('""', '"')
            start = whole.end() + 1
        else:
            stop = line.find(delimiter, start)
            stop = len(line) if stop < 0 else stop
            yield line[start:stop]
            start = stop + 1


def one_line(cells: Sequence[str], delimiter: str) -> str:
    """Return cells as one line that `split_line` gives back (with blanks for line breaks)."""
    return delimiter.join(quoted(cell, delimiter) for cell in cells)


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it stands in a line of a table."""
    if not cell:
        return cell
    text = cell if cell.isprintable() else _BLANK.sub(" ", cell)
    if '"' in text or delimiter in text:
        return '"' + text.replace('"', '""') + '"'
    return text
