"""Which countries a text is about, and whether a stretch of it is about them or about others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_SHORTEST = 5  # letters of a surname that its forms share
NAMES = ("country", "people")


def parties_of(sentences: Sequence[Sentence]) -> tuple[str, str] | None:
    """The two countries named most, with more weight at the head of the text."""
    count = _weights(sentences)
    if len(count) < 2:
        return None
    first, second = sorted(count, key=lambda code: -count[code])[:2]
    return first, second


def others_of(sentences: Sequence[Sentence], parties: tuple[str, str]) -> tuple[str, str] | None:
    """The two countries that the text is about, where it never names either of ``parties``."""
    named = parties_of(sentences)
    is_silent = not set(parties) & set(_weights(sentences))
    return named if is_silent else None


def _weights(sentences: Sequence[Sentence]) -> dict[str, float]:
    count: dict[str, float] = defaultdict(float)
    for sentence in sentences:
        weight = 3.0 if sentence.paragraph == 0 else 1.0
        for term in sentence.terms:
            if term.group in NAMES:
                count[term.value] += weight
            elif term.group == "city" and (code := country_of(term.value)):
                count[code] += weight / 2
    return count


def foreign(found: Iterable[Term], parties: tuple[str, str]) -> list[Term]:
    """Third countries among the terms."""
    return [t for t in found if t.group in NAMES and t.value not in parties]


def named_parties(found: Iterable[Term], parties: tuple[str, str]) -> list[Term]:
    return [t for t in found if t.group in NAMES and t.value in parties]


def of_others(sentence: Sentence, found: Sequence[Term], parties: tuple[str, str]) -> bool:
    """Third countries without a party, or in company with one of the parties only."""
    others, ours = foreign(found, parties), {t.value for t in named_parties(found, parties)}
    if not others or len(ours) > 1:
        return False
    if not ours:
        return True
    if any(t.group == "both" for t in found):
        return False
    return _leads(sentence, found, parties) or any(_is_partner(sentence, t) for t in others)


def _leads(sentence: Sentence, found: Sequence[Term], parties: tuple[str, str]) -> bool:
    """“China will build a railway to Uzbekistan”: the third country is who acts."""
    first = next((t for t in found if t.group in NAMES), None)
    if first is None or first.value in parties or sentence.before(first.first) in words("places"):
        return False
    return not sentence.after(first.last).startswith(("language", "язык", "-"))


def _is_partner(sentence: Sentence, term: Term) -> bool:
    """“with Uzbekistan”, “his Kazakh colleague”: a third country takes part."""
    back = {sentence.before(term.first, n) for n in (1, 2, 3)}
    if words("partner") & back:
        return True
    offices = sentence.within(term.last + 1, term.last + 3, "office", "partner", "paper", "contact")
    return term.group == "people" and bool(offices)


def speaker_of(sentence: Sentence, discourse: Discourse) -> None:
    """Remembers the side of the official who speaks: a party named right before an office."""
    offices = [t for t in sentence.terms if t.group == "office"]
    if not offices:
        if (code := _known_speaker(sentence, discourse)) is not None:
            discourse.side = code
        return
    remember_offices(sentence, discourse)
    if (code := _labelled(sentence, offices[0], discourse)) is not None:
        discourse.side = code
        return
    if discourse.side is not None and not sentence.has("speech"):
        return
    if (code := _known_speaker(sentence, discourse)) is not None:
        discourse.side = code
        return
    for term in sentence.terms:
        if term.group in NAMES and term.value in discourse.parties:
            near = [o for o in offices if -4 <= o.first - term.last <= 4]
            if near:
                discourse.side = term.value
                discourse.speaker = name_after(sentence, max(near[0].last, term.last))
                return


def _labelled(sentence: Sentence, office: Term, discourse: Discourse) -> str | None:
    """“PRIME MINISTER HELEN MARSH: …” speaks for the country whose prime minister was named."""
    head = sentence.tokens[office.first : office.last + 6]
    colon = next((i for i, t in enumerate(head) if t.text == ":"), None)
    if office.first > 1 or colon is None:
        return None
    if not all(t.text.isupper() for t in head[: office.last + 1 - office.first]):
        return None
    return discourse.offices.get(_name(sentence, office))


def remember_offices(sentence: Sentence, discourse: Discourse) -> None:
    """“the Prime Minister of Australia and the President of Indonesia”."""
    for office in (t for t in sentence.terms if t.group == "office"):
        after = sentence.within(office.last + 1, office.last + 3, *NAMES)
        before = sentence.within(office.first - 2, office.first - 1, "people")
        for term in (*after, *before):
            if term.value in discourse.parties:
                discourse.offices.setdefault(_name(sentence, office), term.value)
                named = name_after(sentence, max(office.last, term.last))
                if named is not None:
                    discourse.people.setdefault(_stem(named.split()[-1]), term.value)
                break


def _known_speaker(sentence: Sentence, discourse: Discourse) -> str | None:
    """«…, — сказал Хольтман»: beside a verb of speech, one whose country was named before."""
    if not discourse.people:
        return None
    for verb in (t for t in sentence.terms if t.group == "speech"):
        for token in sentence.tokens[max(0, verb.first - 3) : verb.last + 4]:
            if token.is_capital and _stem(token.text) in discourse.people:
                return discourse.people[_stem(token.text)]
    return None


def _stem(surname: str) -> str:
    """Without an ending of case: Досмагамбетовым is Досмагамбетов."""
    lower = surname.lower().removesuffix("’s").removesuffix("'s")
    return lower[: max(_SHORTEST, len(lower) - 3)] if not lower.isascii() else lower


def _name(sentence: Sentence, office: Term) -> str:
    return " ".join(t.keys[0] for t in sentence.tokens[office.first : office.last + 1])


def remember_names(sentence: Sentence, discourse: Discourse) -> None:
    """The parties that the text has named, by name, adjective or city."""
    for term in sentence.terms:
        if term.group in NAMES:
            discourse.seen.add(term.value)
        elif term.group == "city" and (code := country_of(term.value)):
            discourse.seen.add(code)


def name_after(sentence: Sentence, i: int) -> str | None:
    """A person's name of two or three capitalised words soon after token i."""
    tokens = sentence.tokens
    for j in range(i + 1, min(i + 8, len(tokens) - 1)):
        if (
            tokens[j].is_capital
            and tokens[j + 1].is_capital
            and tokens[j + 1].start == tokens[j].end + 1
        ):
            last = j + 1
            if (
                last + 1 < len(tokens)
                and tokens[last + 1].is_capital
                and tokens[last + 1].start == tokens[last].end + 1
            ):
                last += 1
            return sentence.text[tokens[j].start : tokens[last].end]
    return None


def dateline_day(sentence: Sentence, published: date | None) -> date | None:
    """The publication day that a dateline with a full date states."""
    if published is not None:
        return published
    for when in sentence.whens:
        if when.sort == "day" and when.explicit and when.year and when.months and when.day:
            try:
                return date(when.year, when.months[0], when.day)
            except ValueError:
                return None
    return None
