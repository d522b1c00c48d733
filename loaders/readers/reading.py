"""What reading a file gives: the text to be stored, the page's address, and what had to be guessed or left out."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.model import Unread


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file. Offsets of evidence point into `text`; `notes` name guesses and losses, without quoting."""

    text: str
    address: str | None = None
    notes: tuple[Unread, ...] = ()
