"""Answers of a language model, kept so that the same question is asked once.

A file holds the answer alone, under a digest of model, question and text; only its owner may read it, for answers
name people. `forget` empties the folder when somebody is to be forgotten.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in a folder, which is made when the first one is kept. A folder that cannot be written is no error."""

    folder: Path

    def get(self, key: str) -> str | None:
        """Return the answer kept under a key, or ``None``."""
        try:
            return self._path(key).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, key: str, answer: str) -> None:
        """Keep an answer: written beside, then renamed, so that nobody reads half of one."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".tmp")  # readable by its owner alone
            try:
                with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                    file.write(answer)
                Path(name).replace(self._path(key))
            except OSError:
                Path(name).unlink(missing_ok=True)

    def drop(self, key: str) -> None:
        """Remove an answer that turned out to be damaged."""
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove all answers.

        Raises
        ------
        OSError
            One cannot be removed.
        """
        for path in [*self.folder.glob("*.json"), *self.folder.glob("*.tmp")]:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def question_key(*parts: object) -> str:
    """Return the digest of a question: model, instructions, form of the answer, text."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
