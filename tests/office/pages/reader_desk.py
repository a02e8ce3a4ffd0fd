"""A secretary with a communiqué: reads it, looks at its proposals, files what was accepted."""

from __future__ import annotations

from typing import Any

from django.test import Client
from tests.office.api.world import PASSPHRASE
from tests.office.pages.filling import filled
from tests.office.pages.reading import text_of

from bilat_office.readings.models import Finding, Reading
from bilat_office.records.rowsecurity import every_row

TEXT = """\
BISHKEK, 2 October – The 13th session of the Belarusian-Kyrgyz commission was held in Bishkek.

The sides agreed to raise mutual trade to $500 million by 2030.

The sides agreed to open a trading house of Belarusian machinery in Osh.

In 2024 trade between Belarus and Kyrgyzstan came to $138 million, the ministry said.
"""
SOURCE = {"title": "Talks in Bishkek", "publisher": "Kabar", "published": "2025-10-02"}
TURNOVER = (
    ("indicators", "turnover"),
    {"id": "turnover", "title": "Mutual trade", "unit": "USD", "measures": "turnover"},
)


def read(client: Client, text: str = TEXT, **said: Any) -> int:
    answer = client.post("/read", {"text": text, **SOURCE, **said})
    assert answer.status_code == 302, text_of(answer)
    return int(answer["Location"].rsplit("/", 1)[1])


def findings(**which: Any) -> list[Finding]:
    """Of every side: a test looks at the table itself."""
    with every_row():
        return list(Finding.objects.filter(**which))


def texts() -> list[Reading]:
    with every_row():
        return list(Reading.objects.all())


def finding(number: int, kind: str, words: str = "") -> Finding:
    return next(
        each
        for each in findings(reading_id=number)
        if each.content["kind"] == kind and words in each.content["quote"]["text"]
    )


def address(number: int, kind: str, what: str, words: str = "") -> str:
    return f"/read/{number}/p/{finding(number, kind, words).key}/{what}"


def file(client: Client, number: int, how: str, side: str = "BLR", **given: str) -> Any:
    page = client.get(f"/read/{number}/file")
    form = {**filled(page, "seen"), "how": how, f"passphrase_{side}": PASSPHRASE}
    return client.post(f"/read/{number}/file", {**form, **given})
