"""A secretary opens text files as they come from different machines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.language import Words
from bilat.reading.files import (
    FILE_LIMIT,
    TEXT_LIMIT,
    TextRefused,
    open_file,
    open_original,
    refusals,
)

ENGLISH = "MINSK, 29 September – Trade of the two countries was $138 million in 2024, and it grows."
RUSSIAN = (
    "МИНСК, 29 сентября – Товарооборот двух стран в 2024 году составил 138 млн долларов, и он "
    "растёт, сообщили в правительстве республики."
)


def written(tmp_path: Path, data: bytes, name: str = "text.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TextRefused) as caught:
        open_file(path)
    return Words("en")(caught.value.message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN])
def test_a_text_in_unicode_is_read_letter_by_letter(
    tmp_path: Path, text: str, encoding: str
) -> None:
    assert open_original(written(tmp_path, text.encode(encoding))).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_a_russian_text_of_an_older_machine_is_recognised(tmp_path: Path, encoding: str) -> None:
    text = RUSSIAN.replace("–", "-")
    assert open_original(written(tmp_path, text.encode(encoding))).text == text


def test_english_with_the_dashes_and_quotes_of_windows_is_not_taken_for_russian(
    tmp_path: Path,
) -> None:
    text = ENGLISH + " “Of course,” he said."
    assert open_original(written(tmp_path, text.encode("cp1252"))).text == text


def test_a_file_in_two_encodings_is_read_line_by_line_and_told(tmp_path: Path) -> None:
    data = f"{RUSSIAN}\n\n".encode() + RUSSIAN.encode("cp1251") + b"\n"
    opened = open_file(written(tmp_path, data))
    assert opened.original.text == f"{RUSSIAN}\n\n{RUSSIAN}\n"
    (note,) = opened.notes
    assert note.in_words(Words("en")) == (
        "text.txt:3: 1 line is in cp1251, the rest in utf-8. "
        "Each was read in its own encoding; check these lines in the quotes."
    )
    assert note.severity == "warning"


def test_line_ends_of_windows_become_plain_ones_and_the_given_day_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, ENGLISH.encode() + b"\r\n\r\nMore of it.\r")
    original = open_original(path, published=date(2025, 9, 29))
    assert original.text == f"{ENGLISH}\n\nMore of it.\n"
    assert (original.name, original.media, original.published) == (
        "text.txt",
        "text",
        date(2025, 9, 29),
    )


def test_hidden_characters_stay_in_the_original_and_are_told(tmp_path: Path) -> None:
    text = "First line of the text and of it.\n" + ENGLISH.replace("million", "mil\u200blion\u202e")
    opened = open_file(written(tmp_path, text.encode()))
    assert opened.original.text == text
    (note,) = opened.notes
    told = note.in_words(Words("en"))
    assert told.startswith("text.txt:2: 2 characters that nobody sees")
    assert "1 of them change the order" in told


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "empty.txt", "empty.txt: there is no text in it"),
        (b" \n\t\r\n ", "blank.txt", "blank.txt: there is no text in it"),
        (b"12 345 67", "digits.txt", "digits.txt: there is no text in it"),
        (bytes(range(256)) * 40, "data.bin", "data.bin: this is no text"),
        (b"\x89PNG\r\n\x1a\n" + b"a" * 90, "scan.txt", "scan.txt: this is no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a" * 90, "old.doc", "save it as DOCX"),
        (
            "Der Handelsumsatz zwischen beiden Ländern ist im Zeitraum von Januar bis September "
            "gestiegen, teilte die Regierung am Montag mit, und die Seiten wollen ihn in "
            "den nächsten fünf Jahren weiter erhöhen, wie der Minister sagte.".encode(),
            "deu.txt",
            "deu.txt: the text is neither English nor Russian",
        ),
        (
            "Кыргыз Республикасы менен Беларусь өз ара соода жүгүртүүнүн көлөмүн беш жылда "
            "көбөйтүүнү көздөп жатат, деп билдирди өкмөт башчысы жолугушууда.".encode(),
            "kyr.txt",
            "kyr.txt: the text is neither English nor Russian",
        ),
    ],
)
def test_a_file_without_a_text_that_can_be_read_says_so(
    tmp_path: Path, data: bytes, name: str, sentence: str
) -> None:
    assert sentence in refusal(written(tmp_path, data, name))


def test_a_file_that_is_not_there_or_is_a_folder_says_so(tmp_path: Path) -> None:
    assert "nowhere.txt: cannot be read (No such file" in refusal(tmp_path / "nowhere.txt")
    assert "it is a folder" in refusal(tmp_path)


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)  # sparse: no byte of it is on the disk
    assert refusal(path).startswith("dump.txt: 50 MB are too large for one text; up to 32 MB")
    assert FILE_LIMIT == 32 * 1024 * 1024


def test_a_text_of_too_many_characters_is_refused_with_the_reason(tmp_path: Path) -> None:
    data = (ENGLISH + "\n").encode() * (TEXT_LIMIT // len(ENGLISH) + 1)
    assert "up to 5,000,000 are read at once" in refusal(written(tmp_path, data))


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_there_is_a_text_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), data, "any.txt")
    try:
        text = open_original(path).text
    except refusals.TextRefused as error:
        text = Words("en")(error.message)
        assert "any.txt" in text
    assert text.strip()
