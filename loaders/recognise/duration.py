"""When prose says that an initiative began or ended: "Hanke alkoi helmikuussa 2022 ja päättyy 31.3.2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.find_first import Anchored
from loaders.language.dates import parse_date
from loaders.model import Span, Value
from loaders.text import Text

# Its subject is the initiative, or a relative clause on it: "-hankkeeseen, joka alkoi elokuussa 2022".
_INITIATIVE = re.compile(
    r"\b(?:hanke|projekti|ohjelma|projektet|project)\b|-(?:hankkee|projekti|ohjelma)\w*, joka\b", re.IGNORECASE
)
_VERBS = {
    "start": Anchored(
        r"\b(?:alkoi|alkaa|käynnistyi|käynnistyy|inleddes|startade)\s+([^,.;()]{0,18}?(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.\d{4})",
        re.IGNORECASE,
    ),
    "end": Anchored(
        r"\b(?:päättyi|päättyy|loppui|avslutades|avslutas)\s+(\d{1,2}\.\d{1,2}\.\d{4}|[^,.;()]{0,18}?(?:19|20)\d\d)",
        re.IGNORECASE,
    ),
}


def dates_in_prose(text: Text, regions: list[Span]) -> Iterator[tuple[str, Value]]:
    """Yield ("start" or "end", date) for each sentence that says when the initiative itself began or ended."""
    for region in regions:
        for name, pattern in _VERBS.items():
            for match in pattern.finditer(text.text, region.start, region.end):
                sentence = text.sentence(Span(match.start(), match.end()))
                date = parse_date(match.group(1))
                if date and _INITIATIVE.search(text.text, sentence.start, match.start()):
                    span = Span(match.start(), match.end())
                    yield name, Value(date, text.evidence(span, f"{name}-in-prose", 0.7))
