"""How SPARQL texts are cut into tokens, in one way and in all ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.sparql.tokens import every_token, tokens

PIECES = [
    "<",
    ">",
    "'",
    '"',
    '"""',
    "SERVICE",
    "?a",
    "ex:b.c",
    "#",
    "\n",
    " ",
    "(",
    ")",
    "{",
    "}",
    "\\'",
    "1.",
    "ä",
    "@en",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT * { ?s <x:p> 'it\\'s' }", "word sign sign variable iri string sign"),
        ('"""a "quoted" word""" @en-GB', "string language"),
        ("ex:it\\'s ex: :b _:c.d", "prefixed prefixed prefixed blank"),
        ("?a < ?b # a 'comment'\n 1.5e3", "variable sign variable number"),
        ("<http://example.org/a#b> <\\u00e4>", "iri iri"),
        ("'unended", "sign word"),
    ],
)
def test_the_usual_reading(text: str, kinds: str) -> None:
    assert [token.kind for token in tokens(text)] == kinds.split()


def test_an_angle_bracket_is_read_in_both_ways() -> None:
    text = "FILTER(?p<'>')SERVICE <x:y> {} FILTER('a'='a')"
    assert "SERVICE" not in [token.text for token in tokens(text)]
    assert "SERVICE" in [token.text for token in every_token(text)]


def test_what_begins_like_an_address_is_read_as_an_iri_alone() -> None:
    assert [token.text for token in every_token("<http://example.org/service>")] == ["<http://example.org/service>"]


@given(texts)
def test_tokens_stand_where_they_say_and_nothing_but_blanks_and_comments_is_between(text: str) -> None:
    position = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        between = text[position : token.start]
        assert all(not line.strip() or line.strip().startswith("#") for line in between.splitlines())
        position = token.end


@given(texts)
def test_the_usual_reading_is_among_all_readings(text: str) -> None:
    assert set(tokens(text)) <= set(every_token(text))
