"""What was read: the text as it was kept, so that every quote can be shown in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Original:
    """A kept text. Quotes are substrings of ``text``, at offsets in characters.

    name: of the file. media: ``text``, ``html``, ``docx`` or ``pdf``. sha256: of the file's bytes.
    published: the day of publication, where it is known from outside the text. title: where the
    file has one.
    """

    name: str
    text: str
    media: str = "text"
    sha256: str = ""
    published: date | None = None
    title: str | None = None
