"""PDF: paragraphs put together, columns kept apart, what runs on each page dropped, and what cannot be read said."""

from __future__ import annotations

import io
import math
from collections import Counter
from pathlib import Path

import documents
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import HankeverkkoError, ReadError
from loaders.readers.pdf import DAMAGED, NO_TEXT, RUNNING, read_pdf
from loaders.readers.pdf_lines import Placed, hyphenated, text_of, width, with_limits, without_running_lines

PROSE = (
    "Kaupunki ja yliopisto kehittävät kotihoitoa yhdessä, ja työhön osallistuvat myös naapurikunnat, järjestöt "
    "sekä alueen yritykset. Tuloksista kerrotaan keväällä, ja mallia levitetään koko maakuntaan."
)


def read(*pages: list[documents.Placed], compress: bool = False) -> str:
    return read_pdf(documents.pdf(pages, compress=compress)).text


def line(text: str, left: float = 60.0, baseline: float = 700.0, size: float = 11.0) -> Placed:
    return Placed(text, left, left + width(text) * size, baseline, size)


def test_the_file_that_the_tests_write_is_a_pdf() -> None:
    reader = pypdf.PdfReader(io.BytesIO(documents.pdf([[(60, 700, 11, "Työ (1)")]])), strict=True)
    assert reader.pages[0].extract_text() == "Työ (1)"


@pytest.mark.parametrize("measure", [160.0, 250.0, 470.0])
def test_a_wrapped_paragraph_is_one_line(measure: float) -> None:
    text = f"Ratkaisu\n{PROSE}\n\nTulokset\n{PROSE}\n"
    assert read(*documents.typeset(text, measure=measure), compress=True) == text


def test_labels_and_values_keep_their_lines() -> None:
    text = "Hankekoodi: S20001\nHankkeen nimi: Kotihoito\n\nYhteyshenkilö\nSari Nieminen\nOulun kaupunki\n"
    assert read(*documents.typeset(text)) == text


def test_a_label_after_a_full_line_begins_its_own() -> None:
    name = "Hankkeen nimi: Kotihoidon uudistaminen maakunnan kunnissa, järjestöissä ja yrityksissä 2020"
    text = f"{name}\nToimintalinja: 3. Työllisyys\n"
    assert documents.helvetica(name) < 470 < documents.helvetica(f"{name} Toimintalinja:")
    assert read(*documents.typeset(text)) == text


def test_what_is_set_in_two_columns_is_a_label_and_its_value() -> None:
    rows = [("Hankekoodi", "S20001"), ("Hankkeen nimi", "Kotihoito"), ("Toiminnan tila", "Toiminnassa")]
    page = [
        piece
        for number, (label, value) in enumerate(rows)
        for piece in [(60.0, 700.0 - 20 * number, 11.0, label), (220.0, 700.0 - 20 * number, 11.0, value)]
    ]
    assert read(page) == "Hankekoodi\nS20001\nHankkeen nimi\nKotihoito\nToiminnan tila\nToiminnassa\n"


def test_words_that_are_placed_one_by_one_make_a_line() -> None:
    left, page = 60.0, []
    for word in ["Lapin", "yliopisto", "ja", "Oulun", "kaupunki"]:
        page.append((left, 700.0, 11.0, word))
        left += documents.helvetica(f"{word} ")
    assert read(page) == "Lapin yliopisto ja Oulun kaupunki\n"


def test_a_label_wrapped_in_its_column_is_one_line() -> None:
    page = [
        (60.0, 700.0, 11.0, "Suunnitelman"),
        (60.0, 686.0, 11.0, "mukainen aika"),
        (150.0, 700.0, 11.0, "1.1.2020"),
        (60.0, 660.0, 11.0, "Vastuuviranomainen"),
        (170.0, 660.0, 11.0, "Ministeriö"),
    ]
    assert "Suunnitelman mukainen aika\n" in read(page)


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("kehittä-", "mistyö jatkuu", "kehittämistyö jatkuu"),
        ("kehittä\u00ad", "mistyö", "kehittämistyö"),
        ("kehittä\u2010", "mistyö", "kehittämistyö"),
        ("Etelä-", "Pohjanmaalla", "Etelä-Pohjanmaalla"),
        ("ESR-", "hanke", "ESR-hanke"),
        ("COVID-", "19", "COVID-19"),
        ("linja-", "auto", "linja-auto"),
        ("sosiaali-", "ja terveysala", "sosiaali- ja terveysala"),
        ("social-", "och hälsovård", "social- och hälsovård"),
        ("vuodet 2019 -", "2021", "vuodet 2019 - 2021"),
        ("https://hanke.example/koti-", "hoito/", "https://hanke.example/koti-hoito/"),
    ],
)
def test_a_word_that_goes_on_is_joined_and_a_hyphen_of_its_own_stays(upper: str, lower: str, joined: str) -> None:
    assert hyphenated(upper, lower, Counter()) == joined


def test_the_document_decides_how_its_words_are_written() -> None:
    assert hyphenated("sote-", "palvelut", Counter(["sote-uudistus"])) == "sote-palvelut"
    assert hyphenated("sote-", "palvelut", Counter(["sotepalvelut", "sote-uudistus"])) == "sotepalvelut"


def test_running_headers_and_page_numbers_are_dropped_and_noted() -> None:
    text = "\n".join(f"{number}. kohta\n\n{number} {PROSE}\n" for number in range(1, 40))
    pages = documents.typeset(text, header="Hankekuvaus", footer="Sivu {page} ({pages})")
    assert len(pages) > 3
    reading = read_pdf(documents.pdf(pages))
    assert "Hankekuvaus" not in reading.text
    assert "Sivu" not in reading.text
    assert [(note.reason, note.text) for note in reading.notes] == [(RUNNING, f"{2 * len(pages)} lines")]


def test_a_line_that_differs_from_page_to_page_stays() -> None:
    codes = ["S20180", "S21947", "S30012", "A70001"]
    pages = [
        [
            line(f"Hankekoodi: {code}", baseline=800.0),
            line("Hakija", baseline=760.0),
            line(f"Nimi {code}", baseline=700.0),
        ]
        for code in codes
    ]
    body, dropped = without_running_lines(pages)
    assert [page[0].text for page in body] == [f"Hankekoodi: {code}" for code in codes]
    assert dropped == 0  # "Hakija" stands in one place on every page, but further in


def test_a_label_beside_what_differs_stays_and_so_does_one_above_it() -> None:
    beside = [[line("Hankekoodi"), line(code, left=200.0)] for code in ("S20180", "S21947")]
    above = [[line("Hankekoodi"), line(code, baseline=686.0)] for code in ("S20180", "S21947")]
    assert without_running_lines(beside) == (beside, 0)
    assert without_running_lines(above) == (above, 0)


def test_a_page_number_alone_is_dropped_and_a_year_is_not() -> None:
    assert text_of([[line("Alku", baseline=700.0), line("1", baseline=40.0)]]) == ("Alku\n", 1)
    assert text_of([[line("Alku", baseline=700.0), line("2019", baseline=40.0)]])[0] == "Alku\n\n2019\n"


def test_a_paragraph_goes_on_over_the_page() -> None:
    upper = line("Hanke on valtakunnallinen ja se toteutetaan Etelä-Pohjanmaalla, Kainuussa,", baseline=80.0)
    lower = line("Kanta-Hämeessä ja Lapissa.", baseline=780.0)
    assert text_of([[upper], [lower]])[0] == f"{upper.text} {lower.text}\n"


def test_numbered_lines_without_a_full_stop_stay_apart() -> None:
    first = line("11 Suupohjan peruspalveluliikelaitoskuntayhtymän asiakasohjauksen yksikkö", baseline=700.0)
    second = line("12 Seinäjoen kaupungin vanhuspalvelut", baseline=686.0)
    assert text_of([[first, second]])[0] == f"{first.text}\n{second.text}\n"


def test_a_column_limits_the_lines_beside_it_only() -> None:
    label, value, below = line("Tila"), line("Valmis", left=200.0), line("Muuta", baseline=500.0)
    limits = [placed.limit for placed in with_limits([label, value, below])]
    assert limits == [200.0, math.inf, math.inf]


def test_a_bullet_written_as_an_unused_code_is_a_bullet() -> None:
    data = documents.pdf([[(60, 700, 11, "# Kotikäynti")]]).replace(b"(# Koti", b"(\x7f Koti")
    assert read_pdf(data).text == "• Kotikäynti\n"


def test_pages_without_text_are_noted() -> None:
    reading = read_pdf(documents.pdf([[(60, 700, 11, "Teksti")], [], []]))
    assert [(note.reason, note.text) for note in reading.notes] == [(NO_TEXT, "2 of 3 pages")]


def test_a_damaged_page_costs_itself_alone_and_is_noted() -> None:
    whole = documents.pdf([[(60, 700, 11, "Eka")], [(60, 700, 11, "Toka")]])
    reading = read_pdf(whole.replace(b"/Contents 7 0 R", b"/Contents /Oops"))
    assert reading.text == "Eka\n"
    assert [(note.reason, note.text) for note in reading.notes] == [(DAMAGED, "1 of 2 pages")]


def encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(documents.pdf([[(60, 700, 11, "Salattu hanke")]])))
    writer.encrypt(user_password=user, owner_password=user[::-1] + "2", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


AES = (
    "/Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /O (0123456789abcdef0123456789abcdef)"
    " /U (0123456789abcdef0123456789abcdef) /CF << /StdCF << /CFM /AESV2 /Length 16 >> >>"
    " /StmF /StdCF /StrF /StdCF >> /ID [(0123456789abcdef) (0123456789abcdef)]"
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (encrypted("avain"), "protected by a password"),
        (documents.pdf([[(60, 700, 11, "x")]], trailer=AES), "protected by a password"),
        (documents.pdf([[]]), "no text layer"),
        (documents.pdf([]), "no text layer"),
        (b"%PDF-1.7\n", "damaged or incomplete"),
        (documents.pdf([[(60, 700, 11, "x")]])[:200], "damaged or incomplete"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read_pdf(data)
    assert str(caught.value).endswith(".")


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert read_pdf(encrypted("")).text == "Salattu hanke\n"


def test_a_truncated_file_is_repaired_or_refused(tmp_path: Path) -> None:
    whole = documents.pdf(documents.typeset(PROSE))
    for end in range(0, len(whole), 37):
        text, sentence = documents.text_or_sentence(lambda end=end: read_pdf(whole[:end]).text)
        assert text.strip() if text is not None else sentence.endswith(".")


SEED = documents.pdf(documents.typeset(PROSE, header="x"), compress=False)


@given(place=st.integers(0, len(SEED) - 1), cut=st.integers(0, 40), piece=st.binary(max_size=20))
@settings(deadline=None, max_examples=80)
def test_a_damaged_file_fails_in_known_ways_only(place: int, cut: int, piece: bytes) -> None:
    # What pypdf itself raises at damage becomes a sentence in the worker; nothing else may come out.
    try:
        text = read_pdf(SEED[:place] + piece + SEED[place + cut :]).text
    except (
        HankeverkkoError,
        pypdf.errors.PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
    ):
        return
    assert text.endswith("\n")


@given(
    st.lists(
        st.lists(
            st.builds(
                line,
                st.text("abcÄ -:.1\u00ad", min_size=1, max_size=30).filter(str.strip),
                st.floats(0, 600),
                st.floats(0, 800),
                st.floats(1, 30),
            ),
            max_size=8,
        ),
        max_size=4,
    )
)
@settings(deadline=None)
def test_any_lines_become_text_and_no_letter_is_lost(pages: list[list[Placed]]) -> None:
    limited = [with_limits(page) for page in pages]
    body, dropped = without_running_lines(limited)
    text, counted = text_of(limited)
    assert counted == dropped

    def letters(content: str) -> list[str]:
        return [character for character in content if character not in " -\n\u00ad"]

    assert letters(text) == letters("".join(placed.text for page in body for placed in page))
