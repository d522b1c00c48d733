"""Periods as a person writes them: 2015-2020, 2015-, -2020, 2018."""

from __future__ import annotations

import re

from loaders.errors import UsageError

_PERIOD = re.compile(r"^(\d{4})?\s*[-–:]\s*(\d{4})?$")


def parse_period(text: str | None) -> tuple[int | None, int | None] | None:
    """Return the first and last year of a period, either of which may be open; None for none.

    Raises
    ------
    UsageError
        The text is no period.
    """
    if text is None:
        return None
    found = _PERIOD.match(text.strip())
    if found is None and re.fullmatch(r"\d{4}", text.strip()):
        return int(text), int(text)
    if found is None or not any(found.groups()):
        raise UsageError(f"{text!r} is not a period. Write years such as 2015-2020, 2015- or -2020.")
    first, last = found.groups()
    return (int(first) if first else None, int(last) if last else None)
