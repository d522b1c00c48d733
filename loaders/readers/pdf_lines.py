"""From the placed lines of a PDF's pages to text: running lines dropped, wrapped lines joined, hyphens resolved.

A PDF has no paragraphs. A line goes on in the next one when its first word would not have fitted: same left edge, same
size, usual distance. All else is a line break that somebody made, and labels and values rest on those.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()[]-/ "), frozenset("mwMW@%—–")
_NUMBER = re.compile(r"(?<![\w.,/–-])\d{1,4}(?![\w,–-]|\.\d)|(?<=/)\d{1,4}(?!\S)")
_PAGE_NUMBER = re.compile(
    r"(?:sivu|sida|page|s\.|p\.)?\s*[-–(]?\s*(\d{1,4})\s*[-–)]?\s*(?:(?:/|\||av|of|\()\s*\d{1,4}\s*\)?)?", re.IGNORECASE
)
_OPENING = re.compile(r"[•●▪■◦‣*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-zåäö][.)]\s")
_COUNTED = re.compile(r"(\d{1,3})[.)]?\s+\S")
_LABEL = re.compile(r"[A-ZÅÄÖ][^.:;!?()]{1,60}:(?:\s|$)")
_SUSPENDED = re.compile(r"(?:ja|tai|sekä|eli|että|och|eller|samt|and|or)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:/|@|\bwww\.)\S*$")
_HYPHENS = "-\u2010\u00ad"
_EDGE = 3
_NARROW_COLUMN = 16
_MOST_LEADING = 1.6
_SAME_PLACE = 4.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of a page: its text, left and (estimated) right edge, baseline (growing upwards) and size, in points.

    `limit` is where the next column begins, if there is one.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    limit: float = math.inf


def width(text: str, *, monospaced: bool = False) -> float:
    """Return about how wide a text is, in ems, in a proportional typeface (the classes of widths of Helvetica)."""
    if monospaced:
        return 0.6 * len(text)
    return sum(0.3 if c in _NARROW else 0.86 if c in _WIDE else 0.69 if c.isupper() else 0.54 for c in text)


Page = list[Placed]
Block = tuple[int, int, int]


def with_limits(page: Page) -> Page:
    """Return the lines of a page with the limits that other columns set them."""
    by_height = sorted(page, key=lambda line: line.baseline)
    heights = [line.baseline for line in by_height]
    limited = []
    for line in page:
        near = 1.6 * line.size
        window = by_height[bisect_left(heights, line.baseline - near) : bisect_right(heights, line.baseline + near)]
        limit = min((other.left for other in window if other.left > line.right), default=math.inf)
        limited.append(replace(line, limit=limit))
    return limited


def text_of(pages: Sequence[Page]) -> tuple[str, int]:
    """Return the text of pages, and how many lines were left out because they run on each page."""
    body, dropped = without_running_lines(pages)
    words = Counter(re.findall(r"\w+(?:-\w+)*", "\n".join(line.text for page in body for line in page).casefold()))
    return "".join(_joined(body, words)).strip() + "\n", dropped


def without_running_lines(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """Return pages without headers, footers and page numbers.

    A line runs when it recurs in the same place at the edge of most pages, word for word or but for a number that goes
    with the page. What differs otherwise (the code of the project that a page is about) stays, and so does what stands
    beside it or further in.
    """
    edges = [(_rows(page, -1), _rows(page, 1)) for page in pages]
    recurring = Counter(
        key
        for number, edge in enumerate(edges)
        for key in {key for rows in edge for row in rows[:_EDGE] for line in row for key in _keys(line, number)}
    )
    needed = max(2, -(-len(pages) * 3 // 5))
    body: list[Page] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            id(line)
            for rows in edge
            for row in itertools.islice(_running(rows, number, recurring, needed), _EDGE)
            for line in row
        }
        body.append([line for line in page if id(line) not in dropped])
    return body, sum(map(len, pages)) - sum(map(len, body))


def _rows(page: Page, direction: int) -> list[list[Placed]]:
    """Return the rows of a page from its lower (1) or upper (-1) edge inwards: lines beside each other are one row."""
    rows: list[list[Placed]] = []
    for line in sorted(page, key=lambda line: direction * line.baseline):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
        if len(rows) > _EDGE + 1:
            break
    return rows


def _running(
    rows: list[list[Placed]], number: int, recurring: Counter[tuple[int, str]], needed: int
) -> Iterator[list[Placed]]:
    """Yield the rows from the edge that run; a distance must part them from the body."""
    run = list(
        itertools.takewhile(
            lambda row: all(any(recurring[key] >= needed for key in _keys(line, number)) for line in row), rows
        )
    )
    if not run and rows and len(rows[0]) == 1 and _is_page_number(rows[0][0], number):
        run = rows[:1]
    rest = rows[len(run) : len(run) + 1]
    if run and rest and abs(run[-1][0].baseline - rest[0][0].baseline) < _MOST_LEADING * rest[0][0].size:
        return
    yield from run


def _keys(line: Placed, number: int) -> set[tuple[int, str]]:
    """Return what a line has in common with those that run with it on other pages."""
    place = round(line.baseline / _SAME_PLACE)
    texts = {line.text}
    for match in _NUMBER.finditer(line.text):
        texts.add(f"{line.text[: match.start()]}<page{int(match.group()) - number:+}>{line.text[match.end() :]}")
    return {(place, text) for text in texts}


def _is_page_number(line: Placed, number: int) -> bool:
    """Return whether a line is the number of its page and no more."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return match is not None and int(match.group(1)) == number + 1


def _joined(pages: Sequence[Page], words: Counter[str]) -> Iterator[str]:
    leading = _leading(pages)
    edges = _right_edges(pages)
    previous: Placed | None = None
    text = ""
    for page in pages:
        for place, line in enumerate(page):
            if previous is None:
                text = line.text
            elif not _counts_on(text, line.text) and _goes_on(previous, line, edges, leading, turned=place == 0):
                text = hyphenated(text, line.text, words) if text[-1:] in _HYPHENS else f"{text} {line.text}"
            else:
                gap = previous.baseline - line.baseline
                is_wide = place > 0 and not 0 <= gap <= 1.3 * leading.get(_step(line.size), 1.2 * line.size)
                yield f"{text}\n\n" if is_wide and not _beside(previous, line) else f"{text}\n"
                text = line.text
            previous = line
    yield text


def _counts_on(paragraph: str, line: str) -> bool:
    """Return whether a line begins with the number after the one that the paragraph above begins with."""
    first, second = _COUNTED.match(paragraph), _COUNTED.match(line)
    return first is not None and second is not None and int(second.group(1)) == int(first.group(1)) + 1


def _step(size: float) -> int:
    return round(size * 2)


def _beside(first: Placed, second: Placed) -> bool:
    return abs(first.baseline - second.baseline) < 0.4 * max(first.size, second.size)


def _leading(pages: Sequence[Page]) -> dict[int, float]:
    """Return the usual distance of lines of each size: the least that is common."""
    gaps: dict[int, Counter[float]] = {}
    for page in pages:
        for upper, lower in itertools.pairwise(page):
            gap = upper.baseline - lower.baseline
            if 0.8 * lower.size < gap < 2.5 * lower.size and _step(upper.size) == _step(lower.size):
                gaps.setdefault(_step(lower.size), Counter())[round(gap * 2) / 2] += 1
    usual: dict[int, float] = {}
    for size, counted in gaps.items():
        common = [gap for gap, times in counted.items() if times >= 0.15 * counted.total()]
        usual[size] = min(*(common or counted), _MOST_LEADING * size / 2)
    return usual


def _right_edges(pages: Sequence[Page]) -> dict[Block, float]:
    """Return how far right lines of each block reach; the longest few are outliers of the estimate."""
    rights: dict[Block, list[float]] = {}
    for line in (line for page in pages for line in page):
        rights.setdefault(_block(line), []).append(line.right)
    return {block: sorted(ends)[-1 - len(ends) // 50] for block, ends in rights.items()}


def _block(line: Placed) -> Block:
    """Return what lines of one column have in common: left edge, size, and where the next column begins."""
    return round(line.left / 6), _step(line.size), -1 if math.isinf(line.limit) else round(line.limit / 6)


def _goes_on(
    upper: Placed, lower: Placed, edges: dict[Block, float], leading: dict[int, float], *, turned: bool
) -> bool:
    """Return whether a line is the continuation of the one above (`turned`: on the next page)."""
    if _step(upper.size) != _step(lower.size) or _OPENING.match(lower.text) or _LABEL.match(lower.text):
        return False
    gap = upper.baseline - lower.baseline
    if turned:
        if upper.text[-1:] in ".!?:":
            return False
    elif not 0.5 * lower.size < gap <= 1.3 * leading.get(_step(lower.size), 1.2 * lower.size):
        return False
    if upper.limit - upper.left < _NARROW_COLUMN * upper.size and not lower.text[:1].islower():
        return False  # a column of labels: each begins with a capital
    indent = lower.left - upper.left
    hangs = _OPENING.match(upper.text) is not None and 0 <= indent < 4 * lower.size
    if abs(indent) > 0.5 * lower.size and not hangs and not -4 * lower.size < indent < 0:
        return False
    edge = max(edges.get(_block(upper), 0.0), edges.get(_block(lower), 0.0))
    first = re.split(r"\s|(?<=\w)-(?=\w)", lower.text, maxsplit=1)[0]
    return upper.right + width(f" {first}") * upper.size > 0.97 * (edge - upper.left) + upper.left


def hyphenated(upper: str, lower: str, words: Counter[str]) -> str:
    """Return two lines as one where the first ends in a hyphen.

    A hyphen of the word stays: before a capital or a digit, after an abbreviation, between like vowels
    ("linja-auto"), in an address, before "ja" ("sosiaali- ja terveysala"), or where the document writes the word, or others that begin
    as it does ("sote-uudistus"), so elsewhere.
    """
    stem = upper[:-1]
    head = re.search(r"[\w-]*$", stem)
    tail = re.match(r"[\w-]*", lower)
    before, after = head.group() if head else "", tail.group() if tail else ""
    if upper[-1] == "\u00ad":
        return stem + lower
    if not before or not after or _SUSPENDED.match(lower):
        return f"{upper} {lower}"
    is_kept = (
        _ADDRESS.search(stem) is not None
        or not after[0].islower()
        or not before[-1].islower()
        or (before[-1] == after[0] and after[0] in "aeiouyåäö")
        or _is_written_with_hyphen(before.casefold(), after.casefold(), words)
    )
    return f"{stem}-{lower}" if is_kept else stem + lower


def _is_written_with_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    if words[before + after]:
        return False
    return any(word.startswith(f"{before}-") for word in words)
