"""E-mail addresses, printed and masked, and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from loaders.find_first import Anchored

# Every repetition is bounded, so that no text, however odd, takes more than linear time.
_B = r"\s{0,3}"
_AT = rf"(?:[ ]?@[ ]?|{_B}[(\[]{_B}(?:at|ät|a|miukumauku|kissanhäntä){_B}[)\]]{_B}|\s{{0,2}}\s(?:at|ät)\s\s{{0,2}}(?=[\w-]{{1,63}}\.fi\b))"
_DOT = rf"(?:\.|{_B}[(\[]{_B}(?:dot|piste|punkt){_B}[)\]]{_B})"
EMAIL = Anchored(rf"\b[\w.+'-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}}", re.IGNORECASE)
_GAP = r"[ \t\u00a0\u2009\u202f–-]"
# Seven digits at least, so that a postal code or a pair of hours is none; no digit joined on by "-", "." or ",", so that
# a business id, a date or an amount is none.
PHONE = Anchored(
    rf"(?<![\w,-])(?<!\d\.)(?=\+?(?:(?:[()]|{_GAP}){{0,3}}\d){{7}})"
    rf"(?:(?:\+|00)[1-9]\d{{0,2}}{_GAP}?(?:\(0\){_GAP}?)?\d{{1,3}}|\(0[1-9]\d{{0,2}}\)|0[1-9]\d{{0,3}})"
    rf"(?:{_GAP}?\d{{2,5}}){{1,4}}(?!\w|[,.-]\d)"
)
_PATTERN_WORD = re.compile(
    r"^(?:etunimi\.sukunimi|fornamn\.efternamn|förnamn\.efternamn|firstname\.lastname)$", re.IGNORECASE
)
_MASK = re.compile(_AT, re.IGNORECASE)
_MASKED_DOT = re.compile(_DOT, re.IGNORECASE)


def holds_contact(text: str) -> bool:
    """Return whether a text holds an e-mail address (also a masked one) or a telephone number."""
    return EMAIL.search(text) is not None or PHONE.search(text) is not None


def may_hold_contact(text: str, start: int, end: int) -> bool:
    """Return whether a piece of a text has a sign of a contact detail: where it has none, it holds none."""
    return EMAIL.may_stand(text, start, end) or PHONE.may_stand(text, start, end)


def without_contacts(text: str) -> str:
    """Return a text with "…" for each e-mail address and telephone number in it: such a text may stand in a graph."""
    while holds_contact(text):  # what stands beside one may read as another once that is gone
        text = PHONE.sub("…", EMAIL.sub("…", text))
    return text


MASK = "█"


def mask_contacts(text: str) -> str:
    """Return a text of the same length with each e-mail address and telephone number in it covered: "█████ ███"."""
    while holds_contact(text):
        for pattern in (EMAIL, PHONE):
            text = pattern.sub(lambda found: re.sub(r"\S", MASK, found.group()), text)
    return text


def beside_contacts(text: str) -> tuple[int, int]:
    """Return the offsets of the longest stretch of a text that holds no contact detail."""
    found = [match.span() for pattern in (EMAIL, PHONE) for match in pattern.finditer(text)]
    edges = [(0, 0), *sorted(found), (len(text), len(text))]
    stretches = [(before[1], after[0]) for before, after in pairwise(edges)]
    # Cut out of its surroundings, what is left of two details may read as a third: "a@b.fi+3581234567".
    bare = [stretch for stretch in stretches if not holds_contact(text[slice(*stretch)])] or [(0, 0)]
    return max(bare, key=lambda stretch: (len(text[slice(*stretch)].strip()), -stretch[0]))


def resolve_email(printed: str, name: str | None = None) -> str | None:
    """Return the real address of a printed one.

    "sirpa.syvanen(at)tuni.fi" is unmasked; "etunimi.sukunimi@x.fi" is filled in from the person's name.

    Parameters
    ----------
    printed : str
        The address as it stands in the text.
    name : str, optional
        The person's name, given name first; without it a pattern address gives ``None``.
    """
    local, _, domain = _MASK.sub("@", printed.strip(), count=1).partition("@")
    if not domain:
        return None
    domain = _MASKED_DOT.sub(".", domain)
    if _PATTERN_WORD.match(local):
        if not name:
            return None
        local = ".".join(ascii_name(part) for part in (name.split()[0], name.split()[-1]))
    return f"{local}@{domain}".strip(".").lower()


def domain_of(email: str) -> str:
    """Return the registrable part of an address's domain without its suffix: "a@xy.msl.fi" → "msl"."""
    labels = email.rpartition("@")[2].split(".")
    return labels[-2] if len(labels) > 1 else labels[0]


def resolve_phone(printed: str) -> str | None:
    """Return the telephone number in a text as printed, or ``None`` where there is none."""
    found = PHONE.search(printed)
    return " ".join(found.group().split()) if found else None


def ascii_name(text: str) -> str:
    """Return a part of a person's name as an address spells it: "Mäki-Hollanti" → "maki-hollanti"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if c.isascii() and (c.isalnum() or c == "-"))
