"""Amounts of money in every notation, in fields and in prose, each with what the words say it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.language.money import find_amounts, parse_amount
from loaders.model import Span, Standing
from loaders.recognise.money import kind_of, money_in, plain
from loaders.text import Text

BLANKS = [" ", "\u00a0", "\u202f", "\u2009"]


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("1 250 300", "1250300"),
        ("45000", "45000"),
        ("45000 €", "45000"),
        ("79.867,20", "79867.20"),
        ("1.250.300 €", "1250300"),
        ("12000,5", "12000.5"),
        ("133301.44", "133301.44"),
        ("1\u00a0250\u00a0300 eur", "1250300"),
        ("0", "0"),
        ("-876", "-876"),
        ("− 1 250,50 €", "-1250.50"),
        ("1,3 miljoonaa", "1300000"),
        ("2 milj. €", "2000000"),
        ("0,5 M€", "500000"),
        ("300 t€", "300000"),
        ("15 tuhatta euroa", "15000"),
        ("€ 200 000", "200000"),
        ("EUR 5 000", "5000"),
        ("yhteensä 20 000 euroa", "20000"),
    ],
)
def test_a_field_holds_an_amount(printed: str, amount: str) -> None:
    assert parse_amount(printed) == Decimal(amount)


@pytest.mark.parametrize("printed", ["", "-", "N.a.", "12,5 %", "ei tiedossa", "1.1.2015", "S20180", "10 htv"])
def test_what_is_no_amount_gives_none(printed: str) -> None:
    assert parse_amount(printed) is None


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Budjetti on 120 000 €.", ["120 000 €"]),
        ("Saimme 1,3 miljoonaa euroa ja 5 000 euroa lisää.", ["1,3 miljoonaa euroa", "5 000 euroa"]),
        ("Osallistujia oli 1 500 ja kuntia 12.", []),
        ("Osuus 70 % 84 000 €", ["84 000 €"]),
        ("Vuonna 2019 saatiin 2 000 euroa.", ["2 000 euroa"]),
        ("Palkkiot ovat 40 000-50 000 euroa.", []),
        ("Euroopan 5 maata", []),
    ],
)
def test_in_prose_a_number_needs_its_currency(text: str, surfaces: list[str]) -> None:
    assert [text[a.span.start : a.span.end] for a in find_amounts(text)] == surfaces


def test_spans_are_moved_by_the_offset() -> None:
    text = "Hinta: 120 000 €"
    (found,) = find_amounts(text[7:], offset=7)
    assert text[found.span.start : found.span.end] == "120 000 €"


@given(
    st.integers(0, 10**9),
    st.integers(0, 99),
    st.sampled_from(["", ".", *BLANKS]),
    st.sampled_from(["", " €", "€", " euroa", " EUR"]),
)
def test_an_amount_in_any_notation_comes_back(euros: int, cents: int, group: str, unit: str) -> None:
    whole = f"{euros:,}".replace(",", group)
    assert parse_amount(f"{whole}{unit}") == Decimal(euros)
    assert parse_amount(f"{whole},{cents:02}{unit}") == Decimal(f"{euros}.{cents:02}")
    assert parse_amount(f"{euros}.{cents:02}") == Decimal(f"{euros}.{cents:02}")


@given(st.integers(0, 10**9), st.sampled_from(BLANKS), st.sampled_from(["€", "euroa", "euron"]))
def test_an_amount_is_found_in_a_sentence(euros: int, blank: str, unit: str) -> None:
    printed = f"{euros:,}".replace(",", blank) + f" {unit}"
    (found,) = find_amounts(f"Kunta sai {printed}, mikä riitti.")
    assert found.value == euros
    assert found.span.end - found.span.start == len(printed)


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("EUR 1.2 million", "1200000"),
        ("1,2 miljoner euro", "1200000"),
        ("€ 450,000", "450000"),
        ("€1,234,567", "1234567"),
        ("450 t€", "450000"),
        ("450 k€", "450000"),
        ("1.5 M€", "1500000"),
        ("€2.8 million", "2800000"),
        ("0.45 MEUR", "450000"),
        ("EUR 12,5", "12.5"),
        ("1.250 €", "1250"),
    ],
)
def test_amounts_of_swedish_and_english_pages(printed: str, amount: str) -> None:
    (found,) = find_amounts(f"Budget: {printed}.")
    assert found.value == Decimal(amount)
    assert parse_amount(printed) == Decimal(amount)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["€ {}", "EUR {}", "{} €", "{} EUR"]))
def test_english_thousands_come_back(thousands: int, rest: int, notation: str) -> None:
    printed = notation.format(f"{thousands},{rest:03}")
    assert [a.value for a in find_amounts(printed)] == [Decimal(thousands * 1000 + rest)]


def money_of(text: str) -> list[tuple[str, str, str]]:
    return [(m.label, m.amount, m.kind) for m in money_in(Text(text), Span(0, len(text)))]


def test_each_amount_has_the_label_before_it() -> None:
    assert money_of("Kustannusarvio on 200 000 €, josta ESR-osuus 70 % 140 000 € ja omarahoitus 60 000 €.") == [
        ("Kustannusarvio", "200000", "total-budget"),
        ("ESR-osuus", "140000", "eu-share"),
        ("omarahoitus", "60000", "own-share"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Säästöä syntyi noin 5 000 euroa.",
        "Säästö on 31 000 euroa vuodessa.",
        "Hinta oli muutaman 100 euroa.",
        "Tukea saa 15 000–60 000 euroa.",
    ],
)
def test_a_vague_sum_is_no_funding(text: str) -> None:
    assert money_of(text) == []


def test_an_amount_without_words_is_funding_of_no_known_kind() -> None:
    assert money_of("120 000 €") == [("rahoitus", "120000", "other")]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Kokonaisbudjetti", "total-budget"),
        ("EU:n osuus", "eu-share"),
        ("kuntien omavastuu", "own-share"),
        ("kuntien osuus", "own-share"),
        ("muu rahoitus", "other"),
    ],
)
def test_the_label_tells_the_kind(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_evidence_of_an_amount_stands_in_the_text() -> None:
    text = Text("Alku.\nKokonaisbudjetti 1,5 miljoonaa euroa. Loppu.")
    (found,) = money_in(text, Span(0, len(text.text)), Standing.ASSERTED)
    assert found.evidence.surface == "1,5 miljoonaa euroa"
    assert found.evidence.quote == "Kokonaisbudjetti 1,5 miljoonaa euroa."
    assert found.evidence.standing is Standing.ASSERTED


@given(st.decimals(0, 10**12, places=2))
def test_a_plain_amount_is_the_same_number_without_exponent(value: Decimal) -> None:
    shown = plain(value)
    assert Decimal(shown) == value
    assert "E" not in shown
    assert not (("." in shown) and shown.endswith("0"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Ohjelmaa rahoitetaan 3,2 miljoonalla eurolla.", "3200000"),
        ("Tukea saatiin 2 miljoonan euron verran.", "2000000"),
        ("Tiedotteisiin on kulunut noin 6 500 euroa.", "6500"),
    ],
)
def test_sums_in_inflected_words_and_rounded_ones_are_read(text: str, amount: str) -> None:
    assert [found for _, found, _ in money_of(text)] == [amount]
