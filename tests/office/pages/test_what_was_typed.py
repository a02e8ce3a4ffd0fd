"""A box shows what was typed into it, also where a browser would leave it empty."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bilat_office.pages.templatetags.boxes import in_box


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("2027-02-28", "date"), ("2027-02-29", "text"), ("tomorrow", "text"), ("20270228", "text"),
     ("", "date"), (None, "date")],
)  # fmt: skip
def test_only_a_day_stands_in_a_day_box(typed: str | None, kind: str) -> None:
    assert in_box(typed, "date") == kind


def test_other_boxes_stay_what_they_are() -> None:
    assert in_box("tomorrow", "password") == "password"


@pytest.mark.django_db
def test_a_wrong_day_comes_back_to_whoever_typed_it() -> None:
    answer = Client().get("/finance/calculator?price=240000&months=24&rate=8.5&start=tomorrow")
    assert answer.status_code == 400
    (box,) = re.findall(r'<input[^>]*id="start"[^>]*>', answer.content.decode())
    assert 'value="tomorrow" type="text"' in box
