"""The tokens of a SPARQL text.

Two readings are offered. `tokens` is the usual one. `every_token` yields the tokens of every way in which a parser
without a separate lexer could cut the text, for ``<`` may open an IRI or compare two numbers, and what follows depends
on it: ``FILTER(?p<'>')SERVICE <…> {} FILTER('a'='a')`` has the keyword outside any string in one way, inside one in the
other. Whoever looks for a keyword that must not be there has to look in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_NAME = r"[^\W_](?:[\w.\-·]*[\w\-·])?"
_TOKEN = re.compile(
    rf"""
    (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w[\w.\-·]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)
  | (?P<prefixed>(?:{_NAME})?:(?:[\w:.\-·%]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SKIPPED = re.compile(r"(?:\s+|#[^\r\n]*)*+")
_ABSOLUTE = re.compile(r"<[A-Za-z][\w+.\-]*://")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (a group of the pattern above), its text, and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where the token ends."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Say whether the token is one of these keywords (given in capitals)."""
        return self.kind == "word" and self.text.upper() in words


def token_at(text: str, position: int) -> Token | None:
    """Return the token that starts at a position or after the blanks and comments there; None at the end."""
    skipped = _SKIPPED.match(text, position)
    match = _TOKEN.match(text, skipped.end() if skipped else position)
    if match is None or match.lastgroup is None:
        return None
    return Token(match.lastgroup, match[0], match.start())


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of the usual reading, in order, without blanks and comments."""
    position = 0
    while (token := token_at(text, position)) is not None:
        yield token
        position = token.end


def every_token(text: str) -> Iterator[Token]:
    """Yield the tokens of all readings, each once, in no particular order."""
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        token = token_at(text, waiting.pop())
        if token is None or token.start in seen:
            continue
        seen.add(token.start)
        yield token
        waiting += _continuations(text, token)


def _continuations(text: str, token: Token) -> Iterator[int]:
    """Yield where the next token may start."""
    yield token.end
    match token.kind:
        case "iri" if not _ABSOLUTE.match(text, token.start):
            yield token.start + 1  # read as "less than": what begins like http:// is no operand
        case "prefixed" | "blank":
            yield from (token.start + dot.start() for dot in re.finditer(r"\.", token.text))
        case _:
            pass
