"""A saved web page: its article, without menus and scripts; title, date, address, publisher.

The parser builds a tree of what the file says. It runs no script, follows no link and loads no
entity; the tree's depth is limited by libxml2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bilat.reading.files import refusals
from bilat.reading.files.article import article_of, clear, is_marked, text_of
from bilat.reading.files.content import Content
from bilat.reading.files.decoding import decode
from bilat.reading.files.readability import likelier, second_opinion

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "mediator_published_time",
)
"""Names of meta tags that hold the day of publication, the surest first."""


def read_html(name: str, data: bytes) -> Content:
    """The article of a page. Raises TextRefused for a page without any text."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    if decoded.binary:
        raise refusals.binary(name)
    root = _tree(name, decoded.text)
    if root is None:
        raise refusals.empty(name)
    meta = _meta(root)
    published = _published(root, meta)
    title = meta.get("og:title") or _heading(root) or _first_text(root, "//head/title")
    address = next(iter(root.xpath("//link[@rel='canonical']/@href")), None) or meta.get("og:url")
    second = second_opinion(root)
    clear(root)
    ours = text_of(article_of(root), without_heading=title)
    text = likelier(ours, second, heading=title, is_marked=is_marked(root))
    if not text:
        raise refusals.empty(name)
    return Content(
        text,
        title=title,
        published=published,
        address=address if address and address.startswith(("http://", "https://")) else None,
        publisher=meta.get("og:site_name"),
        encodings=decoded.encodings,
        mixed_lines=decoded.mixed_lines,
    )


def _tree(name: str, text: str) -> Any:
    """Raises TextRefused for a page nested so deeply that the parser gave up within it."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise refusals.broken(name, "html")
    return root


def _meta(root: Any) -> dict[str, str]:
    """Meta tags by their name or property, in lower case; the first of each."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := " ".join((tag.get("content") or "").split()):
            found.setdefault(key.lower(), content)
    return found


def _heading(root: Any) -> str | None:
    """The page's one first-rank heading; several say nothing about which is the title."""
    headings = [text for text in map(_words, root.iter("h1")) if text]
    return headings[0] if len(headings) == 1 else None


def _first_text(root: Any, path: str) -> str | None:
    return next((text for text in map(_words, root.xpath(path)) if text), None)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _published(root: Any, meta: dict[str, str]) -> date | None:
    said = [meta[name] for name in _DATES if name in meta]
    said += _linked_data(root)
    said += root.xpath("//*[@itemprop='datePublished']/@datetime")
    said += root.xpath("//article//time/@datetime | //header//time/@datetime")
    said += root.xpath("//time/@datetime")
    return next((day for day in map(_day, said) if day), None)


def _linked_data(root: Any) -> Iterator[str]:
    """JSON-LD is data in a script element: it is parsed as JSON, nothing is run."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for node in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]


def _day(text: str) -> date | None:
    try:
        if found := _DAY.search(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED_DAY.search(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
