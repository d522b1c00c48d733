"""Cutting a printed name into the names of bodies: at separators, at legal forms, after known owners, at lost line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph_api.identity import authority
from graph_api.identity.language import is_two_languages
from graph_api.identity.signs import (
    head_type,
    holds_place,
    is_abbreviation_of,
    is_head_noun,
    is_place,
    nominative_title,
    rank,
)
from graph_api.identity.spelling import Title, legal_forms, legal_pattern, squash, strip_legal_form

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_SEPARATOR = re.compile(r"\s*[/;]\s*")
_DASH = re.compile(r"\s+-\s*|\s*-\s+")
_COMMA = re.compile(r"\s*,\s*")
_JOINING = frozenset({"ja", "sekä", "och", "and", "&", "o", "of", "for", "för", "vid", "i", "-"})
_CAMEL = re.compile(r"(?<=[a-zåäö]{4})(?=[A-ZÅÄÖ][a-zåäö]{2,})|(?<=[a-zåäö]{4})(?=Oy\b|OY\b)")
_GLUED_FORM = re.compile(r"(?<=\s)(OY|LTD|AB|KY|RY|SR)(?=[^\W_]|\()")
_ONE_OF_ITS_KIND = frozenset({"kiinteistö", "asunto", "koy", "fastighets", "bostads"})
# A body named in the genitive before one of these is what the other is named after, not its owner.
_NAMED_AFTER = frozenset({"joint_authority", "foundation", "association", "union", "municipality", "company"})
_GENERIC_TAILS = frozenset(
    {"kuntayhtymä", "säätiö", "liikelaitos", "vastuualue", "osasto", "osakekunta", "ryhmä", "yhdistys", "palvelut"}
)
_SHORTEST_GLUED = 10


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a printed name, and what stands before it.

    `joint` is ``start``, ``slash``, ``dash``, ``language``, ``bracket``, ``legal``, ``glue``, ``owner`` or ``tail``.
    """

    text: str
    joint: str


class Segmenter:
    """Cuts names; see `names.Grammar` for the parameters."""

    def __init__(self, names: frozenset[str], words: frozenset[str]) -> None:
        self._names = names
        self._words = words

    def split(self, text: str) -> Iterator[Segment]:
        """Yield the pieces of a name in the order of print."""
        if self._is_known(text):
            yield Segment(text, "start")
            return
        for piece in self._separated(_join_forms(text)):
            yield from self._bracketed(piece)

    def _is_known(self, text: str) -> bool:
        return authority.find(strip_legal_form(text)) is not None

    def _separated(self, text: str) -> Iterator[Segment]:
        pieces = [piece for piece in _SEPARATOR.split(text) if piece]
        if len(pieces) == 2 and _is_one_firm(pieces):
            pieces = [text]
        for number, piece in enumerate(pieces):
            yield Segment(piece, "slash" if number else "start")

    def _bracketed(self, piece: Segment) -> Iterator[Segment]:
        joint, position = piece.joint, 0
        for match in _BRACKETS.finditer(piece.text):
            yield from self._dashed(piece.text[position : match.start()], joint)
            yield Segment(match[1].strip(), "bracket")
            joint, position = "owner", match.end()
        yield from self._dashed(piece.text[position:], joint)

    def _dashed(self, text: str, joint: str) -> Iterator[Segment]:
        text = text.strip(" ,-")
        if not text:
            return
        for match in _DASH.finditer(text):
            left, right = text[: match.start()].strip(), text[match.end() :].strip()
            between = self._between(left, right, spaced=match[0].strip() != match[0].rstrip("- ") or " - " in match[0])
            if between:
                yield from self._lines(left, joint)
                yield from self._dashed(right, between)
                return
        languages = self._unspaced_languages(text)
        if languages:
            yield from self._lines(languages[0], joint)
            yield Segment(languages[1], "language")
            return
        yield from self._lines(text, joint)

    def _between(self, left: str, right: str, *, spaced: bool) -> str:
        """Return how two names around a dash hang together, or "" where the dash belongs to one name."""
        if (
            not left
            or not right
            or left.rsplit(maxsplit=1)[-1].casefold() in _JOINING
            or right.split(maxsplit=1)[0].casefold() in _JOINING
        ):
            return ""
        if squash(right.split(maxsplit=1)[0]) in _GENERIC_TAILS or not spaced:
            return ""
        if is_two_languages(left, right):
            return "language"
        full_left = self._is_name(left)
        if full_left and " " not in strip_legal_form(right).text and not head_type(strip_legal_form(right)):
            return "tail"
        if is_abbreviation_of(left, right):
            return "owner"
        return "owner" if full_left and self._is_name(right) and rank(strip_legal_form(left)) < authority.UNIT else ""

    def _unspaced_languages(self, text: str) -> tuple[str, str] | None:
        """Return the halves of "Oy Vaasan ammattikorkeakoulu-Vasa yrkeshögskola Ab"."""
        for match in re.finditer(r"(?<=\w)-(?=[A-ZÅÄÖ])", text):
            left, right = text[: match.start()], text[match.end() :]
            if " " in left and head_type(strip_legal_form(left)) and is_two_languages(left, right):
                return left, right
        return None

    def _is_name(self, text: str) -> bool:
        title = strip_legal_form(text)
        return bool(title.kind or head_type(title) or authority.find(title)) or title.key in self._names

    def _lines(self, text: str, joint: str) -> Iterator[Segment]:
        """Undo lost line ends, then cut at commas, legal forms and owners."""
        if self._is_known(text):
            yield Segment(text, joint)
            return
        for number, line in enumerate(self._unglued(text)):
            for count, piece in enumerate(self._comma_pieces(line)):
                yield from self._owned(piece, joint if not number + count else "glue" if not count else "slash")

    def _unglued(self, text: str) -> list[str]:
        match = next((m for m in _GLUED_FORM.finditer(text) if _is_glued(text, m)), None)
        if match is not None:
            return [text[: match.end()], *self._unglued(text[match.end() :].strip())]
        for match in _CAMEL.finditer(text):
            left = text[: match.start()]
            if " " in left and head_type(strip_legal_form(left)):
                rest = text[match.start() :]
                return [f"{left} {rest}"] if strip_legal_form("x " + rest).text == "x" else [left, rest]
        return self._unglued_word(text)

    def _unglued_word(self, text: str) -> list[str]:
        """Cut inside a long word in capitals: "OULUN YLIOPISTOMITTALAITELABORATORIO"."""
        start = 0
        for word in text.split(" "):
            if len(word) >= _SHORTEST_GLUED and word.isupper() and squash(word) not in self._words:
                cuts = [
                    [text[: start + cut], text[start + cut :]]
                    for cut in range(len(word) - 3, 3, -1)
                    if self._is_line_end(text[: start + cut], text[start + cut :], word[:cut], word[cut:])
                ]
                if cuts:
                    return next((cut for cut in cuts if self._begins_with_word(cut[1])), cuts[0])
            start += len(word) + 1
        return [text]

    def _begins_with_word(self, text: str) -> bool:
        word = squash(text.replace("-", " ").split()[0])
        return word in self._words or word in authority.known_words()

    def _is_line_end(self, left: str, right: str, before: str, after: str) -> bool:
        if before == after:
            return True
        title = strip_legal_form(left)
        if (
            title.kind
            or after[0] == "-"
            or " " not in left
            or (is_head_noun(after) and head_type(Title(after, "")) != "sub_unit")
        ):
            return False
        known = authority.find(title) is not None or title.key in self._names
        is_owner = known or head_type(title) in _OWNING_TYPES
        return is_owner and rank(title) < authority.UNIT and (known or bool(head_type(strip_legal_form(right))))

    def _comma_pieces(self, text: str) -> list[str]:
        pieces = [piece for piece in _COMMA.split(text) if piece]
        if len(pieces) < 2 or pieces[0].endswith("-"):
            return [text]
        first = strip_legal_form(pieces[0])
        if strip_legal_form("x " + pieces[-1]).text == "x":
            return [text]
        if squash(pieces[-1]) in _FORM_LIKE:
            return [", ".join(pieces[:-1])]
        if authority.find(first) is not None or (first.kind and head_type(strip_legal_form(pieces[-1]))):
            return [pieces[0], ", ".join(pieces[1:])]
        return [text]

    def _owned(self, text: str, joint: str) -> Iterator[Segment]:
        """Cut "owner unit" written together."""
        cut = self._cut(text)
        if cut is None:
            yield Segment(text, joint)
            return
        left, right, between = cut
        yield Segment(left, joint)
        yield from self._owned(right, between)

    def _cut(self, text: str) -> tuple[str, str, str] | None:
        if self._is_known(text) or (_ends_in_form(text) and not _has_form_inside(text)):
            return None
        text = text.strip()
        words = text.split()
        cuts = [
            (" ".join(words[:n]), " ".join(words[n:]))
            for n in range(len(words) - 1, 0, -1)
            if _may_cut(words, n) and not _is_only_form(" ".join(words[n:]))
        ]
        for rule in (self._legal_form_inside, self._owner_first, self._owner_last):
            for left, right in cuts:
                if between := rule(left, right):
                    return left, right, between
        for left, right in reversed(cuts):
            if between := self._owner_by_head(left, right):
                return left, right, between
        return None

    def _legal_form_inside(self, left: str, right: str) -> str:
        title = strip_legal_form(left)
        if not title.kind or title.text == left or not _ends_in_form(left) or _begins_with_form(right):
            return ""
        if " " not in title.text and (squash(title.text) in _ONE_OF_ITS_KIND or head_type(title)):
            return ""  # "Kehittämiskeskus Oy Häme" has its legal form in the middle
        return "legal"

    def _owner_first(self, left: str, right: str) -> str:
        return self._known_owner(left, right) or self._owner_in_genitive(left, right)

    def _known_owner(self, left: str, right: str) -> str:
        title = strip_legal_form(left)
        body = authority.find(title)
        tail = strip_legal_form(right)
        if body is None:
            return "owner" if title.key in self._names and self._owns(title, tail) else ""
        if tail.kind and not title.kind:
            other = authority.find(tail)
            return "owner" if other is not None and other.notation == body.notation else ""
        if " " not in left and not (head_type(tail) or authority.find(tail)):
            return "" if head_type(title) == "" and not left.isupper() else "owner"
        return "owner"

    def _owns(self, title: Title, tail: Title) -> bool:
        if head_type(title) in _LAST_OWNERS - {"joint_authority"} and not tail.kind:
            return not is_abbreviation_of(tail.text, title.text)
        return (
            not tail.kind
            and bool(title.kind or head_type(title) in _OWNING_TYPES)
            and bool(head_type(tail))
            and rank(title) < authority.UNIT
        )

    def _owner_in_genitive(self, left: str, right: str) -> str:
        tail = strip_legal_form(right)
        if tail.kind or head_type(tail) in _NAMED_AFTER or (_is_single_name(tail) and tail.text[:1].isupper()):
            return ""
        body = authority.find_by_genitive(left)
        if body is not None:
            return "owner" if rank(Title(body.name, "")) <= authority.INSTITUTION else ""
        owner = nominative_title(strip_legal_form(left))
        printed = owner.key in self._names and owner.text != left
        return "owner" if printed and head_type(owner) in _OWNING_TYPES else ""

    def _owner_last(self, left: str, right: str) -> str:
        title = strip_legal_form(right)
        body = authority.find(title)
        kind = body.first("organisationType") if body else head_type(title) if title.key in self._names else ""
        if kind not in _LAST_OWNERS or title.kind or " " not in right or left.rsplit(maxsplit=1)[-1].endswith("-"):
            return ""
        return (
            "owner"
            if head_type(strip_legal_form(left)) or len(left.split()) > 1 or left.isupper() or "-" in left
            else ""
        )

    def _owner_by_head(self, left: str, right: str) -> str:
        title, tail = strip_legal_form(left), strip_legal_form(right)
        if tail.kind or title.kind:
            return ""
        if is_abbreviation_of(left, right) and " " not in left and (left.isupper() or self._is_name(right)):
            return "owner"
        kind = head_type(title)
        if kind not in _SPLITTING_TYPES or (" " not in left and "-" not in left and len(left) < 12):
            return ""
        if (
            " " not in left
            and not holds_place(left.replace("-", " "))
            and "-" not in left
            and kind not in _OWNING_TYPES
        ):
            return ""
        if (
            head_type(tail)
            or is_head_noun(right.split(maxsplit=1)[0])
            or (is_place(tail.text) and kind != "joint_authority")
        ):
            return "owner"
        return "tail" if is_abbreviation_of(tail.text, title.text) else ""


_LAST_OWNERS = frozenset({"municipality", "university", "uas", "joint_authority"})
_OWNING_TYPES = frozenset({"university", "uas", "joint_authority", "foundation", "ely", "ministry", "state_agency"})
_SPLITTING_TYPES = _OWNING_TYPES | {
    "vocational_school", "research_institute", "public_body", "sub_unit", "other", "regional_council", "programme_body",
    "municipality",
}  # fmt: skip
_FORM_LIKE = frozenset({"kuntayhtymä", "maakuntayhtymä", "ammattikorkeakoulu", "yliopisto", "samkommun", "säätiö"})


def _is_only_form(text: str) -> bool:
    if is_head_noun(text) and head_type(Title(text, "")) in {"joint_authority", "foundation", "association"}:
        return True  # "Keski-Savon Jätehuolto liikelaitoskuntayhtymä"
    return squash(text) in _FORM_LIKE - {"ammattikorkeakoulu", "yliopisto"} or all(
        squash(word) in _squashed_forms() for word in text.split()
    )


@cache
def _squashed_forms() -> frozenset[str]:
    return frozenset(squash(form) for form in legal_forms())


def _may_cut(words: list[str], n: int) -> bool:
    before, after = words[n - 1], words[n]
    return not (
        before.casefold() in _JOINING
        or after.casefold() in _JOINING
        or (before.endswith(("-", ".")) and squash(before) not in {"ry", "oy", "rf", "ab", "ltd"})
        or after.startswith(("-", "&"))
    )


def _is_single_name(tail: Title) -> bool:
    return " " not in tail.text and not head_type(tail)


def _is_one_firm(pieces: list[str]) -> bool:
    """Return whether a slash stands inside the name of one firm: "MUOTOILUTOIMISTO RISSANEN / PEKKANEN AVOIN YHTIÖ"."""
    left, right = (strip_legal_form(piece) for piece in pieces)
    return (
        bool(right.kind) and not left.kind and not head_type(left) and authority.find(left) is None and " " in left.text
    )


@cache
def _form_at() -> tuple[re.Pattern[str], ...]:
    form = legal_pattern()
    return (
        re.compile(rf"\s{form}\.?(?::n)?$", re.IGNORECASE),
        re.compile(rf"^{form}\.?(?:\s|$)", re.IGNORECASE),
        re.compile(rf"\b({form})\s*/\s*({form})(?=\W|$)", re.IGNORECASE),
        re.compile(rf"\S\s+{form}\.?(?::n)?\s+\S", re.IGNORECASE),
    )


def _ends_in_form(text: str) -> bool:
    return _form_at()[0].search(text) is not None


def _has_form_inside(text: str) -> bool:
    return _form_at()[3].search(text) is not None


def _begins_with_form(text: str) -> bool:
    return _form_at()[1].match(text) is not None


def _join_forms(text: str) -> str:
    return _form_at()[2].sub(r"\1 \2", text) if "/" in text else text


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Return whether capitals after a legal form begin another line; few words begin with OY, many with RY, KY, AB."""
    rest = text[match.end() :]
    if match[1] in {"OY", "LTD"}:
        return rest[:1].isdigit() or rest[:1] == "(" or len(rest) > 2
    first = text.split(" ", 1)[0]
    return rest.startswith((first, "(")) or head_type(strip_legal_form(rest)) != ""
