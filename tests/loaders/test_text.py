"""The stored text: lines, sentences, and evidence that stands at its offsets whatever the text is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loaders.language.contacts import holds_contact
from loaders.model import Span, Standing
from loaders.text import MAX_QUOTE, Text

SAMPLE = "  Eka rivi. Toinen virke!\n\n\tKolmas 1.2.2019 rivi \nNeljäs"


def test_lines_have_numbers_offsets_and_no_blanks() -> None:
    text = Text(SAMPLE)
    assert [(line.number, line.text) for line in text.lines] == [
        (1, "Eka rivi. Toinen virke!"),
        (3, "Kolmas 1.2.2019 rivi"),
        (4, "Neljäs"),
    ]
    assert all(SAMPLE[line.start : line.end] == line.text for line in text.lines)


def test_the_line_of_an_offset() -> None:
    text = Text(SAMPLE)
    assert text.line_at(SAMPLE.index("Toinen")).number == 1
    assert text.line_at(SAMPLE.index("Neljäs")).number == 4
    assert text.line_at(0).number == 1
    assert text.line_at(SAMPLE.index("\n\n") + 1).number == 1


@pytest.mark.parametrize(
    ("text", "mention", "sentence"),
    [
        ("Eka. Kuopio on täällä. Kolmas.", "Kuopio", "Kuopio on täällä."),
        ("Alkoi 1.2.2019 Kuopiossa. Loppu.", "Kuopiossa", "Alkoi 1.2.2019 Kuopiossa."),
        ("Otsikko\nKuopio kehitti\nLoppu", "Kuopio", "Kuopio kehitti"),
        ("Onko Kuopio? On!", "Kuopio", "Onko Kuopio?"),
        ("”Kuopio kehitti.” Niin.", "Kuopio", "”Kuopio kehitti."),
        ("Kuopio", "Kuopio", "Kuopio"),
    ],
)
def test_a_sentence_ends_at_a_stop_or_a_line_break(text: str, mention: str, sentence: str) -> None:
    start = text.index(mention)
    span = Text(text).sentence(Span(start, start + len(mention)))
    assert text[span.start : span.end] == sentence


def evidence(text: str, mention: str) -> tuple[str, str]:
    start = text.index(mention)
    found = Text(text).evidence(Span(start, start + len(mention)), "sääntö", 0.5)
    assert text[found.span.start : found.span.end] == found.quote
    return found.quote, found.surface


def test_the_quote_is_the_sentence() -> None:
    assert evidence("Eka. Kuopio on täällä. Kolmas.", "Kuopio") == ("Kuopio on täällä.", "Kuopio")


@pytest.mark.parametrize("contact", ["onni(at)kunta.example", "onni@kunta.example", "040 555 0161", "+46 70 555 01 61"])
def test_a_sentence_with_a_contact_detail_is_not_quoted(contact: str) -> None:
    assert evidence(f"Onni Testaaja, Kuopio, {contact}", "Kuopio") == ("Kuopio", "Kuopio")


@pytest.mark.parametrize(
    ("mention", "quote"),
    [
        ("Testattu arki, onni@kunta.example", "Testattu arki,"),
        ("p. 040 555 0161 Onni Testaaja", "Onni Testaaja"),
        ("onni@kunta.example", ""),
    ],
)
def test_a_mention_that_holds_a_contact_detail_is_quoted_without_it(mention: str, quote: str) -> None:
    assert evidence(f"Eka.\n{mention}\nLoppu.", mention)[0] == quote


def test_a_long_sentence_is_not_quoted() -> None:
    assert evidence("sana " * 100 + "Kuopio " + "sana " * 100, "Kuopio")[0] == "Kuopio"


def test_the_surface_of_a_mention_over_two_lines_is_one_line() -> None:
    assert evidence("Lopuksi Kuopion\nkaupunki kehitti.", "Kuopion\nkaupunki") == (
        "Lopuksi Kuopion\nkaupunki kehitti.",
        "Kuopion kaupunki",
    )


def test_evidence_keeps_rule_confidence_and_standing() -> None:
    found = Text("Kuopio").evidence(Span(0, 6), "sääntö", 0.5, Standing.ASSERTED)
    assert (found.rule, found.confidence, found.standing) == ("sääntö", 0.5, Standing.ASSERTED)


words = st.sampled_from(
    ["Kuopio ", "a. B", ".", "\n", "!”", "onni@kunta.example ", "040 555 0161 ", "1.2.2019", "\u2028"]
)
texts = st.one_of(st.text(max_size=120), st.lists(st.one_of(words, st.text(max_size=5)), max_size=60).map("".join))


@given(texts, st.data())
@settings(deadline=None)
def test_a_quote_stands_at_its_offsets_and_holds_its_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mention = text[start:end]
    assume(mention.strip())
    found = Text(text).evidence(Span(start, end), "sääntö", 0.5)
    assert text[found.span.start : found.span.end] == found.quote
    assert found.quote == found.quote.strip()
    assert not holds_contact(found.quote)
    if mention.strip() in found.quote:
        assert len(found.quote) <= MAX_QUOTE
    else:
        assert holds_contact(mention)
        assert found.quote in mention


@given(texts)
@settings(deadline=None)
def test_lines_cover_all_that_is_not_blank(text: str) -> None:
    lines = Text(text).lines
    assert [line.text for line in lines] == [raw.strip() for raw in text.split("\n") if raw.strip()]
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert all(Text(text).line_at(line.start) == line for line in lines)
