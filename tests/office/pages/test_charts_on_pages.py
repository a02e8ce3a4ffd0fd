"""A chart keeps the size at which its labels can be read; a narrow screen scrolls it."""

from __future__ import annotations

import pytest

from bilat_office.pages.templatetags.charts import chart, for_screen

DRAWN = (
    '<svg class="marks" width="{}" height="300" viewBox="0 0 {} 300"><text font-size="11px"/></svg>'
)


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [(400, 'width="460" height="345"'), (800, 'width="920" height="345"'),
     (900, 'width="940" height="313"'), (1200, 'width="1200" height="300"')],
)  # fmt: skip
def test_it_is_larger_than_on_paper_and_no_wider_than_a_page(drawn: int, shown: str) -> None:
    svg = for_screen(DRAWN.format(drawn, drawn))
    assert shown in svg
    assert f'viewBox="0 0 {drawn} 300"' in svg
    assert svg.endswith('<text font-size="11px"/></svg>')


def test_a_keyboard_scrolls_it_and_a_screen_reader_names_it() -> None:
    from django.template.loader import render_to_string

    box = render_to_string("pages/chart.html", chart(DRAWN.format(400, 400), "Trade & more"))
    assert 'tabindex="0" role="img" aria-label="Trade &amp; more"><svg' in box
