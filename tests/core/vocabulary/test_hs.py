"""Codes of goods keep their leading zero."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from bilat.vocabulary import HsCode

READER: TypeAdapter[str] = TypeAdapter(HsCode)


@pytest.mark.parametrize("code", ["04", "0402", "850421"])
def test_chapters_headings_and_subheadings_are_codes(code: str) -> None:
    assert READER.validate_python(code) == code


@pytest.mark.parametrize("code", ["4", "402", "85042", "8504.21", "85042100", "milk"])
def test_other_lengths_and_dots_are_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        READER.validate_python(code)
