"""A document says the same in every format: text, HTML, PDF, Word, saved e-mail, web archive."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import documents
import pytest

from graph_api.build import build
from loaders.extract import extract
from loaders.model import Facts
from loaders.record import record
from loaders.text import Text

DEMO = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "page.html": ("text/html", lambda text: documents.page(text).encode("utf-8")),
    "print.pdf": ("application/pdf", lambda text: documents.pdf(documents.typeset(text))),
    "running.pdf": (
        "application/pdf",
        lambda text: documents.pdf(
            documents.typeset(text, header="Tallenne", footer="Sivu {page} / {pages}"), compress=True
        ),
    ),
    "word.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        documents.word,
    ),
    "quoted.eml": ("message/rfc822", documents.message),
    "base64.eml": ("message/rfc822", lambda text: documents.message(text, encoding="base64")),
    "archive.mhtml": ("message/rfc822", documents.web_archive),
}


def facts_of(facts: Facts) -> dict[str, Any]:
    found = record(facts, contacts=True)
    return {key: value for key, value in found.items() if key not in {"doc", "unread"}}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_the_facts_do_not_depend_on_the_format(path: Path, form: str, tmp_path: Path) -> None:
    media_type, make = FORMATS[form]
    written = tmp_path / f"{path.stem}.{form}"
    written.write_bytes(make(path.read_text("utf-8")))
    found = extract(written)
    assert found.source.media_type == media_type
    assert facts_of(found) == facts_of(extract(path))


def test_the_quotes_stand_in_what_the_reader_returned(tmp_path: Path) -> None:
    path = tmp_path / "hanke.pdf"
    path.write_bytes(documents.pdf(documents.typeset(DEMO[0].read_text("utf-8"))))
    facts = extract(path)
    assert facts.organisations
    for organisation in facts.organisations:
        for evidence in organisation.evidence:
            assert facts.source.text[evidence.span.start : evidence.span.end] == evidence.quote
    assert Text(facts.source.text).text == facts.source.text


def test_a_header_is_no_fact_and_leaks_no_address(tmp_path: Path) -> None:
    path = tmp_path / "viesti.eml"
    path.write_bytes(documents.message("Hankekoodi: S20001\n\nHankkeen nimi: Oikea hanke\n\nOulun kaupunki kehittää."))
    facts = extract(path)
    assert "posti.example" not in facts.source.text
    assert "Keksitty" not in facts.source.text
    assert "Aivan muu" not in facts.source.text
    assert "Oikea hanke" in facts.source.text


def test_a_guess_of_the_reader_stands_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "vanha.txt"
    path.write_bytes("Hankkeen nimi: Äänekosken työ\x81\n".encode("cp1252", errors="ignore") + b"\x81\n")
    report = build([path], tmp_path / "store")
    reasons = {item.reason: item.text for item in report.unread["vanha"]}
    assert reasons["not UTF-8 and no other encoding declared: read as Windows-1252"] == "3 characters"
    assert reasons["bytes that stand for no character"] == "1 characters"


def test_of_twenty_files_with_a_bomb_nineteen_are_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "Hankekoodi: S2{:04d}\n\nHankkeen nimi: Hanke {}\n\nHakijan virallinen nimi: Oulun kaupunki\n"
    makers = [make for _, make in FORMATS.values()]
    for number in range(19):
        form = list(FORMATS)[number % len(makers)]
        (folder / f"{number}.{form}").write_bytes(makers[number % len(makers)](text.format(number, number)))
    (folder / "pommi.docx").write_bytes(documents.word_bomb())
    report = build([folder], tmp_path / "store")
    assert sum(report.documents.values()) == 19
    assert [Path(name).name for name in report.failed] == ["pommi.docx"]
    assert "unpacks to" in next(iter(report.failed.values()))


def test_compressed_files_of_any_format_are_found_and_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for form, (_, make) in FORMATS.items():
        (folder / f"{form.replace('.', '-', 1)}.{form.rpartition('.')[2]}.gz").write_bytes(
            gzip.compress(make(f"Hankekoodi: S2{len(form):04d}\n\nHankkeen nimi: Hanke {form}\n"))
        )
    report = build([folder], tmp_path / "store")
    assert sum(report.documents.values()) == len(FORMATS)
    assert report.failed == {}
