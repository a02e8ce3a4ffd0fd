"""What a page says, as a test reads it; and whether it is well formed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "hr", "img"}
_OWN_SCRIPT = re.compile(r"<script(?![^>]*(\bsrc=|application/json))")
_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def text_of(answer: Any) -> str:
    """The words of a page, with one space between them."""
    body = re.sub(r"<script.*?</script>|<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", body)


class _Checker(HTMLParser):
    """Collects what is wrong: tags that do not close, ids that stand twice, labels of nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: set[str] = set()
        self.named: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if "style" in given or any(name.startswith("on") for name in given):
            self.wrong.append(f"<{tag}> has a style or script of its own")
        if tag not in VOID:
            self.open.append(tag)
        if (own := given.get("id")) is not None:
            if own in self.ids:
                self.wrong.append(f"id {own} stands twice")
            self.ids.add(own)
        self.wrong += [f"<{tag}> has {name}" for name in given if name.startswith("hx-")]
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.named.update((given.get(name) or "").split())

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not open")

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html":
            self.wrong.append(decl)


def faults_of(answer: Any) -> list[str]:
    """Empty for a page that is well formed and needs no inline style or script."""
    checker = _Checker()
    html = _SVG.sub("", answer.content.decode())
    checker.feed(html)
    checker.close()
    faults = checker.wrong + [f"<{tag}> does not close" for tag in checker.open]
    faults += [f"nothing has the id {name}" for name in sorted(checker.named - checker.ids)]
    if _OWN_SCRIPT.search(html) or "<style" in html:
        faults.append("an inline script or style")
    if "data-hx-" in html and "<html" in html and "htmx-2.min.js" not in html:
        faults.append("htmx is asked for, and not loaded")
    if re.search(r"{[{%]|[%}]}", html):
        faults.append("a tag of a template is left")
    return faults
