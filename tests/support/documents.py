"""Makes documents of each format for tests and fuzzing: small, valid, and from a text."""

from __future__ import annotations

import html
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from email.message import EmailMessage

import docx

from loaders.errors import ReadError

# The widths of Helvetica in thousandths of its size (Adobe font metrics), by the characters that share them.
_WIDTHS = {
    222: "ijl",
    278: " ftI.,:;/!",
    333: "r-()",
    500: "ckvsxyzJ",
    556: "abdeghnopquL0123456789äöå–?_",
    611: "FTZ",
    667: "ABEKPSVXYÄÅ",
    722: "CDHNRUw",
    778: "GOQÖ",
    833: "mM",
    944: "W",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
Placed = tuple[float, float, float, str]
LEFT, TOP, BOTTOM, SIZE, LEADING = 60.0, 780.0, 70.0, 11.0, 14.0


def helvetica(text: str, size: float = SIZE) -> float:
    """Return how wide a text is in points."""
    return sum(_WIDTH_OF.get(character, 556) for character in text) * size / 1000


def pdf(pages: Sequence[Iterable[Placed]], *, compress: bool = False, trailer: str = "") -> bytes:
    """Return a PDF file whose pages show some placed texts (left, baseline, size, text) in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(_content(page), compress=compress))
    return assemble(objects, trailer)


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Return a PDF file of some objects, the first of which is the catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.encode()))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _content(page: Iterable[Placed]) -> bytes:
    shown = []
    for left, baseline, size, text in page:
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        shown.append(f"BT /F1 {size:g} Tf {left:g} {baseline:g} Td ({escaped}) Tj ET")
    return "\n".join(shown).encode("cp1252", errors="replace")


def _stream(content: bytes, *, compress: bool) -> bytes:
    filter_ = b""
    if compress:
        content, filter_ = zlib.compress(content), b" /Filter /FlateDecode"
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), filter_, content)


def typeset(
    text: str, *, measure: float = 470.0, header: str | None = None, footer: str | None = None
) -> list[list[Placed]]:
    """Return the pages of a text: paragraphs wrapped to a measure, `{page}` and `{pages}` in header and footer."""
    pages: list[list[Placed]] = [[]]
    baseline = TOP
    for paragraph in text.rstrip("\n").split("\n"):
        for line in _wrapped(paragraph, measure):
            if baseline < BOTTOM:
                pages.append([])
                baseline = TOP
            if line:
                pages[-1].append((LEFT, baseline, SIZE, line))
            baseline -= LEADING
    for number, page in enumerate(pages, 1):
        for place, running in ((815.0, header), (40.0, footer)):
            if running is not None:
                page.append((LEFT, place, 9.0, running.format(page=number, pages=len(pages))))
    return pages


def _wrapped(paragraph: str, measure: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        if line and helvetica(f"{line} {word}") > measure:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def word(text: str) -> bytes:
    """Return a Word document with a paragraph for each line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """Return the bytes of a Word document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(text: str, charset: str = "utf-8") -> str:
    """Return an HTML page with a line break for each line."""
    body = "<br>\n".join(html.escape(line) for line in text.split("\n"))
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body>{body}</body></html>'


def message(text: str, *, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    """Return a saved e-mail with a plain and an HTML form; its header names a person and another project."""
    mail = EmailMessage()
    mail["From"] = "Aamu Keksitty <aamu.keksitty@posti.example>"
    mail["To"] = "Ilta Keksitty <ilta.keksitty@posti.example>"
    mail["Subject"] = "Hankkeen nimi: Aivan muu hanke"
    mail["Date"] = "Thu, 26 Nov 2026 10:00:00 +0200"
    mail.set_content("Lyhyt muoto.")
    mail.add_alternative(page(text, charset), subtype="html", charset=charset, cte=encoding)
    return mail.as_bytes()


def web_archive(text: str, address: str | None = None) -> bytes:
    """Return a page saved as a web archive (MHTML)."""
    boundary = "----MultipartBoundary--abc--"
    located = f"Content-Location: {address}\r\n" if address else ""
    encoded = page(text).encode("utf-8").hex(" ").upper().split(" ")
    quoted = "=\r\n".join("".join(f"={pair}" for pair in encoded[at : at + 24]) for at in range(0, len(encoded), 24))
    return (
        "From: <Saved by a browser>\r\nSubject: Tallennettu sivu\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\n{located}"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}\r\n"
        f"--{boundary}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"
        f"--{boundary}--\r\n"
    ).encode("ascii")


def word_with(body: bytes, **extra: bytes) -> bytes:
    """Return a Word document whose body is other XML; `extra` files are added to the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("x"))) as plain, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in plain.infolist():
            archive.writestr(entry, body if entry.filename == "word/document.xml" else plain.read(entry))
        for name, content in extra.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_bomb(size: int = 450_000_000) -> bytes:
    """Return a Word document of about 0.1 % of the size that it unpacks to."""
    out = io.BytesIO(word("x"))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media/image1.xml", "w", force_zip64=True) as part,
    ):
        block = bytes(1_000_000)
        for _ in range(size // len(block)):
            part.write(block)
    return out.getvalue()


def text_or_sentence(read: Callable[[], str]) -> tuple[str | None, str | None]:
    """Return the text that a reader gives, or the sentence of its ReadError."""
    try:
        return read(), None
    except ReadError as error:
        return None, str(error)
