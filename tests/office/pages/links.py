"""Which links and forms a page has, and which pages a person finds by clicking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass
class Form:
    """A form: how and where it is sent, and which boxes for a text, number or day it has."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


class Found(HTMLParser):
    """The links and forms of a page at ``address``."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urldefrag(urljoin(self._address, given["href"]))[0])
        elif tag == "form":
            action = urljoin(self._address, given.get("action", ""))
            self.forms.append(Form(given.get("method", "get").lower(), action))
        elif tag in ("input", "textarea") and self.forms and "name" in given:
            kind = given.get("type", "text")
            if kind == "hidden":
                self.forms[-1].fields[given["name"]] = given.get("value", "")
            elif kind not in ("checkbox", "radio", "file"):
                self.forms[-1].boxes.append(given["name"])


def html_at(request: Any, address: str) -> str:
    """Empty for a file and for what is not there."""
    answer = request.get(address)
    is_page = answer.ok and answer.headers["content-type"].startswith("text/html")
    return str(answer.text()) if is_page else ""


def within(request: Any, home: str, clicks: int) -> set[str]:
    """The paths that links lead to from home, with so many clicks at most."""
    seen, here = {home}, [home]
    for _click in range(clicks):
        found = {link for page in here for link in _links(request, page, home)}
        here = sorted(found - seen)
        seen |= found
    return {urlsplit(address).path for address in seen}


def _links(request: Any, page: str, home: str) -> Iterator[str]:
    links: Iterable[str] = Found(page, html_at(request, page)).links
    yield from (link for link in links if link.startswith(home) and "logout" not in link)
