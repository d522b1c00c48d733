"""HTML to text: what a reader of the page sees, block by block, without navigation, scripts and styles."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from loaders.errors import ReadError
from loaders.model import Unread
from loaders.readers.reading import Reading
from loaders.readers.text import clean, declared_encoding, decode_declared

_DROPPED = ("script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form", "iframe")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "body",
    ]
)
_SPACED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "table", "section", "article"])
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")
WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::\d{1,5})?(?:[/?#]\S*)?")
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_TO_BE_DECLARED_WITHIN = 4096
MAX_NODES = 400_000
CUT = "a page of too many elements, cut short"


def read_html(data: bytes, declared: str | None = None) -> Reading:
    """Return the visible text of a page.

    Parameters
    ----------
    data : bytes
        The page.
    declared : str, optional
        The encoding that the page was delivered with; it goes before what the page itself declares.

    Raises
    ------
    ReadError
        There is not enough memory for it: no page is too malformed to be parsed.
    """
    named = _DECLARED.search(data[:_TO_BE_DECLARED_WITHIN])
    inside = named.group(1).decode("ascii") if named else None
    decoded = decode_declared(data, declared if declared_encoding(declared) else inside)
    try:
        text, address, whole = _visible(decoded.text)
    except SelectolaxError as error:
        raise ReadError("needs more memory than a page is given. Split it, or save it as text.") from error
    cut = () if whole else (Unread(text.count("\n"), "the rest of the page", CUT),)
    return Reading(text, address, (*decoded.notes, *cut))


def html_to_text(html: str) -> tuple[str, str | None]:
    """Return the visible text of a page and its canonical address, where the page gives one.

    Parameters
    ----------
    html : str
        The page's source.
    """
    text, address, _ = _visible(html)
    return text, address


def _visible(html: str) -> tuple[str, str | None, bool]:
    tree = LexborHTMLParser(html)
    address = _canonical(tree)
    for selector in _DROPPED:
        for node in tree.css(selector):
            node.decompose()
    pieces: list[str] = []
    whole = tree.body is None or _collect(tree.body, pieces)
    lines = [_BLANKS.sub(" ", line).strip() for line in clean("".join(pieces)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n", address, whole


def _collect(root: LexborNode, pieces: list[str]) -> bool:
    """Collect the pieces of a tree; returns whether that was all of it."""
    # An explicit stack: pages nested thousands deep must not exhaust Python's.
    stack: list[LexborNode | str] = [root]
    for _ in range(MAX_NODES):
        if not stack:
            return True
        item = stack.pop()
        if isinstance(item, str):
            _add(pieces, item)
        elif item.tag == "-text":
            _add(pieces, (item.text(deep=False) or "").replace("\n", " "))
        elif item.tag == "br":
            pieces.append("\n")
        else:
            mark = "\n\n" if item.tag in _SPACED else "\n" if item.tag in _BLOCKS else ""
            stack.append(mark)
            stack.extend(reversed(list(item.iter(include_text=True))))
            if item.tag == "li":
                stack.append("• ")
            stack.append(mark)
    return not stack


def _add(pieces: list[str], piece: str) -> None:
    """Add text or a block's mark; one block's end and the next one's beginning make one break, not a blank line."""
    after_break = bool(pieces) and pieces[-1].endswith("\n")
    if piece.strip() or not after_break:
        pieces.append(piece)
    elif piece.startswith("\n"):
        pieces[-1] = max(pieces[-1], piece, key=len)


def _canonical(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("link[rel=canonical]")
    address = (node.attributes.get("href") or "") if node is not None else ""
    return address if WEB_ADDRESS.fullmatch(address) else None
