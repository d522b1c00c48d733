"""Feeds damaged documents to the readers and the loaders and looks for what must never happen.

    python benchmarks/fuzz.py --seconds 600 --target all

Targets: each reader (html, pdf, docx, eml, text), each kind of document in `loaders.kinds.KINDS` by its name, and each
kind of table (`fuzz_tables.py`). The time is shared out among the targets. A *crash* is an exception that is no HankeverkkoError and comes
from our own code, a quote that does not stand at its offsets, an e-mail address in the graph, or the end of the
process. What a library raises at a damaged file is counted: the reader process makes it a sentence. Inputs that crash
are kept in the output folder. Ends with 1 if there was a crash.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import logging
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY / "tests" / "support"), str(Path(__file__).resolve().parent)]

import documents  # noqa: E402  our own makers of small documents
import fuzz_tables  # noqa: E402
import pyoxigraph as ox  # noqa: E402

from graph_api.corpus import mentions_of, mentions_of_table  # noqa: E402
from graph_api.identity.resolver import Resolver  # noqa: E402
from loaders.document import Document, Kind  # noqa: E402
from loaders.errors import HankeverkkoError  # noqa: E402
from loaders.extract import extract_source  # noqa: E402
from loaders.kinds import KINDS  # noqa: E402
from loaders.language.contacts import EMAIL, holds_contact  # noqa: E402
from loaders.language.detection import language_of  # noqa: E402
from loaders.model import Evidence, Facts, Source  # noqa: E402
from loaders.readers.formats import Format  # noqa: E402
from loaders.readers.worker import reader  # noqa: E402
from loaders.record import record  # noqa: E402
from loaders.table_triples import TableWriter  # noqa: E402
from loaders.tables.read import kind_of, read_table  # noqa: E402
from loaders.text import Text  # noqa: E402
from loaders.triples import DocumentWriter  # noqa: E402
from loaders.vocabulary import scheme  # noqa: E402

READERS = {"html": Format.HTML, "pdf": Format.PDF, "docx": Format.DOCX, "eml": Format.MAIL, "text": Format.TEXT}
TABLES = ("project-list", "cordis-project", "cordis-organisation", "kohesio", "keep-eu")
SLOW, STUCK = 5.0, 20
EXTRACT_EVERY, WRITE_EVERY = 4, 8
TOKENS: dict[str, list[bytes]] = {
    "html": [
        b"<td>",
        b"</div>",
        b"<li>",
        b"<!--",
        b"<script>",
        b"&nbsp;",
        b"&#xD800;",
        b"<meta charset=utf-16>",
        b"<br>",
    ],
    "pdf": [
        b"endobj",
        b"stream",
        b"<< >>",
        b"/Length 99999",
        b"/Filter /FlateDecode",
        b"4 0 R",
        b"BT",
        b"ET",
        b"Tj",
        b"TJ",
        b"[(a) -999 (b)]",
        b"1e9",
        b"nan",
        b"Tm",
        b"q Q",
        b"<FFFE>",
        b"/Type /Page",
        b"-1",
    ],
    "docx": [
        b"<w:tbl>",
        b"</w:p>",
        b"<w:tab/>",
        b"<w:numPr>",
        b"<w:br/>",
        b'w:val="-1"',
        b"<w:ins>",
        b'<w:basedOn w:val="a"/>',
        b"&x;",
        b"<!DOCTYPE x>",
    ],
    "eml": [
        b"Content-Type: text/html; charset=",
        b"Content-Transfer-Encoding: base64\n",
        b"--",
        b"\n\n",
        b"=C3=",
        b"=?utf-8?q?x?=",
        b"boundary=",
        b"multipart/mixed",
        b"uuencode",
        b"; charset*0*=x''%FF",
    ],
    "text": [b"\xff\xfe", b"\x81", b"\xc3", b"\r", b"\x0c", b"\xef\xbb\xbf", b"\x00"],
}
ODD = [
    "\u00a0",
    "\u2028",
    "\ufffd",
    "İ",
    "ß",
    "ﬁ",
    "𝔄",
    "a\u0308",
    "\u202e",
    "（at）",
    "1\u00a0000 €",
    "–",
    "—",
    "'",
    '"',
    "\t",
    "0" * 40,
    "9" * 400,
    "x" * 3000,
    "1.1.31.12.2022",
    "31.2.2019",
    "99.99.9999",
    "12345678-9",
    "a@b.fi",
    "(at)",
    "puh. 040 555 0100",
    ":",
    ";",
    ",",
    "/",
    "(",
    ")",
    "•",
]


class FoundError(AssertionError):
    """Something that must never happen."""


@dataclasses.dataclass
class Tally:
    """What a target's executions came to."""

    executions: int = 0
    read: int = 0
    refused: Counter[str] = dataclasses.field(default_factory=Counter)
    slow: int = 0
    crashes: Counter[str] = dataclasses.field(default_factory=Counter)


def damaged_bytes(data: bytes, others: Sequence[bytes], tokens: Sequence[bytes], chance: random.Random) -> bytes:
    """Return bytes with a few bits, chunks or tokens changed."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 3, 6, 12])):
        place = chance.randrange(len(made) + 1)
        length = min(len(made) - place, chance.choice([1, 4, 16, 100, 1000]))
        match chance.randrange(7):
            case 0 if place < len(made):
                made[place] ^= 1 << chance.randrange(8)
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = made[place : place + length] * chance.choice([1, 2, 50])
            case 3:
                made[place:place] = chance.choice(tokens)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                made[place : place + length] = other[start : start + chance.choice([10, 200, 2000])]
            case 5:
                made[place : place + length] = chance.randbytes(length)
            case 6 if chance.random() < 0.2:
                del made[place:]
    return bytes(made[:300_000])


def damaged_word(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a Word file with a part of its archive damaged, or the archive itself."""
    if chance.random() < 0.2:
        return damaged_bytes(data, others, TOKENS["docx"], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as changed:
        names = archive.namelist()
        likely = ["word/document.xml", "word/numbering.xml", "word/styles.xml"]
        chosen = chance.choice([*(name for name in likely if name in names for _ in range(3)), *names])
        for name in names:
            part = archive.read(name)
            changed.writestr(name, damaged_bytes(part, [part], TOKENS["docx"], chance) if name == chosen else part)
    return out.getvalue()


def damaged_text(text: str, others: Sequence[str], labels: Sequence[str], chance: random.Random) -> str:
    """Return a text with lines moved, doubled, cut, spliced, and odd characters and labels put in."""
    lines = text.split("\n")
    for _ in range(chance.choice([1, 2, 4, 8, 16])):
        place = chance.randrange(len(lines) + 1)
        if chance.random() < 0.5 and place < len(lines):
            lines[place] = damaged_line(lines[place], chance)
            continue
        match chance.randrange(5):
            case 0:
                del lines[place : place + chance.choice([1, 3, 20])]
            case 1:
                lines[place:place] = lines[place : place + chance.choice([1, 3, 10])] * chance.choice([1, 2, 20])
            case 2:
                other = chance.choice(others).split("\n")
                start = chance.randrange(len(other))
                lines[place:place] = other[start : start + chance.choice([1, 5, 30])]
            case 3:
                lines.insert(place, chance.choice(labels) + chance.choice(["", ":", ": ", ":  x"]))
            case 4 if place + 1 < len(lines):
                lines[place : place + 2] = [lines[place] + chance.choice(["", " ", ", "]) + lines[place + 1]]
        lines = lines or [""]
    return "\n".join(lines)[:60_000]


def damaged_line(line: str, chance: random.Random) -> str:
    """Return a line cut, in other cases, or with odd characters in it."""
    at = chance.randrange(len(line) + 1)
    match chance.randrange(4):
        case 0:
            return line[:at]
        case 1:
            return line[:at] + chance.choice(ODD) + line[at:]
        case 2:
            return "".join(chr(chance.randrange(0x20, 0x2FFF)) if chance.random() < 0.1 else c for c in line)
        case _:
            return chance.choice([str.upper, str.lower, str.swapcase, str.title])(line)


def demo_texts() -> list[str]:
    """Return the demo documents, and a few short texts."""
    found = [path.read_text("utf-8") for path in sorted((REPOSITORY / "data" / "documents").glob("*.txt"))]
    return [*found, "Hankekoodi: S1\n", ""]


def labels() -> list[str]:
    """Return the labels and headings that the vocabularies know."""
    return [
        label.text
        for name in ("field-labels", "section-headings", "amount-kinds", "statuses")
        for concept in scheme(name).values()
        for label in concept.labels
    ]


def seeds_of_reader(name: str) -> list[bytes]:
    """Return small documents of a format."""
    texts = sorted(demo_texts(), key=len)[1:7]
    makers: dict[str, Callable[[str], bytes]] = {
        "html": lambda text: documents.page(text).encode(),
        "pdf": lambda text: documents.pdf(documents.typeset(text[:4000], header="Sivu {page}")),
        "docx": documents.word,
        "eml": documents.message,
        "text": str.encode,
    }
    made = [makers[name](text) for text in texts]
    if name == "html":
        made.append(
            b'<!DOCTYPE html><meta charset="iso-8859-15"><table><tr><th>Hankekoodi<td>S1</table><ul><li>a<ol><li>b</ol></ul>'
        )
    if name == "pdf":
        made.append(documents.pdf(documents.typeset(texts[-1]), compress=True))
    if name == "eml":
        made.append(documents.web_archive(texts[0], "https://hanke.example/"))
        made.append(documents.message(texts[0], charset="iso-8859-1", encoding="base64"))
    if name == "docx":
        made.append(rich_word())
    return made


def rich_word() -> bytes:
    """Return a Word document with a table, lists and headings."""
    document = documents.docx.Document()
    document.add_heading("1 Hanke", 1)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Hankekoodi", "S20001"
    for style in ("List Bullet", "List Number", "List Number 2"):
        document.add_paragraph("Oulun kaupunki\tkotihoito", style=style)
    return documents.saved(document)


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Yield every piece of evidence in some facts."""
    if isinstance(value, Evidence):
        yield value
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from evidence_in(getattr(value, one.name))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from evidence_in(one)


def check_facts(facts: Facts, *, write: bool) -> None:
    """Check what must hold of all facts, and of the triples made from them."""
    text = facts.source.text
    for evidence in evidence_in(facts):
        if text[evidence.span.start : evidence.span.end] != evidence.quote:
            raise FoundError(f"a quote that does not stand at its offsets ({evidence.rule})")
        if EMAIL.search(evidence.quote):
            raise FoundError(f"an address in a quote ({evidence.rule})")
    record(facts, contacts=True, evidence=True)
    if write:
        lines = "".join(DocumentWriter(facts, Resolver(mentions_of(facts))).write())
        for quad in ox.parse(lines.encode("utf-8"), format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.object, ox.Literal) and EMAIL.search(quad.object.value):
                raise FoundError(f"an address in the graph ({quad.predicate.value})")


def run_reader(name: str, data: bytes, turn: int) -> None:
    """Read a document and, now and then, extract its facts."""
    reading = reader(READERS[name])(data)
    reading.text.encode("utf-8")
    if turn % EXTRACT_EVERY == 0 and len(reading.text) < 30_000:
        facts = extract_source(Source("fuzz", "0" * 64, READERS[name].value, reading.text, notes=reading.notes))
        check_facts(facts, write=turn % WRITE_EVERY == 0)


def run_kind(kind: Kind, text: str, turn: int) -> None:
    """Load a text as a kind of document, whatever it is."""
    stored = Text(text)
    kind.score(stored)
    document = Document(
        Source("fuzz", "0" * 64, "text/plain", text, kind=kind.name, language=language_of(text)), stored
    )
    kind.load(document)
    check_facts(document.facts, write=turn % WRITE_EVERY == 0)


def run_table(data: bytes, scratch: Path) -> None:
    """Read a table, check where its rows stand, and write it as a graph."""
    scratch.write_bytes(data)
    found = read_table(scratch)
    if found is None:
        return
    lines = found.text.split("\n")
    for row in kind_of(found).records(found.text):
        if row.quote not in lines[row.row - 1] and not row.sheet:
            raise FoundError("a row that does not stand on its line")
    resolver = Resolver(list(mentions_of_table(found)))
    written = "".join(f"{line}\n" for line in TableWriter(found, resolver).lines())
    for quad in ox.parse(written, format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.object, ox.Literal) and holds_contact(quad.object.value):
            raise FoundError(f"a contact detail in the graph: {quad.predicate}")


def target(name: str, chance: random.Random, scratch: Path) -> Iterator[tuple[bytes, Callable[[int], None]]]:
    """Yield inputs of a target, each with what is to be done with it."""
    if name in READERS:
        seeds = seeds_of_reader(name)
        while True:
            seed = chance.choice(seeds)
            data = (
                damaged_word(seed, seeds, chance)
                if name == "docx"
                else damaged_bytes(seed, seeds, TOKENS[name], chance)
            )
            yield data, lambda turn, data=data: run_reader(name, data, turn)
    texts, known = demo_texts(), labels()
    if name in TABLES:
        seeds = fuzz_tables.lists(REPOSITORY).get(name)
        tables = (
            fuzz_tables.workbooks(chance)
            if seeds is None
            else (
                damaged_text(chance.choice(seeds), seeds, [",,,", ";;", '"', "|"], chance).encode("utf-8", "replace")
                for _ in iter(int, 1)
            )
        )
        for table in tables:
            yield table, lambda _turn, table=table: run_table(table, scratch)
    (kind,) = (kind for kind in KINDS if kind.name == name)
    own = [text for text in texts if max(KINDS, key=lambda other: other.score(Text(text))) is kind] or texts
    while True:
        text = damaged_text(chance.choice(own), texts, known, chance)
        yield text.encode("utf-8", "replace"), lambda turn, text=text: run_kind(kind, text, turn)


def failure(error: BaseException) -> tuple[str, bool]:
    """Return what an exception was and whether it is a crash: raised by our own code, or a check of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    where = frames[-1]
    ours = (
        any(f"{os.sep}{folder}{os.sep}" in where.filename for folder in ("loaders", "graph_api"))
        and "site-packages" not in where.filename
    )
    near = next((f for f in reversed(frames) if str(REPOSITORY) in f.filename), where)
    text = f"{type(error).__name__} at {Path(near.filename).name}:{near.lineno}"
    if isinstance(error, (MemoryError, RecursionError, TimeoutError)):
        return text, isinstance(error, RecursionError) and ours
    # Our own loaders have no library between them and their input; readers do.
    in_loader = not any(f"{os.sep}readers{os.sep}" in f.filename for f in frames)
    return (f"{text}: {error}"[:150] if isinstance(error, FoundError) else text), ours or in_loader or isinstance(
        error, FoundError
    )


def stuck(_signal: int, _frame: object) -> None:
    """Interrupt an execution that takes too long."""
    raise TimeoutError


def fuzz(name: str, seconds: float, seed: int, output: Path) -> Tally:
    """Run one target for some seconds."""
    logging.disable(logging.CRITICAL)  # pypdf tells of each thing that it mends
    tally, chance = Tally(), random.Random(seed)  # noqa: S311
    signal.signal(signal.SIGALRM, stuck)
    current, ends = output / f"{name}-current", time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        for turn, (data, run) in enumerate(target(name, chance, Path(folder) / "list.csv")):
            if time.monotonic() > ends:
                break
            current.write_bytes(data)
            began = time.monotonic()
            signal.alarm(STUCK)
            try:
                run(turn)
                tally.read += 1
            except HankeverkkoError as error:
                tally.refused[type(error).__name__] += 1
            except Exception as error:  # noqa: BLE001  whatever it is, it is counted
                what, is_crash = failure(error)
                (tally.crashes if is_crash else tally.refused)[what] += 1
                if is_crash and tally.crashes[what] <= 3:
                    (output / f"{name}-crash-{seed}-{turn}").write_bytes(data)
                    traceback.print_exc(limit=-4)
            finally:
                signal.alarm(0)
            tally.executions += 1
            if time.monotonic() - began > SLOW:
                tally.slow += 1
                (output / f"{name}-slow-{seed}-{turn}").write_bytes(data)
    current.unlink(missing_ok=True)
    return tally


def guarded(name: str, seconds: float, seed: int, output: Path) -> int:
    """Run a target in a process of its own, so that its end is seen; returns the number of crashes."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        tally = fuzz(name, seconds, seed, output)
        refused = ", ".join(f"{count} {what}" for what, count in tally.refused.most_common(12))
        rate = tally.executions / max(seconds, 1)
        print(
            f"{name}: {tally.executions} executions ({rate:.0f}/s), {tally.read} read, {tally.slow} slow; refused: {refused or 'none'}"
        )
        for what, count in tally.crashes.most_common():
            print(f"{name}: CRASH {count} × {what}")
        sys.stdout.flush()
        os._exit(min(len(tally.crashes), 100))
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code < 0:
        print(f"{name}: CRASH the process ended with signal {-code}; its input is {output / (name + '-current')}")
    return abs(code)


def main() -> int:
    """Run the targets that were asked for."""
    names = [*READERS, *(kind.name for kind in KINDS), *TABLES]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="time for all targets together")
    parser.add_argument("--target", default="all", choices=[*names, "all"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=Path(tempfile.gettempdir()) / "hankeverkko-fuzz")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    chosen = names if asked.target == "all" else [asked.target]
    return int(sum(guarded(name, asked.seconds / len(chosen), asked.seed, asked.output) for name in chosen) > 0)


if __name__ == "__main__":
    sys.exit(main())
