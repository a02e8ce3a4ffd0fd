"""What a browser fetches that has never been here: page, styles, scripts and fonts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.office.pages import serving
from tests.office.pages.serving import PAGES, ROOT, Served, read_in, sign_in

kept, browser = serving.kept, serving.browser
pytestmark = [*serving.NEEDS, pytest.mark.slow]
MOST = 300_000
_CHART = re.compile(r'<div class="office-chart__box".*?</svg>', re.DOTALL)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_first_load_is_light(kept: Served, browser: Any, lang: str) -> None:
    """Bytes of bodies as they travel, charts apart: a drawing is content."""
    context = browser.new_context()
    page = sign_in(context, kept)
    read_in(page, lang)
    chromium = context.new_cdp_session(page)
    chromium.send("Network.enable")
    chromium.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights = {address: weight(page, kept.address + address) for address in PAGES}
    kept_in = ROOT / "build" / f"first-load-{lang}.json"
    kept_in.parent.mkdir(exist_ok=True)
    kept_in.write_text(json.dumps(weights, indent=1, ensure_ascii=False), encoding="utf-8")
    heavy = {address: size for address, size in weights.items() if size >= MOST}
    assert heavy == {}
    assert min(weights.values()) > 100_000, "fonts and styles were not counted"


def weight(page: Any, address: str) -> int:
    fetched: dict[str, Any] = {}

    def note(response: Any) -> None:
        fetched[response.url] = response

    page.on("response", note)
    html = page.goto(address).text()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.remove_listener("response", note)
    charts = sum(len(each.encode()) for each in _CHART.findall(html))
    return sum(int(each.headers["content-length"]) for each in fetched.values()) - charts
