"""A secretary prints the protocol: who met, what was decided, ready for two signatures."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader
from tests.core.brief.brief_notation import BASE, figure, figures

from bilat.brief.agenda import agenda_facts, as_text, changes_point
from bilat.brief.facts.protocol import NoSession, ProtocolFact, protocol_day, protocol_facts
from bilat.brief.formats import renderer
from bilat.brief.formats.protocol import ProtocolOutput
from bilat.cli import protocol as cli
from bilat.language import Words
from bilat.programme import Contact, Programme, open_programme

DAY = date(2026, 3, 5)
PROGRAMME = """
  - {id: joint, name: {en: The commission, ru: Комиссия}, kind: commission}
contacts:
  - {id: s1, title: {en: First session, ru: Первое заседание}, kind: session, held: 2024-05-10,
     sources: [protocol]}
  - id: s2
    title: {en: Second session, ru: Второе заседание}
    kind: session
    held: 2026-03-05
    place: {en: Minsk, ru: Минск}
    bodies: [joint]
    participants:
      - {name: {en: Anna, ru: Анна}, office: {ru: министр}, side: AAA}
      - {name: {en: Boris, ru: Борис}, side: AAA}
      - {name: {en: Kanat, ru: Канат}, office: {en: Deputy, ru: заместитель}, side: BBB}
      - {name: Observer}
    agenda: [{en: Trade, ru: Торговля}, {ru: Только по-русски}]
    outcome: {en: "Said in\\nMinsk", ru: Сказано в Минске}
    sources: [protocol]
  - {id: s3, title: Third session, kind: session, planned: 2027-03, place: Bishkek,
     sources: [protocol]}
  - {id: own, title: Rehearsal, kind: session, planned: 2026-02, visibility: AAA,
     sources: [protocol]}
commitments:
  - {id: d1, title: {en: Open a road, ru: Открыть дорогу}, contact: s2, kind: decision,
     owners: [moe, mot], due: 2027-06, sources: [protocol]}
  - {id: d2, title: {en: English only}, contact: s2, kind: decision, sources: [protocol]}
  - {id: secret, title: Our secret, contact: s2, visibility: AAA, sources: [protocol]}
  - {id: old-late, title: {en: Old and late, ru: Старое}, contact: s1, due: 2025,
     sources: [protocol]}
  - {id: old-done, title: Old and done, contact: s1, due: 2025, sources: [protocol],
     evidence: [{on: 2025-02-01, grade: complete, text: Done}]}
  - {id: reported, title: Done long ago, contact: s1, sources: [protocol],
     evidence: [{on: 2024-05-01, grade: complete, text: Done}]}
"""


@pytest.fixture
def programme(folder: Callable[..., Path]) -> Programme:
    return open_programme(_written(folder))


def _written(folder: Callable[..., Path]) -> Path:
    base, indicators = BASE.split("indicators:")
    text = base.rstrip() + PROGRAMME + "indicators:" + indicators
    text += figures(figure("AAA", "2024", 135, qualifier="almost"), figure("BBB", "2024", 68))
    for code, real in (("AAA", "BLR"), ("BBB", "KGZ")):
        text = text.replace(code, real)
    return folder(text)


@pytest.fixture
def facts(programme: Programme) -> ProtocolFact:
    return protocol_facts(programme, "s2", as_of=DAY)


def test_decisions_are_numbered_with_owners_and_dates(facts: ProtocolFact) -> None:
    assert [(item.number, item.id) for item in facts.decisions] == [(1, "d1"), (2, "d2")]
    assert [owner.id for owner in facts.decisions[0].owners] == ["moe", "mot"]
    assert str(facts.decisions[0].due) == "2027-06"


def test_earlier_decisions_are_reported_once_they_are_done_and_then_no_more(
    facts: ProtocolFact,
) -> None:
    assert [(item.id, item.state) for item in facts.earlier] == [
        ("old-late", "late"), ("old-done", "complete"),
    ]  # fmt: skip


def test_each_side_has_its_co_chair_and_is_named_first_in_its_copy(programme: Programme) -> None:
    facts = protocol_facts(programme, "s2", as_of=DAY, first="KGZ")
    assert [side.side for side in facts.sides] == ["KGZ", "BLR"]
    assert [str(side.head and side.head.name["en"]) for side in facts.sides] == ["Kanat", "Anna"]
    assert [item.name for item in facts.others] == ["Observer"]


def test_both_statements_of_a_figure_stand_in_the_annex(facts: ProtocolFact) -> None:
    (line,) = facts.figures
    assert [(level.side, int(level.value)) for level in line.levels] == [
        ("BLR", 135_000_000), ("KGZ", 68_000_000),
    ]  # fmt: skip
    assert line.difference == pytest.approx(67 / 68)
    assert [item.id for item in facts.sources] == ["table"]


def test_private_records_are_in_no_protocol(programme: Programme) -> None:
    for lang in ("en", "ru"):
        facts = protocol_facts(programme, "s2", as_of=DAY)
        assert "Our secret" not in facts.to_json(Words(lang))
    with pytest.raises(NoSession, match="Known are: s1, s2, s3"):
        protocol_facts(programme, "own", as_of=DAY)


def test_a_visit_or_a_wrong_id_is_refused_with_the_sessions_that_there_are(
    programme: Programme,
) -> None:
    with pytest.raises(NoSession, match="“s9” is no session"):
        protocol_facts(programme, "s9", as_of=DAY)


def test_a_protocol_stands_on_the_day_of_its_session(programme: Programme) -> None:
    contact = programme.find(Contact, "s1")
    assert contact is not None
    assert protocol_day(contact, DAY) == date(2024, 5, 10)
    ahead = programme.find(Contact, "s3")
    assert ahead is not None
    assert protocol_day(ahead, DAY) == DAY


def words_of(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def rendered(facts: ProtocolFact, kind: str, *languages: str) -> bytes:
    output = ProtocolOutput(facts, languages)
    return renderer(kind, output.own_formats)(output)


def text_of(facts: ProtocolFact, kind: str, *languages: str) -> str:
    body = rendered(facts, kind, *languages)
    if kind == "docx":
        return words_of(body)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_one_language_alone_marks_texts_that_lack_it(facts: ProtocolFact, kind: str) -> None:
    english = " ".join(text_of(facts, kind, "en").split())
    assert "Place: Minsk. Date: 5 March 2026" in english
    assert "Co-chair, Belarus: Anna, министр [language of the text: Russian]" in english
    assert "Только по-русски [language of the text: Russian]" in english
    assert "English only" in english
    assert "English only [" not in english
    assert "Done in two original copies" in english
    assert "For the side: Kyrgyzstan" in english
    assert "almost 135 million USD" in english
    assert "Открыть дорогу" not in english
    russian = " ".join(text_of(facts, kind, "ru").split())
    assert "English only" in russian
    assert "английский]" in russian
    assert "Открыть дорогу" in russian
    assert "Open a road" not in russian


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_two_languages_stand_beside_each_other(facts: ProtocolFact, kind: str) -> None:
    both = " ".join(text_of(facts, kind, "en", "ru").split())
    for text in ("Open a road", "Открыть дорогу", "Trade", "Торговля", "Сказано в Минске"):
        assert text in both
    assert both.count("____________________________") >= 2
    assert both.count("(signature)") == 2  # each side signs once, not once a language


def test_the_bilingual_word_document_has_a_column_for_each_language(facts: ProtocolFact) -> None:
    document = Document(io.BytesIO(rendered(facts, "docx", "en", "ru")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["1.\tTrade", "1.\tТорговля"] in rows


@pytest.mark.parametrize("kind", ["docx", "pdf", "json"])
def test_the_same_facts_give_the_same_bytes(facts: ProtocolFact, kind: str) -> None:
    assert rendered(facts, kind, "en", "ru") == rendered(facts, kind, "en", "ru")


def test_what_is_not_known_is_a_blank_to_fill_in(programme: Programme) -> None:
    facts = protocol_facts(programme, "s3", as_of=DAY)
    text = text_of(facts, "docx", "en")
    assert "the session is not recorded as held" in text
    assert "Co-chair, Belarus: ______________________________" in text
    assert "“____” March 2027" in text
    assert "No decision of this session is recorded." in text


def test_the_next_session_is_named(facts: ProtocolFact) -> None:
    assert "place Bishkek, date March 2027" in text_of(facts, "docx", "en")


def test_the_command_writes_three_documents(
    folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    source, out = _written(folder), tmp_path / "out"
    arguments = [str(source), "--session", "s2", "--to", str(out), "--formats", "docx",
                 "--formats", "json"]  # fmt: skip
    done = CliRunner().invoke(cli.command, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    names = sorted(path.name for path in out.iterdir())
    ends = ["en-ru.docx", "en-ru.json", "en.docx", "en.json", "ru.docx", "ru.json"]
    assert [name.split("-protocol-s2-")[1] for name in names] == ends
    written = json.loads((out / names[3]).read_text())
    assert written["as_of"] == "2026-03-05"
    assert written["decisions"][0]["title"] == "Open a road"


def test_the_command_refuses_a_side_that_there_is_not(folder: Callable[..., Path]) -> None:
    arguments = [str(_written(folder)), "--session", "s2", "--first", "XXX"]
    done = CliRunner().invoke(cli.command, arguments)
    assert done.exit_code == 2
    assert "XXX" in done.output


def test_the_agenda_is_built_from_joint_records_alone(programme: Programme) -> None:
    points = agenda_facts(programme, DAY)
    texts = [as_text(point) for point in points]
    assert {"en", "ru"} == set(texts[0])
    said: list[Any] = [Words("en")(point.reason) for point in points]
    assert any("Old and late" in reason for reason in said)
    assert not any("Our secret" in reason for reason in said)


def test_unanswered_changes_are_one_point() -> None:
    assert changes_point([], []) == ()
    (point,) = changes_point(["A date", "A road"], ["targets/t", "targets/t"])
    assert str(point.title) == "Answer 2 proposed changes of the joint records"
    assert str(point.reason) == "A date; A road"
    assert point.refs == ("targets/t",)


def test_no_secret_is_hidden_inside_the_file(facts: ProtocolFact) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(facts, "docx", "en"))) as file:
        said = b"".join(map(file.read, file.namelist()))
    assert b"Our secret" not in said


def test_very_many_earlier_decisions_are_counted(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilat.brief.facts.protocol.MOST_EARLIER", 1)
    facts = protocol_facts(programme, "s2", as_of=DAY)
    assert [item.id for item in facts.earlier] == ["old-late"]
    text = text_of(facts, "docx", "en")
    assert "1 more decision of earlier sessions is in the joint register." in text
