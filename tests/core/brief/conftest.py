"""A brief from a few lines of a programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.core.brief.brief_notation import BASE, MakeBrief, MakeOutput

from bilat.brief import Brief, make_brief
from bilat.brief.formats import Output
from bilat.language import Words
from bilat.programme import open_programme
from bilat.register import seen_by


@pytest.fixture
def output(folder: Callable[..., Path]) -> MakeOutput:
    """Everything a format needs, from YAML added to `BASE`."""

    def make(
        *parts: str, as_of: str = "2025-10-01", viewer: str = "joint", lang: str = "en"
    ) -> Output:
        programme = open_programme(folder(BASE + "".join(parts)))
        brief = make_brief(programme, as_of=date.fromisoformat(as_of), viewer=viewer)
        return Output(seen_by(programme, viewer), brief, Words(lang))

    return make


@pytest.fixture
def brief(output: MakeOutput) -> MakeBrief:
    def make(*parts: str, as_of: str = "2025-10-01", viewer: str = "joint") -> Brief:
        return output(*parts, as_of=as_of, viewer=viewer).brief

    return make
