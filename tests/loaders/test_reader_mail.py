"""Saved e-mail and web archives: the page in it, its charset and transfer encoding, and nothing of the header."""

from __future__ import annotations

import documents
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.readers.mail import read_mail
from loaders.readers.text import GUESSED

HEAD = b"From: Aamu Keksitty <aamu@posti.example>\nSubject: Toinen hanke\nMIME-Version: 1.0\n"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_the_page_is_read_whatever_its_encoding(charset: str, encoding: str) -> None:
    data = documents.message("Äänekosken työ\nÅbo", charset=charset, encoding=encoding)
    reading = read_mail(data)
    assert (reading.text, reading.notes) == ("Äänekosken työ\nÅbo\n", ())


def test_the_page_goes_before_the_plain_text() -> None:
    assert "Lyhyt muoto" not in read_mail(documents.message("Sivu")).text


def test_plain_text_is_read_where_there_is_no_page() -> None:
    data = HEAD + "Content-Type: text/plain; charset=iso-8859-1\n\nTyö\n\n\n\nalkaa\n".encode("latin-1")
    assert read_mail(data).text == "Työ\n\nalkaa\n"


def test_lines_that_flow_are_one_line() -> None:
    data = HEAD + b"Content-Type: text/plain; charset=utf-8; format=flowed\n\nHanke kehitt \njatkuu\nLoppu\n-- \nAamu\n"
    assert read_mail(data).text == "Hanke kehitt jatkuu\nLoppu\n--\nAamu\n"


def test_an_empty_page_gives_way_to_the_plain_text() -> None:
    data = (
        HEAD + b'Content-Type: multipart/alternative; boundary="x"\n\n--x\nContent-Type: text/html\n\n<p></p>\n'
        b"--x\nContent-Type: text/plain\n\nTeksti\n--x--\n"
    )
    assert read_mail(data).text == "Teksti\n"


def test_an_attachment_is_not_the_page() -> None:
    data = (
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/html\n'
        b"Content-Disposition: attachment; filename=liite.html\n\n<p>Liite</p>\n"
        b"--x\nContent-Type: text/plain\n\nTeksti\n--x--\n"
    )
    assert read_mail(data).text == "Teksti\n"


def test_nothing_of_the_header_is_read() -> None:
    text = read_mail(documents.message("Sivu")).text
    assert text == "Sivu\n"


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://hanke.example/sivu", "https://hanke.example/sivu"), ("cid:frame-1@mhtml.blink", None), (None, None)],
)
def test_a_web_archive_tells_where_its_page_was(address: str | None, expected: str | None) -> None:
    reading = read_mail(documents.web_archive("Äänekoski", address))
    assert (reading.text, reading.address) == ("Äänekoski\n", expected)


def test_a_guess_is_noted() -> None:
    data = HEAD + "Content-Type: text/plain\n\nTyö\n".encode("latin-1")
    reading = read_mail(data)
    assert reading.text == "Työ\n"
    assert [note.reason for note in reading.notes] == [GUESSED]


@pytest.mark.parametrize("data", [HEAD + b"Content-Type: image/png\n\nx", HEAD + b"Content-Type: text/html\n\n", HEAD])
def test_a_message_without_a_page_is_a_sentence(data: bytes) -> None:
    with pytest.raises(ReadError, match="without a page or a text"):
        read_mail(data)


SEED = documents.message("Äänekosken työ") + documents.web_archive("Hanke")


@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 60), st.binary(max_size=20)), max_size=4),
)
@settings(deadline=None, max_examples=100)
def test_a_damaged_message_is_a_text_or_a_sentence(damage: list[tuple[int, int, bytes]]) -> None:
    data = SEED
    for place, cut, piece in damage:
        data = data[:place] + piece + data[place + cut :]
    text, sentence = documents.text_or_sentence(lambda: read_mail(data).text)
    assert text.strip() if text is not None else sentence.endswith(".")
