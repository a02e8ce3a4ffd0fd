"""Which part of a page is the article, and how its elements become paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

_NEVER = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "head",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "dialog",
        "menu",
        "map",
    )
)
_ASIDE = re.compile(
    r"(^|[\s_-])(nav|navbar|menu|breadcrumbs?|sidebar|footer|comments?|share|sharing|social|socials"
    r"|related|recommend(ed|ations)?|read-?also|read-?more|cookies?|banner|advert\w*|ads|promo"
    r"|subscribe|subscription|newsletter|popup|modal|pagination|tags|rating|login|search)"
    r"([\s_-]|$)",
    re.IGNORECASE,
)
"""Names of classes and ids under which sites put what is not the article."""
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    )
)
_HOLDERS = frozenset(("article", "body", "center", "div", "main", "section", "td"))
_SHORT = 25
"""Shorter pieces are buttons and dates rather than paragraphs."""
_ENOUGH = 200
"""An element marked as the article with less text than this is a teaser of another one."""


def clear(root: Any) -> None:
    """Take out of the tree what is never part of an article.

    Whole layouts are called “has-sidebar”, too: what holds a heading of the first rank, an article
    or nearly all of the page’s text stays, whatever its name.
    """
    for element in list(root.iter()):
        if element.getparent() is not None and _is_never(element):
            element.drop_tree()
    nearly_all = 0.9 * len(root.text_content())
    for element in list(root.iter()):
        if element.getparent() is None or not _is_named_aside(element):
            continue
        if len(element.text_content()) < nearly_all and not element.xpath(_CENTRE):
            element.drop_tree()


_CENTRE = (
    "descendant-or-self::*[self::h1 or self::article or self::main or @itemprop='articleBody']"
)


def _is_never(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag in ("html", "body", "article", "main"):
        return False
    if tag in _NEVER:
        return True
    if not element.attrib:
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return is_hidden or "display:none" in style or "visibility:hidden" in style


def _is_named_aside(element: Any) -> bool:
    if not element.attrib or element.tag in ("html", "body", "article", "main", "p"):
        return False
    return bool(_ASIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


_MARKS = ("//*[@itemprop='articleBody']", "//article")


def article_of(root: Any) -> Any:
    """The element that says that it is the article; else the one that holds the most paragraphs."""
    for path in (*_MARKS, "//main | //*[@role='main']"):
        found = [(len(element.text_content()), element) for element in root.xpath(path)]
        if found and (best := max(found, key=lambda pair: pair[0]))[0] >= _ENOUGH:
            return best[1]
    return _densest(root)


def is_marked(root: Any) -> bool:
    """True where exactly one element of the page says that it is the article."""
    return any(len(root.xpath(path)) == 1 for path in _MARKS)


def _densest(root: Any) -> Any:
    """Paragraphs speak for their parent, and half as much for its parent (as Readability does).

    Text in links speaks for neither: a list of headlines is as long as an article.
    """
    scores: dict[Any, float] = defaultdict(float)
    for element in root.iter("p", "div", "td", "section", "blockquote", "li"):
        length = _own_text(element)
        if length < _SHORT:
            continue
        holder = element if element.tag in _HOLDERS else element.getparent()
        for share in (1.0, 0.5):
            if holder is None:
                break
            scores[holder] += share * length
            holder = holder.getparent()
    body = next(iter(root.xpath("//body")), root)
    return max(scores, key=lambda element: scores[element], default=body)


def _own_text(element: Any) -> int:
    """Characters of running text directly in this block: not in links or in blocks within it."""
    length = len((element.text or "").strip())
    for child in element:
        if child.tag not in _BLOCKS and child.tag != "a":
            length += len(child.text_content().strip())
        length += len((child.tail or "").strip())
    return length


def text_of(element: Any, *, without_heading: str | None = None) -> str:
    """The element's paragraphs, parted by empty lines; table rows have their cells in one line."""
    pieces = "".join(_pieces(element, without_heading))
    paragraphs = (_tidy(part) for part in re.split(r"\n[ \t]*\n\s*", pieces))
    return "\n\n".join(part for part in paragraphs if part)


def _tidy(paragraph: str) -> str:
    lines = (" ".join(line.split(" ")).strip() for line in paragraph.split("\n"))
    return "\n".join(re.sub(r"[ \t]{2,}", " ", line) for line in lines if line).strip(" |")


def _pieces(root: Any, heading: str | None) -> Iterator[str]:
    """Text in document order, with breaks. Walked without recursion: pages may be nested deeply."""
    skipped = None
    from lxml import etree  # type: ignore[import-untyped]

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                yield _flat(element.tail) if element is not root else ""
            continue
        if event == "start":
            if element.tag == "h1" and heading and _is_same(element, heading):
                skipped = element
                continue
            yield _before(element.tag) + _flat(element.text)
        else:
            yield _after(element.tag) + (_flat(element.tail) if element is not root else "")


def _flat(text: str | None) -> str:
    """Line ends in the source of a page are only spaces."""
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def _is_same(element: Any, heading: str) -> bool:
    return " ".join(element.text_content().split()) == heading


def _before(tag: str) -> str:
    return "" if tag in ("td", "th") or tag not in _BLOCKS else "\n\n"


def _after(tag: str) -> str:
    if tag in ("td", "th"):
        return " | "
    return "\n" if tag == "br" else "\n\n" if tag in _BLOCKS else ""
