"""Bytes become text: UTF-8, UTF-16, Windows-1251, and files in which two of them are mixed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_RUSSIAN = "оеаинтсрвлкмдпуя"
"""The most frequent letters, in this order: a wrong Cyrillic encoding shows others instead."""
_CYRILLIC_ENCODINGS = ("cp1251", "koi8-r", "cp866")


@dataclass(frozen=True)
class Decoded:
    """encodings: in the order found; more than one where the file mixes them. binary: no text."""

    text: str
    encodings: tuple[str, ...]
    mixed_lines: tuple[int, ...] = ()
    """Lines (from 1) that were in another encoding than the rest."""
    binary: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``. ``declared``: what the file says of itself; tried after UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(text, (encoding,), binary=_is_binary(text))
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide, "replace"), (wide,))
    if b"\x00" in data:
        return Decoded("", (), binary=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared)
    return Decoded(text, ("utf-8",), binary=_is_binary(text))


def _unmarked_utf16(data: bytes) -> str | None:
    """English and Russian in UTF-16 have one high byte (00 or 04) in every second place."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2 or b"\x00" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in (0x00, 0x04, 0x20) for byte in high) > 0.95 * len(high):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if _is_binary(text) else encoding
    return None


def _not_utf8(data: bytes, declared: str | None) -> Decoded:
    """Line by line where most lines are UTF-8; else the whole in one older encoding."""
    lines = data.split(b"\n")
    wrong = [number for number, line in enumerate(lines, 1) if not _is_utf8(line)]
    other = _older(b"\n".join(lines[number - 1] for number in wrong), declared)
    beyond_ascii = sum(1 for line in lines if not line.isascii())
    if beyond_ascii == len(wrong):
        text = data.decode(other, "replace")
        return Decoded(text, (other,), binary=_is_binary(text))
    foreign = set(wrong)
    text = "\n".join(
        line.decode(other if number in foreign else "utf-8", "replace")
        for number, line in enumerate(lines, 1)
    )
    return Decoded(text, ("utf-8", other), tuple(wrong), binary=_is_binary(text))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _older(data: bytes, declared: str | None) -> str:
    """The encoding declared, if Python has it; else the Cyrillic one that looks most Russian.

    Where only few bytes are beyond ASCII they are dashes and quotes of Windows, not letters.
    """
    if declared and _is_known(declared) and declared.lower() not in ("utf-8", "utf8"):
        return codecs.lookup(declared).name
    high = sum(byte > 0x7F for byte in data)
    if high < 0.05 * len(data):
        return "cp1252"
    return max(_CYRILLIC_ENCODINGS, key=lambda name: _looks_russian(data.decode(name, "replace")))


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 (“hex” is a codec, too)
    except LookupError:
        return False


def _looks_russian(text: str) -> int:
    """Frequent small letters count for it, pseudo-graphics and lone capitals against it."""
    score = 0
    for letter in text[:20_000]:
        if letter in _RUSSIAN:
            score += 2
        elif letter.isupper() or (ord(letter) > 0x7F and not letter.isalpha()):
            score -= 1
    return score


def _is_binary(text: str) -> bool:
    """More than one control or replacement character in a hundred."""
    sample = text[:20_000]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return strange > max(1, len(sample) // 100)
