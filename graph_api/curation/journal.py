"""A journal: a text file of tab-separated lines below a header, to which lines are added and from which none is taken."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from loaders.errors import CannotRunError, ReadError

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_UNESCAPED = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def escape(cell: str) -> str:
    r"""Return a cell on one line without tabs: a tab is written ``\t``."""
    return "".join(_ESCAPES.get(character, character) for character in cell)


def unescape(cell: str) -> str:
    r"""Return what `escape` was given."""
    pieces: list[str] = []
    characters = iter(cell)
    for character in characters:
        if character != "\\":
            pieces.append(character)
            continue
        following = next(characters, "\\")
        pieces.append(_UNESCAPED.get(following, "\\" + following))
    return "".join(pieces)


def read_journal(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the lines of a journal, oldest first; none where there is no file. Raises what `numbered_journal` raises."""
    return [row for _, row in numbered_journal(path, columns)]


def numbered_journal(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the lines of a journal with their numbers in the file, oldest first; none where there is no file.

    Raises
    ------
    ReadError
        The file is not UTF-8, has another header, or a line has another number of cells.
    """
    if not path.exists():
        return []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 text ({error}). Restore it from version control.") from error
    if lines[0].rstrip("\r").split("\t") != list(columns):
        raise ReadError(f"{path}:1: the header is not {', '.join(columns)}. Put it back as the first line.")
    return [(number, _cells(path, number, line, columns)) for number, line in enumerate(lines[1:], 2) if line.strip()]


def _cells(path: Path, number: int, line: str, columns: Sequence[str]) -> dict[str, str]:
    cells = [unescape(cell) for cell in line.rstrip("\r").split("\t")]
    if len(cells) != len(columns):
        raise ReadError(
            f"{path}:{number}: {len(cells)} cells where {len(columns)} are expected ({', '.join(columns)}). "
            "Mend the line, or take it out."
        )
    return dict(zip(columns, cells, strict=True))


def append_journal(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Add lines to a journal; they are on the disk when this returns.

    Raises
    ------
    CannotRunError
        The file cannot be written.
    """
    if not rows and path.exists():
        return
    lines = ["\t".join(escape(row[column]) for column in columns) + "\n" for row in rows]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            if is_new:
                file.write("\t".join(columns) + "\n")
            elif not _ends_with_newline(path):
                file.write("\n")  # an editor left the last line open
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CannotRunError(
            f"{path}: cannot be written ({error.strerror}). Name another folder with --curation."
        ) from error


def rewrite_journal(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Put other lines in the place of all lines of a journal, at once."""
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    append_journal(draft, columns, rows)
    draft.replace(path)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
