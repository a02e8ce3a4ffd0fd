"""What every page loads is small on its way, and the small copy says the same as the large one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.test import Client

import bilat_office.pages

GOVUK = Path(bilat_office.pages.__path__[0]) / "static" / "pages" / "govuk"
SMALL = sorted(GOVUK.glob("*.gz"))


@pytest.mark.parametrize("small", SMALL, ids=lambda path: path.name)
def test_a_browser_gets_the_compressed_file_with_the_same_content(small: Path) -> None:
    whole = small.with_suffix("").read_bytes()
    assert gzip.decompress(small.read_bytes()) == whole
    address = f"/static/pages/govuk/{small.stem}"
    answer = Client().get(address, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"".join(answer.streaming_content) == small.read_bytes()  # type: ignore[attr-defined]
    plain = Client().get(address)
    assert b"".join(plain.streaming_content) == whole  # type: ignore[attr-defined]


def test_style_and_script_have_one() -> None:
    assert [path.name for path in SMALL] == [
        "govuk-frontend.min.css.gz",
        "govuk-frontend.min.js.gz",
    ]
