"""Pilots: numbered lists by implementer and region, trials in a bulleted list, pilot units named in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.find_first import Anchored
from loaders.gazetteer import Hit
from loaders.labels import heading
from loaders.model import Span
from loaders.recognise.mentions import Mention
from loaders.recognise.organisations import find_organisations
from loaders.text import Line, Text
from loaders.vocabulary import scheme

_ITEM = re.compile(r"^(\d{1,3})[.)]?\s+([A-ZÅÄÖ].*)$")
_PILOT_WORD = re.compile(r"pilot|kokeilukoht|kehittämiskohte", re.IGNORECASE)
# A weaker word counts where the items themselves name organisations.
_TRIAL_WORD = re.compile(r"kokeil|toteutuspai|kohteet|försök|trial", re.IGNORECASE)
_IN_SENTENCE = Anchored(
    r"pilotti(?:yksiköt|yksiköstä|yksikköä|työpaik\w+|kohte\w+|organisaatio\w+|kun\w+)?\w*\s*\(([^)]{8,300})\)",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:pilotti\s+)?(päättyi|päättynyt|keskeytyi|käynnissä|jatkuu|alkoi|alkaa|valmis)\b[^,()]*", re.IGNORECASE
)
# A step of the work, no pilot: "2. Otetaan käyttöön Työkykyvartti".
_STEP = re.compile(r"^\d{1,3}[.)]?\s+[A-ZÅÄÖ][a-zåäö]+(?:taan|tään|daan|dään|tiin)\b")
_MIN_ITEMS = 3
_LOOK_BACK = 12


@dataclass(slots=True)
class PilotItem:
    """One numbered item: its line and the headings above it."""

    number: int
    line: Line
    content: Span
    headings: list[Line] = field(default_factory=list)


def numbered_pilots(text: Text) -> list[PilotItem]:
    """Return the items of the numbered pilot lists of a text.

    A list is numbered from 1 upwards over several groups; a word on pilots stands above it or in it; a blank line or a
    heading between items does not end it.
    """
    best: list[PilotItem] = []
    for index, line in enumerate(text.lines):
        match = _ITEM.match(line.text)
        if match and int(match.group(1)) == 1 and heading(line) is None:
            items = list(_run(text, index))
            if len(items) >= _MIN_ITEMS and _about_pilots(text, index, items) and len(items) > len(best):
                best = items
    return best


def _run(text: Text, index: int) -> Iterator[PilotItem]:
    expected, above, since = 1, _headings_above(text, index), 0
    for line in text.lines[index:]:
        match = _ITEM.match(line.text)
        if match and int(match.group(1)) == expected:
            start = line.start + match.start(2)
            yield PilotItem(expected, line, Span(start, line.end), list(above))
            expected, since = expected + 1, 0
            above = []
        else:
            since += 1
            above.append(line)
            if since > 4 or len(line.text) > 120 or heading(line) is not None:
                return


def _headings_above(text: Text, index: int) -> list[Line]:
    above: list[Line] = []
    for line in reversed(text.lines[max(0, index - 3) : index]):
        if len(line.text) > 90 or line.text.startswith("-"):
            break
        above.insert(0, line)
    return above


def _about_pilots(text: Text, index: int, items: list[PilotItem]) -> bool:
    lines = text.lines[max(0, index - _LOOK_BACK) : index] + [item.line for item in items]
    following = text.line_at(items[-1].line.end)
    position = text.lines.index(following)
    lines += text.lines[position + 1 : position + 3]
    if any(item.line.text.rstrip().endswith("?") for item in items):
        return False
    if 2 * sum(bool(_STEP.match(item.line.text)) for item in items) > len(items):
        return False
    if any(_PILOT_WORD.search(line.text) for line in lines):
        return True
    return any(_TRIAL_WORD.search(line.text) for line in lines) and _name_organisations(items)


def _name_organisations(items: list[PilotItem]) -> bool:
    """Return whether most items begin with an organisation."""
    opening = [_ITEM.match(item.line.text) for item in items]
    named = [m for m in opening if m and any(o.span.start == 0 for o in find_organisations(m.group(2)))]
    return 2 * len(named) > len(items)


def state_of(content: str) -> str | None:
    """Return what an item says of how the pilot went: "päättyi syksyllä 2019"."""
    found = _STATE.search(content)
    return found.group().strip() if found else None


def title_of(content: str, mentions: list[Mention]) -> str:
    """Return a pilot's title: the canonical name of its host with what follows it up to the next comma.

    Parameters
    ----------
    content : str
        The item without its number.
    mentions : list of Mention
        The organisations named in the item, offsets relative to the item; the first that is not an owner leads.
    """
    hosts = leading_hosts(mentions)
    if not hosts:
        return re.split(r"[,(]| - ", content)[0].strip(" .")
    first = hosts[0]
    rest = re.match(r",\s*([a-zåäö][^,(+]*?)(?:\s-\s|[,(+.]|$)", content[first.span.end :])
    if rest and first.owner is None and not any(m.span.start == first.span.end + rest.start(1) for m in mentions):
        words = rest.group(1).split()
        if len(words) <= 3 and "kehittäminen" not in words:
            return f"{first.name}, {rest.group(1).strip()}"
    return first.name


def leading_hosts(mentions: list[Mention]) -> list[Mention]:
    """Return the organisations of an item without the owners that are named inside a unit's name."""
    owners = {m.owner for m in mentions if m.owner is not None}
    return [m for m in mentions if m.name not in owners]


def host_groups(mentions: list[Mention]) -> list[list[Mention]]:
    """Return the hosts of an item by the body they belong to: "Varkauden kaupunki, Joroisten vanhuspalvelut" has two."""
    groups: dict[str, list[Mention]] = {}
    for mention in leading_hosts(mentions):
        groups.setdefault(mention.owner or mention.name, []).append(mention)
    return list(groups.values())


def region_of(item_headings: list[Line], hits: list[Hit]) -> str | None:
    """Return the place that a heading above an item names, or ``None``."""
    for line in reversed(item_headings):
        for hit in hits:
            if hit.kind == "place" and hit.span == line.span:
                return scheme("places")[hit.notation].notation
    return None


def units_in_brackets(text: Text) -> Iterator[tuple[str, Span]]:
    """Yield the names in "kolmesta pilottiyksiköstä (A, B, C)"."""
    for match in _IN_SENTENCE.finditer(text.text):
        offset = match.start(1)
        for part in re.finditer(r"[^,]+", match.group(1)):
            name = part.group().strip()
            start = offset + part.start() + part.group().index(name)
            if name:
                yield name, Span(start, start + len(name))
