"""Reader processes: reused, limited, replaced when they fall, and gone when nobody needs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import documents
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import ReadError
from loaders.readers import read_document
from loaders.readers.formats import Format
from loaders.readers.limits import MEBIBYTE, Limits
from loaders.readers.process import Readers
from loaders.readers.worker import sentence as sentence_for

PAGE = documents.page("Ääni kuuluu").encode("utf-8")


@pytest.fixture
def readers() -> Iterator[Readers]:
    own = Readers(Limits(seconds=20.0, processor_seconds=3))
    yield own
    own.close()


def children() -> set[int]:
    listed = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=False)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return {int(pid) for pid, parent in pairs if int(parent) == os.getpid()}


def pids(readers: Readers) -> set[int]:
    return {worker.pid for worker in readers._all}


def test_one_process_reads_many_files(readers: Readers) -> None:
    first = readers.read(Format.HTML, PAGE)
    started = pids(readers)
    for _ in range(20):
        assert readers.read(Format.HTML, PAGE) == first
    readers.read(Format.DOCX, documents.word("Ääni"))
    assert pids(readers) == started
    assert len(started) == 1


def test_no_process_and_no_zombie_is_left(readers: Readers) -> None:
    readers.read(Format.HTML, PAGE)
    (pid,) = pids(readers)
    assert pid in children()
    readers.close()
    assert pid not in children()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_that_the_system_killed_is_replaced(readers: Readers) -> None:
    readers.read(Format.HTML, PAGE)
    (before,) = pids(readers)
    os.kill(before, signal.SIGKILL)
    time.sleep(0.1)
    assert readers.read(Format.HTML, PAGE).text == "Ääni kuuluu\n"
    assert before not in pids(readers)
    assert before not in children()


def slow_pdf() -> bytes:
    return documents.pdf([[(60.0, 700.0, 11.0, "x")] * 60_000 for _ in range(20)], compress=True)


def test_a_process_killed_at_work_is_a_sentence_and_the_next_document_is_read(readers: Readers) -> None:
    data = slow_pdf()

    def kill() -> None:
        while not pids(readers):
            time.sleep(0.01)
        time.sleep(0.7)
        os.kill(next(iter(pids(readers))), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(ReadError, match=r"stopped the process that read it \(signal 9\).*Split it"):
        readers.read(Format.PDF, data)
    killer.join()
    assert readers.read(Format.HTML, PAGE).text == "Ääni kuuluu\n"


def test_time_by_the_clock_is_limited() -> None:
    readers, data = Readers(Limits(seconds=1.0)), slow_pdf()
    began = time.monotonic()
    with pytest.raises(ReadError, match="took more than 1 seconds"):
        readers.read(Format.PDF, data)
    assert time.monotonic() - began < 10
    assert pids(readers) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="the signal of the limit differs elsewhere")
def test_time_of_the_processor_is_limited() -> None:
    readers = Readers(Limits(seconds=30.0, processor_seconds=1))
    with pytest.raises(ReadError, match="took more than 1 seconds"):
        readers.read(Format.PDF, slow_pdf())


@pytest.mark.skipif(sys.platform != "linux", reason="no address space limit elsewhere")
def test_memory_is_limited() -> None:
    readers = Readers(Limits(memory=200 * MEBIBYTE))
    with pytest.raises(ReadError, match="memory"):
        readers.read(Format.HTML, b"<!DOCTYPE html><body>" + b"<i>a" * 4_000_000)
    assert readers.read(Format.HTML, PAGE).text == "Ääni kuuluu\n"
    readers.close()


def test_input_and_output_are_limited() -> None:
    readers = Readers(Limits(input=10_000, output=5))
    with pytest.raises(ReadError, match="larger than 10,000 bytes"):
        readers.read(Format.HTML, b"x" * 10_001)
    with pytest.raises(ReadError, match="more than 5 characters of text"):
        readers.read(Format.HTML, PAGE)
    readers.close()


def test_a_process_is_replaced_after_its_share_of_documents() -> None:
    readers = Readers(Limits(documents=3))
    seen = []
    for _ in range(7):
        readers.read(Format.HTML, PAGE)
        seen.append(frozenset(pids(readers)))
    assert seen[2] == seen[5] == frozenset()
    assert len(set(seen) - {frozenset()}) == 3
    readers.close()


def test_the_memory_of_who_started_it_is_not_counted() -> None:
    held = bytearray(b"x") * (300 * MEBIBYTE)
    readers = Readers(Limits(memory=500 * MEBIBYTE))
    for _ in range(3):
        readers.read(Format.HTML, PAGE)
        assert len(pids(readers)) == 1
    readers.close()
    del held


def test_threads_read_at_once_and_get_their_own_document(readers: Readers) -> None:
    def read(number: int) -> str:
        return readers.read(Format.HTML, documents.page(f"Sivu {number}").encode()).text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(100))) == [f"Sivu {number}\n" for number in range(100)]
    assert len(pids(readers)) <= (os.cpu_count() or 1)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_leaves_the_parents_readers_alone(readers: Readers) -> None:
    readers.read(Format.HTML, PAGE)
    (parents,) = pids(readers)
    pid = os.fork()
    if pid == 0:  # the child must not run pytest's own end
        try:
            was_empty = not pids(readers)
            own = readers.read(Format.HTML, documents.page("lapsi").encode()).text == "lapsi\n"
            fresh = parents not in pids(readers)
            readers.close()
            os._exit(0 if was_empty and own and fresh else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert readers.read(Format.HTML, PAGE).text == "Ääni kuuluu\n"
    assert pids(readers) == {parents}


def test_a_reader_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    path = tmp_path / "sivu.html"
    path.write_bytes(PAGE)
    script = (
        "import os, sys; from pathlib import Path; from loaders.readers import READERS, read_document\n"
        "read_document(Path(sys.argv[1])); print(next(iter(READERS._all)).pid, flush=True); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ended.returncode == -signal.SIGKILL
    pid = int(ended.stdout)
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.05)
    pytest.fail("the reader outlived the process that started it")


def _runs(pid: int) -> bool:
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(status.strip()) and not status.strip().startswith("Z")


BOMBS = {
    "flate": documents.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << >> >> >>",
            documents._stream(zlib.compress(bytes(300_000_000), 1), compress=True).replace(
                b"/FlateDecode", b"[/FlateDecode /FlateDecode]"
            ),
        ]
    ),
    "nested divs": b"<!DOCTYPE html>" + b"<div>" * 300_000 + b"pohja",
    "word": documents.word_bomb(),
    "entities": documents.word_with(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
        + b"a" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (99 + n, (b"&%c;" % (98 + n if n else 97)) * 50) for n in range(8))
        + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    ),
    "body of blanks": documents.word_with(b" " * 61_000_000),
    "nested parts": b"MIME-Version: 1.0\nFrom: a@b.example\nDate: x\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_sentence_or_its_text_within_the_limits(name: str, tmp_path: Path, readers: Readers) -> None:
    path = tmp_path / "pommi"
    path.write_bytes(BOMBS[name])
    text, sentence = documents.text_or_sentence(lambda: read_document(path, readers).text)
    assert len(text) < 10_000 if text is not None else sentence.startswith(f"{path}: ") and sentence.endswith(".")
    assert readers.read(Format.HTML, PAGE).text == "Ääni kuuluu\n"


def test_a_file_named_in_an_entity_is_not_read(tmp_path: Path, readers: Readers) -> None:
    secret = tmp_path / "salaisuus"
    secret.write_text("salainen", "utf-8")
    path = tmp_path / "kirje.docx"
    path.write_bytes(
        documents.word_with(
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document xmlns:w='
            '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>näkyvä &e;</w:t>'
            "</w:r></w:p></w:body></w:document>".encode()
        )
    )
    assert "salainen" not in str(documents.text_or_sentence(lambda: read_document(path, readers).text))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "more memory"),
        (RecursionError(), "nested too deeply"),
        (ReadError("is protected."), "is protected"),
        (KeyError("x"), "damaged or incomplete"),
    ],
)
def test_each_failure_is_a_sentence(error: Exception, says: str) -> None:
    assert says in sentence_for(error, Format.PDF)
    assert sentence_for(error, Format.PDF).endswith(".")


@given(
    data=st.binary(max_size=300),
    head=st.sampled_from([b"%PDF-1.7\n", b"<html>", b"PK\x03\x04word/document.xml", b"MIME-Version: 1.0\n", b""]),
)
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_a_text_or_a_sentence(data: bytes, head: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "tiedosto"
    path.write_bytes(head + data)
    text, sentence = documents.text_or_sentence(lambda: read_document(path).text)
    assert text.strip() if text is not None else sentence.startswith(f"{path}: ")
