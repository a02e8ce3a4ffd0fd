"""The text of a file, read in a process of its own that may use so much memory and time, no more.

A plain text is only decoded, which is done here. A file that cannot be read is kept all the same:
it is then found by its name alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bilat.language import Message, say
from bilat_office.files.refusals import LARGEST

MOST = 600_000
"""Characters of a text that the search knows; what comes after is left out, and said to be."""
LEFT_OUT: Mapping[str, Message] = {
    "scan": say("a scan without text: only its name is searched"),
    "locked": say("locked with a password: only its name is searched"),
    "slow": say("too long to be read: only its name is searched"),
    "unreadable": say("its text cannot be read: only its name is searched"),
}
SECONDS = 20
MEMORY = 1_500 * 1024 * 1024


@dataclass(frozen=True)
class Extracted:
    """``left_out``: empty, or why there is no text: a name in `LEFT_OUT`."""

    text: str
    is_whole: bool = True
    left_out: str = ""


def extracted(data: bytes, media: str) -> Extracted:
    """Never raises for what is in the file."""
    if media == "text":
        from bilat.reading.files.decoding import decode

        return _bounded(decode(data).text)
    try:
        done = subprocess.run(
            [sys.executable, "-B", "-m", __name__, media],
            input=data, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Extracted("", left_out="slow")
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return Extracted("", left_out="unreadable")
    return Extracted(**said)


def _bounded(text: str) -> Extracted:
    clean = text.replace("\x00", "").replace("\r\n", "\n").encode("utf-8", "replace").decode()
    return Extracted(clean[:MOST], is_whole=len(clean) <= MOST)


def _read(data: bytes, media: str) -> Extracted:
    from bilat.reading.files import TextRefused, refusals

    templates = {
        refusals.scanned("", 1).message.template: "scan",
        refusals.locked("").message.template: "locked",
    }
    try:
        return _bounded(_text(data, media))
    except TextRefused as refusal:
        return Extracted("", left_out=templates.get(refusal.message.template, "unreadable"))
    except (MemoryError, RecursionError):
        return Extracted("", left_out="slow")


def _text(data: bytes, media: str) -> str:
    if media == "pdf":
        from bilat.reading.files.pages import read_pdf

        return read_pdf("file", data, None).text
    if media == "docx":
        from bilat.reading.files.word import read_docx

        return read_docx("file", data).text
    from bilat.reading.files.webpage import read_html

    return read_html("file", data).text


def main() -> None:
    """The child: bounded before it looks at a single byte."""
    import resource
    from dataclasses import asdict

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read(LARGEST + 1)
    sys.stdout.write(json.dumps(asdict(_read(data, sys.argv[1]))))


if __name__ == "__main__":
    main()
