"""Find first: what is found around anchors is what a plain scan of the whole text finds."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders.recognise
from loaders import find_first
from loaders.find_first import Anchored
from loaders.gazetteer import fold, gazetteer
from loaders.language.foreign_heads import closing, opening
from loaders.model import Span
from loaders.required_literals import fold_text, required, stays_in_line
from loaders.text import Text

PADDING = "Tässä kohdassa on tavallista tekstiä, joka ei nimeä ketään.\n" * 12


def every_expression() -> list[Anchored]:
    """Return all expressions of the recognisers that run around anchors."""
    for module in pkgutil.iter_modules(loaders.recognise.__path__, "loaders.recognise."):
        importlib.import_module(module.name)
    importlib.import_module("loaders.prose")
    opening(), closing()
    return list(find_first.registered())


EXPRESSIONS = every_expression()
PIECES = [
    "Debora Oy", "Mallilan ry", "ryhmä", "Oy", "Ab:n", "hanke", "-hanke", "- hankkeessa", "Silta-hanke", "projekti", "malli",
    "monisektorinen palvelumalli", "ROIDU järjestelmä", "X-menetelmä", "mittari", "pilottiyksiköstä (A, B, C)", "pilotti",
    "alkoi 2019", "päättyy 31.12.2022", "kunnat ovat: Inari", "mukana olivat", "osallistuvat", "aino.malli@example.fi",
    "aino.malli (at) example.fi", "aino at example.fi", "(ät)", "@", "040 123 4567", "+358 40 1234567", "www.example.fi",
    "https://example.org/a", "example.fi", "Karelia- ja LAB-ammattikorkeakoulut", "- ja ", "AEKS (mikro säätiö)", "AEKS (",
    "University of Somewhere", "Example Foundation", "Bygdens förening", "rahoittaa", "avustuksen", "päätoteuttaja",
    "yhteistyössä", "konsulttina", "ſäätiö", "OY", "İ", "ı", "\u00a0", "\u2028", "ja", "on", ".", ",", "\n", "\n\n", " ", "  ", "-", "–", "1",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=30
).map("".join)


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda one: f"{one.number}-{one.pattern.pattern[:30]}")
def test_an_expression_finds_what_a_plain_scan_finds(expression: Anchored) -> None:
    @settings(max_examples=60, deadline=None)
    @given(TEXTS, st.booleans(), st.integers(0, 40), st.integers(0, 40))
    def check(piece: str, padded_before: bool, cut_before: int, cut_after: int) -> None:
        text = PADDING + piece + "\n" + PADDING if padded_before else piece + "\n" + PADDING
        start, end = cut_before, len(text) - cut_after
        plain = [match.span() for match in expression.pattern.finditer(text, start, end)]
        assert [match.span() for match in expression.finditer(text, start, end)] == plain
        if plain:
            assert expression.may_stand(text, start, end)

    check()


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda one: f"{one.number}-{one.pattern.pattern[:30]}")
def test_every_expression_has_something_to_look_for(expression: Anchored) -> None:
    assert expression.required is not None, "without anchors it scans the whole text: use re.compile, and say why"


def test_an_expression_may_be_made_when_it_is_first_used() -> None:
    made: list[str] = []

    def pattern() -> str:
        made.append("made")
        return r"(?<![\w-])[Hh]oivakoti [A-Z]\w+"

    expression = Anchored(pattern)
    assert made == []
    assert [match.group() for match in expression.finditer(PADDING + "Kävimme hoivakoti Rauhalassa.")] == [
        "hoivakoti Rauhalassa"
    ]
    assert expression.match("Hoivakoti Rauhala")
    assert made == ["made"]


def test_a_match_is_found_in_a_long_text() -> None:
    text = PADDING + "Mukana on Debora Oy.\n" + PADDING
    expression = Anchored(r"[A-Z]\w+[ ]Oy(?!\w)")
    assert [match.group() for match in expression.finditer(text)] == ["Debora Oy"]
    assert expression.search(text, text.index("Oy")) is None
    assert expression.search_piece(text, text.index("Debora"), text.index("Oy") + 2)
    assert not expression.may_stand(text, 0, 100)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("han(?:ke|kkeen)", {"hanke", "hankkeen"}),
        ("(?i)OSALLISTU(?:vat|ivat)?", {"osallistu"}),
        (r"\w+[ ](?:Oy|ry)(?!\w)", {" oy", " ry"}),
        (r"[a-zåäö]{4,}(?:palvelu|toiminta)mall(?:i|in)", {"palvelumalli", "toimintamalli"}),
        (r"a{3}b+cd", {"aaab"}),
        (r"(?:alkoi|alkaa)\s+\d", {"alkoi ", "alkaa "}),
        (r"\w+@\w+", {"@"}),
    ],
)  # fmt: skip
def test_literals_are_read_off_an_expression(pattern: str, literals: set[str]) -> None:
    found = required(re.compile(pattern))
    assert found is not None
    assert found.literals == literals


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:hanke)?", r"hanke|\d+", r"[a-z]x[a-z]"])
def test_an_expression_that_may_match_anything_requires_nothing(pattern: str) -> None:
    assert required(re.compile(pattern)) is None


@pytest.mark.parametrize(
    ("pattern", "stays"),
    [
        (r"[A-Z]\w+[ ]Oy", True),
        (r"Oy\s", False),
        (r"Oy[^.]*", False),
        (r"Oy.*", True),
        (r"Oy$", False),
        (r"(?m)Oy$", True),
        (r"Oy(?=\s)", False),
        (r"(?s)Oy.", False),
        (r"Oy(?s:.)", False),
        (r"(?<=\s)Oy", True),
        (r"Oy\W", False),
    ],
)
def test_an_expression_is_known_to_stay_in_its_line(pattern: str, stays: bool) -> None:
    assert stays_in_line(re.compile(pattern)) is stays


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_text(text)) == len(text)


# The sentence as it was first defined: the last end before a place, the first one after it.
_END = re.compile(r"[.!?…](?=[\s\"”»)]*(?:\s+[A-ZÅÄÖ0-9•]|\n|$))|\n")


def plain_sentence(text: str, span: Span) -> Span:
    start = 0
    for match in _END.finditer(text, max(0, span.start - 800), span.start):
        start = match.end()
    start = max(start, span.start - 800)
    ended = _END.search(text, span.end)
    end = len(text) if ended is None else ended.end()
    raw = text[start:end]
    if not raw.strip():
        return Span(start, start)
    return Span(start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip())))


@settings(max_examples=300)
@given(st.text(alphabet='aA. !?…\n"”»)•1', max_size=80), st.data())
def test_a_sentence_is_that_of_a_plain_scan(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Text(text).sentence(Span(start, end)) == plain_sentence(text, Span(start, end))


def plain_find(text: str, name: str) -> list[int]:
    """Return where a name stands as whole words."""
    folded, wanted = fold(text), fold(name)
    places = [place for place in range(len(folded)) if folded.startswith(wanted, place)]
    return [p for p in places if not (p and folded[p - 1].isalnum()) and not folded[p + len(wanted) :][:1].isalnum()]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Oulun yliopisto", "Oulun yliopistossa", "Oulun", "yliopistot", "ja", ",", "x"]), max_size=40))  # fmt: skip
def test_known_names_are_found_where_a_plain_search_finds_them(words: list[str]) -> None:
    text = " ".join(words)
    hits = [hit for hit in gazetteer().find(text, frozenset({"organisation"})) if hit.notation == "oulun-yliopisto"]
    starts = sorted({*plain_find(text, "Oulun yliopisto"), *plain_find(text, "Oulun yliopistossa")})
    assert [
        hit.span.start for hit in hits if text[hit.span.start : hit.span.end].startswith("Oulun yliopisto")
    ] == starts
