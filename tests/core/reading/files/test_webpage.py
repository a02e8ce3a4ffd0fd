"""A secretary saves a page of a news agency; Bilat takes the article out of it."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from bilat.language import Words
from bilat.reading.files import Opened, TextRefused, open_file

FIRST = "MINSK, 29 September – Trade of the two countries came to $138 million in 2024, he said."
SECOND = "A new roadmap for the period until 2030 was signed at the meeting in Minsk today."
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/e'>Economy</a></li></ul></nav>"
OTHER = "<p>Quite another story of the day, which is as long as the paragraphs of the article.</p>"


def opened(tmp_path: Path, body: str, head: str = "", name: str = "page.html") -> Opened:
    path = tmp_path / name
    path.write_text(
        f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>",
        encoding="utf-8",
    )
    return open_file(path)


def text_of(tmp_path: Path, body: str) -> str:
    return opened(tmp_path, body).original.text


def test_the_article_comes_out_without_menus_related_news_and_footer(tmp_path: Path) -> None:
    body = (
        f"{MENU}<div class='wrap'><div class='story'><h1>Trade grows</h1><p>{FIRST}</p>"
        f"<p>{SECOND}</p></div><div class='related-news'>{OTHER * 9}</div></div>"
        f"<aside>{OTHER}</aside><footer>{OTHER}</footer>"
    )
    found = opened(tmp_path, body)
    assert found.original.text == f"{FIRST}\n\n{SECOND}"
    assert found.original.title == "Trade grows"


def test_a_layout_that_is_named_after_its_sidebar_is_not_taken_for_one(tmp_path: Path) -> None:
    body = (
        f"<div class='layout has-sidebar'><div class='story'><p>{FIRST}</p><p>{SECOND}</p></div>"
        f"<div class='sidebar'><p>A short note beside the story of the day.</p></div></div>"
    )
    assert text_of(tmp_path, body) == f"{FIRST}\n\n{SECOND}"


def test_an_element_that_says_it_is_the_article_is_believed(tmp_path: Path) -> None:
    body = f"<div>{OTHER * 9}</div><article><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p></article>"
    assert text_of(tmp_path, body) == f"{FIRST}\n\n{SECOND}\n\n{FIRST}"


def test_paragraphs_made_of_breaks_tables_lists_and_marked_words(tmp_path: Path) -> None:
    body = (
        f"<div>{FIRST}<br><br>{SECOND}<ul><li>One of the <b>points</b>.</li></ul>"
        "<table><tr><th>Year</th><th>Trade</th></tr><tr><td>2024</td><td>138</td></tr></table></div>"
    )
    assert text_of(tmp_path, body) == (
        f"{FIRST}\n\n{SECOND}\n\nOne of the points.\n\nYear | Trade\n\n2024 | 138"
    )


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2025-09-29T10:00:00+03:00'>",
        "<meta name='DC.date' content='29.09.2025'>",
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-09-29"}]}'
            "</script>"
        ),
    ],
)
def test_the_day_of_publication_stands_in_the_head(tmp_path: Path, head: str) -> None:
    assert opened(tmp_path, f"<p>{FIRST}</p>", head).original.published == date(2025, 9, 29)


def test_or_in_a_time_element(tmp_path: Path) -> None:
    body = f"<article><time datetime='2025-09-29'>yesterday</time><p>{FIRST}</p></article>"
    assert opened(tmp_path, body).original.published == date(2025, 9, 29)


def test_a_day_that_does_not_exist_is_no_day(tmp_path: Path) -> None:
    head = "<meta name='date' content='2025-02-30'>"
    assert opened(tmp_path, f"<p>{FIRST}</p>", head).original.published is None


def test_address_and_publisher_are_taken_for_the_source(tmp_path: Path) -> None:
    head = (
        "<link rel='canonical' href='https://agency.example/1'>"
        "<meta property='og:site_name' content='Agency'>"
    )
    found = opened(tmp_path, f"<p>{FIRST}</p>", head)
    assert (found.address, found.publisher) == ("https://agency.example/1", "Agency")
    head = "<link rel='canonical' href='javascript:alert(1)'>"
    assert opened(tmp_path, f"<p>{FIRST}</p>", head).address is None


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    text = "Товарооборот двух стран в 2024 году составил 138 млн долларов, и он растёт."
    path = tmp_path / "page.html"
    page = f"<html><head><meta charset=windows-1251></head><body><p>{text}</p></body></html>"
    path.write_bytes(page.encode("cp1251"))
    assert open_file(path).original.text == text


def test_a_hostile_page_runs_nothing_and_fetches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_arguments: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    path = tmp_path / "page.html"
    path.write_text(
        f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><html><head>"
        "<base href='http://127.0.0.1:9/'><link rel='stylesheet' href='a.css'>"
        "<meta http-equiv='refresh' content='0;url=http://127.0.0.1:9/'></head>"
        f"<body onload='alert(1)'><script>document.write('run')</script><p>{FIRST} &x;</p>"
        "<img src='http://127.0.0.1:9/i.png'><iframe src='http://127.0.0.1:9/'>framed</iframe>"
        "<noscript>no script</noscript><object data='x'>object</object></body></html>",
        encoding="utf-8",
    )
    text = open_file(path).original.text
    assert FIRST in text
    for word in ("secret", "run", "framed", "no script", "object"):
        assert word not in text


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<script>var text = 'nothing but a script';</script>", "there is no text in it"),
        ("<div>" * 5000 + FIRST, "the HTML file is damaged"),
    ],
)
def test_a_page_without_a_text_says_so(tmp_path: Path, body: str, sentence: str) -> None:
    with pytest.raises(TextRefused) as caught:
        opened(tmp_path, body)
    assert sentence in Words("en")(caught.value.message)


def test_a_saved_page_that_is_called_text_is_a_page(tmp_path: Path) -> None:
    assert opened(tmp_path, f"{MENU}<p>{FIRST}</p>", name="saved.txt").original.media == "html"


def test_an_article_scattered_over_a_page_is_found_whole(tmp_path: Path) -> None:
    """Two teasers call themselves articles; the story is in a box that calls itself nothing."""
    story = "".join(f"<p>{FIRST} {SECOND} Point {n}, and more.</p>" for n in range(9))
    teaser = f"<article><p>{OTHER} It goes on for two lines and a half.</p></article>"
    body = f"<div class='entry-content'>{story}</div>{teaser * 2}"
    found = text_of(tmp_path, body)
    assert all(f"Point {n}," in found for n in range(9))
    assert "another story" not in found


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    hidden = f"<div style='visibility: hidden'>{OTHER}</div>"
    body = f"<article><p>{FIRST}</p>{hidden}<p>{SECOND}</p><p>{FIRST}</p></article>"
    assert "another story" not in text_of(tmp_path, body)
