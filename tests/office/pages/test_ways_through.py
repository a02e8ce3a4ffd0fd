"""How people get from page to page: by the menu's two rows, and in three clicks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.office.pages import serving
from tests.office.pages.links import within
from tests.office.pages.serving import PAGES, Served, read_in, sign_in

kept, browser = serving.kept, serving.browser
pytestmark = [*serving.NEEDS, pytest.mark.slow]
BY_NO_LINK = {"/nothing", "/search", "/read/all", "/accounts/logout/"}
"""A wrong one, one of a form, one whose link comes with the first text, one that ends the walk."""
CLICKS = 3


def test_every_page_is_three_clicks_from_home_at_most(kept: Served, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, kept).goto(f"{kept.address}/outlook")
    found = within(context.request, f"{kept.address}/", CLICKS)
    paths = {urlsplit(address).path for address in PAGES}
    assert paths - BY_NO_LINK - found == set()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_menu_takes_two_rows(kept: Served, browser: Any, lang: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}
    )
    page = sign_in(context, kept)
    read_in(page, lang)
    boxes = [each.bounding_box() for each in page.locator("#navigation a").all()]
    assert len(boxes) == 14
    assert len({round(box["y"]) for box in boxes}) == 2
    assert page.locator("#navigation summary").is_hidden()
    read_in(page, "en")
