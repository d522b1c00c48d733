"""What lists print beside a name and that is no part of it: addresses, numbers, notes on bankruptcies, former names."""

from __future__ import annotations

import re
from functools import lru_cache

_CARE_OF = re.compile(r"\s*c/o\s.*$", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?<!\d)\d{7}-\d(?!\d)")
_DATE = re.compile(r"\s*\(?\b\d{1,2}\.\d{1,2}\.(?:\d{4})?\b\)?(?=\s*$)")
_WEB = re.compile(r"\s*(?:https?://|www\.)\S+", re.IGNORECASE)
# After a legal form that has run into the note: "SAFEGO OYKONKURSSI …", "ESMARIN OYYRITYKSEN NIMI MUUTETTU …".
_NOTE = re.compile(
    r"(?:(?<=\s)|(?<=\soy)|(?<=\sab)|(?<=\sky)|(?<=\sry))(?:konkurssi|yritys mennyt|yritykse?n nimi|yrityksen|nimi muutettu|"
    r"nimi vaihtunut|varjopuoli|rinnakkaistoiminimi|aputoiminimi|ent\.|ent:|entinen |ex\. |nyk\.|nykyisin |nyt |"
    r"dnro|dno).*$",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"[\s,]+(?:jakautunut|sulautunut|perustettava|päätoteuttaja|osatoteuttaja|hakijana)$", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_OTHER_NAME = re.compile(
    r"\b(?:ent|entinen|ent\.|ex|aiemmin|aikaisemmin|aikaisempi|myöhemmin|nyk|nykyinen|nykyisin|uusi nimi|uuden|nimi|nimellä|"
    r"alkaen|lukien|saakka|asti|emo|tidigare|f\.d\.|fd|nuvarande|formerly|previously|jakautunut|sulautunut|perustettava|"
    r"osatoteuttaja|päätoteuttaja|hakija|yhteistyö|rek|aputoiminimi)\b",
    re.IGNORECASE,
)


def remove(text: str) -> tuple[str, list[str]]:
    """Return a name without its residue, and what was said of other names ("ent. Ikihirsi Oy").

    Parameters
    ----------
    text : str
        A name as `spelling.clean` returns it.
    """
    left, former = _removed(text)
    return left, list(former)


@lru_cache(maxsize=65_536)
def _removed(text: str) -> tuple[str, tuple[str, ...]]:
    former: list[str] = []

    def take(match: re.Match[str]) -> str:
        if _OTHER_NAME.search(match[1]) is None:
            return match[0]
        former.append(match[1].strip())
        return " "

    text = _BRACKETS.sub(take, text)
    for pattern in (_CARE_OF, _WEB, _NUMBER, _NOTE, _DATE, _STATE):
        shorter = pattern.sub("", text)
        text = shorter if shorter.strip(" .,-/") else text
    return " ".join(text.split()).strip(" ,;:-/"), tuple(former)
