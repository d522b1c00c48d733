"""Names before and after: what print says beside a name ("ent. Ikihirsi Oy", "nyk. Luonnonvarakeskus")."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAY = r"\d{1,2}\.\d{1,2}\.(?:\d{4})?"
_DATE = re.compile(rf"(?:{_DAY}|\b(?:19|20)\d\d\b)\s*")
_FROM = re.compile(rf"(?:{_DAY}|\b(?:19|20)\d\d)\s*(?:alkaen|lukien|lähtien|från|fr\.o\.m\.)\s*", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:{_DAY}|\b(?:19|20)\d\d)\s*(?:saakka|asti|till|until)\s*", re.IGNORECASE)
_EARLIER = re.compile(
    r"^(?:entinen|ent\b[.:]?|ex\b[.:]?|aiemmin|aikaisemmin|aikaisempi(?:\s+nimi)?|tidigare|f\.\s?d\.|fd\b|formerly|previously)"
    r"[\s:]*",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"^(?:nykyinen|nykyisin|nykyään|nyk\b[.:]?|myöhemmin|uusi\s+nimi(?:\s+on)?|uuden\s+\w+\s+nimi(?:\s+on)?|nuvarande|numera)[\s:]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name and whether it is the earlier one."""

    name: str
    is_earlier: bool


def read_other_name(text: str) -> OtherName | None:
    """Return what a note beside a name says of a name before or after it, or ``None`` where it says neither.

    Parameters
    ----------
    text : str
        The note: "ENT. IKIHIRSI OY", "1.4.2012 alkaen Prizztech Oy", "entinen Stakes 1.1.2009 alkaen THL".
    """
    text = " ".join(text.split())
    for pattern, is_earlier in ((_EARLIER, True), (_LATER, False)):
        cue = pattern.match(text)
        if cue is not None:
            rest = _FROM.sub("", text[cue.end() :], count=1) if not is_earlier else _FROM.split(text[cue.end() :])[0]
            return _named(rest, is_earlier)
    until, since = _UNTIL.search(text), _FROM.search(text)
    if until is not None:
        return _named(text[: until.start()] + text[until.end() :], True)
    return _named(text[since.end() :], False) if since is not None and since.start() == 0 else None


def _named(text: str, is_earlier: bool) -> OtherName | None:
    name = _DATE.sub("", text).strip(" ,.;:-")
    return OtherName(name, is_earlier) if len(name) > 1 else None
