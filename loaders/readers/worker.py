"""The process that reads documents: frames in on standard input, frames out on standard output, limits on itself.

Started by `loaders.readers.process`. It ends when its input does, so that it never outlives who started it.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from loaders.errors import ReadError
from loaders.readers.formats import Format
from loaders.readers.frames import json_frame, read_frame
from loaders.readers.limits import Limits, limit_process, limited, memory
from loaders.readers.reading import Reading
from loaders.readers.text import preload_encodings

Reader = Callable[[bytes], Reading]
_READERS = {
    Format.TEXT: ("loaders.readers.text", "read_text"),
    Format.HTML: ("loaders.readers.html", "read_html"),
    Format.PDF: ("loaders.readers.pdf", "read_pdf"),
    Format.DOCX: ("loaders.readers.docx", "read_docx"),
    Format.MAIL: ("loaders.readers.mail", "read_mail"),
    Format.XLSX: ("loaders.tables.workbook", "read_text"),
}


def reader(format_: Format) -> Reader:
    """Return the reader of a format; its libraries are imported when it is first asked for."""
    module, name = _READERS[format_]
    found: Reader = getattr(importlib.import_module(module), name)
    return found


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process hears it too, and decides
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 0)
    os.dup2(2, 1)  # what a library prints must not come between the frames
    limits = Limits(**json.loads(sys.argv[1]))
    preload_encodings()
    limit_process(limits)
    for number in range(1, limits.documents + 1):
        named, data = read_frame(requests), read_frame(requests)
        if named is None or data is None:
            return
        reply = answer(Format(named.decode("ascii")), data, limits)
        reply["last"] = number == limits.documents or memory() > limits.memory // 2
        replies.write(json_frame(reply))
        replies.flush()
        if reply["last"]:
            return


def answer(format_: Format, data: bytes, limits: Limits) -> dict[str, Any]:
    """Return a document's reading, or the sentence that says why there is none."""
    try:
        read = reader(format_)
        with limited(limits):
            reading = read(data)
    except Exception as error:  # noqa: BLE001  whatever a library raises at a damaged file is that file's own trouble
        return {"error": sentence(error, format_)}
    if len(reading.text) > limits.output:
        return {"error": f"holds more than {limits.output:,} characters of text. Split it."}
    return {
        "text": reading.text,
        "address": reading.address,
        "notes": [asdict(note) for note in reading.notes],
    }


def sentence(error: Exception, format_: Format) -> str:
    """Return what an exception means for who gave the file: what is wrong and what to do."""
    name = format_.name
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"needs more memory than a {name} file is given. Split it, or save it as text."
    if isinstance(error, RecursionError):
        return f"is nested too deeply for a {name} file. Save it as text."
    return f"cannot be read as {name} ({type(error).__name__}): it is damaged or incomplete. Open it in the program that made it and save it again, or save it as text."


if __name__ == "__main__":
    main()
