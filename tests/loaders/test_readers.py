"""Reading files: encodings, line ends, gzip, HTML, canonical addresses, and what is refused."""

from __future__ import annotations

import gzip
import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.readers import read_bytes, read_document
from loaders.readers.formats import Format, recognise
from loaders.readers.html import html_to_text, read_html
from loaders.readers.text import GUESSED, REPLACED, decode, decode_declared

TAGS = ["div", "p", "li", "ul", "td", "span", "script", "nav", "br", "h1", "b", "svg"]
fragments = st.recursive(
    st.text(max_size=12),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Äänekoski".encode(), "Äänekoski", "utf-8"),
        (b"\xef\xbb\xbf" + "Äänekoski".encode(), "Äänekoski", "utf-8"),
        ("Äänekoski – „pilotti“".encode("cp1252"), "Äänekoski – „pilotti“", "cp1252"),
        ("Äänekoski".encode("latin-1"), "Äänekoski", "cp1252"),
        (b"a\r\nb\rc\x00", "a\nb\nc", "utf-8"),
        (unicodedata.normalize("NFD", "Äö").encode(), "Äö", "utf-8"),
        (b"", "", "utf-8"),
        (b"\xff\xfe" + "Äänekoski".encode("utf-16-le"), "Äänekoski", "utf-16-le"),
        (b"kehitt\xc2\xad\xe2\x80\x8baminen\xe2\x80\xa8x", "kehittaminen\nx", "utf-8"),
    ],
)
def test_bytes_become_text(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_become_clean_text(data: bytes) -> None:
    text, _ = decode(data)
    assert "\r" not in text
    assert "\x00" not in text
    assert unicodedata.is_normalized("NFC", text)


def test_a_text_file_is_a_source_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "kortti.v2.txt"
    path.write_bytes("Ääni\r\n".encode())
    source = read_document(path)
    assert (source.name, source.media_type, source.text, source.address) == (
        "kortti.v2",
        "text/plain",
        "Ääni\n",
        None,
    )
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_gzip_is_unpacked_and_the_name_is_that_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "sivu.txt.gz"
    path.write_bytes(gzip.compress(b"Hankekoodi: S12345"))
    source = read_document(path)
    assert (source.name, source.text) == ("sivu", "Hankekoodi: S12345")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (b"<html><body><script>x</script></body></html>", "holds no text"),
        (b"%PDF-1.7 ...", "damaged or incomplete PDF"),
        (b"PK\x03\x04\x14 word/document.xml", "damaged or incomplete Word"),
        (b"PK\x03\x04\x14 jotain", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password or in the format of Word 97"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"\x89PNG\r\n", "an image"),
        (b"a\x00b", "Convert it to text"),
        (b"\x1f\x8bnot really gzip", "cannot be read"),
        (gzip.compress(b"a" * 1000)[:20], "cannot be read"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "tiedosto"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=why) as caught:
        read_document(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"puuttuu\.txt.*Check that the file is there"):
        read_bytes(tmp_path / "puuttuu.txt")


def test_a_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 100_000))
    with pytest.raises(ReadError, match="larger than 1,000 bytes"):
        read_bytes(path, limit=1000)


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding", "notes"),
    [
        ("Ä €".encode("iso8859-15"), "ISO-8859-15", "Ä €", "iso8859-15", []),
        ("Ä".encode("latin-1"), "iso-8859-1", "Ä", "cp1252", []),
        ("Ä".encode("latin-1"), "us-ascii", "Ä", "cp1252", []),
        ("Ä".encode("latin-1"), None, "Ä", "cp1252", [(1, "1 characters", GUESSED)]),
        ("Ä".encode("latin-1"), "utf-8", "Ä", "cp1252", [(1, "1 characters", GUESSED)]),
        ("Ä".encode("latin-1"), "x-unknown", "Ä", "cp1252", [(1, "1 characters", GUESSED)]),
        ("Ä".encode("latin-1"), "rot13", "Ä", "cp1252", [(1, "1 characters", GUESSED)]),
        ("Ä".encode(), "iso-8859-15", "Ä", "utf-8", []),
        (b"a\nb\x81\xe4", "cp1252", "a\nb\ufffdä", "cp1252", [(2, "1 characters", REPLACED)]),
        (b"a\n\xe4\x81", None, "a\nä\ufffd", "cp1252", [(2, "1 characters", GUESSED), (2, "1 characters", REPLACED)]),
    ],
)
def test_a_declared_encoding_is_considered_and_a_guess_is_noted(
    data: bytes, declared: str | None, text: str, encoding: str, notes: list[tuple[int, str, str]]
) -> None:
    decoded = decode_declared(data, declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert [(note.line, note.text, note.reason) for note in decoded.notes] == notes


def test_a_page_declares_its_own_encoding_and_its_delivery_goes_before_it() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15"></head><body>5 €'
    data = page.encode("iso8859-15")
    assert read_html(data).text == "5 €\n"
    assert read_html(data, "windows-1252").text == "5 ¤\n"
    assert read_html(data, "x-unknown").text == "5 €\n"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"Hankekoodi: S1\nHankkeen nimi: X\n", Format.TEXT),
        (b"From: Oulu\nKohti: Kemi\n\nteksti", Format.TEXT),
        (b"Date: 1.1.2020\nSubject: x\n\nteksti", Format.TEXT),
        (b"From: a@b.example\nDate: Thu, 1 Jan 2026 10:00:00 +0200\n\nteksti", Format.MAIL),
        (b"From a@b.example Thu Jan  1\nReceived: from x\n by y\nFrom: a@b.example\n\nteksti", Format.MAIL),
        (b"\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>x", Format.MAIL),
        (b'Content-Type: multipart/related; boundary="x"\n\n--x', Format.MAIL),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", Format.HTML),
        (b'<?xml version="1.0"?>\n<html><p>x', Format.HTML),
        (b"\n\n%PDF-1.4\n", Format.PDF),
        (b"PK\x03\x04....word/document.xml", Format.DOCX),
        (b"\xff\xfea\x00", Format.TEXT),
    ],
)
def test_a_format_is_known_by_its_content(data: bytes, format_: Format) -> None:
    assert recognise(data) is format_


PAGE = """<!DOCTYPE html><html><head><title>T</title>
<link rel="canonical" href="https://kortti.example/malli"><style>p{}</style></head>
<body><nav>Etusivu</nav><header>Palvelu</header><article><h1>Hyvä&nbsp;malli</h1><p>Käytössä<br>vuodesta
2019</p><ul><li>Yksi</li><li>Kaksi</li></ul><script>alert(1)</script></article><footer>Jaa</footer></body></html>"""


def test_a_page_becomes_what_its_reader_sees() -> None:
    text, address = html_to_text(PAGE)
    assert text == "Hyvä malli\n\nKäytössä\nvuodesta 2019\n\n• Yksi\n• Kaksi\n"
    assert address == "https://kortti.example/malli"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>Yksi</div>\n <div>Kaksi</div>", "Yksi\nKaksi\n"),
        ("<p>Yksi</p><p>Kaksi</p>", "Yksi\n\nKaksi\n"),
        ("Yksi<br><br>Kaksi", "Yksi\n\nKaksi\n"),
        ("<table><tr><td>Hankekoodi:</td><td>S12345</td></tr></table>", "Hankekoodi:\nS12345\n"),
        ("a <b>b</b> <i>c</i>\nd", "a b c d\n"),
        ("<dl><dt>Alkaa</dt><dd>1.1.2019</dd><dt>Päättyy</dt><dd>2020</dd></dl>", "Alkaa\n1.1.2019\nPäättyy\n2020\n"),
    ],
)
def test_blocks_are_lines_and_only_paragraphs_are_parted(html: str, text: str) -> None:
    assert html_to_text(f"<body>{html}</body>")[0] == text


def test_html_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "sivu.txt"
    path.write_text("<!-- tallennettu -->\n" + PAGE, "utf-8")
    source = read_document(path)
    assert (source.media_type, source.address) == ("text/html", "https://kortti.example/malli")
    assert "alert" not in source.text


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "/malli", "", "https://", "http://[::1", "http://a:b/", "https://a b"]
)
def test_a_canonical_address_that_is_no_web_address_is_left_out(href: str) -> None:
    assert html_to_text(f'<html><head><link rel="canonical" href="{href}"></head><body>x</body></html>')[1] is None


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    assert html_to_text("<div>" * 20_000 + "pohjalla" + "</div>" * 20_000)[0].strip() == "pohjalla"


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_can_be_read_as_html(text: str) -> None:
    html_to_text(text)


@given(fragments)
@settings(deadline=None)
def test_any_page_gives_lines_without_stray_blanks(html: str) -> None:
    text, address = html_to_text(f"<html><body>{html}</body></html>")
    assert address is None
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert all(line == line.strip() for line in text.split("\n"))
