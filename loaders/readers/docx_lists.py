"""The numbers and bullets of lists in Word documents: they are not in the text, and a reader sees them.

WordprocessingML keeps a counter for each abstract list and level (ISO/IEC 29500-1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

BULLET = "• "
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it counts, what is printed, and where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has counted."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def marker(self, list_id: str, level: int) -> str:
        """Return what stands before the next paragraph of a list, with the blank after it."""
        abstract = self.abstract.get(list_id)
        found = self.levels.get((abstract, level)) if abstract is not None else None
        if abstract is None or found is None or found.form == "none":
            return ""
        self.counts[abstract, level] = self.counts.get((abstract, level), found.start - 1) + 1
        for deeper in range(level + 1, _MOST_LEVELS):
            self.counts.pop((abstract, deeper), None)
        if found.form == "bullet":
            return BULLET
        printed = re.sub(r"%(\d)", lambda match: self._number(abstract, int(match.group(1)) - 1), found.text).strip()
        return f"{printed} " if printed else ""

    def _number(self, abstract: str, level: int) -> str:
        form = self.levels.get((abstract, level), Level())
        return written(self.counts.get((abstract, level), form.start), form.form)


def written(number: int, form: str) -> str:
    """Return a number as a list of some form prints it; forms of other scripts are given in digits."""
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 40:
        roman = "".join(_roman(number))
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _roman(number: int) -> list[str]:
    digits = []
    for value, digit in _ROMAN:
        while number >= value:
            digits.append(digit)
            number -= value
    return digits


def read_lists(numbering: Any, namespace: str) -> Lists:
    """Return the lists that a numbering part defines.

    Parameters
    ----------
    numbering : lxml element
        The root of the part.
    namespace : str
        The namespace of WordprocessingML, in braces.
    """
    lists = Lists()
    for abstract in numbering.iterchildren(f"{namespace}abstractNum"):
        name = abstract.get(f"{namespace}abstractNumId", "")
        for level in abstract.iterchildren(f"{namespace}lvl"):
            number = whole(level.get(f"{namespace}ilvl"))
            values = {key: _value(level, key, namespace) for key in ("numFmt", "lvlText", "start")}
            lists.levels[name, number] = Level(
                values["numFmt"] or "decimal", values["lvlText"] or "", whole(values["start"], 1)
            )
    for one in numbering.iterchildren(f"{namespace}num"):
        lists.abstract[one.get(f"{namespace}numId", "")] = _value(one, "abstractNumId", namespace) or ""
    return lists


def whole(text: str | None, default: int = 0) -> int:
    """Return a small whole number, or a default where there is none."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def _value(element: Any, name: str, namespace: str) -> str | None:
    child = element.find(f"{namespace}{name}")
    value: str | None = None if child is None else child.get(f"{namespace}val")
    return value
