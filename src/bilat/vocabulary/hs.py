"""Codes of the Harmonized System: chapter, heading or subheading."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

HsCode = Annotated[
    str,
    Field(pattern=r"^(\d{2}|\d{4}|\d{6})$", examples=["8428", "850421"]),
]
"""2, 4 or 6 digits as text: a leading zero belongs to the code."""
