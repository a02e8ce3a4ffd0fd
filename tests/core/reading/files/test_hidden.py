"""Quotes are found in the text that people see, and shown at their place in the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilat.reading.files import uncover
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Quote, Reading

HIDDEN = "\u200b\u200e\u200f\u00ad\u202e\ufeff"


def reading_of(text: str, start: int, end: int) -> Reading:
    proposal = Proposal("figure", {"value": 1}, Quote(text[start:end], start, end))
    return Reading("en", None, None, (proposal,), (proposal,))


def test_a_word_that_was_split_by_a_zero_width_space_is_whole_for_the_reader() -> None:
    uncovered = uncover(Original("t", "\ufeffTrade of $5 mil\u200blion\u200b grew."))
    assert uncovered.bare.text == "Trade of $5 million grew."
    restored = uncovered.restore(reading_of(uncovered.bare.text, 9, 19))
    for item in (*restored.proposals, *restored.left):
        assert item.quote == Quote("$5 mil\u200blion", 10, 21)


def test_a_text_without_hidden_characters_is_handed_on_as_it_is() -> None:
    original = Original("t", "Trade grew.")
    uncovered = uncover(original)
    reading = reading_of("Trade grew.", 0, 5)
    assert uncovered.bare is original
    assert uncovered.restore(reading) is reading


@given(st.text(alphabet="ab " + HIDDEN, max_size=60), st.data())
def test_every_quote_is_a_part_of_the_original_that_looks_the_same(
    text: str, data: st.DataObject
) -> None:
    uncovered = uncover(Original("t", text))
    bare = uncovered.bare.text
    assert bare == "".join(letter for letter in text if letter not in HIDDEN)
    start = data.draw(st.integers(0, len(bare)))
    end = data.draw(st.integers(start, len(bare)))
    quote = uncovered.restore(reading_of(bare, start, end)).proposals[0].quote
    assert quote.text == text[quote.start : quote.end]
    assert "".join(letter for letter in quote.text if letter not in HIDDEN) == bare[start:end]
