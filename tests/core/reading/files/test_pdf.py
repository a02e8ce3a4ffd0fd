"""A protocol comes as a PDF: printed from an office program, scanned, locked or broken."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from pypdf.actions import JavaScript
from weasyprint import HTML

from bilat.language import Words
from bilat.reading.files import TextRefused, open_file
from bilat.reading.files.lines import paragraphs

FIRST = (
    "The 12th session of the intergovernmental commission on trade and economic cooperation was "
    "held in Bishkek in November 2024 and saw the adoption of ambitious plans to increase trade."
)
SECOND = "A new roadmap for the period until 2030 was signed in Minsk after the talks of the day."


def printed(tmp_path: Path, body: str, name: str = "protocol.pdf") -> Path:
    path = tmp_path / name
    style = "@page { size: A5; @bottom-center { content: counter(page) } }"
    HTML(string=f"<style>{style}</style>{body}").write_pdf(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TextRefused) as caught:
        open_file(path)
    return Words("en")(caught.value.message)


def test_paragraphs_come_back_from_printed_lines(tmp_path: Path) -> None:
    path = printed(tmp_path, f"<p>{FIRST}</p><p>{SECOND}</p>")
    opened = open_file(path)
    assert opened.original.text == f"{FIRST}\n\n{SECOND}"
    assert opened.original.media == "pdf"


def test_page_numbers_and_running_heads_are_left_out_and_pages_are_counted(
    tmp_path: Path,
) -> None:
    texts = [
        f"On day {day} of the talks, this was said. {FIRST} Day {day} is over." for day in range(5)
    ]
    body = "".join(f"<h6>Protocol</h6><p style='break-after: page'>{text}</p>" for text in texts)
    done: list[tuple[int, int]] = []
    opened = open_file(
        printed(tmp_path, body), progress=lambda page, pages: done.append((page, pages))
    )
    assert opened.original.text == "\n\n".join(texts)
    assert done == [(page, 5) for page in range(1, 6)]


def test_a_scan_says_that_it_has_to_be_recognised_first(tmp_path: Path) -> None:
    path = printed(tmp_path, "<div style='width: 5cm; height: 5cm; background: #888'></div>")
    assert "1 page without text, so it is a scan" in refusal(path)


def test_a_locked_file_says_so_and_one_locked_only_for_changes_is_read(tmp_path: Path) -> None:
    whole = pypdf.PdfReader(printed(tmp_path, f"<p>{FIRST}</p>"))
    for name, password in (("open.pdf", ""), ("locked.pdf", "word")):
        writer = pypdf.PdfWriter(clone_from=whole)
        writer.encrypt(password, "owner", algorithm="RC4-128")
        writer.write(tmp_path / name)
    assert open_file(tmp_path / "open.pdf").original.text == FIRST
    assert "locked.pdf: it is locked with a password" in refusal(tmp_path / "locked.pdf")


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    whole = printed(tmp_path, f"<p>{FIRST}</p>").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    assert "cut.pdf: the PDF file is damaged" in refusal(tmp_path / "cut.pdf")


def test_a_script_in_the_file_is_not_run_and_not_read(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(printed(tmp_path, f"<p>{FIRST}</p>")))
    writer.add_open_action(JavaScript("app.alert('run');"))
    out = io.BytesIO()
    writer.write(out)
    (tmp_path / "script.pdf").write_bytes(out.getvalue())
    assert open_file(tmp_path / "script.pdf").original.text == FIRST


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("co-\noperation of both", "cooperation of both"),
        ("торгово-\nэкономическое дело", "торгово-экономическое дело"),
        ("the town of Cholpon-\nAta hosted it", "the town of Cholpon-Ata hosted it"),
        ("growth of re-\nexports was", "growth of re-exports was"),
        ("of 5-\n6 million", "of 5- 6 million"),
        ("Trade grew by\n15 per cent", "Trade grew by 15 per cent"),
    ],
)
def test_words_that_the_typesetter_broke_are_whole_again(lines: str, joined: str) -> None:
    assert list(paragraphs([lines])) == [joined]


def test_paragraphs_that_end_with_a_full_line_are_parted_by_the_gap(tmp_path: Path) -> None:
    line = "The sides agreed on all of the measures of the plan,<br>and it was signed on the day"
    path = printed(tmp_path, f"<p>{line}.</p><p>{line}.</p><p>{line}.</p>")
    text = line.replace("<br>", " ") + "."
    assert open_file(path).original.text == "\n\n".join([text] * 3)


def test_points_of_one_line_each_are_paragraphs_of_their_own() -> None:
    points = ["They agreed on trade.", "They agreed on visas.", "They agreed on tours."]
    assert list(paragraphs(["\n".join(points)])) == points


def test_an_item_of_a_list_begins_a_paragraph() -> None:
    page = "The sides agreed on the following measures of their roadmap:\n1. Sign it.\n2. Keep it."
    assert list(paragraphs([page])) == [
        "The sides agreed on the following measures of their roadmap:",
        "1. Sign it.",
        "2. Keep it.",
    ]
