"""Whose exports: where the goods come from, by whoever tells it and from whichever side."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence, is_question
from bilat.reading.terms import Term

_FROM = frozenset(("from", "из", "со", "с"))
_TO = frozenset(("to", "into", "в", "на", "for", "во"))
_IN = frozenset(("in", "в", "во", "у", "from"))
_SKIP = frozenset(("the", "its", "neighbouring", "a", "of", "our"))
_SELL = (
    "sold",
    "sell",
    "export",
    "ship",
    "suppl",
    "deliver",
    "прода",
    "экспортир",
    "отгру",
    "отправ",
    "постави",
    "поставля",
    "вывез",
    "выво",
)
_BUY = (
    "bought",
    "buy",
    "purchas",
    "import",
    "took",
    "take",
    "купи",
    "закуп",
    "приобр",
    "импортир",
    "завез",
    "ввез",
    "покуп",
)


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    first: int
    last: int
    adjective: bool
    preposition: str


def exporter_of(
    sentence: Sentence, subject: Term, span: tuple[int, int], discourse: Discourse
) -> str | None:
    """The party whose goods they are; None where the flow has no direction."""
    if subject.value not in ("exports", "imports"):
        return None
    named = _named(sentence, span, discourse)
    named.sort(key=lambda m: _distance(m, subject))
    for mention in named:
        if (code := _by(sentence, subject, mention, discourse)) is not None:
            return code
    home = discourse.home or discourse.side or discourse.parties[0]
    return home if subject.value == "exports" else discourse.other(home)


def told_party(sentence: Sentence, span: tuple[int, int], discourse: Discourse) -> str | None:
    """“Türkiye’s at 1.8 billion”, “ours to Kazakhstan”: whose exports, by who is named alone."""
    named = _named(sentence, span, discourse)
    own = [m for m in named if m.preposition not in _TO or m.adjective]
    codes = {m.code for m in own}
    if len(codes) == 1:
        return codes.pop()
    to = {m.code for m in named}
    return discourse.other(to.pop()) if not own and len(to) == 1 else None


def goods_from(
    sentence: Sentence, goods: Term, span: tuple[int, int], discourse: Discourse
) -> str | None:
    """“Kyrgyzstan received 95 million worth of Belarusian goods”: neither export nor import."""
    named = _named(sentence, span, discourse)
    beside = [m for m in named if m.adjective and -3 <= m.first - goods.last <= 3]
    origin = beside or [m for m in named if m.preposition in _FROM]
    if origin:
        return origin[0].code
    to = [m for m in named if m.preposition in _TO]
    if to:
        return discourse.other(to[0].code)
    codes = {m.code for m in named}
    if len(codes) != 1:
        return None
    takes = any(t.lower in words("receives_goods") for t in sentence.tokens[span[0] : span[1] + 1])
    code = codes.pop()
    return discourse.other(code) if takes else code


def home_of(subject: str, exporter: str | None, discourse: Discourse) -> str | None:
    """Whose foreign trade a flow is told as: the exporter of exports, the buyer of imports."""
    if exporter is None:
        return None
    return exporter if subject == "exports" else discourse.other(exporter)


def _named(sentence: Sentence, span: tuple[int, int], discourse: Discourse) -> list[_Named]:
    out = []
    for term in sentence.within(*span, "country", "people", "ours", "yours", "city"):
        code = _code(sentence, term, discourse)
        if code is None or code not in discourse.parties:
            continue
        market = sentence.after(term.last) in words("markets")
        given = sentence.tokens[term.first].lower in words("dative")
        preposition = "to" if market or given else _preposition(sentence, term)
        adjective = term.group == "people" and not market
        out.append(_Named(code, term.first, term.last, adjective, preposition))
    return out


def _code(sentence: Sentence, term: Term, discourse: Discourse) -> str | None:
    """The country of a name; of a city only where goods go from it or to it."""
    if term.group in ("ours", "yours"):
        return _side(term.group, sentence, discourse)
    if term.group == "city":
        way = sentence.before(term.first) in ("from", "из", "to")
        return country_of(term.value) if way else None
    return term.value


def _side(group: str, sentence: Sentence, discourse: Discourse) -> str | None:
    """“We” is the speaker's side and “you” the other; who asks says “you” to the speaker."""
    side = discourse.side
    if side is None:
        return None
    asks = is_question(sentence)
    return side if (group == "ours") != asks else discourse.other(side)


def _preposition(sentence: Sentence, term: Term) -> str:
    i = term.first - 1
    while i >= 0 and sentence.tokens[i].lower in _SKIP:
        if sentence.tokens[i].lower == "of":
            return "of"
        i -= 1
    return sentence.tokens[i].lower if i >= 0 else ""


def _distance(mention: _Named, subject: Term) -> int:
    if mention.first > subject.last:
        return mention.first - subject.last
    return subject.first - mention.last


def _by(sentence: Sentence, subject: Term, mention: _Named, discourse: Discourse) -> str | None:
    word = sentence.tokens[subject.first]
    after = mention.first > subject.last
    partner = discourse.other(mention.code)
    if _is_verb(sentence, subject):
        return _by_verb(subject, mention, partner, after=after, passive=_passive(sentence, subject))
    if subject.value == "exports":
        return partner if mention.preposition in _TO and not mention.adjective else mention.code
    buying = word.lower.startswith(("purchas", "закуп", "покуп", "buy"))
    if mention.preposition in _FROM or (buying and mention.preposition in _IN):
        return mention.code
    if mention.adjective and after:
        return mention.code
    return partner


def _by_verb(
    subject: Term, mention: _Named, partner: str | None, *, after: bool, passive: bool
) -> str | None:
    selling = subject.value == "exports"
    if mention.preposition in _FROM:
        return mention.code
    if mention.adjective and after:
        return mention.code if mention.preposition not in _TO else None
    if after and mention.preposition in _TO:
        return partner if selling else mention.code
    if after and passive and mention.preposition != "by":
        return None
    if after and not passive:
        return partner if selling else None
    if mention.preposition in _TO:
        return None
    if mention.adjective and passive:
        return mention.code
    return mention.code if selling else partner


def _is_verb(sentence: Sentence, subject: Term) -> bool:
    token = sentence.tokens[subject.first]
    if sentence.language == "ru":
        return bool(token.tense) or token.lower.endswith(("но", "вший", "вшие", "ны", "в"))
    if token.lower in (
        "exports",
        "imports",
        "purchases",
        "shipments",
        "deliveries",
        "sales",
        "supplies",
    ):
        return False
    return token.lower.startswith((*_SELL, *_BUY)) and token.lower.endswith(
        ("ed", "ld", "ht", "ok", "ing", "ell", "buy")
    )


def _passive(sentence: Sentence, subject: Term) -> bool:
    before = [sentence.before(subject.first, n) for n in (1, 2)]
    if sentence.after(subject.last) == "by" and sentence.tokens[subject.last].lower.endswith(
        ("ed", "ght", "ld")
    ):
        return True  # “Ethiopian goods bought by Türkiye”
    return any(word in ("was", "were", "been", "be", "is", "are", "being") for word in before) or (
        sentence.tokens[subject.first].lower.endswith("но")
    )
