"""A secretary reads what has come in: text, page, protocol; on the screen, as data, as a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from weasyprint import HTML

from bilat.cli import read
from bilat.cli.main import main
from bilat.reading.kept import named, readings, save_kept

TEXT = """\
BISHKEK, 2 October – Belarus and Kyrgyzstan agreed to raise mutual trade to $500 million within \
three years, the Kyrgyz government said.

In 2024 trade between the two countries came to $138 million.
"""
HELD = """
sources: [{id: press, title: Communiqué, publisher: Press service}]
indicators: [{id: turnover, title: Trade, measures: turnover, unit: million USD}]
targets:
  - id: turnover-500
    title: 500 million of trade
    indicator: turnover
    value: 500
    unit: million USD
    sources: [press]
    statements: [{side: BLR, announced: 2024-11, horizon_years: 5, sources: [press]}]
"""
Run = Callable[..., Result]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "communique.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: object) -> Result:
        options = [*map(str, arguments), "--published", "2025-10-02"]
        return CliRunner().invoke(read.command, options, catch_exceptions=False)

    return call


def data(result: Result) -> Any:
    return json.loads(result.stdout)


def of_kind(items: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(item for item in items if item["kind"] == kind)


def test_the_table_shows_what_by_which_words_and_how_it_stands(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    done = run(text, "--programme", folder(HELD))
    assert done.exit_code == 0
    for words in ("communique.txt: en, BLR – KGZ", "goal", "within 3 years", "contradicts"):
        assert words in done.stdout


def test_the_data_have_every_quote_at_its_place_and_the_relation(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    (found,) = data(run(text, "--json", "--programme", folder(HELD)))
    assert (found["language"], found["parties"], found["published"]) == (
        "en",
        ["BLR", "KGZ"],
        "2025-10-02",
    )
    for item in found["proposals"]:
        quote = item["quote"]
        assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    target = of_kind(found["proposals"], "target")
    assert (target["fields"]["value"], target["fields"]["horizon_years"]) == (500_000_000, 3)
    assert target["relation"] == {
        "kind": "contradicts",
        "records": ["targets/turnover-500"],
        "difference": "the text says within 3 years; BLR: within 5 years",
    }


def test_without_a_programme_no_relation_is_claimed(run: Run, text: Path) -> None:
    (found,) = data(run(text, "--format", "json"))
    assert {item["relation"] for item in found["proposals"]} == {None}


def test_the_gold_format_is_one_line_a_text_with_what_the_index_knows(
    run: Run, text: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("2 October", "5 May"), encoding="utf-8")
    index = tmp_path / "index.jsonl"
    index.write_text(
        '{"id": "other", "published": "2024-05-05", "parties": ["KGZ", "BLR"]}\n\n', "utf-8"
    )
    done = run("--format", "gold", "--index", index, text, other)
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["published"]) == ("communique", "2025-10-02")
    assert (second["id"], second["published"], second["parties"]) == (
        "other",
        "2024-05-05",
        ["KGZ", "BLR"],
    )
    for item in first["facts"]:
        assert item["quote"] in TEXT


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x", "published": "May"}', '{"published": 1}'])
def test_an_index_that_is_not_one_names_its_line(
    run: Run, text: Path, tmp_path: Path, line: str
) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(line, "utf-8")
    done = run(text, "--index", index)
    assert done.exit_code == 2
    assert "line 1: not an object with id, published and parties" in done.stderr


def test_a_page_for_one_file_and_a_folder_of_pages_for_several(
    run: Run, text: Path, tmp_path: Path
) -> None:
    run(text, "--html", tmp_path / "page.html")
    assert "within 3 years" in (tmp_path / "page.html").read_text(encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text(TEXT, encoding="utf-8")
    run(text, other, "--html", tmp_path / "pages")
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        "communique.html",
        "other.html",
    ]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(
    run: Run, text: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = run(empty, text, tmp_path / "nowhere.txt", "--json")
    assert done.exit_code == 2
    assert "empty.txt: there is no text in it" in done.stderr
    assert "nowhere.txt: cannot be read" in done.stderr
    assert [item["file"] for item in data(done)] == [str(text)]


def test_a_protocol_in_word_and_a_text_with_hidden_characters_read_the_same(
    run: Run, text: Path, tmp_path: Path
) -> None:
    document = Document()
    for paragraph in TEXT.strip().split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "protocol.docx"))
    hidden = tmp_path / "hidden.txt"
    hidden.write_text(TEXT.replace("million", "mil\u200blion"), encoding="utf-8")
    done = run(text, tmp_path / "protocol.docx", hidden, "--json")
    plain, word, marked = data(done)
    fields = [item["fields"] for item in plain["proposals"]]
    assert fields
    assert [item["fields"] for item in word["proposals"]] == fields
    assert [item["fields"] for item in marked["proposals"]] == fields
    assert "characters that nobody sees" in done.stderr
    assert "mil\u200blion" in of_kind(marked["proposals"], "target")["quote"]["text"]


def test_a_long_protocol_shows_how_far_it_is_on_a_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes this for a terminal
    path = tmp_path / "protocol.pdf"
    pages = (f"<p style='break-after: page'>{part}</p>" for part in TEXT.split("\n\n"))
    HTML(string="".join(pages)).write_pdf(path)
    done = run(path, "--json")
    assert "protocol.pdf" in done.stderr
    assert "protocol.pdf" in data(done)[0]["file"]
    assert data(done)[0]["proposals"]
    monkeypatch.delenv("FORCE_COLOR")
    assert run(path, "--json").stderr == ""


def test_what_could_steer_the_terminal_is_shown_as_a_sign(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "steering.txt"
    path.write_text(TEXT.replace("came to", "came \x1b[2J\u202eto"), encoding="utf-8")
    done = run(path)
    assert done.exit_code == 0
    assert "\x1b[2J" not in done.stdout
    assert "\u202e" not in done.stdout


def test_saved_readings_are_kept_and_read_again(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    root = folder(HELD)
    first = run(text, "--programme", root, "--save", "--side", "KGZ")
    (kept,) = readings(root)
    assert (kept.name, kept.side, kept.original.text) == ("communique", "KGZ", TEXT)
    assert f"{len(kept.proposals)} proposals to review" in first.stderr
    again = run(text, "--programme", root, "--save")
    assert readings(root) == (kept,)
    assert "as it was read before" in again.stderr


def test_better_rules_say_what_they_read_otherwise(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    root = folder(HELD)
    run(text, "--programme", root, "--save")
    (kept,) = readings(root)
    first, *others = kept.proposals
    wrong = replace(first.proposal, fields={**first.proposal.fields, "horizon_years": 7})
    odd = replace(first.proposal, kind="link", fields={"type": "regions"})
    made = tuple(named([wrong, odd]))
    old = replace(kept, proposals=made, passes=(replace(kept.passes[0], version="0"),))
    save_kept(old, root)
    told = run(text, "--programme", root, "--save").stderr
    assert f"~ {made[0].id}  goal: mutual trade, 500 million USD, within 7 years" in told
    assert f"→ {first.id}  goal: mutual trade, 500 million USD, within 3 years" in told
    assert f"+ {others[0].id}" in told
    assert f"− {made[1].id}  link" in told
    assert readings(root)[0].proposals == kept.proposals


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--save",), "--save needs a folder: name one with --programme"),
        (("--parties", "BLR"), "two country codes with a comma: BLR,KGZ"),
        (("--parties", "BLR,XXX"), "two country codes with a comma: BLR,KGZ"),
        (("--format", "xml"), "is not one of"),
    ],
)
def test_a_wrong_option_is_answered_with_what_is_right(
    run: Run, text: Path, options: tuple[str, ...], sentence: str
) -> None:
    done = run(text, *options)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_a_side_that_is_no_party_is_refused(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    done = run(text, "--programme", folder(HELD), "--side", "RUS")
    assert "“RUS” is no party; there are: BLR KGZ" in done.stderr


def test_other_countries_than_the_programmes_are_refused(
    run: Run, text: Path, folder: Callable[..., Path]
) -> None:
    done = run(text, "--programme", folder(HELD), "--parties", "BLR,RUS")
    assert done.exit_code == 2
    assert "the programme is about BLR and KGZ; leave --parties out" in done.stderr


def test_the_second_reader_is_off_unless_asked_for_and_set_up(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BILAT_READER_ADDRESS", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BILAT_READER_MODEL", "small")
    with pytest.raises(SystemExit) as ended:
        main(["read", str(text)])
    assert ended.value.code == 0
    assert "second reader" not in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["read", str(text), "--second-reader", "--json"])
    printed = capsys.readouterr()
    assert ended.value.code == 0
    assert "The second reader did not answer" in printed.err
    assert json.loads(printed.out)[0]["proposals"]
    monkeypatch.delenv("BILAT_READER_MODEL")
    with pytest.raises(SystemExit) as ended:
        main(["read", str(text), "--second-reader"])
    assert ended.value.code == 2
    assert "No second reader is set up" in capsys.readouterr().err
