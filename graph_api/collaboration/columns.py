"""Columns of text as plain arrays: they can be written to a file and mapped into memory, and read as lists.

A column of texts is one block of UTF-8 with the place where each text begins; a column with few different values is
an array of codes with the list of values. Code point order is byte order in UTF-8, so that a sorted column is sorted
either way (The Unicode Standard, section 2.5).
"""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]


class _Column(Sequence[str]):
    """What columns of text have in common: a column equals any sequence of the same texts."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._text(number) for number in range(*place.indices(len(self)))]
        number = int(place)
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(f"The column has {len(self)} rows, and no row {place}.")
        return self._text(number)

    @abstractmethod
    def _text(self, number: int) -> str:
        """Return the text of a row that there is."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self[:5]!r}, {len(self)} rows)"


class Texts(_Column):
    """A column of texts.

    Parameters
    ----------
    block : numpy.ndarray
        All texts in UTF-8, one after the other (bytes).
    offsets : numpy.ndarray
        Where each text begins, and where the last one ends: one more than there are texts.
    """

    __slots__ = ("block", "offsets")

    def __init__(self, block: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self.block, self.offsets = block, offsets

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Return a column of some texts."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def _text(self, number: int) -> str:
        return bytes(self.block[self.offsets[number] : self.offsets[number + 1]]).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        whole, offsets = self.block.tobytes(), self.offsets.tolist()
        for start, end in itertools.pairwise(offsets):
            yield whole[start:end].decode("utf-8", "surrogatepass")


class Categories(_Column):
    """A column of texts of which there are few.

    Parameters
    ----------
    codes : numpy.ndarray
        The place in `names` of each row's text.
    names : sequence of str
        The different texts.
    """

    __slots__ = ("codes", "names")

    def __init__(self, codes: IntArray, names: Sequence[str]) -> None:
        self.codes = codes
        self.names: list[str] = list(names)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Categories:
        """Return a column of some texts; its names are in sort order."""
        rows = list(texts)
        names = sorted(set(rows))
        number = {name: place for place, name in enumerate(names)}
        return cls(np.fromiter((number[row] for row in rows), dtype=np.int32, count=len(rows)), names)

    def __len__(self) -> int:
        return len(self.codes)

    def _text(self, number: int) -> str:
        return self.names[int(self.codes[number])]

    def __iter__(self) -> Iterator[str]:
        return (self.names[code] for code in self.codes.tolist())

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Say for each row whether its text is one of those wanted."""
        chosen = set(wanted)
        return np.array([name in chosen for name in self.names], dtype=bool)[self.codes]


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """A list of numbers for each row: those of row r are ``numbers[offsets[r]:offsets[r + 1]]``."""

    offsets: IntArray
    numbers: IntArray

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Lists:
        """Return the lists of some rows."""
        kept = list(rows)
        offsets = np.zeros(len(kept) + 1, dtype=np.int32)
        np.cumsum([len(row) for row in kept], out=offsets[1:])
        flat = np.fromiter((number for row in kept for number in row), dtype=np.int32, count=int(offsets[-1]))
        return cls(offsets, flat)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> IntArray:
        return self.numbers[self.offsets[row] : self.offsets[row + 1]]

    def take(self, rows: NDArray[Any]) -> Lists:
        """Return the lists of some rows alone."""
        return Lists.of([self[row].tolist() for row in rows.tolist()])
