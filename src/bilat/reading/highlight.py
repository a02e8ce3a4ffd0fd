"""A page for one text: the text with its quotes marked on the left, what they propose on the right.

One file, without scripts, without anything to fetch; its policy forbids both to the browser. Every
piece of the text is escaped: a page that shows a hostile text runs nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from bilat.language import Message, Words, say
from bilat.reading import telling
from bilat.reading.original import Original
from bilat.reading.pieces import Piece, Spot, marked_paragraphs
from bilat.reading.proposal import Proposal, Reading
from bilat.reading.relation import Relation
from bilat.reading.second_reader import is_second

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Shown as a mark of their own: left as they are, they could turn the order of the page."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Shown:
    """A proposal with its number on the page, and its relation where a programme was given."""

    number: int
    proposal: Proposal
    relation: Relation | None = None


def highlight(
    original: Original,
    reading: Reading,
    words: Words,
    relations: Sequence[Relation | None] = (),
) -> str:
    """The page as HTML. relations: of the proposals, in their order; none where not asked."""
    known = [*relations, *([None] * (len(reading.proposals) - len(relations)))]
    shown = [
        Shown(number, proposal, relation)
        for number, (proposal, relation) in enumerate(zip(reading.proposals, known, strict=True), 1)
    ]
    parts = _head(original, words), _body(original, reading, shown, words)
    return "\n".join((f'<!doctype html>\n<html lang="{words.lang}">', *parts, "</html>\n"))


def _head(original: Original, words: Words) -> str:
    style = files("bilat.reading").joinpath("highlight.css").read_text(encoding="utf-8")
    title = escape(words(say("What was read in {name}", name=original.name)))
    return (
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>"
    )


def _body(original: Original, reading: Reading, shown: Sequence[Shown], words: Words) -> str:
    text = "".join(_paragraphs(original.text, reading, shown))
    cards = "".join(_card(item, words) for item in shown) or _none(words)
    left = _left(reading.left, words)
    whole, proposed = _said(say("The text"), words), _said(say("Proposals"), words)
    return (
        f"<body>\n{_header(original, reading, words)}\n<main>\n"
        f'<article lang="{reading.language}" aria-label="{whole}">\n'
        f"{text}</article>\n"
        f'<section class="cards" aria-label="{proposed}">\n'
        f"<h2>{proposed} <span>{len(shown)}</span></h2>\n"
        f"{cards}{left}</section>\n</main>\n</body>"
    )


def _said(message: Message, words: Words) -> str:
    return escape(words(message))


def _header(original: Original, reading: Reading, words: Words) -> str:
    published = words.show(reading.published) if reading.published else None
    details = [
        original.name if original.title else None,
        words(say("published {day}", day=published)) if published else None,
        " – ".join(reading.parties) if reading.parties else None,
        words(say("rules {version}", version=reading.version)) if reading.version else None,
    ]
    line = " · ".join(escape(detail) for detail in details if detail)
    title = visible(original.title or original.name)
    return f'<header>\n<h1>{title}</h1>\n<p class="about">{line}</p>\n</header>'


def _none(words: Words) -> str:
    return f'<p class="none">{_said(say("Nothing was found to propose."), words)}</p>\n'


def _paragraphs(text: str, reading: Reading, shown: Sequence[Shown]) -> Iterator[str]:
    spots = [Spot(item.number, item.proposal.kind, item.proposal.quote) for item in shown]
    left = [proposal.quote for proposal in reading.left]
    paragraphs = ("".join(map(_segment, found)) for found in marked_paragraphs(text, spots, left))
    yield "<p>" + "</p>\n<p>".join(paragraphs) + "</p>\n"


def _segment(piece: Piece) -> str:
    """One piece; coloured by the shortest quote over it, numbered where a quote ends."""
    told = visible(piece.text)
    if piece.shortest:
        mark = f'<mark class="{piece.shortest.kind}">{told}</mark>'
        return mark + "".join(map(_anchor, piece.ended))
    return f'<span class="left">{told}</span>' if piece.is_left else told


def _anchor(spot: Spot) -> str:
    number = spot.number
    return f'<a class="ref {spot.kind}" id="q{number}" href="#p{number}">{number}</a>'


def visible(text: str) -> str:
    """Escaped, with what nobody sees shown as a small sign that names its code."""
    return _UNSEEN.sub(
        lambda match: f'<span class="unseen" title="U+{ord(match[0]):04X}">␣</span>',
        escape(text),
    ).replace("\n", "<br>\n")


def _card(item: Shown, words: Words) -> str:
    proposal, number = item.proposal, item.number
    kind = _said(telling.KINDS[proposal.kind], words)
    facts = [telling.speaker(proposal, words), words(telling.MANNERS[proposal.manner])]
    if is_second(proposal):
        facts.append(words(say("proposed by the second reader")))
    if proposal.optional:
        facts.append(words(say("not essential")))
    relation = _relation(item.relation, words) if item.relation else ""
    sure = escape(words(say("{share} sure", share=telling.confidence(proposal, words))))
    return (
        f'<section class="card {proposal.kind}" id="p{number}">\n'
        f'<h3><a href="#q{number}">{number}</a> {kind} <span class="sure">{sure}</span></h3>\n'
        f'<p class="what">{visible(telling.headline(proposal, words))}</p>\n'
        f"<blockquote>{visible(proposal.quote.text)}</blockquote>\n"
        f'<p class="how">{visible(", ".join(fact for fact in facts if fact))}</p>\n'
        f"{relation}</section>\n"
    )


def _relation(relation: Relation, words: Words) -> str:
    text = visible(telling.relation_line(relation, words))
    return f'<p class="relation {relation.kind}">{text}</p>\n'


def _left(left: Sequence[Proposal], words: Words) -> str:
    """What was recognised and is not proposed, so that a person can see that it was not missed."""
    if not left:
        return ""
    title = say("Recognised, and not proposed")
    items = "".join(
        f"<li>{visible(telling.headline(proposal, words))}: "
        f"<q>{visible(proposal.quote.text)}</q></li>\n"
        for proposal in left
    )
    return (
        f'<details class="left"><summary>{_said(title, words)} <span>{len(left)}</span>'
        f"</summary>\n<ul>\n{items}</ul>\n</details>\n"
    )
