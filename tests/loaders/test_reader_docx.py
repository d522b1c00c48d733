"""Word documents: paragraphs, tables, lists, text boxes; deleted and hidden text is not read."""

from __future__ import annotations

import io
import re
import zipfile

import documents
import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.readers.docx import read_docx
from loaders.readers.docx_lists import Level, Lists, written

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum><w:num w:numId="77"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def read(body: str) -> str:
    return read_docx(documents.word_with(f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())).text


def test_a_paragraph_is_a_line() -> None:
    assert read_docx(documents.word("Hankekoodi: S1\n\nHakija\nOulun kaupunki")).text == (
        "Hankekoodi: S1\n\nHakija\nOulun kaupunki\n"
    )


def test_a_cell_is_a_line_and_order_is_kept() -> None:
    document = docx.Document()
    document.add_heading("1 Hanke", 1)
    table = document.add_table(2, 2)
    for row, cells in enumerate([("Hankekoodi", "S20001"), ("Hankkeen nimi", "Kotihoito")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("Lopuksi")
    assert read_docx(documents.saved(document)).text == (
        "1 Hanke\n\nHankekoodi\nS20001\nHankkeen nimi\nKotihoito\n\nLopuksi\n"
    )


def test_a_merged_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Yhteinen"
    assert read_docx(documents.saved(document)).text == "Yhteinen\n"


def test_a_table_in_a_table_is_read() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "ulompi"
    cell.add_table(1, 1).cell(0, 0).text = "sisempi"
    assert read_docx(documents.saved(document)).text.split() == ["ulompi", "sisempi"]


def test_line_breaks_and_columns_by_tabulator_are_lines() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Sari Nieminen")
    run.add_break(WD_BREAK.LINE)
    run.add_text("Oulun kaupunki")
    document.add_paragraph("Hankekoodi:\tS1")
    document.add_paragraph("\tHankkeen nimi\t\tKotihoito")
    assert read_docx(documents.saved(document)).text == (
        "Sari Nieminen\nOulun kaupunki\nHankekoodi: S1\nHankkeen nimi\nKotihoito\n"
    )


def test_list_marks_of_styles_are_printed() -> None:
    document = docx.Document()
    document.add_paragraph("Kotikäynti", style="List Bullet")
    document.add_paragraph("Oulu", style="List Number")
    document.add_paragraph("Kemi", style="List Number")
    assert read_docx(documents.saved(document)).text == "• Kotikäynti\n1. Oulu\n2. Kemi\n"


def test_numbers_of_lists_start_and_nest_as_they_are_defined() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for child in list(parse_xml(NUMBERING)):
        numbering.append(child)
    for level, text in [(0, "eka"), (1, "ali"), (1, "ali"), (0, "toka"), (1, "ali")]:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 77
    assert read_docx(documents.saved(document)).text == "3) eka\n3.a ali\n3.b ali\n4) toka\n4.a ali\n"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (2, "decimal", "2"),
        (2, "lowerLetter", "b"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (9, "upperRoman", "IX"),
        (30, "lowerLetter", "30"),
    ],
)
def test_numbers_are_written_in_their_form(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_a_list_that_is_not_defined_has_no_marks() -> None:
    assert Lists().marker("1", 0) == ""
    assert Lists({("a", 0): Level("none")}, {"1": "a"}).marker("1", 0) == ""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<w:p><w:del><w:r><w:delText>pois</w:delText></w:r></w:del><w:ins><w:r><w:t>uusi</w:t></w:r></w:ins></w:p>",
            "uusi\n",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>piilo</w:t></w:r><w:r><w:t>näkyvä</w:t></w:r></w:p>", "näkyvä\n"),
        (
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>",
            "3\n",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>linkki</w:t></w:r></w:hyperlink></w:p>", "linkki\n"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>ohjain</w:t></w:r></w:p></w:sdtContent></w:sdt>", "ohjain\n"),
        ("<w:p><w:r><w:t>kehittä</w:t><w:softHyphen/><w:t>minen</w:t></w:r></w:p>", "kehittäminen\n"),
        ("<w:p><w:r><w:t>Etelä</w:t><w:noBreakHyphen/><w:t>Savo</w:t></w:r></w:p>", "Etelä-Savo\n"),
        ("<w:p><w:pPr><w:pStyle/><w:numPr/></w:pPr><w:r><w:t>tyylitön</w:t></w:r></w:p>", "tyylitön\n"),
        (
            '<w:p><w:r><w:t>ankkuri</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            'markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>laatikko</w:t>'
            "</w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
            "<w:t>laatikko</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "ankkuri\nlaatikko\n",
        ),
    ],
)
def test_what_a_reader_of_the_document_sees_is_read_once(body: str, text: str) -> None:
    assert read(body) == text


def test_a_relation_of_no_type_costs_nothing() -> None:
    data = documents.word("Teksti")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as plain, zipfile.ZipFile(out, "w") as archive:
        for entry in plain.infolist():
            part = plain.read(entry)
            is_relations = entry.filename == "word/_rels/document.xml.rels"
            # The type of one that python-docx does not need (the theme) under another name.
            archive.writestr(entry, re.sub(rb'Type(="[^"]*/theme")', rb"Tipe\1", part) if is_relations else part)
    assert b"Tipe" in zipfile.ZipFile(out).read("word/_rels/document.xml.rels")
    assert read_docx(out.getvalue()).text == "Teksti\n"


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("Teksti")
    document.sections[0].header.paragraphs[0].text = "Ylätunniste"
    document.sections[0].footer.paragraphs[0].text = "Alatunniste"
    assert read_docx(documents.saved(document)).text == "Teksti\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (documents.word("x")[:3000], "damaged or incomplete"),
        (documents.word_bomb(), "unpacks to"),
        (documents.word_with(f"<w:document {W}></w:document>".encode()), "without a body"),
        (documents.word_with(b"<other/>"), "without a body"),
        (documents.word_with(b" " * 61_000_000), "unpacks to"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        read_docx(data)


def test_an_archive_without_its_parts_is_a_sentence() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(ReadError, match="no whole Word document"):
        read_docx(out.getvalue())


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=20), max_size=6))
@settings(deadline=None, max_examples=40)
def test_any_paragraphs_come_back_without_stray_blanks(lines: list[str]) -> None:
    text = read_docx(documents.word("\n".join(lines))).text
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert "".join(text.split()) == "".join(read_docx(documents.word(text)).text.split())
