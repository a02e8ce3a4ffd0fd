"""Every quote is an exact substring, whatever is read; and no text makes the reader stumble."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilat.errors import BilatError
from bilat.reading.original import Original
from bilat.reading.reader import read_text

# Pieces of the genre, and what breaks readers: bidirectional marks, zero width, broken numbers.
_PIECES = st.sampled_from(
    [
        "Trade between Belarus and Kyrgyzstan ",
        "amounted to ",
        "$138 million",
        "USD 5bn",
        " by 2030",
        "rose by 15%",
        " in 2024",
        "from 64 to 80 million",
        "(",
        ")",
        "“",
        "”",
        ", ",
        ". ",
        "\n\n",
        "\n",
        "half a billion",
        "1.4 times",
        "the goal of ",
        "the twelfth session of the commission ",
        "a roadmap until 2030 was signed",
        "in January–May",
        "2023-24",
        "FY24",
        "on 31 February ",
        "Товарооборот ",
        "составил ",
        "109,3 млн долларов",
        "вырос в 1,2 раза",
        " к 2030 году",
        "почти на 14 %",
        "подписаны протокол и соглашение",
        "сборка лифтов в Бишкеке ",
        "долл. США",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u00ad",
        "99999999999999999999999999999999999",
        "1,2,3.4.5",
        "0 раз",
        "12-й",
        "’s",
        "—",
        "-",
        "$",
        "%",
        "€",
        "№",
        "\x00",
        "�",
        "в 0 раз",
        "на 0%",
        "0 times",
        "zero",
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_PIECES, max_size=40).map("".join),
    st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=40).map("".join),
)
_DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


def _holds(text: str, published: date | None) -> bool:
    try:
        reading = read_text(Original("any", text), parties=("BLR", "KGZ"), published=published)
    except BilatError:
        return True
    quotes = [p.quote for p in (*reading.proposals, *reading.left)]
    return all(q.text == text[q.start : q.end] and q.text for q in quotes)


@settings(max_examples=300)
@given(_TEXTS, _DAYS)
@example("Trade rose to $138 million\x00 in 2024.", date(9999, 12, 31))
@example("В 2024 году торговля составила 109,3 млн долларов.", date(1, 1, 1))
def test_a_secretary_finds_every_quote_in_the_text(text: str, published: date | None) -> None:
    assert _holds(text, published)


@settings(max_examples=60)
@given(_TEXTS)
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    def read() -> object:
        try:
            return read_text(Original("any", text))
        except BilatError as error:
            return str(error)

    assert read() == read()
